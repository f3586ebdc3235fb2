import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "mnist-cnn",
  editable: [
    "src/augment.ts",
    "src/evaluate.ts",
    "src/first-layer.ts",
    "src/model.ts",
    "src/save.ts",
    "src/sizes.ts",
    "src/step.ts",
  ],
  items: [
    {
      id: "1.1",
      title: "Length of a convolution's output",
      points: 8,
      hint: "Write down where the windows start: 0, stride, 2 · stride … Which is the last one that still fits?",
    },
    {
      id: "1.2",
      title: "Number of parameters",
      points: 8,
      hint: "A filter has a weight for each pixel of its window in each channel before it, and one bias.",
    },
    {
      id: "2.1",
      title: "Convolutional network",
      points: 16,
      hint: "Compare model.summary() with the shapes in the comment. The last layer gives logits: no softmax.",
    },
    {
      id: "3.1",
      title: "Cross-entropy of logits, with smoothing",
      points: 8,
      hint: "tf.losses.softmaxCrossEntropy takes one-hot labels and logits, and its fourth argument smooths.",
    },
    {
      id: "3.2",
      title: "A training step that learns",
      points: 14,
      hint: "optimizer.minimize(loss, true, variables) returns the loss; dataSync reads it. Is all inside tf.tidy?",
    },
    {
      id: "4.1",
      title: "Loss and accuracy over examples",
      points: 8,
      hint: "The last batch has fewer images than the others: a mean of batch means gives them too much weight.",
    },
    {
      id: "4.2",
      title: "The saved network gives the same answers",
      points: 8,
      hint: "Both networks have the same weights in the same order: getWeights of one, setWeights of the other.",
    },
    {
      id: "5.1",
      title: "Random changes within bounds",
      points: 6,
      hint: "random.integer(low, high) never draws high. Degrees to radians: · π / 180.",
    },
    {
      id: "5.2",
      title: "Where a changed image's pixels come from",
      points: 8,
      hint: "Undo the steps from the last to the first: the move, the turn and enlargement, the mirror.",
    },
    {
      id: "5.3",
      title: "Erasing a rectangle",
      points: 4,
      hint: "Draw the sides first; then the corner may be at 0 to length − side. A row of it is one image.fill.",
    },
    {
      id: "6.1",
      title: "First layer's weights as images",
      points: 5,
      hint: "The kernel is [kernel, kernel, channels, filters]; the greatest |weight| is taken over all axes but the filters.",
    },
    {
      id: "7.1",
      title: "Reads digits",
      points: 7,
      hint: "Train the default preset: pnpm --filter mnist-cnn run train.",
      metric: { name: "test/accuracy", atLeast: 0.98 },
    },
  ],
});
