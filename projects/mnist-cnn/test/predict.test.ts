import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { saveModel, tf, useBackend } from "@course/tf";
import sharp from "sharp";
import { afterAll, describe, expect, test, vi } from "vitest";
import { main } from "../predict/predict.ts";

await useBackend();

const out = mkdtempSync(join(tmpdir(), "mnist-cnn-"));
afterAll(() => rmSync(out, { recursive: true }));

/** A PNG of a rectangle of ink on paper. */
function drawing(ink: { top: number; left: number; height: number; width: number }, [paper, pen] = [250, 20]) {
  const rectangle = sharp({ create: { ...ink, channels: 3, background: { r: pen!, g: pen!, b: pen! } } }).png();
  const sheet = sharp({
    create: { height: 200, width: 300, channels: 3, background: { r: paper!, g: paper!, b: paper! } },
  });
  return rectangle.toBuffer().then((input) =>
    sheet
      .composite([{ input, top: ink.top, left: ink.left }])
      .png()
      .toBuffer(),
  );
}

describe("predict", async () => {
  /** A network that answers "ink" if more than half of the image has it: tested without a solution. */
  const kernel = tf.tensor2d(Array.from({ length: 784 }, () => [-0.1, 0.1]).flat(), [784, 2]);
  const bias = tf.tensor1d([0.1 * 392, -0.1 * 392]);
  const { flatten, dense } = tf.layers;
  const model = tf.sequential({ layers: [flatten({ inputShape: [28, 28, 1] }), dense({ units: 2 })] });
  model.setWeights([kernel, bias]);

  function save(run: string, dataset: string) {
    model.setUserDefinedMetadata({ classes: ["paper", "ink"], dataset });
    const folder = join(out, "mnist-cnn", run);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(out, "mnist-cnn", "latest"), `${run}\n`);
    return saveModel(model, join(folder, "model"));
  }
  await save("clothes", "fashion-mnist");
  await save("pictures", "folder");
  const pictures = join(out, "pictures");
  for (const [name, ink] of [
    ["paper", 60],
    ["ink", 190],
  ] as const) {
    mkdirSync(join(pictures, name), { recursive: true });
    for (let i = 0; i < 2; i++) {
      const sheet = await drawing({ top: 5, left: 5, height: ink + i, width: 290 }, [0, 255]);
      writeFileSync(join(pictures, name, `${i}.png`), sheet);
    }
  }
  const predict = async (...args: string[]) => {
    const printed = vi.spyOn(console, "log");
    const lines: string[] = [];
    printed.mockImplementation((line) => void lines.push(String(line).replace(/ +/g, " ")));
    await main(["--out", out, ...args]).finally(() => printed.mockRestore());
    return lines;
  };

  test("answers for each picture of a class-named folder, and the accuracy", async () =>
    expect(await predict(pictures)).toEqual([
      expect.stringMatching(/ink\/0\.png ink [01]\.\d{4} right$/),
      expect.stringMatching(/ink\/1\.png ink [01]\.\d{4} right$/),
      expect.stringMatching(/paper\/0\.png paper [01]\.\d{4} right$/),
      expect.stringMatching(/paper\/1\.png paper [01]\.\d{4} right$/),
      "accuracy 1.0000 (4 of 4)",
    ]));
  test("another run: prepared as that one's data were", async () => {
    // cropped to what is drawn: 290 × 190 fills 28 × 18 of 28 × 28, and 290 × 60 only 28 × 6
    expect(await predict(join(pictures, "ink", "0.png"), "--run", "clothes")).toEqual([
      expect.stringMatching(/0\.png ink [01]\.\d{4} right$/),
      "accuracy 1.0000 (1 of 1)",
    ]);
    const thin = join(out, "thin.png");
    writeFileSync(thin, readFileSync(join(pictures, "paper", "0.png")));
    expect(await predict(thin, "--run", "clothes")).toEqual([expect.stringMatching(/thin\.png paper [01]\.\d{4}$/)]);
  });
  test.each([
    [[], "expected the path of a picture"],
    [["/nowhere.png"], "/nowhere.png: no such file or folder"],
    [["--run", "missing", pictures], "no such run (there are: clothes, pictures)"],
    [["--speed", "pictures"], "Unknown option '--speed' (flags: --run, --out, --help)"],
    [[join(out, "mnist-cnn", "latest")], "expected a picture"],
    [[join(out, "mnist-cnn")], "expected pictures (png"],
  ])("%j is a user's mistake", async (args, message) => {
    await expect(predict(...args)).rejects.toThrow(message);
    await expect(predict(...args)).rejects.toThrow(UserError);
  });
  test("the command ends in one line and exit code 2", () => {
    const script = join(import.meta.dirname, "..", "predict", "predict.ts");
    const { status, stderr } = spawnSync(process.execPath, [script, "--out", out], { encoding: "utf8" });
    expect(stderr).toBe("error: expected the path of a picture or of a folder of pictures, received none\n");
    expect(status).toBe(2);
  });
});
