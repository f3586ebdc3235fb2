import type { Entry } from "../entry.ts";

const UPSTREAM = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com";
const PACKAGED = "usr/share/datasets/fashion-mnist";

/** Sizes and hashes from the four files themselves, the same from upstream's and from Debian's archives. */
export const fashionMnist: Entry = {
  name: "fashion-mnist",
  title: "Fashion-MNIST",
  counts: "60,000 + 10,000 grey images of 28×28, 10 classes",
  licence: "MIT",
  homepage: "https://github.com/zalandoresearch/fashion-mnist",
  citation:
    "Xiao, Rasul & Vollgraf (2017). Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms. arXiv:1708.07747.",
  card: {
    about: "Zalando's product photographs of clothes, shoes and bags, one item each, in the format of MNIST.",
    collected:
      "Front-view photographs of 70,000 products, trimmed, shrunk to 28 pixels, turned grey, inverted to a black background; the class is the shop's own category. 7,000 products a class, split at random.",
    defects:
      "Shirt, T-shirt, pullover and coat overlap, and some labels are wrong: people reach about 0.835. No exact copies within or between the splits; 6 test images lie within 5 grey levels (root mean square) of a training image.",
    use: "Learning and comparing classifiers. Too small and too clean to say much about photographs.",
  },
  files: [
    {
      name: "train-images-idx3-ubyte",
      size: 47040016,
      sha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    },
    {
      name: "train-labels-idx1-ubyte",
      size: 60008,
      sha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    },
    {
      name: "t10k-images-idx3-ubyte",
      size: 7840016,
      sha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    },
    {
      name: "t10k-labels-idx1-ubyte",
      size: 10008,
      sha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    },
  ],
  sources: [
    {
      kind: "url",
      urls: {
        "train-images-idx3-ubyte": `${UPSTREAM}/train-images-idx3-ubyte.gz`,
        "train-labels-idx1-ubyte": `${UPSTREAM}/train-labels-idx1-ubyte.gz`,
        "t10k-images-idx3-ubyte": `${UPSTREAM}/t10k-images-idx3-ubyte.gz`,
        "t10k-labels-idx1-ubyte": `${UPSTREAM}/t10k-labels-idx1-ubyte.gz`,
      },
    },
    {
      kind: "debian",
      package: "dataset-fashion-mnist",
      members: {
        "train-images-idx3-ubyte": `${PACKAGED}/train-images-idx3-ubyte.gz`,
        "train-labels-idx1-ubyte": `${PACKAGED}/train-labels-idx1-ubyte.gz`,
        "t10k-images-idx3-ubyte": `${PACKAGED}/t10k-images-idx3-ubyte.gz`,
        "t10k-labels-idx1-ubyte": `${PACKAGED}/t10k-labels-idx1-ubyte.gz`,
      },
    },
  ],
  subset: {
    about: "1,600 + 400 of the images, 160 and 40 of each class, chosen at random from the two splits",
    files: [
      {
        name: "subset-train-images-idx3-ubyte",
        size: 1254416,
        sha256: "33ac8ba2ea7848139fabe5e0f08adc7e0b50f38dde2d4ac72af61b705fa4eafb",
      },
      {
        name: "subset-train-labels-idx1-ubyte",
        size: 1608,
        sha256: "4c229ec4c25d3ec33e244c34f71bf6fb60976c1da37a02a5cdb317f6f95711ba",
      },
      {
        name: "subset-t10k-images-idx3-ubyte",
        size: 313616,
        sha256: "30f617a44d2c915f5536f0d3ac2283c23260ccb0dcf26acbe32a2360f7c96a92",
      },
      {
        name: "subset-t10k-labels-idx1-ubyte",
        size: 408,
        sha256: "c733a9356bb868f35af88b61c6333c553476c5ce28f5b4bdbd3026b070bfa944",
      },
    ],
    source: {
      kind: "asset",
      members: {
        "subset-train-images-idx3-ubyte": "fashion-mnist/subset-train-images-idx3-ubyte.gz",
        "subset-train-labels-idx1-ubyte": "fashion-mnist/subset-train-labels-idx1-ubyte.gz",
        "subset-t10k-images-idx3-ubyte": "fashion-mnist/subset-t10k-images-idx3-ubyte.gz",
        "subset-t10k-labels-idx1-ubyte": "fashion-mnist/subset-t10k-labels-idx1-ubyte.gz",
      },
    },
  },
};
