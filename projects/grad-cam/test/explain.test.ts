import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { saveModel, tf, useBackend } from "@course/tf";
import sharp from "sharp";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { buildNetwork } from "../network/build.ts";
import { main } from "../predict/explain.ts";

await useBackend();

const work = mkdtempSync(join(tmpdir(), "explain-"));
afterAll(() => rmSync(work, { recursive: true }));
const model = buildNetwork([12, 12, 1], [3, 4], { numClasses: 3, seed: 2 });
model.setUserDefinedMetadata({ classes: ["shirt", "coat", "bag"], dataset: "digits" });
await saveModel(model, join(work, "model"));

/** A dark square on light paper, as a PNG file. */
async function drawing(name: string, size: { width: number; height: number }): Promise<string> {
  const input = await sharp({ create: { width: 10, height: 10, channels: 3, background: "black" } })
    .png()
    .toBuffer();
  const sheet = sharp({ create: { ...size, channels: 3, background: "white" } }).composite([
    { input, top: 3, left: 4 },
  ]);
  writeFileSync(join(work, name), await sheet.png().toBuffer());
  return join(work, name);
}

describe("explain", () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  });
  afterEach(() => vi.restoreAllMocks());

  test("a picture becomes an overlay and its numbers", async () => {
    const out = join(work, "out");
    await main([await drawing("coat.png", { width: 24, height: 24 }), "--model", join(work, "model"), "--to", out]);
    expect(readdirSync(out).sort()).toEqual(["coat-explained.json", "coat-explained.png"]);
    const json = JSON.parse(readFileSync(join(out, "coat-explained.json"), "utf8"));
    expect(Object.keys(json.probabilities)).toEqual(["shirt", "coat", "bag"]);
    expect(Object.values<number>(json.probabilities).reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    expect(json.explained).toBe(json.answer);
    expect(json.probabilities[json.answer]).toBe(Math.max(...Object.values<number>(json.probabilities)));
    for (const map of Object.values(json.maps)) expect(map).toHaveLength(144);
    expect(json.changes).toEqual([
      "cropped to what is drawn, 9 pixels long in the middle of 12×12", // 12 · 20/28
      "dark on light to light on dark",
    ]);
    const { width, height } = await sharp(join(out, "coat-explained.png")).metadata();
    expect(width).toBeGreaterThan(500);
    expect(height).toBeGreaterThan(150);
    expect(lines[0]).toMatch(/coat\.png: answer: (shirt|coat|bag) \(0\.\d\d\) \(changed: /);
  });
  test("a folder, another class and another layer", async () => {
    const [pictures, out] = [join(work, "pictures"), join(work, "more")];
    mkdirSync(pictures);
    for (const name of ["a.png", "b.png"]) await drawing(join("pictures", name), { width: 12, height: 12 });
    writeFileSync(join(pictures, "notes.txt"), "not a picture");
    const layer = model.layers[0]!.name;
    await main(["--", pictures, "--model", join(work, "model"), "--to", out, "--class", "bag", "--layer", layer]);
    expect(readdirSync(out)).toHaveLength(4);
    expect(JSON.parse(readFileSync(join(out, "b-explained.json"), "utf8"))).toMatchObject({ explained: "bag", layer });
  });
  test.each([
    [[], "expected the path of a picture"],
    [["/nowhere.png"], "/nowhere.png: no such file or folder"],
    [["PICTURE", "--class", "hat"], 'expected one of shirt, coat, bag, received "hat"'],
    [["PICTURE", "--layer", "conv9"], 'received "conv9"'],
    [["PICTURE", "--speed"], "Unknown option '--speed' (flags: --model, --run,"],
    [["WORK/text.png"], "expected a picture"],
    [["WORK/model"], "expected pictures (png"],
  ])("%j is a user's mistake, and writes nothing", async (args, message) => {
    writeFileSync(join(work, "text.png"), "text");
    const picture = await drawing("picture.png", { width: 12, height: 12 });
    const out = join(work, "nothing");
    const filled = args.map((arg) => arg.replace("PICTURE", picture).replace("WORK", work));
    const run = main([...filled, "--model", join(work, "model"), "--to", out]);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toThrow(UserError);
    expect(existsSync(out)).toBe(false);
  });
  test("leaves no tensor, neither after pictures nor after a class that there is not", async () => {
    const picture = await drawing("picture.png", { width: 12, height: 12 });
    const args = [picture, "--model", join(work, "model"), "--to", join(work, "leaks")];
    const before = tf.memory().numTensors;
    await main(args);
    expect(tf.memory().numTensors).toBe(before);
    await expect(main([...args, "--class", "hat"])).rejects.toThrow(UserError);
    expect(tf.memory().numTensors).toBe(before);
  });
  test("the command ends in one line and exit code 2", () => {
    const script = join(import.meta.dirname, "..", "predict", "explain.ts");
    const { status, stderr } = spawnSync(process.execPath, [script, "--out", work, "x.png"], { encoding: "utf8" });
    expect(stderr).toMatch(/^error: .*x\.png: no such file or folder\n$/);
    expect(status).toBe(2);
  });
});
