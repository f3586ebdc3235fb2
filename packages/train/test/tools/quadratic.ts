import type { Saveable } from "../../src/saveable.ts";

/**
 * Two weights, loss = ½(w₀² + 100 w₁²), and plain gradient descent: it converges for rates below
 * 2/100 and diverges above.
 */
export function createQuadratic() {
  const weights = Float64Array.of(3, -1);
  let steps = 0;
  const model: Saveable = {
    state: () => ({ arrays: { weights }, json: { steps } }),
    restore({ arrays, json }) {
      weights.set(arrays.weights!);
      steps = (json as { steps: number }).steps;
    },
  };
  const trainStep = (rate: number) => {
    const [a, b] = weights as unknown as [number, number];
    weights.set([a - rate * a, b - rate * 100 * b]);
    steps++;
    return (a * a + 100 * b * b) / 2;
  };
  return { weights, model, trainStep, steps: () => steps };
}
