import { UserError } from "@course/core";
import { expect, test, vi } from "vitest";
import { useBackend } from "../src/index.ts";

// An addon that is there and does not load, as one that was built for another Node or TensorFlow
vi.mock("node:fs", async (original) => ({ ...(await original<typeof import("node:fs")>()), existsSync: () => true }));
vi.mock("@tensorflow/tfjs-node", () => {
  throw new Error("undefined symbol: TFE_NewContext");
});

test("an addon for another Node or TensorFlow: one line that names the command", async () => {
  const failure = useBackend("native");
  await expect(failure).rejects.toThrow(UserError);
  await expect(failure).rejects.toThrow(
    /^backend native: @tensorflow\/tfjs-node does not load \(.*\): built for another Node or TensorFlow\? `pnpm course native` builds it anew$/,
  );
});
