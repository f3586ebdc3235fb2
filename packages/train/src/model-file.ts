import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeSafetensors } from "./export/write-safetensors.ts";
import type { Saveable } from "./saveable.ts";

/** Writes `model/model.safetensors`: the model's arrays under their names in a checkpoint, with their shapes. */
export function writeModelFile(runFolder: string, model: Saveable): void {
  const { arrays, shapes = {} } = model.state();
  const tensors = Object.entries(arrays).map(([name, data]) => [name, { shape: shapes[name] ?? [data.length], data }]);
  mkdirSync(join(runFolder, "model"), { recursive: true });
  writeSafetensors(join(runFolder, "model", "model.safetensors"), Object.fromEntries(tensors));
}
