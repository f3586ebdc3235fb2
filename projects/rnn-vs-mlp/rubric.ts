import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "rnn-vs-mlp",
  editable: ["src/data.ts", "src/evaluate.ts", "src/models.ts", "src/step.ts"],
  items: [
    {
      id: "1.1",
      title: "Gaps with the words around them",
      points: 15,
      hint: "The loop runs from context to tokens.length − context; the token in the middle is the class, not context.",
    },
    { id: "2.1", title: "Perceptron", points: 8, hint: "tf.reshape(x, [batch, −1]) puts the vectors side by side." },
    { id: "2.2", title: "Deep perceptron", points: 7, hint: "Dropout comes between relu and the next layer." },
    {
      id: "2.3",
      title: "Two GRUs that read towards the gap",
      points: 13,
      hint: "`right` has backwards: true, so it starts at the far end by itself: do not reverse its input.",
    },
    {
      id: "2.4",
      title: "Bidirectional LSTM",
      points: 13,
      hint: "The backward layer's first output belongs to the last place: tf.reverse over the axis of places.",
    },
    {
      id: "2.5",
      title: "Attention",
      points: 13,
      hint: "The softmax runs over places: move them to the last axis first. [b, heads, places] · [b, places, units].",
    },
    {
      id: "3.1",
      title: "A training step that learns",
      points: 12,
      hint: "optimizer.minimize(loss, true, variables) returns the loss; dataSync reads it. Is all inside tf.tidy?",
    },
    { id: "4.1", title: "Macro F1", points: 6, hint: 'f1(confusionMatrix(p, a, classes), { average: "macro" }).' },
    {
      id: "4.2",
      title: "Paired interval of a difference",
      points: 5,
      hint: "Both models' rights are drawn with the same indices: pairedBootstrapInterval does that.",
    },
    {
      id: "5.1",
      title: "The best model fills gaps",
      points: 4,
      hint: "Train the default preset: pnpm --filter rnn-vs-mlp run train, after word-embeddings.",
      metric: { name: "test/accuracy", atLeast: 0.72 },
    },
    {
      id: "5.2",
      title: "Recurrent above perceptron",
      points: 4,
      hint: "The interval of the difference must not hold 0: train all models (--model all) to the end.",
      metric: { name: "difference/recurrent-mlp-low", atLeast: 0.001 },
    },
  ],
});
