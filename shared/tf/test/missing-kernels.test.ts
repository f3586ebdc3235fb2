import { UserError } from "@course/core";
import { beforeAll, expect, test } from "vitest";
import { tf, useBackend } from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

test("a missing kernel names the operation, the backend and the way out", () => {
  const fft = () => tf.fft(tf.complex([1, 2], [0, 0]));
  expect(fft).toThrow(UserError);
  expect(fft).toThrow("backend wasm has no kernel for Complex (Complex): use --backend native");
});
