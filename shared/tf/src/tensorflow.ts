// TensorFlow.js as one namespace: core and layers, with the chained operations (`x.add(y)`) and the
// gradients registered. No backend is loaded here: see useBackend.
import "./chained-ops.ts";

export * from "@tensorflow/tfjs-core";
export type * from "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js"; // the methods' types
export * from "@tensorflow/tfjs-layers";
