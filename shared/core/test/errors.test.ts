import { afterEach, expect, test, vi } from "vitest";
import { didYouMean, exitOnUserError, HelpRequest, nearestName, UserError } from "../src/index.ts";

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

async function outcome(error: Error): Promise<{ text: string; code: unknown }> {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await exitOnUserError(() => Promise.reject(error));
  return { text: write.mock.calls.join(""), code: process.exitCode };
}

test("a user's mistake is one line and exit code 2", async () => {
  expect(await outcome(new UserError("epochs: expected a number, received abc"))).toEqual({
    text: "error: epochs: expected a number, received abc\n",
    code: 2,
  });
});

test("help is printed as it is, and no mistake", async () => {
  const print = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  expect(await outcome(new HelpRequest("predict PATH…\n"))).toEqual({ text: "", code: undefined });
  expect(print.mock.calls).toEqual([["predict PATH…\n"]]);
});

test.each([
  ["ENOSPC", "the disk is full"],
  ["EACCES", "no permission to write here"],
])("%s says what to do", async (code, advice) => {
  const { text } = await outcome(Object.assign(new Error("low level"), { code, path: "/there" }));
  expect(text).toContain(`error: /there: ${advice}`);
});

test("a defect of ours keeps its stack trace", () =>
  expect(exitOnUserError(() => Promise.reject(new TypeError("x is undefined")))).rejects.toThrow("x is undefined"));

test("the nearest name is suggested, a far one is not", () => {
  expect(nearestName("epoch", ["epochs", "seed"])).toBe("epochs");
  expect(nearestName("learning-rate", ["learningRate", "momentum"])).toBe("learningRate");
  expect(nearestName("fashion", ["mnist", "fashion-mnist"])).toBe("fashion-mnist");
  expect(nearestName("banana", ["epochs", "seed"])).toBeUndefined();
  expect(nearestName("x", [])).toBeUndefined();
  expect(didYouMean("epoch", ["epochs", "seed"])).toBe(' (did you mean "epochs"?)');
  expect(didYouMean("banana", ["epochs", "seed"])).toBe(" (there are: epochs, seed)");
});
