import { type Benchmark, otherBackends, ours, pyTorch } from "./benchmark.ts";
import { BATCH, CBOW, type StepNetworkName, TIME } from "./step-sizes.ts";

interface Step {
  readonly network: StepNetworkName;
  readonly about: string;
  readonly examples: number;
  /** Steps in a round. */
  readonly repeats: number;
}

const SEQUENCES = `64 logits, ${BATCH} sequences of ${TIME}`;
const STEPS: readonly Step[] = [
  {
    network: "cnn",
    about: `conv 5×5×32, pool, conv 5×5×64, pool, 1024, 10 on 28×28×1, batch ${BATCH}`,
    examples: BATCH,
    repeats: 1,
  },
  {
    network: "vgg",
    about: `two conv 3×3×32, pool, two conv 3×3×64, pool, 128, 10 on 32×32×3, batch ${BATCH}`,
    examples: BATCH,
    repeats: 1,
  },
  { network: "mlp", about: `784-128-64-10, batch ${BATCH}`, examples: BATCH, repeats: 15 },
  { network: "lstm", about: `embedding 64, LSTM 128, ${SEQUENCES}`, examples: BATCH, repeats: 1 },
  { network: "gru", about: `embedding 64, GRU 128, ${SEQUENCES}`, examples: BATCH, repeats: 1 },
  {
    network: "cbow",
    about: `embedding of ${CBOW.vocabulary} words in ${CBOW.dimensions} dimensions, mean of ${CBOW.context}, ${CBOW.vocabulary} logits, batch ${CBOW.batch}`,
    examples: CBOW.batch,
    repeats: 1,
  },
];

export const STEP_BENCHMARKS = STEPS.map(
  ({ network, about, examples, repeats }): Benchmark => ({
    name: `step-${network}`,
    about: `one training step with Adam: ${about}`,
    examples,
    isThreaded: true,
    contenders(machine) {
      const environment = {
        BENCH_MODEL: network,
        BENCH_REPEATS: String(repeats),
        BENCH_THREADS: String(machine.threads),
      };
      return [
        ours("@course/tf", "step-contender.ts", environment),
        ...pyTorch(machine, "step.py", environment),
        ...otherBackends(machine, "step-contender.ts", environment),
      ];
    },
  }),
);
