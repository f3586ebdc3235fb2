import { majorityBaselineAccuracy } from "@course/metrics";
import { layersOf, useBackend } from "@course/tf";
import { defineExperiment, resolveUserPath, runExperiment } from "@course/train";
import { findLayer } from "../network/find-layer.ts";
import { assertFits, assertTrainedOn, openNetwork } from "../network/saved-network.ts";
import { newNetwork, trainNetwork } from "../network/train-network.ts";
import { explainTestImages } from "../study/explain-test.ts";
import { config } from "./config.ts";
import { loadSplits } from "./data.ts";

const experiment = defineExperiment({
  name: "grad-cam",
  task: "show where a convolutional network looks, and measure how far the maps can be trusted",
  config,
  presets: {
    smoke: { epochs: 1, limit: 400, features: [8, 16], images: 20, steps: 14, stride: 7 },
    full: { epochs: 20, images: 1000 },
    fashion: { dataset: "fashion-mnist", epochs: 3 }, // clothes, of which there are seven times as many
  },
  monitor: { metric: "validation/accuracy", mode: "max" },
  backends: ["auto", "wasm", "native", "cpu"],
  async run(config, run) {
    const { backend, threads } = await useBackend(run.backend);
    const saved = config.model === "" ? undefined : await openNetwork(resolveUserPath(config.model));
    const options = { dataFolder: run.dataFolder, onProgress: run.onProgress, limit: config.limit || undefined };
    if (saved) assertTrainedOn(saved, config.dataset);
    const splits = await loadSplits(config.dataset, run.random.stream("split"), options);
    const { train, validation, test, provenance } = splits;
    if (saved) assertFits(saved, train);
    run.useDataset({ provenance, train: train.shape[0], validation: validation.shape[0], test: test.shape[0] });
    const network = saved ?? newNetwork(config, run, splits);
    const layers = saved ? [] : layersOf(network.model); // another program's may have layers that are not known here
    run.describe({ parameters: network.model.countParams(), backend: `${backend}, threads: ${threads}`, layers });
    findLayer(network.model, config.layer); // an unknown name ends the run here, and not after the training
    if (!saved) await trainNetwork(config, run, { network, splits });
    return {
      metrics: await explainTestImages(run, config, { network, splits }),
      baselines: { "majority class": majorityBaselineAccuracy(train.labels, test.labels) },
    };
  },
});

export default experiment;
if (import.meta.main) await runExperiment(experiment);
