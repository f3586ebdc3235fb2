export { clipByGlobalNorm, clipByValue, type Gradients, globalNorm } from "./clip-gradients.ts";
export { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping.ts";
export { drawLearningRateSweep } from "./learning-rate-figure.ts";
export { findLearningRate, type LearningRateFinderOptions } from "./learning-rate-finder.ts";
export type { LearningRateSweep } from "./learning-rate-sweep.ts";
export { layerCost } from "./model-summary/layer-cost.ts";
export type { LayerCost, LayerDescription, Shape } from "./model-summary/layers.ts";
export {
  formatModelSummary,
  type ModelSummary,
  type SummaryRow,
  summarizeModel,
  totalOf,
} from "./model-summary/model-summary.ts";
export { type OverfitOptions, type OverfitReport, overfitOneBatch } from "./overfit-one-batch.ts";
export { WeightAverage } from "./weight-average.ts";
export { type WorstExample, worstExamples } from "./worst-examples.ts";
