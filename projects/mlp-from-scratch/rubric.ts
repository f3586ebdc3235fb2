import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "mlp-from-scratch",
  editable: ["src/activations.ts", "src/dense.ts", "src/losses.ts", "src/mlp.ts", "src/sgd.ts", "src/train.ts"],
  items: [
    {
      id: "1.1",
      title: "Xavier initialisation",
      points: 4,
      hint: "The limit needs both sizes of the kernel: √(6 / (inputs + outputs)).",
    },
    {
      id: "1.2",
      title: "He initialisation",
      points: 4,
      hint: "Variance 2 / inputs: the standard deviation is its root.",
    },
    {
      id: "2.1",
      title: "Dense forward",
      points: 8,
      hint: "Write the shapes of x, W and b on paper first; b is added to every row.",
    },
    {
      id: "2.2",
      title: "Dense gradients of kernel and bias",
      points: 10,
      hint: "A gradient has the shape of what it is the gradient of; add to grad, do not replace it.",
    },
    {
      id: "2.3",
      title: "Dense gradient of the input",
      points: 6,
      hint: "dx has x's shape: which product of dy and W, one of them transposed, gives [batch, inputs]?",
    },
    { id: "3.1", title: "ReLU, tanh and sigmoid", points: 4, hint: "Check x = −2, 0 and 3 by hand." },
    {
      id: "3.2",
      title: "Slopes of ReLU, tanh and sigmoid",
      points: 4,
      hint: "In terms of the output: tanh' = 1 − y², sigmoid' = y(1 − y).",
    },
    {
      id: "4.1",
      title: "Logarithm of a sum of exponentials, stable",
      points: 6,
      hint: "Take the maximum out of the sum: then the largest exponent is 0.",
    },
    { id: "4.2", title: "Softmax", points: 3, hint: "Each row by itself: exp(z − logSumExp of the row)." },
    {
      id: "4.3",
      title: "Cross-entropy and its gradient",
      points: 8,
      hint: "(p − one-hot) / batch: the mean over the batch divides the gradient too.",
    },
    {
      id: "4.4",
      title: "Mean squared error and its gradient",
      points: 4,
      hint: "The mean runs over all entries, rows times columns; d/dy of (y − t)² is 2 (y − t).",
    },
    {
      id: "5.1",
      title: "Forward through any depth",
      points: 4,
      hint: "The output of one layer is the input of the next.",
    },
    {
      id: "5.2",
      title: "Backward through any depth",
      points: 5,
      hint: "The layers in reverse: each turns dL/dy into dL/dx, which is the dL/dy of the layer before.",
    },
    {
      id: "6.1",
      title: "SGD with momentum",
      points: 6,
      hint: "One velocity per weight, kept between steps: v ← momentum · v + gradient.",
    },
    {
      id: "6.2",
      title: "L2",
      points: 4,
      hint: "The gradient of l2 / 2 · w² is l2 · w, and it goes into the velocity. The bias is not regularised.",
    },
    {
      id: "6.3",
      title: "L1 by soft threshold",
      points: 5,
      hint: "After the step; to exactly 0 what is nearer than the threshold. The bias is not regularised.",
    },
    {
      id: "6.4",
      title: "Cosine schedule",
      points: 2,
      hint: "cos runs from 1 to −1 while the step runs from 0 to steps: shift and halve it.",
    },
    {
      id: "7.1",
      title: "A training step that learns, as TensorFlow.js does",
      points: 8,
      hint: "Compare your loss at step 0 with ln 10 ≈ 2.303. Are the gradients zero before backward?",
    },
    {
      id: "7.2",
      title: "Recognises clothes",
      points: 5,
      hint: "Train the default preset: pnpm --filter mlp-from-scratch run train.",
      metric: { name: "test/accuracy", atLeast: 0.87 },
    },
  ],
});
