import { defineRubric } from "@course/grader";

export default defineRubric({
  project: "word-embeddings",
  editable: [
    "src/candidates.ts",
    "src/corpus.ts",
    "src/evaluate.ts",
    "src/loss.ts",
    "src/network.ts",
    "src/skip-gram.ts",
    "src/step.ts",
  ],
  items: [
    {
      id: "1.1",
      title: "Windows of a batch",
      points: 5,
      hint: "Row i of the contexts begins at i · width; subarray cuts it out, set puts it in its place.",
    },
    {
      id: "2.1",
      title: "Network of embeddings",
      points: 12,
      hint: "Flatten the ids, gather, and reshape to [batch, width · dimension]. The last layer has no relu.",
    },
    {
      id: "3.1",
      title: "Mean cross-entropy",
      points: 6,
      hint: "In the flattened p the target of a row stands at row · words + target.",
    },
    {
      id: "3.2",
      title: "Gradients without one-hot targets",
      points: 12,
      hint: "Each gradient has the shape of what it belongs to: which product of p with h or E has it? All are divided by batch.",
    },
    {
      id: "4.1",
      title: "Correction of a sampled softmax",
      points: 6,
      hint: "The chance that a word is missed by every draw is (1 − share)^draws = exp(draws · log1p(−share)).",
    },
    {
      id: "4.2",
      title: "A training step that learns",
      points: 10,
      hint: "The same loss either way: with candidates the gathered rows stand in for all, and targets are their places there.",
    },
    {
      id: "5.1",
      title: "Thinning out common words",
      points: 4,
      hint: "A chance is at most 1: which words have a sum above it?",
    },
    {
      id: "5.2",
      title: "Table of negatives",
      points: 6,
      hint: "Round where an id ends, not how many entries it has: then the table is full, whatever the rounding.",
    },
    {
      id: "5.3",
      title: "From scores to steps",
      points: 14,
      hint: "With p = σ(s) the slope is p − 1 for a word's own context and weight · p for a negative; the step goes against it.",
    },
    {
      id: "5.4",
      title: "Skip-gram with negative sampling",
      points: 8,
      hint: "A word's step is a sum over others, another's a sum over words: which of G·U and Gᵀ·V is which? transposeA and transposeB turn the operands.",
    },
    {
      id: "6.1",
      title: "Loss and accuracy over places",
      points: 5,
      hint: "Rows of a batch are not places of the text: indices[row] is.",
    },
    {
      id: "7.1",
      title: "Guesses the next word",
      points: 4,
      hint: "Train the default preset: pnpm --filter word-embeddings run train.",
      metric: { name: "test/nextWord", atLeast: 0.18 },
    },
    {
      id: "7.2",
      title: "Guesses a word from both sides",
      points: 4,
      hint: "More than the table of the word before and the word after: 0.256.",
      metric: { name: "test/cbow", atLeast: 0.28 },
    },
    {
      id: "7.3",
      title: "Neighbours are of the word's own kind",
      points: 4,
      hint: "Look at figures/neighbours.svg: if they are all rare words, the negatives are wrong.",
      metric: { name: "neighbours/skipGram", atLeast: 0.4 },
    },
  ],
});
