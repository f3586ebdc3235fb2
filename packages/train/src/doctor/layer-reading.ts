/** A layer just after a training step. */
export interface LayerReading {
  readonly name: string;
  /** Euclidean norm of the gradient of all its parameters; undefined if it has none. */
  readonly gradientNorm?: number | undefined;
  /** Share of its units whose output is the same for every example of a sample, in [0, 1]. */
  readonly deadShare?: number | undefined;
}

/** A layer at one moment: numbers that the project has anyway, or the arrays that they come from. */
export interface LayerProbe extends LayerReading {
  /** Of its parameters in the last training step; empty for a layer without any. */
  readonly gradients?: readonly ArrayLike<number>[];
  /** For the sample, [examples, …, units]; 32 examples or more, as a unit may sleep through a few. */
  readonly outputs?: { readonly shape: readonly number[]; readonly data: ArrayLike<number> };
}

export function readLayer({ name, gradients = [], outputs, ...given }: LayerProbe): LayerReading {
  return {
    name,
    gradientNorm: given.gradientNorm ?? (gradients.length > 0 ? normOf(gradients) : undefined),
    deadShare: given.deadShare ?? (outputs && shareOfDead(outputs.data, outputs.shape.at(-1)!)),
  };
}

function normOf(gradients: readonly ArrayLike<number>[]): number {
  let sum = 0;
  for (const gradient of gradients) for (let i = 0; i < gradient.length; i++) sum += gradient[i] * gradient[i];
  return Math.sqrt(sum);
}

/** ReLUs that never open, and sigmoids or tanhs at their limit. `outputs` [examples, numUnits]. */
function shareOfDead(outputs: ArrayLike<number>, numUnits: number): number {
  let dead = numUnits;
  for (let unit = 0; unit < numUnits; unit++)
    for (let i = unit + numUnits; i < outputs.length; i += numUnits)
      if (outputs[i] !== outputs[unit]) {
        dead--;
        break;
      }
  return dead / numUnits;
}
