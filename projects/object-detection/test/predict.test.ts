import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { saveModel, tf, useBackend } from "@course/tf";
import sharp from "sharp";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readOwnImage } from "../predict/own-image.ts";
import { main } from "../predict/predict.ts";
import { openDetector } from "../predict/saved-detector.ts";
import { constantNetwork, seesOne } from "./cases.ts";

await useBackend();

const work = mkdtempSync(join(tmpdir(), "detect-"));
afterAll(() => rmSync(work, { recursive: true }));

const model = constantNetwork(seesOne().flat());
model.setUserDefinedMetadata({ classes: ["0", "1"] });
await saveModel(model, join(work, "model"));

/** A PNG of a rectangle on paper. */
async function drawing(name: string, size: { width: number; height: number }, [paper, ink] = ["white", "black"]) {
  const input = await sharp({ create: { width: 20, height: 10, channels: 3, background: ink! } })
    .png()
    .toBuffer();
  const sheet = sharp({ create: { ...size, channels: 3, background: paper! } }).composite([{ input, top: 4, left: 8 }]);
  writeFileSync(join(work, name), await sheet.png().toBuffer());
  return join(work, name);
}

describe("a user's own image", () => {
  test("that fits stays as it is", async () => {
    const { pixels, changes, toOwn } = await readOwnImage(
      await drawing("fits.png", { width: 60, height: 48 }, ["black", "white"]),
      [48, 60],
    );
    expect(changes).toEqual([]);
    expect([pixels[4 * 60 + 7], pixels[4 * 60 + 8], pixels[13 * 60 + 27], pixels[14 * 60 + 27]]).toEqual([
      0, 255, 255, 0,
    ]);
    expect(toOwn([3, 4, 5, 6])).toEqual([3, 4, 5, 6]);
  });
  test("of another size and colour: converted, and said; boxes find back to its own pixels", async () => {
    // 120 × 48 → 60 × 24, twelve rows of paper above and below; the rectangle's 8 … 28 become 4 … 14
    const file = await drawing("wide.png", { width: 120, height: 48 });
    const { pixels, changes, toOwn, ownSize } = await readOwnImage(file, [48, 60]);
    expect(changes).toEqual(["120×48 pixels to 60×48", "dark on light to light on dark"]);
    expect(ownSize).toEqual([48, 120]);
    expect(pixels[0]).toBe(0);
    expect(pixels[(12 + 4) * 60 + 9]).toBeGreaterThan(250);
    expect(toOwn([4, 14, 14, 19])).toEqual([8, 4, 28, 14]);
    expect(toOwn([-4, 0, 70, 48])).toEqual([0, 0, 120, 48]);
  });
});

describe("predict", () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  });
  afterEach(() => vi.restoreAllMocks());

  test("a picture becomes an annotated one and its boxes", async () => {
    const out = join(work, "out");
    await main([await drawing("two.png", { width: 120, height: 96 }), "--model", join(work, "model"), "--out", out]);
    expect(readdirSync(out).sort()).toEqual(["two-found.json", "two-found.png"]);
    const { objects, height, width, changes } = JSON.parse(readFileSync(join(out, "two-found.json"), "utf8"));
    expect([height, width]).toEqual([96, 120]);
    expect(changes).toHaveLength(2);
    expect(objects).toHaveLength(1);
    expect(objects[0].class).toBe("1");
    [48, 58, 72, 86].forEach((side, i) => {
      expect(objects[0].box[i]).toBeCloseTo(side, 2); // twice as large as on the network's image
    });
    expect((await sharp(join(out, "two-found.png")).metadata()).width).toBeGreaterThan(300);
    expect(lines[0]).toMatch(/^two\.png: 1 1\.00 \(changed: 120×96 pixels to 60×48, /);
  });
  test("a folder", async () => {
    const [pictures, out] = [join(work, "pictures"), join(work, "more")];
    mkdirSync(pictures);
    for (const name of ["a.png", "b.png"]) await drawing(join("pictures", name), { width: 60, height: 48 });
    writeFileSync(join(pictures, "notes.txt"), "not a picture");
    await main(["--", pictures, "--model", join(work, "model"), "--out", out]);
    expect(readdirSync(out).sort()).toEqual(["a-found.json", "a-found.png", "b-found.json", "b-found.png"]);
  });
  test.each([
    [[], "expected the path of a picture"],
    [["/nowhere.png"], "/nowhere.png: no such file or folder"],
    [["--speed", "PICTURE"], "Unknown option '--speed' (flags: --model,"],
    [["WORK/text.png"], "expected a picture"],
    [["WORK/model"], "expected pictures (png"],
  ])("%j is a user's mistake, and writes nothing", async (args, message) => {
    writeFileSync(join(work, "text.png"), "text");
    const picture = await drawing("picture.png", { width: 60, height: 48 });
    const out = join(work, "nothing");
    const run = main([
      ...args.map((arg) => arg.replace("PICTURE", picture).replace("WORK", work)),
      "--model",
      join(work, "model"),
      "--out",
      out,
    ]);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toThrow(UserError);
    expect(existsSync(out)).toBe(false);
  });
  test("a saved model of another shape, or none", async () => {
    const other = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 2 })] });
    await saveModel(other, join(work, "other"));
    await expect(openDetector(join(work, "other"))).rejects.toThrow(
      "received [any, 4] → [any, 2] (another project's model?)",
    );
    await expect(openDetector(join(work, "missing"))).rejects.toThrow("cannot be read");
  });
  test("the command ends in one line and exit code 2", () => {
    const script = join(import.meta.dirname, "..", "predict", "predict.ts");
    const { status, stderr } = spawnSync(process.execPath, [script, "--runs", work, "x.png"], { encoding: "utf8" });
    expect(stderr).toMatch(/^error: .*x\.png: no such file or folder\n$/);
    expect(status).toBe(2);
  });
});
