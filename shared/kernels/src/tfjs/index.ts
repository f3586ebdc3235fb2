// Nothing here needs Node.js; what keeps files does: see shared-binary.ts.
export { heapUse } from "./heap-guard.ts";
export * from "./page-binary.ts";
export * from "./register.ts";
export { shareMemory } from "./share-memory.ts";
export type { Site } from "./site.ts";
export type { Tfjs } from "./training-kernel.ts";
