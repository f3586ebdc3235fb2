import { readFileSync } from "node:fs";

/** `golden/tools.json`: what golden/make_tools.py got from Keras and PyTorch. */
interface Golden {
  readonly earlyStopping: { values: number[]; cases: { options: KerasStop; stop: [number | null, number] }[] };
  readonly clipping: Record<"before" | "byNorm" | "byValue", Record<string, number[]>> & {
    limit: number;
    norm: number;
  };
  readonly averaging: { decay: number; weights: number[][]; averages: number[][] };
  readonly models: Record<
    string,
    { rows: { output: number[]; parameters: number; trainable: number }[]; parameters: number; multiplyAdds: number }
  >;
}

interface KerasStop {
  readonly mode: "max" | "min";
  readonly patience: number;
  readonly min_delta: number;
  readonly start_from_epoch: number;
}

export function readGolden(): Golden {
  return JSON.parse(readFileSync(new URL("golden/tools.json", import.meta.url), "utf8")) as Golden;
}
