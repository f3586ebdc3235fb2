import type { tf } from "@course/tf";
import { gradCam } from "../src/grad-cam.ts";
import { gradientMap } from "../src/other-maps.ts";
import { randomizedLayers, rankCorrelation } from "../src/sanity.ts";
import type { Explained, Maps } from "./measure.ts";

/** By kind of map. */
type ByKind = Readonly<Record<string, number>>;

export interface Sanity {
  /** What was randomised last, the first entry being nothing. */
  readonly layer: string;
  /** Rank correlation with the trained network's map, the mean over images whose maps are both uneven; 1 without any. */
  readonly correlation: ByKind;
  /** The share of images that were left out, as the map then or before puts no pixel before another. */
  readonly evenShare: ByKind;
  readonly maps: Maps;
}

/** Grad-CAM and gradient maps while the network is randomised from its end. */
export function sanityCheck(model: tf.LayersModel, question: Explained, seed: number): Sanity[] {
  const count = question.classes.length;
  const current = (): Maps => ({ "Grad-CAM": gradCam(model, question), gradient: gradientMap(model, question) });
  const trained = current();
  const stage = (layer: string, maps: Maps): Sanity => {
    const alike = Object.keys(maps).map((kind) => [kind, compareMaps(trained[kind], maps[kind], count)] as const);
    const correlation = Object.fromEntries(alike.map(([kind, each]) => [kind, each.correlation]));
    const evenShare = Object.fromEntries(alike.map(([kind, each]) => [kind, each.evenShare]));
    return { layer, correlation, evenShare, maps };
  };
  const stages = [stage("trained", trained)];
  for (const layer of randomizedLayers(model, seed)) stages.push(stage(layer, current()));
  return stages;
}

/** Maps of the same images, [count, height, width] each. An even map has no order to compare: maps that are all even have not changed. */
export function compareMaps(before: Float32Array, after: Float32Array, count: number) {
  const pixels = before.length / count;
  const part = (maps: Float32Array, i: number) => maps.subarray(i * pixels, (i + 1) * pixels);
  const pairs = Array.from({ length: count }, (_, i) => [part(before, i), part(after, i)] as const);
  const uneven = pairs.filter((pair) => pair.every((map) => map.some((value) => value !== map[0])));
  const sum = uneven.reduce((total, [a, b]) => total + rankCorrelation(a, b), 0);
  return { correlation: uneven.length > 0 ? sum / uneven.length : 1, evenShare: 1 - uneven.length / count };
}
