import { expect, test } from "vitest";
import { profileStep } from "../src/profile.ts";

test("the parts of a step, kernels and optimizer, add up to the whole", async () => {
  const rows = (await profileStep("mlp", 3, 1)).split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const milliseconds = new Map(rows.slice(2).map(([, label, , time]) => [label, Number(time)]));
  expect(rows.find(([, label]) => label === "adam (no kernel)")?.[2]).toBe("6"); // three kernels, three biases
  expect(rows.find(([, label]) => label === "BatchMatMul")?.[2]).toMatch(/^[1-9]/);
  const whole = milliseconds.get("whole step")!;
  const parts = [...milliseconds.values()].reduce((sum, time) => sum + time, -whole);
  expect(Math.abs(parts - whole)).toBeLessThan(0.3); // each part is rounded to 0.01 ms
  expect(milliseconds.get("TensorFlow.js itself")).toBeGreaterThan(0);
});
