import { UserError } from "@course/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { isNativeInstalled, tf, useBackend } from "../src/index.ts";

afterEach(() => vi.restoreAllMocks());

describe("useBackend", () => {
  test("auto is wasm", async () => {
    const report = await useBackend("auto");
    expect(report.backend).toBe("wasm");
    expect(tf.getBackend()).toBe("wasm");
    expect(report.threads).toBeGreaterThanOrEqual(1);
    expect(report.text).toBe(`wasm, threads: ${report.threads}, kernels: ${report.vectorWidth} bits`);
  });

  test("cpu works and warns", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const log = vi.spyOn(console, "warn");
    const report = await useBackend("cpu");
    expect(tf.getBackend()).toBe("cpu");
    expect([...tf.tensor1d([1, 2]).add(1).dataSync()]).toEqual([2, 3]);
    expect(report).toMatchObject({ backend: "cpu", threads: 1, vectorWidth: undefined });
    expect(report.text).toBe("cpu, threads: 1, kernels: no own bits");
    expect(warn).toHaveBeenCalledWith(report.note, "SlowBackendWarning");
    expect(log).not.toHaveBeenCalled(); // TensorFlow.js would advertise tfjs-node here
  });

  test("an unknown name gets one line that names the nearest", async () => {
    const failure = useBackend("wsm" as "wasm");
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow('--backend: unknown backend "wsm" (did you mean "wasm"?)');
  });

  test.skipIf(isNativeInstalled())("native without its addon names the command that adds it", async () => {
    const failure = useBackend("native");
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow("`pnpm course native`");
  });

  test.runIf(isNativeInstalled())("native computes", async () => {
    expect((await useBackend("native")).backend).toBe("native");
    expect([...tf.matMul([[1, 2]], [[3], [4]]).dataSync()]).toEqual([11]);
  });
});
