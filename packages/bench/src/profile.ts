import { adam, currentSite, tf, useBackend } from "@course/tf";
import { stepNetwork } from "./step-networks.ts";
import type { StepNetworkName } from "./step-sizes.ts";
import { trainingStep } from "./training-step.ts";

/** Calls and milliseconds of each kernel, and of our operations that are no kernel: optimizer steps, recurrent layers. */
interface Times {
  readonly entries: Map<string, { calls: number; milliseconds: number }>;
  /** Runs `body` and books its time, less what is booked inside it, under `name`. */
  book<T>(name: string, body: () => T): T;
  /** True while something is booked. */
  isInside(): boolean;
}

function createTimes(): Times {
  const entries: Times["entries"] = new Map();
  const inner: number[] = []; // time booked inside each body that runs
  return {
    entries,
    isInside: () => inner.length > 0,
    book(name, body) {
      inner.push(0);
      const began = performance.now();
      try {
        return body();
      } finally {
        const whole = performance.now() - began;
        const entry = entries.get(name) ?? { calls: 0, milliseconds: 0 };
        entries.set(name, { calls: entry.calls + 1, milliseconds: entry.milliseconds + whole - inner.pop()! });
        if (inner.length > 0) inner[inner.length - 1]! += whole;
      }
    },
  };
}

const WARM_UP = 5;

/** Where the time of a training step goes on our kernels, mean of `steps`, as a table in Markdown. */
export async function profileStep(name: StepNetworkName, steps: number, threads: number): Promise<string> {
  const report = await useBackend("wasm", { threads });
  const step = trainingStep(stepNetwork(name), adam());
  for (let i = 0; i < WARM_UP; i++) step();
  const times = createTimes();
  for (const kernel of tf.getKernelsForBackend("wasm")) {
    const { kernelName, kernelFunc } = kernel;
    Object.assign(kernel, { kernelFunc: (args: never) => times.book(kernelName, () => kernelFunc(args)) });
  }
  const { engine } = currentSite()!;
  const { run } = engine;
  engine.run = (operation, ...rest) =>
    times.isInside() ? run(operation, ...rest) : times.book(`${operation} (no kernel)`, () => run(operation, ...rest));
  const began = performance.now();
  for (let i = 0; i < steps; i++) step();
  const whole = performance.now() - began;
  const rows = [...times.entries].sort(([, a], [, b]) => b.milliseconds - a.milliseconds);
  const booked = rows.reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0);
  const line = (label: string, calls: string, milliseconds: number) =>
    `| ${label} | ${calls} | ${(milliseconds / steps).toFixed(2)} | ${((100 * milliseconds) / whole).toFixed(0)} % |`;
  return [
    `| step-${name}, ${report.vectorWidth}-bit vectors, threads: ${report.threads} | calls a step | ms | share |`,
    "|---|---|---|---|",
    line("whole step", "", whole),
    ...rows.map(([label, { calls, milliseconds }]) => line(label, String(calls / steps), milliseconds)),
    line("TensorFlow.js itself", "", whole - booked),
  ].join("\n");
}
