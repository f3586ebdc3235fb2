import { gatherImages, type ImageSplits, takeImages } from "@course/data";
import { meanAndSd, pairedBootstrapInterval } from "@course/metrics";
import { tf } from "@course/tf";
import type { Run } from "@course/train";
import { evaluate } from "../network/evaluate.ts";
import { findLayer } from "../network/find-layer.ts";
import type { Network } from "../network/saved-network.ts";
import type { Config } from "../src/config.ts";
import type { Curve } from "../src/curves.ts";
import { checkMap } from "./check.ts";
import { areas, type Explained, explanationMaps, measureCurves, trivialMaps } from "./measure.ts";
import { drawFigures } from "./report.ts";
import { type Sanity, sanityCheck } from "./sanity-check.ts";

const CHECKED = 20; // images whose maps are compared with finite differences: many passes for each
const RANDOMISED = 100; // images whose maps are computed again for each layer that is randomised

/** Maps of test images: how good they are, and what they show. Returns the metrics. */
export async function explainTestImages(
  run: Run,
  config: Config,
  { network, splits }: { network: Network; splits: ImageSplits },
) {
  const { model } = network;
  const { test } = splits;
  const result = evaluate(model, test);
  const chosen = run.random.stream("images").shuffle(Uint32Array.from(test.labels.keys())).slice(0, config.images);
  const { x: values } = gatherImages(test, chosen);
  const images = tf.tensor4d(values, [chosen.length, ...(test.shape.slice(1) as [number, number, number])]);
  const classes = Array.from(chosen, (i) => result.predicted[i]);
  const question: Explained = { images, values, classes, layer: findLayer(model, config.layer) };

  const maps = explanationMaps(model, question, config);
  await run.pause();
  const all = { ...maps, ...trivialMaps(model, question, run.random.stream("maps")) };
  const curves = measureCurves(model, question, all, config);
  await run.pause();
  const few = firstOf(question, RANDOMISED);
  const sanity = sanityCheck(model, few, run.seed);
  const set = takeImages(test, chosen);
  await drawFigures(run, { ...{ network, question, set, test, result, config }, ...{ maps, curves, sanity } });
  const checked = firstOf(question, CHECKED);
  const check = checkMap(model, checked);
  tf.dispose([images, few.images, checked.images]);
  return {
    "test/accuracy": result.accuracy,
    "check/mapError": check.error,
    "check/leftOut": check.leftOut,
    ...curveMetrics(run, curves),
    ...sanityMetrics(sanity),
  };
}

function firstOf({ images, values, classes, layer }: Explained, most: number): Explained {
  const count = Math.min(most, classes.length);
  const length = (values.length / classes.length) * count;
  return {
    images: images.slice(0, count),
    values: values.subarray(0, length),
    classes: Array.from(classes).slice(0, count),
    layer,
  };
}

/** Areas under the curves of each kind of map, and Grad-CAM's less the random maps' with its 95 % interval over images. */
function curveMetrics(run: Run, curves: Readonly<Record<string, Curve>>): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const way of ["deletion", "insertion"] as const) {
    const of = (name: string) => areas(curves[name][way]);
    for (const name of Object.keys(curves)) metrics[`${way}/${camelCase(name)}`] = meanAndSd(of(name)).mean;
    const random = run.random.stream(`bootstrap/${way}`);
    const { estimate, low, high } = pairedBootstrapInterval(of("Grad-CAM"), of("random"), { random });
    Object.assign(metrics, {
      [`${way}/difference`]: estimate,
      [`${way}/differenceLow`]: low,
      [`${way}/differenceHigh`]: high,
    });
  }
  return metrics;
}

function sanityMetrics(sanity: readonly Sanity[]): Record<string, number> {
  const { correlation, evenShare } = sanity.at(-1)!;
  return {
    "sanity/gradCam": correlation["Grad-CAM"],
    "sanity/gradient": correlation.gradient,
    "sanity/evenGradCam": evenShare["Grad-CAM"],
  };
}

const camelCase = (name: string) =>
  name
    .replace(/[- ](\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^\w/, (letter) => letter.toLowerCase())
    .replace("CAM", "Cam");
