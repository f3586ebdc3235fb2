import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "grad-cam",
  editable: [
    "src/curves.ts",
    "src/feature-maps.ts",
    "src/grad-cam.ts",
    "src/other-maps.ts",
    "src/overlay.ts",
    "src/sanity.ts",
    "src/upsample.ts",
  ],
  items: [
    {
      id: "1.1",
      title: "The score of each image's class",
      points: 5,
      hint: "tf.oneHot gives a row with a single 1; times the logits, summed over the classes, one score is left.",
    },
    {
      id: "1.2",
      title: "The derivative with respect to feature maps",
      points: 12,
      hint: "Scores of different images do not depend on each other: the gradient of their sum holds each one's own.",
    },
    {
      id: "2.1",
      title: "What a channel counts for the class",
      points: 8,
      hint: "tf.mean takes the axes, and keepDims as its third argument. Axes: [batch, rows, columns, channels].",
    },
    {
      id: "2.2",
      title: "The coarse map",
      points: 10,
      hint: "[batch, rows, columns, channels] times [batch, 1, 1, channels] broadcasts. ReLU comes last, after the sum.",
    },
    {
      id: "2.3",
      title: "From feature maps to pixels",
      points: 8,
      hint: "Mix left and right in the upper row, left and right in the lower row, then the two.",
    },
    {
      id: "3.1",
      title: "Gradient map",
      points: 8,
      hint: "tf.grad(f) gives a function of x; f has to return one number. A strong pull down is strong, too.",
    },
    {
      id: "3.2",
      title: "Occlusion map",
      points: 8,
      hint: "whole[i] is image i's score without a square, scores[i] with it; entry i · height · width + pixel is its pixel.",
    },
    {
      id: "4.1",
      title: "The order of pixels",
      points: 4,
      hint: "Sort indices, not values; the difference b − a sorts downwards.",
    },
    {
      id: "4.2",
      title: "Images that lose, and get, their pixels",
      points: 8,
      hint: "series begins as shade everywhere. Rank 0 goes first: at step s the first `gone` ranks have changed sides.",
    },
    {
      id: "4.3",
      title: "Area under a curve",
      points: 4,
      hint: "n points make n − 1 intervals, each 1 / (n − 1) wide.",
    },
    {
      id: "5.1",
      title: "Ranks with ties",
      points: 6,
      hint: "Places start to end − 1 of the order hold ranks start + 1 to end: their middle is (start + 1 + end) / 2.",
    },
    {
      id: "5.2",
      title: "Rank correlation",
      points: 4,
      hint: "The ranks 1 to n have the mean (n + 1) / 2, with ties, too.",
    },
    {
      id: "5.3",
      title: "Randomised layers",
      points: 5,
      hint: "layer.getWeights() and layer.setWeights(list) keep their order; a kernel's rank is 2 or 4.",
    },
    {
      id: "6.1",
      title: "Overlay",
      points: 4,
      hint: "share = 0.35 + 0.5 · value; (1 − share) of the shade, share of the colour.",
    },
    {
      id: "7.1",
      title: "Better than random maps",
      points: 3,
      hint: "Train the default preset. The upper end of the interval of the difference must be below 0.",
      metric: { name: "deletion/differenceHigh", atMost: -0.001 },
    },
    {
      id: "7.2",
      title: "The map changes with the network",
      points: 3,
      hint: "The rank correlation after all layers are random: is the map computed from the weights as they are now?",
      metric: { name: "sanity/gradCam", atMost: 0.5 },
    },
  ],
});
