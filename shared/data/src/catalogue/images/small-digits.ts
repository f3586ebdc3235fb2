import type { Entry } from "../entry.ts";

export const smallDigits: Entry = {
  name: "small-digits",
  title: "Small digits",
  counts: "1,438 + 359 grey images of 8×8, 10 classes",
  licence: "CC BY 4.0 (UCI); as scikit-learn distributes it, BSD-3-Clause",
  homepage: "https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
  citation: "Alpaydin & Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning Repository.",
  card: {
    about: "Handwritten digits counted down to 8×8; scikit-learn's load_digits.",
    collected:
      "Forms filled in by 13 people, scanned to 32×32 black and white; each pixel here counts the ink in a block of 4×4, from 0 to 16. It is UCI's test file only.",
    defects:
      "Few writers, and which digit is whose is not known: writers are in both splits. No copies within the set.",
    use: "Quick experiments and tests: a network trains on it in a second.",
  },
  files: [
    {
      name: "digits.csv",
      size: 264712,
      sha256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8",
    },
  ],
  sources: [{ kind: "asset", members: { "digits.csv": "small-digits/digits.csv.gz" } }],
};
