import { UserError } from "@course/core";
import { expect, test } from "vitest";
import { readFlags } from "../study/flags.ts";

test("the study's flags, with those that are not given", () =>
  expect(readFlags(["--", "--epochs", "4"])).toEqual({ epochs: 4, seed: 1, limit: 0 }));

test.each([
  [["--epochs", "two"], '--epochs: expected a whole number of at least 1, received "two"'],
  [["--epochs", "0"], '--epochs: expected a whole number of at least 1, received "0"'],
  [["--limit", ""], '--limit: expected a whole number of at least 0, received ""'],
  [["--seeds", "1"], "--seeds"],
  [["2"], "2"],
])("%j is a user's mistake", (args, message) => {
  expect(() => readFlags(args)).toThrow(UserError);
  expect(() => readFlags(args)).toThrow(message);
});
