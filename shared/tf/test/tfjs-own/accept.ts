// Writes accepted-failures.json anew from a run: `node test/tfjs-own/accept.ts`. Each failure must
// have a reason here; what has none is a defect, and this script says so.
import { writeFileSync } from "node:fs";
import { runOwnTests } from "./run-in-child.ts";

/** Reasons, by the first words of the failure or by the spec's name. */
const REASONS: readonly [reason: string, pattern: RegExp][] = [
  ["kernel Complex is missing: complex numbers, and with them Real, Imag, ComplexAbs, FFT, IFFT", /\(Complex\)/],
  ["images as NCHW: the WASM backend computes NHWC only", /NCHW/],
  ["kernels RaggedGather, RaggedRange and RaggedTensorToTensor are missing", /Ragged|ragged/],
  ["kernel StaticRegexReplace is missing", /StaticRegexReplace/],
  ["strings: TensorFlow.js's own WASM kernels take numbers only", /string|^sparseToDense/],
  ["ours on purpose: max pooling gives NaN for a window with NaN, where TensorFlow.js hides it", /ignores NaNs/],
  [
    "pooling 1×1 with padding: other backends return the input, here windows beside the image are empty",
    /fractional outputs/,
  ],
  ["tf.image.threshold asks for a broadcast that fits no backend but cpu", /^threshold/],
];

if (import.meta.main) {
  const { failed } = await runOwnTests(128);
  const reasonOf = (text: string) => REASONS.find(([, pattern]) => pattern.test(text))?.[0];
  const explained = failed.map(({ name, message }) => ({ name, reason: reasonOf(message) ?? reasonOf(name), message }));
  for (const { name, message } of explained.filter(({ reason }) => !reason))
    console.error(`no reason: ${name}: ${message}`);
  const groups = REASONS.map(([reason]) => ({
    reason,
    specs: explained.filter((failure) => failure.reason === reason).map(({ name }) => name),
  }));
  const file = new URL("accepted-failures.json", import.meta.url);
  writeFileSync(
    file,
    `${JSON.stringify(
      groups.filter(({ specs }) => specs.length > 0),
      null,
      2,
    )}\n`,
  );
  process.exitCode = explained.every(({ reason }) => reason) ? 0 : 1;
}
