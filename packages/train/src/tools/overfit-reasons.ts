export interface OverfitProblem {
  readonly numClasses?: number | undefined;
}

/** A sign in the losses of one batch and its likely causes. */
interface Reason {
  readonly isSeen: (losses: readonly number[], problem: OverfitProblem) => boolean;
  readonly says: (losses: readonly number[], problem: OverfitProblem) => string;
}

/** In the order of how sure they are; the first that is seen speaks, the last always does. */
const REASONS: readonly Reason[] = [
  {
    isSeen: (losses) => !Number.isFinite(losses.at(-1)),
    says: (losses) =>
      `it was not finite at step ${losses.length}: learning rate too high, or a logarithm or division of zero`,
  },
  {
    isSeen: (losses) => losses.every((loss) => loss === losses[0]),
    says: () =>
      "it never changed: the weights do not move (learning rate 0, parameters the optimizer does not know, or a gradient that ends on the way)",
  },
  {
    isSeen: (losses, { numClasses }) => isStuckAt(losses, numClasses && Math.log(numClasses)),
    says: (_, { numClasses }) =>
      `it is stuck at ln ${numClasses}, the loss of a guess: labels not joined to inputs, dead ReLUs, or a learning rate far too low`,
  },
  {
    isSeen: (losses, { numClasses }) => isStuckAt(losses, numClasses && doubleSoftmaxFloor(numClasses)),
    says: (_, { numClasses }) =>
      `it is stuck at −ln(e/(e + ${numClasses! - 1})): softmax applied twice (give the loss logits, not probabilities)`,
  },
  {
    isSeen: (losses) => meanOf(lastQuarter(losses)) > losses[0]!,
    says: () => "it rose: learning rate too high, or a gradient of the wrong sign",
  },
  {
    isSeen: (losses) => isJumping(lastQuarter(losses)),
    says: () =>
      "it jumps up and down: learning rate too high, dropout or augmentation switched on, or another batch at each step",
  },
  {
    isSeen: isStillFalling,
    says: () => "it is still falling: give it more steps or a higher learning rate",
  },
  {
    isSeen: () => true,
    says: () =>
      "it stays at that: the same input with two labels, a model too small, regularisation or label smoothing (then name the loss floor), or a learning rate too low",
  },
];

/** Why the losses of one batch, trained on over and over, did not come near zero. */
export function explainOverfit(losses: readonly number[], problem: OverfitProblem): string {
  return REASONS.find(({ isSeen }) => isSeen(losses, problem))!.says(losses, problem);
}

/** Whether the last quarter's mean is a tenth below that of the quarter before. */
export function isStillFalling(losses: readonly number[]): boolean {
  return meanOf(lastQuarter(losses)) < 0.9 * meanOf(losses.slice(-losses.length / 2, -losses.length / 4));
}

/** The least cross-entropy if probabilities are taken for logits: the right one is 1, the others 0. */
function doubleSoftmaxFloor(numClasses: number): number {
  return -Math.log(Math.E / (Math.E + numClasses - 1));
}

function isStuckAt(losses: readonly number[], value: number | undefined): boolean {
  return value !== undefined && lastQuarter(losses).every((loss) => Math.abs(loss - value) < 0.02 * value);
}

/** Whether a third of the steps go up, and the spread is half of the mean. */
function isJumping(losses: readonly number[]): boolean {
  const rises = losses.filter((loss, i) => i > 0 && loss > losses[i - 1]!).length;
  return rises > losses.length / 3 && Math.max(...losses) - Math.min(...losses) > 0.5 * meanOf(losses);
}

function lastQuarter(losses: readonly number[]): readonly number[] {
  return losses.slice(-Math.ceil(losses.length / 4));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
