import { COCO_RECALLS, type MeanAveragePrecision } from "@course/metrics";
import { barChart, type GridImage, imageGrid, lineChart } from "@course/plots";
import type { Run } from "@course/train";
import { FOR_PICTURES } from "../src/evaluate.ts";
import { sceneQuality } from "../src/quality.ts";
import type { Detection } from "../src/suppress.ts";
import type { Judged } from "./score.ts";

const SHOWN = 24; // scenes in a gallery
const CURVES = [0.5, 0.75, 0.9]; // IoU from which a box counts

/** A scene with its true boxes and those that the network is sure of. */
export function drawScene({ scenes, detections }: Judged, i: number): GridImage {
  const [, height, width] = scenes.shape;
  const found = detections[i].filter(({ score }) => score >= FOR_PICTURES.scoreThreshold);
  const truths = scenes.objects[i].map(({ box, label }) => ({
    box,
    kind: "true" as const,
    label: scenes.classes[label],
  }));
  const own = found.map(({ box, label, score }) => {
    return { box, kind: "predicted" as const, label: `${scenes.classes[label]} ${score.toFixed(2)}` };
  });
  const quality = sceneQuality(found, scenes.objects[i]);
  const boxes = [...truths, ...own];
  return {
    ...{ height, width, channels: 1 },
    pixels: scenes.images.subarray(i * height * width, (i + 1) * height * width),
    boxes,
    caption: `${truths.length} true, ${found.length} found${boxes.length > 0 ? `, IoU ≥ ${quality.toFixed(2)}` : ""}`,
    tone: quality >= 0.5 ? "good" : "bad",
  };
}

/** Galleries, precision–recall curves and AP by class and by IoU. */
export async function drawFigures(run: Run, { train, test }: Record<"train" | "test", Judged>): Promise<void> {
  const gallery = async (name: string, title: string, judged: Judged, indices: readonly number[]) => {
    const images = indices.slice(0, SHOWN).map((i) => drawScene(judged, i));
    run.figure(name, await imageGrid({ title, images, columns: 6, scale: 3 }));
  };
  const first = Array.from({ length: SHOWN }, (_, i) => i);
  await gallery(
    "training-scenes",
    "Training scenes: true and predicted boxes",
    train,
    first.slice(0, train.scenes.shape[0]),
  );
  await gallery("test-scenes", "Test scenes: true and predicted boxes", test, first.slice(0, test.scenes.shape[0]));
  const isSure = ({ score }: Detection) => score >= FOR_PICTURES.scoreThreshold;
  const quality = test.detections.map((found, i) => sceneQuality(found.filter(isSure), test.scenes.objects[i]));
  const worst = [...quality.keys()].sort((a, b) => quality[a] - quality[b]);
  await gallery("worst", "Test scenes that it gets most wrong", test, worst);
  await drawCurves(run, test.scores);
  await drawBars(run, test);
}

/** Precision over recall, the mean over classes, at three IoU thresholds. */
async function drawCurves(run: Run, { byClass }: MeanAveragePrecision): Promise<void> {
  const curves = byClass.flatMap((ofClass) => (ofClass ? [ofClass.precision] : []));
  const points = COCO_RECALLS.length;
  const series = CURVES.map((threshold) => {
    const start = Math.round((threshold - 0.5) / 0.05) * points;
    const y = Array.from(
      COCO_RECALLS,
      (_, i) => curves.reduce((sum, curve) => sum + curve[start + i], 0) / curves.length,
    );
    return { name: `IoU ≥ ${threshold}`, x: COCO_RECALLS, y };
  });
  const title = "Precision and recall on test scenes, the mean over classes";
  run.figure("precision-recall", await lineChart({ title, xLabel: "recall", yLabel: "precision", series }));
}

async function drawBars(run: Run, { scenes, scores }: Judged): Promise<void> {
  const bars = scores.byClass.flatMap((ofClass, label) => {
    if (!ofClass) return [];
    const mean = ofClass.averagePrecision.reduce((sum, value) => sum + value, 0) / ofClass.averagePrecision.length;
    return [{ name: `${scenes.classes[label]} (${ofClass.support})`, value: mean }];
  });
  const yLabel = "AP, IoU 0.5 to 0.95";
  run.figure("classes", await barChart({ title: "Average precision by class (number of test objects)", yLabel, bars }));
}
