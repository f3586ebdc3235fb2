import type { DataFile, Entry } from "../entry.ts";

const FOLDER = "cifar-10-batches-bin";
const FILE_SIZE = 30_730_000; // 10,000 records of 3,073 bytes

const FILES: readonly DataFile[] = [
  {
    name: "data_batch_1.bin",
    size: FILE_SIZE,
    sha256: "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
  },
  {
    name: "data_batch_2.bin",
    size: FILE_SIZE,
    sha256: "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
  },
  {
    name: "data_batch_3.bin",
    size: FILE_SIZE,
    sha256: "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
  },
  {
    name: "data_batch_4.bin",
    size: FILE_SIZE,
    sha256: "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
  },
  {
    name: "data_batch_5.bin",
    size: FILE_SIZE,
    sha256: "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
  },
  {
    name: "test_batch.bin",
    size: FILE_SIZE,
    sha256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
  },
];

/** Hashes as torchvision's Ruby port checks them; the address was not reachable here. */
export const cifar10: Entry = {
  name: "cifar-10",
  title: "CIFAR-10",
  counts: "50,000 + 10,000 colour images of 32×32, 10 classes",
  licence: "none stated; its authors ask to be cited",
  homepage: "https://www.cs.toronto.edu/~kriz/cifar.html",
  citation:
    "Krizhevsky (2009). Learning Multiple Layers of Features from Tiny Images. Technical report, University of Toronto.",
  card: {
    about: "Small photographs of ten kinds of animals and vehicles.",
    collected:
      "From the 80 Million Tiny Images, found by search engines for each class name, labelled by paid students.",
    defects:
      "About 3.3 % of the test images have a near-copy in the training set (Barz & Denzler, 2020); about 0.5 % of the test labels are wrong (Northcutt et al., 2021). The collection that it was taken from has been withdrawn for offensive labels.",
    use: "Learning and comparing classifiers of small colour images.",
  },
  files: FILES,
  sources: [
    {
      kind: "archive",
      url: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
      members: Object.fromEntries(FILES.map(({ name }) => [name, `${FOLDER}/${name}`])),
    },
  ],
  instead: "Give a folder that holds cifar-10-binary.tar.gz or its .bin files (--data)",
};
