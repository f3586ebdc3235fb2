import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../../src/index.ts";
import { bundlePage, findChromium, type PageResult, runPage } from "./run-page.ts";
import { trainSmallCnn } from "./small-training.ts";

const chromium = findChromium();

if (!chromium)
  test.skip("no chromium, chromium-browser or google-chrome on the path, and no $CHROME_BIN: nothing to run it in");

describe.runIf(chromium)("in a page of Chromium our kernels train with the bits of Node", () => {
  let program: string;
  let inNode: Awaited<ReturnType<typeof trainSmallCnn>>;
  beforeAll(async () => {
    program = await bundlePage();
    await useBackend("wasm", { vectorWidth: 128, threads: 1 });
    inNode = await trainSmallCnn(tf);
  });

  function expectSame({ vectorWidth, losses, bits }: PageResult): void {
    expect(vectorWidth).toBe(128);
    expect(losses).toEqual(inNode.losses);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    expect(bits).toEqual(inNode.bits);
  }

  test("cross-origin isolated: with two threads", async () => {
    const result = await runPage(chromium!, { program, isIsolated: true });
    expect(result.threads).toBe(2);
    expect(result.reason).toBeUndefined();
    expectSame(result);
  });

  test("not isolated: with one thread, and says so", async () => {
    const result = await runPage(chromium!, { program, isIsolated: false });
    expect(result.threads).toBe(1);
    expect(result.reason).toBe("the page is not cross-origin isolated");
    expectSame(result);
  });
});
