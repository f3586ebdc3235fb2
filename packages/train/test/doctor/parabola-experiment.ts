import { z } from "zod";
import { defineExperiment, runExperiment } from "../../src/index.ts";

const config = z.strictObject({
  learningRate: z.number().positive().default(0.1).describe("above 1 each step goes further from the minimum"),
  percent: z.boolean().default(false).describe("the mistake: accuracy in percent"),
});

/** Finds the minimum of (w − 3)² by gradient descent. */
export const parabolaExperiment = defineExperiment({
  name: "parabola",
  task: "finds a minimum",
  config,
  presets: { smoke: {}, full: {} },
  monitor: { metric: "validation/loss", mode: "min" },
  async run({ learningRate, percent }, run) {
    const weight = Float64Array.of(run.random.uniform());
    let gradient = 0;
    const layers = [{ name: "weight", outputShape: [1], parameters: 1, trainable: 1, multiplyAdds: 0 }];
    run.describe({ parameters: 1, layers });
    run.track({ model: { state: () => ({ arrays: { weight } }), restore: ({ arrays }) => weight.set(arrays.weight) } });
    run.probe({ layers: () => [{ name: "weight", gradients: [[gradient]] }] });
    for (const _ of run.epochs(3)) {
      for await (const indices of run.batches(200, 1)) {
        const loss = (weight[0] - 3) ** 2;
        gradient = 2 * (weight[0] - 3);
        weight[0] -= run.rate(() => learningRate) * gradient;
        run.step({ loss }, indices.length);
      }
      const isNear = Math.abs(weight[0] - 3) < 0.1;
      run.endEpoch({
        "validation/loss": (weight[0] - 3) ** 2,
        "validation/accuracy": isNear ? (percent ? 100 : 1) : 0,
      });
    }
    return { metrics: { "test/loss": (weight[0] - 3) ** 2 } };
  },
});

if (import.meta.main) await runExperiment(parabolaExperiment);
