import { createGuesser, type Guesser } from "./guesser.ts";
import type { Learner, Setup } from "./learner.ts";
import { createSkipGramLearner } from "./skip-gram-learner.ts";

export interface Learners {
  /** All models of the run by name; `guessers` are among them. */
  readonly learners: Readonly<Record<string, Learner>>;
  readonly guessers: Readonly<Record<string, Guesser>>;
}

/** The models that the settings name. @throws UserError for a split that is shorter than a context. */
export async function createLearners(setup: Setup): Promise<Learners> {
  const { models, before, around } = setup.config;
  const guessers: Record<string, Guesser> = {};
  if (models.includes("next-word")) guessers.nextWord = createGuesser("nextWord", { before }, setup);
  if (models.includes("cbow")) guessers.cbow = createGuesser("cbow", { before: around, after: around }, setup);
  const learners: Record<string, Learner> = { ...guessers };
  if (models.includes("skip-gram")) learners.skipGram = await createSkipGramLearner(setup);
  return { learners, guessers };
}

/** All models' losses and accuracies; `validation/loss` is the sum of the losses, as the training's is. */
export function validate(learners: Readonly<Record<string, Learner>>): Record<string, number> {
  const metrics: Record<string, number> = { "validation/loss": 0 };
  for (const [name, learner] of Object.entries(learners)) {
    const { loss, accuracy } = learner.validate();
    metrics["validation/loss"]! += loss;
    metrics[`validation/${name}Loss`] = loss;
    if (accuracy !== undefined) metrics[`validation/${name}`] = accuracy;
  }
  return metrics;
}
