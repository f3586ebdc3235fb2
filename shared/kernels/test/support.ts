import { createRandom, type Random } from "@course/core";
import { expect } from "vitest";
import { type Kernels, loadKernels } from "../src/index.ts";

/** Both builds: they must agree in every bit. */
export const builds: readonly Kernels[] = await Promise.all([
  loadKernels({ vectorWidth: 128 }),
  loadKernels({ vectorWidth: 256 }),
]);

/** What stands around a guarded array: no kernel computes this number by chance. */
const CANARY = 12345.678;
const MARGIN = 64;

export interface Guarded {
  readonly array: Float32Array;
  /** Fails if a kernel wrote outside the array; then gives the memory back. */
  check(): void;
}

/** An array in the kernels' memory between two rows of canaries. */
export function guarded({ allocate, release }: Kernels, values: ArrayLike<number>): Guarded {
  const whole = allocate(values.length + 2 * MARGIN).fill(CANARY);
  const array = whole.subarray(MARGIN, MARGIN + values.length);
  array.set(values);
  return {
    array,
    check() {
      const around = [...whole.subarray(0, MARGIN), ...whole.subarray(MARGIN + values.length)];
      expect(around.every((value) => value === Math.fround(CANARY))).toBe(true);
      release(whole);
    },
  };
}

/** Uniform in [−1, 1), in float32. */
export function randomArray(length: number, random: Random = createRandom(length)): Float32Array {
  return Float32Array.from({ length }, () => random.uniform(-1, 1));
}

/** Equal in every bit; any NaN equals any other. */
export function expectSameBits(received: Float32Array, expected: Float32Array): void {
  expect(received.length).toBe(expected.length);
  const [a, b] = [received, expected].map(
    ({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length),
  );
  const at = received.findIndex((value, i) => a![i] !== b![i] && !(Number.isNaN(value) && Number.isNaN(expected[i])));
  if (at >= 0) expect.fail(`element ${at}: expected ${expected[at]}, received ${received[at]}`);
}

/**
 * Runs a kernel in both builds on guarded copies of the inputs, by address. Fails unless both
 * computed the same bits, changed nothing but the outputs, and wrote nothing around any array.
 *
 * @param outputs what they hold before: a copy of it is written.
 * @returns the outputs.
 */
export function runInBoth(
  inputs: readonly (Float32Array | Int32Array)[],
  outputs: readonly Float32Array[],
  body: (kernels: Kernels, inputs: readonly number[], outputs: readonly number[]) => void,
): readonly Float32Array[] {
  const [narrow, wide] = builds.map((kernels) => {
    const given = inputs.map((values) => guardedWords(kernels, values));
    const written = outputs.map((values) => guarded(kernels, values));
    const address = ({ array }: Guarded) => array.byteOffset;
    body(kernels, given.map(address), written.map(address));
    given.forEach(({ array }, i) => {
      expectSameWords(array, inputs[i]);
    });
    const results = written.map(({ array }) => array.slice());
    for (const each of [...given, ...written]) each.check();
    return results;
  });
  wide.forEach((result, i) => {
    expectSameBits(result, narrow![i]);
  });
  return wide;
}

/** Guards the words of an array of either type; as floats, they are not to be read. */
function guardedWords(kernels: Kernels, values: Float32Array | Int32Array): Guarded {
  const result = guarded(kernels, new Float32Array(values.length));
  wordsOf(result.array).set(wordsOf(values));
  return result;
}

const wordsOf = ({ buffer, byteOffset, length }: Float32Array | Int32Array) =>
  new Uint32Array(buffer, byteOffset, length);

function expectSameWords(received: Float32Array, expected: Float32Array | Int32Array): void {
  expect(wordsOf(received).slice()).toEqual(wordsOf(expected).slice());
}

/** Distance in units in the last place of the float32 nearest to `expected`. */
export function unitsInLastPlace(received: number, expected: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(expected))));
  return Math.abs(received - expected) / 2 ** (exponent - 23);
}

/** runInBoth with names: the addresses come, and the outputs go, under the names of the arrays. */
export function runNamed<Input extends string, Output extends string>(
  inputs: Readonly<Record<Input, Float32Array | Int32Array>>,
  outputs: Readonly<Record<Output, Float32Array>>,
  body: (kernels: Kernels, at: Readonly<Record<Input | Output, number>>) => void,
): Readonly<Record<Output, Float32Array>> {
  const [given, written] = [Object.keys(inputs), Object.keys(outputs)];
  const results = runInBoth(Object.values(inputs), Object.values(outputs), (kernels, from, to) => {
    const pairs = [...given.map((name, i) => [name, from[i]]), ...written.map((name, i) => [name, to[i]])];
    body(kernels, Object.fromEntries(pairs));
  });
  return Object.fromEntries(written.map((name, i) => [name, results[i]])) as Record<Output, Float32Array>;
}
