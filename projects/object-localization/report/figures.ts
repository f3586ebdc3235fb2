import { barChart, type GridImage, histogram, imageGrid } from "@course/plots";
import type { Run } from "@course/train";
import { rankByIou } from "../src/analysis.ts";
import type { Judged } from "../src/evaluate.ts";
import { analyse } from "./difficulties.ts";

const SHOWN = 24; // scenes in a gallery

/** A scene with its true box and, where the network sees an object, its own. */
export function drawScene({ scenes, answers, scores }: Judged, i: number): GridImage {
  const [, height, width] = scenes.shape;
  const { hasObject, box, label, confidence } = answers[i];
  const truths = scenes.objects[i].map((object) => ({
    ...{ box: object.box, kind: "true" as const, label: scenes.classes[object.label] },
  }));
  const own = { box, kind: "predicted" as const, label: `${scenes.classes[label]} ${confidence.toFixed(2)}` };
  const isSeen = hasObject > 0.5;
  const iou = scores.ious[i];
  const isGood = Number.isNaN(iou) ? !isSeen : iou >= 0.5 && label === scenes.objects[i][0].label;
  return {
    ...{ height, width, channels: 1 },
    pixels: scenes.images.subarray(i * height * width, (i + 1) * height * width),
    boxes: isSeen ? [...truths, own] : truths,
    caption: Number.isNaN(iou) ? `empty, said ${hasObject.toFixed(2)}` : `IoU ${iou.toFixed(2)}`,
    tone: isGood ? "good" : "bad",
  };
}

/** The scenes at these indices, by default the first ones, as many as fit into a gallery. */
export function gallery(title: string, judged: Judged, indices = Array.from(judged.answers.keys())): Promise<string> {
  const images = indices.slice(0, SHOWN).map((i) => drawScene(judged, i));
  return imageGrid({ title, images, columns: 6, scale: 3 });
}

type Splits = Readonly<Record<"train" | "validation" | "test", Judged>>;

/** Galleries, the histogram of IoU, and where the network fails. */
export async function drawFigures(run: Run, { train, validation, test }: Splits): Promise<void> {
  const ranked = rankByIou(test.scores.ious);
  const isImagined = (i: number) => test.answers[i].hasObject > 0.5 && test.scenes.objects[i].length === 0;
  const imagined = Array.from(test.answers.keys()).filter(isImagined);
  run.figure("training-scenes", await gallery("Training scenes: true and predicted boxes", train));
  run.figure("validation-scenes", await gallery("Validation scenes: true and predicted boxes", validation));
  run.figure("best", await gallery("Test scenes with the best boxes", test, ranked));
  run.figure("worst", await gallery("Test scenes with the worst boxes", test, ranked.toReversed()));
  if (imagined.length > 0)
    run.figure("imagined", await gallery("Empty test scenes in which it sees a digit", test, imagined));
  const series = Object.entries({ train, validation, test }).map(([name, { scores }]) => ({
    ...{ name, values: scores.ious.filter((iou) => !Number.isNaN(iou)) },
  }));
  run.figure("iou", await histogram({ title: "IoU of the scenes with a digit", xLabel: "IoU", series, shares: true }));
  for (const { name, label, bins } of analyse(test.scenes, test.scores.ious)) {
    const bars = bins.map(({ low, high, count, mean, standardError }) => ({
      ...{ name: `${low} to ${high} (${count})`, value: mean },
      ...{ low: mean - 2 * standardError, high: mean + 2 * standardError },
    }));
    const yLabel = "mean IoU, two standard errors; number of test scenes in brackets";
    run.figure(`iou-by-${name}`, await barChart({ title: `IoU by ${label}`, yLabel, bars, fromZero: false }));
  }
}
