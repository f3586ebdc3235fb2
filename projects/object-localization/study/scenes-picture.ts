import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@course/core";
import { DETECTION_SCENES, LOCALIZATION_SCENES, loadSceneDigits, makeScenes, type SceneOptions } from "@course/data";
import { imageGrid } from "@course/plots";

// Draws the pictures of @course/data's card on scenes: node study/scenes-picture.ts
const folder = join(import.meta.dirname, "..", "..", "..", "shared", "data", "docs");

async function picture(name: string, title: string, options: SceneOptions): Promise<void> {
  const { train } = await loadSceneDigits();
  const { images, objects, noise, classes } = makeScenes(train, { ...options, count: 12 }, createRandom(1));
  const [height, width] = [options.height, options.width];
  const svg = await imageGrid({
    title,
    columns: 6,
    scale: 2,
    images: objects.map((found, i) => ({
      pixels: images.subarray(i * height * width, (i + 1) * height * width),
      ...{ height, width, channels: 1 as const },
      boxes: found.map(({ box, label }) => ({ box, label: classes[label]!, kind: "true" as const })),
      caption: `noise ${noise[i]!.toFixed(2)}`,
    })),
  });
  writeFileSync(join(folder, `${name}.svg`), svg);
}

mkdirSync(folder, { recursive: true });
await picture("localization-scenes", "Localization: one digit, or none", LOCALIZATION_SCENES);
await picture("detection-scenes", "Detection: none to three digits, a centre to a cell", DETECTION_SCENES);
