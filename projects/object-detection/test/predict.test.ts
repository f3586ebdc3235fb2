import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { saveModel, tf, useBackend } from "@course/tf";
import sharp from "sharp";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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

describe("predict", () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  });
  afterEach(() => vi.restoreAllMocks());

  test("a picture becomes an annotated one and its boxes", async () => {
    const out = join(work, "out");
    await main([await drawing("two.png", { width: 120, height: 96 }), "--model", join(work, "model"), "--to", out]);
    expect(readdirSync(out).sort()).toEqual(["two-found.json", "two-found.png"]);
    const { objects, height, width, changes } = JSON.parse(readFileSync(join(out, "two-found.json"), "utf8"));
    expect([height, width]).toEqual([96, 120]);
    expect(changes).toEqual(["96×120 to 48×60 pixels (height×width)", "dark on light to light on dark"]);
    expect(objects).toHaveLength(1);
    expect(objects[0].class).toBe("1");
    [48, 58, 72, 86].forEach((side, i) => {
      expect(objects[0].box[i]).toBeCloseTo(side, 2); // twice as large as on the network's image
    });
    expect((await sharp(join(out, "two-found.png")).metadata()).width).toBeGreaterThan(300);
    expect(lines[0]).toMatch(/two\.png: 1 1\.00 \(changed: 96×120 to 48×60 pixels/);
  });
  test("a folder", async () => {
    const [pictures, out] = [join(work, "pictures"), join(work, "more")];
    mkdirSync(pictures);
    for (const name of ["a.png", "b.png"]) await drawing(join("pictures", name), { width: 60, height: 48 });
    writeFileSync(join(pictures, "notes.txt"), "not a picture");
    await main(["--", pictures, "--model", join(work, "model"), "--to", out]);
    expect(readdirSync(out).sort()).toEqual(["a-found.json", "a-found.png", "b-found.json", "b-found.png"]);
  });
  test("pictures of one name, and nothing written where one cannot be read", async () => {
    mkdirSync(join(work, "a"));
    mkdirSync(join(work, "b"));
    const files = [
      await drawing("a/x.png", { width: 60, height: 48 }),
      await drawing("b/x.png", { width: 60, height: 48 }),
    ];
    const bad = join(work, "b", "bad.png");
    writeFileSync(bad, "text");
    const [whole, none] = [join(work, "both"), join(work, "neither")];
    await main([...files, "--model", join(work, "model"), "--to", whole]);
    expect(readdirSync(whole).sort()).toEqual(["x-2-found.json", "x-2-found.png", "x-found.json", "x-found.png"]);
    await expect(main([...files, bad, "--model", join(work, "model"), "--to", none])).rejects.toThrow(
      `${bad}: expected`,
    );
    expect(existsSync(none)).toBe(false);
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
      "--to",
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
      "input: expected shape [any, any, any, 1], received [any, 4] (another model?)",
    );
    const unnamed = constantNetwork(seesOne().flat());
    await saveModel(unnamed, join(work, "unnamed"));
    await expect(openDetector(join(work, "unnamed"))).rejects.toThrow("received 7 outputs, 0 classes");
    await expect(openDetector(join(work, "missing"))).rejects.toThrow("cannot be read");
  });
  test("--help prints a line for each flag, with exit code 0", () => {
    const script = join(import.meta.dirname, "..", "predict", "predict.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--help"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^pnpm --filter object-detection run predict PATH… \[flags\]\n/);
    const flags = [...stdout.matchAll(/^ {2}--(\w+) +\S/gm)].map(([, flag]) => flag);
    expect(flags).toEqual(["model", "run", "out", "to", "help"]);
  });
  test("the command ends in one line and exit code 2", () => {
    const script = join(import.meta.dirname, "..", "predict", "predict.ts");
    const { status, stderr } = spawnSync(process.execPath, [script, "--out", work, "x.png"], { encoding: "utf8" });
    expect(stderr).toMatch(/^error: .*x\.png: no such file or folder\n$/);
    expect(status).toBe(2);
  });
});
