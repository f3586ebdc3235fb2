import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "text-generation",
  editable: [
    "src/beam.ts",
    "src/candidates.ts",
    "src/evaluate.ts",
    "src/loss.ts",
    "src/model.ts",
    "src/reader.ts",
    "src/sample.ts",
    "src/step.ts",
    "src/streams.ts",
  ],
  items: [
    {
      id: "1.1",
      title: "Texts as streams",
      points: 10,
      hint: "Segment s belongs into window s mod windows, row ⌊s / windows⌋. An input is the target one place earlier.",
    },
    {
      id: "2.1",
      title: "A network that goes on from a state",
      points: 10,
      hint: "recurrent.apply(x, { initialState: [...states] }) returns [outputs, ...states], for an LSTM h and then c.",
    },
    {
      id: "3.1",
      title: "Gradients of softmax and cross-entropy",
      points: 12,
      hint: "The gradient to the logits is p minus one-hot; the one-hot part picks rows (gather) or adds up rows (unsortedSegmentSum).",
    },
    {
      id: "3.2",
      title: "Candidates of the sampled softmax",
      points: 6,
      hint: "A Map from id to place keeps the order of appearance and each id once.",
    },
    {
      id: "4.1",
      title: "Truncated back-propagation with a memory",
      points: 10,
      hint: "Multiply the memory by 0 in rows that are reset. What the loss function makes is disposed unless it is kept.",
    },
    {
      id: "4.2",
      title: "Clipping by the common norm",
      points: 5,
      hint: "One norm over all gradients: each scaled by its own would turn the step into another direction.",
    },
    {
      id: "5.1",
      title: "Perplexity and accuracy",
      points: 7,
      hint: "Set the probability of <unk> to 0 before the argmax, but not before the logarithm.",
    },
    {
      id: "6.1",
      title: "Reading on, row by row",
      points: 6,
      hint: "tf.gather(state, parents) gives each row the state of the row that it goes on from.",
    },
    { id: "6.2", title: "Temperature", points: 5, hint: "Divide log p by the temperature, subtract the maximum, exp." },
    { id: "6.3", title: "Top-k", points: 4, hint: "Sort a copy; typed arrays sort as numbers, ascending." },
    {
      id: "6.4",
      title: "Nucleus",
      points: 5,
      hint: "The token with which the sum passes the share belongs to the nucleus.",
    },
    {
      id: "6.5",
      title: "No n-gram twice",
      points: 5,
      hint: "Compare the last n − 1 tokens with those at every place; with n = 1 every earlier token is blocked.",
    },
    { id: "7.1", title: "Score of a text", points: 3, hint: "tokens.length ** lengthPenalty." },
    {
      id: "7.2",
      title: "Beam search",
      points: 7,
      hint: "Sort all successors of all rows together. The greedy text's successor is the first of its row.",
    },
    {
      id: "8.1",
      title: "Writes better than counting does",
      points: 5,
      hint: "Train the default preset: pnpm --filter text-generation run train. Counting alone reaches 97.",
      metric: { name: "test/perplexity", atMost: 80 },
    },
  ],
});
