import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "object-detection",
  editable: [
    "src/evaluate.ts",
    "src/grid.ts",
    "src/loss.ts",
    "src/model.ts",
    "src/quality.ts",
    "src/step.ts",
    "src/suppress.ts",
  ],
  items: [
    {
      id: "1.1",
      title: "The cell of a box",
      points: 5,
      hint: "A cell is width / columns wide. Math.floor(centre / cell width); the far edge would give one cell too many.",
    },
    {
      id: "1.2",
      title: "Local coordinates",
      points: 6,
      hint: "Measure in cells instead of pixels; then subtract the cell's column, or row.",
    },
    {
      id: "1.3",
      title: "Back to pixels",
      points: 6,
      hint: "Undo the steps of toLocal, the last one first; the corners are half a side from the centre.",
    },
    {
      id: "1.4",
      title: "The grid of a scene",
      points: 8,
      hint: "Six numbers from cell · 6 on: Float32Array's set(values, offset) writes them at once.",
    },
    {
      id: "2.1",
      title: "Convolutional networks",
      points: 10,
      hint: "cellWindow(x, grid) gives kernelSize, strides and padding of the last but one convolution. See model.summary().",
    },
    {
      id: "2.2",
      title: "Residual blocks",
      points: 8,
      hint: "convolve has batch norm inside, activate is the ReLU; the last ReLU comes after the addition.",
    },
    {
      id: "3.1",
      title: "From outputs to boxes",
      points: 8,
      hint: "tf.split(outputs, 2, 2) gives centres and sides. Clip before exp: after it, infinity stays infinite.",
    },
    {
      id: "3.2",
      title: "Has-object's loss",
      points: 6,
      hint: "max(z, 0) is tf.relu(z); log(1 + …) is tf.log1p(…).",
    },
    {
      id: "3.3",
      title: "The boxes' loss",
      points: 8,
      hint: "Intersection: the larger of the mins, the smaller of the maxes; the hull the other way round.",
    },
    {
      id: "3.4",
      title: "The terms, summed over cells",
      points: 10,
      hint: "tf.sum(losses, 1) sums the cells of each scene; multiply by hasObject first. One-hot labels pick from logSoftmax.",
    },
    {
      id: "3.5",
      title: "A training step that learns",
      points: 6,
      hint: "The loss is object + boxWeight · box + class. optimizer.minimize(f, false, variables) calls f once: read the terms in it, with dataSync.",
    },
    {
      id: "4.1",
      title: "A cell's detection",
      points: 4,
      hint: "Math.max over the probabilities, then indexOf; x is cut off at 0 and width, y at 0 and height.",
    },
    {
      id: "4.2",
      title: "Non-maximum suppression",
      points: 8,
      hint: "A candidate is dropped if some box that was kept has its class and overlaps it by more than the threshold.",
    },
    {
      id: "5.1",
      title: "The scenes that go wrong",
      points: 3,
      hint: "A box without a partner has 0. Both sides count: what was overlooked, and what was imagined.",
    },
    {
      id: "6.1",
      title: "Finds the digits",
      points: 4,
      hint: "Train the default preset: pnpm --filter object-detection run train.",
      metric: { name: "test/mAP", atLeast: 0.68 },
    },
  ],
});
