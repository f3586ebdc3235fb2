import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveModel, tf, useBackend } from "@course/tf";
import sharp from "sharp";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { main } from "../predict/predict.ts";
import { constantModel } from "./cases.ts";

await useBackend();

const out = mkdtempSync(join(tmpdir(), "localization-"));
afterAll(() => rmSync(out, { recursive: true }));

async function saveRun(name: string, model: tf.LayersModel): Promise<void> {
  const folder = join(out, "object-localization", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(out, "object-localization", "latest"), `${name}\n`);
  await saveModel(model, join(folder, "model"));
}
const other = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 3 })] });
await saveRun("other", other);
const unnamed = constantModel(5, [10, 12, 30, 28], 7);
unnamed.setUserDefinedMetadata({});
await saveRun("unnamed", unnamed);
await saveRun("none", constantModel(-5, [10, 12, 30, 28], 7));
await saveRun("sees", constantModel(5, [10, 12, 30, 28], 7));

/** A picture of a rectangle that covers the middle third, in these colours. */
function picture(width: number, height: number, { ink = "white", paper = "black" } = {}): Promise<Buffer> {
  const [w, h] = [Math.round(width / 3), Math.round(height / 3)];
  return sharp({ create: { width, height, channels: 3, background: paper } })
    .composite([{ input: { create: { width: w, height: h, channels: 3, background: ink } }, left: w, top: h }])
    .png()
    .toBuffer();
}
const save = async (name: string, bytes: Promise<Buffer> | Buffer) => {
  const file = join(out, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, await bytes);
  return file;
};

let to: string;
let printed: string[];
beforeEach(() => {
  to = join(mkdtempSync(join(tmpdir(), "predictions-")), "answers");
  printed = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  return () => {
    log.mockRestore();
    rmSync(join(to, ".."), { recursive: true });
  };
});
const predict = (...args: string[]) => main([...args, "--out", out, "--to", to]);
const written = (name: string) => JSON.parse(readFileSync(join(to, `${name}-found.json`), "utf8"));

describe("predict", () => {
  test("a scene as the network knows it: box, class, PNG and JSON, nothing converted", async () => {
    const file = await save(
      "scene.png",
      sharp(await picture(60, 48))
        .toColourspace("b-w")
        .png()
        .toBuffer(),
    );
    await predict(file);
    const { hasObject, object, changes } = written("scene");
    expect(hasObject).toBeGreaterThan(0.99);
    [10, 12, 30, 28].forEach((corner, i) => {
      expect(object.box[i]).toBeCloseTo(corner, 2);
    });
    expect(object.class).toBe("7");
    expect(changes).toEqual([]);
    const png = readdirSync(to).find((name) => name.endsWith(".png"))!;
    expect((await sharp(join(to, png)).metadata()).width).toBeGreaterThan(300);
    expect(printed[0]).toMatch(/scene\.png: 7 \(0\.9\d\) at \[10\.0, 12\.0, 30\.0, 28\.0\] → /);
  });
  test("the box is in the picture's own pixels, and what was converted is said", async () => {
    await predict(
      await save(
        "photo.jpg",
        sharp(await picture(300, 240, { ink: "red", paper: "white" }))
          .jpeg()
          .toBuffer(),
      ),
    );
    const { object, changes } = written("photo");
    [50, 60, 150, 140].forEach((corner, i) => {
      expect(object.box[i]).toBeCloseTo(corner, 1); // 300 / 60 = 240 / 48 = 5 times as large
    });
    expect(changes).toEqual([
      "240×300 to 48×60 pixels (height×width)",
      "colour to grey",
      "dark on light to light on dark",
    ]);
    expect(printed[0]).toContain(`(changed: ${changes.join(", ")})`);
  });
  test("other proportions get background beside them; the box is moved by it", async () => {
    await predict(await save("tall.png", picture(48, 96))); // 24×48 in the middle of 60: 18 pixels beside it
    const { object, changes } = written("tall");
    // (10 − 18) · 2 is outside: cut off; (30 − 18) · 2 = 24; 12 · 2 and 28 · 2
    [0, 24, 24, 56].forEach((corner, i) => {
      expect(object.box[i]).toBeCloseTo(corner, 1);
    });
    expect(changes).toContain("background around it to 48×60");
  });
  test("a folder, and a network that sees nothing", async () => {
    await save("folder/a.png", picture(60, 48));
    await save("folder/inner/a.png", picture(60, 48));
    await save("folder/notes.txt", Buffer.from("no picture"));
    await predict(join(out, "folder"), "--run", "none");
    expect([written("a").object, written("a-2").object]).toEqual([null, null]);
    expect(readdirSync(to).sort()).toEqual(["a-2-found.json", "a-2-found.png", "a-found.json", "a-found.png"]);
  });
  test.each([
    ["unreadable.png", "not a picture", "expected a picture"],
    ["cut.png", undefined, "expected a picture"],
    ["flat.png", "flat", "expected something on a background, received one colour"],
  ])("%s leaves nothing behind, and is named", async (name, content, message) => {
    const whole = await picture(60, 48);
    const flat = () =>
      sharp({ create: { width: 9, height: 9, channels: 3, background: "white" } })
        .png()
        .toBuffer();
    const bytes = content === "flat" ? await flat() : Buffer.from(content ?? whole.subarray(0, whole.length - 40));
    const bad = await save(name, bytes);
    const good = await save("good.png", picture(60, 48));
    await expect(predict(good, bad)).rejects.toThrow(`${bad}: ${message}`);
    expect(existsSync(to)).toBe(false);
  });
  test("a network of another project, of no run, and paths that lead nowhere", async () => {
    const file = await save("good.png", picture(60, 48));
    await expect(predict(file, "--run", "other")).rejects.toThrow(
      "input: expected shape [any, any, any, 1], received [any, 4] (another model?)",
    );
    await expect(predict(file, "--run", "unnamed")).rejects.toThrow(
      "expected a network with 5 outputs and one for each class, received 15 outputs, 0 classes (another project's?)",
    );
    await expect(predict(file, "--run", "nowhere")).rejects.toThrow(
      "no such run (there are: none, other, sees, unnamed)",
    );
    await expect(predict(join(out, "nothing.png"))).rejects.toThrow("no such file or folder");
    await expect(main([file, "--out", out, "--to", file])).rejects.toThrow("expected a folder to write to");
    await expect(predict()).rejects.toThrow("expected the path of a picture or of a folder of pictures");
    await expect(predict(file, "--to")).rejects.toThrow("(flags: --model, --run, --out, --to, --help)");
    mkdirSync(join(out, "empty"), { recursive: true });
    await expect(predict(join(out, "empty"))).rejects.toThrow(
      "expected pictures (png, jpg, webp, gif, tiff, avif), found none",
    );
  });
});
