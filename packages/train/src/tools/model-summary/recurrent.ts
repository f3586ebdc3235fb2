import type { LayerCost, RecurrentDescription, Shape } from "./layers.ts";

const GATES = { simple: 1, gru: 3, lstm: 4 } as const;

/** x [length, features] → y [units], or [length, units] with `returnSequences`; twice the units in two directions. */
export function recurrentCost([length, features]: Shape, description: RecurrentDescription): LayerCost {
  const { cell, units, bias = true, returnSequences = false, bidirectional = false, resetAfter = false } = description;
  const directions = bidirectional ? 2 : 1;
  const weights = GATES[cell] * units * (features! + units); // from the input and from the state before
  const biases = bias ? GATES[cell] * units * (cell === "gru" && resetAfter ? 2 : 1) : 0;
  const outputs = units * directions;
  return {
    outputShape: returnSequences ? [length!, outputs] : [outputs],
    parameters: directions * (weights + biases),
    multiplyAdds: directions * length! * weights,
  };
}
