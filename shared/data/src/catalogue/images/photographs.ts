import type { Entry } from "../entry.ts";

export const photographs: Entry = {
  name: "photographs",
  title: "Two photographs",
  counts: "one grey of 512×512, one colour of 300×451",
  licence: "CC0",
  homepage: "https://scikit-image.org/docs/stable/api/skimage.data.html",
  citation:
    "van der Walt et al. (2014). scikit-image: image processing in Python. PeerJ 2:e453. Photographers: Lav Varshney (camera), Stéfan van der Walt (chelsea).",
  card: {
    about: "A man with a camera on a tripod (grey) and a cat (colour).",
    collected: "By their photographers, who put them under CC0; from Debian's python3-skimage 0.19.3, unchanged.",
    defects: "None known.",
    use: "To see what a filter or a feature map does. Not for training.",
  },
  files: [
    {
      name: "camera.png",
      size: 139512,
      sha256: "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
    },
    {
      name: "chelsea.png",
      size: 240512,
      sha256: "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
    },
  ],
  sources: [
    {
      kind: "asset",
      members: { "camera.png": "photographs/camera.png", "chelsea.png": "photographs/chelsea.png" },
    },
  ],
};
