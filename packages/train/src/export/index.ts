export { type ProjectorContent, writeProjector } from "./projector.ts";
export { readSafetensors, type Safetensors } from "./read-safetensors.ts";
export type { NamedTensor } from "./safetensors-types.ts";
export { writeSafetensors } from "./write-safetensors.ts";
