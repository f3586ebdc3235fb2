import { createRandom } from "@course/core";
import { numericGradient } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { gru, gruStateLengths } from "../src/gru.ts";
import { gruGradient } from "../src/gru-gradient.ts";
import { lstm, lstmStateLengths } from "../src/lstm.ts";
import { lstmGradient } from "../src/lstm-gradient.ts";
import type { RecurrentSizes } from "../src/recurrent.ts";
import { gruReference, lstmReference, type Outcome, type Problem } from "./recurrent-reference.ts";
import { randomArray, runNamed } from "./support.ts";

interface Setting {
  readonly sizes: RecurrentSizes;
  /** Gives initial states, gradients to the last ones, and a mask; else outputs only. */
  readonly isFull: boolean;
}

const SETTINGS: readonly Setting[] = [
  { sizes: { batch: 1, time: 1, inputs: 1, units: 1 }, isFull: false },
  { sizes: { batch: 2, time: 3, inputs: 2, units: 3 }, isFull: true },
  { sizes: { batch: 3, time: 2, inputs: 3, units: 8 }, isFull: true },
  { sizes: { batch: 2, time: 4, inputs: 5, units: 9 }, isFull: false },
  { sizes: { batch: 7, time: 5, inputs: 1, units: 2 }, isFull: true },
];

const KINDS = [
  { kind: "lstm", gates: 4, biasRows: 1 },
  { kind: "gru, reset after the product", gates: 3, biasRows: 2 },
  { kind: "gru, reset before the product", gates: 3, biasRows: 1 },
] as const;
type Kind = (typeof KINDS)[number];

type Arrays = Readonly<Record<keyof Problem, Float32Array>>;

function prepare({ sizes, isFull }: Setting, { gates, biasRows }: Kind) {
  const { batch, time, inputs, units } = sizes;
  const random = createRandom(batch * 1000 + time * 100 + inputs * 10 + units);
  const make = (length: number, scale = 1) => randomArray(length, random).map((value) => scale * value);
  const arrays: Arrays = {
    x: make(batch * time * inputs),
    kernel: make(inputs * gates * units),
    recurrentKernel: make(units * gates * units),
    bias: make(biasRows * gates * units),
    h0: make(batch * units, +isFull),
    c0: make(batch * units, +isFull),
  };
  const gradients = {
    y: make(batch * time * units),
    hLast: make(batch * units, +isFull),
    cLast: make(batch * units, +isFull),
  };
  const mask = isFull ? Uint8Array.from({ length: batch * time }, () => +(random.uniform() < 0.7)) : undefined;
  return { arrays, gradients, mask };
}

const reference = (sizes: RecurrentSizes, { kind }: Kind, problem: Problem, mask: Uint8Array | undefined): Outcome =>
  kind === "lstm" ? lstmReference(sizes, problem, mask) : gruReference(sizes, problem, kind === KINDS[1].kind, mask);

/** Bytes as the float32 words that runInBoth copies. */
function words(bytes: Uint8Array | undefined): Int32Array {
  const padded = new Uint8Array(Math.ceil((bytes?.length ?? 0) / 4) * 4);
  padded.set(bytes ?? []);
  return new Int32Array(padded.buffer);
}

function expectNear(what: string, received: Float32Array, expected: ArrayLike<number>): void {
  expect(received, what).toHaveLength(expected.length);
  const at = received.findIndex((value, i) => !(Math.abs(value - expected[i]) <= 2e-5 * (1 + Math.abs(expected[i]))));
  if (at >= 0) expect.fail(`${what} ${at}: expected ${expected[at]}, received ${received[at]}`);
}

/** The layer's arrays of one setting, by name, ready for the kernels. */
function layer(setting: Setting, kind: Kind) {
  const { sizes, isFull } = setting;
  const prepared = prepare(setting, kind);
  const isLstm = kind.kind === "lstm";
  const lengths: Readonly<Record<string, number>> = isLstm ? lstmStateLengths(sizes) : gruStateLengths(sizes);
  const state = Object.values(lengths).map((length) => new Float32Array(length).fill(7)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const optional = (address: number) => (isFull ? address : undefined);
  const inputs = { ...prepared.arrays, mask: words(prepared.mask) };
  return { ...prepared, sizes, isLstm, resetAfter: kind.biasRows === 2, state, optional, inputs };
}
type Layer = ReturnType<typeof layer>;

function forward({ sizes, inputs, gradients, state, isLstm, resetAfter, optional }: Layer) {
  const [gates, hidden, cells] = state;
  return runNamed(inputs, { ...gradients, gates, hidden, cells }, ({ engine }, at) => {
    const weights = { kernel: at.kernel, recurrentKernel: at.recurrentKernel, bias: at.bias };
    const common = {
      sizes,
      x: at.x,
      ...weights,
      h0: optional(at.h0),
      mask: optional(at.mask),
      y: at.y,
      hLast: at.hLast,
    };
    const { gates, hidden, cells } = at;
    if (isLstm) lstm(engine, { ...common, c0: optional(at.c0), cLast: at.cLast, state: { gates, hidden, cells } });
    else gru(engine, { ...common, resetAfter, state: { gates, hidden, inner: cells } });
  });
}

type Forward = ReturnType<typeof forward>;

/** Gradients under the names of what they are gradients to. */
function backward({ sizes, inputs, arrays, gradients, isLstm, resetAfter, optional }: Layer, after: Forward) {
  const { gates, hidden, cells } = after;
  const given = { ...inputs, gates, hidden, cells, dy: gradients.y, dhLast: gradients.hLast, dcLast: gradients.cLast };
  const outputs = Object.fromEntries(
    Object.entries(arrays).map(([name, { length }]) => [`d ${name}`, new Float32Array(length).fill(7)]),
  );
  return runNamed(given, outputs, ({ engine }, at) => {
    const weights = { kernel: at.kernel, recurrentKernel: at.recurrentKernel };
    const incoming = { dy: at.dy, dhLast: optional(at.dhLast), mask: optional(at.mask) };
    const dWeights = { dKernel: at["d kernel"], dRecurrentKernel: at["d recurrentKernel"], dBias: at["d bias"] };
    const common = { sizes, x: at.x, ...weights, ...incoming, ...dWeights, dx: at["d x"], dh0: at["d h0"] };
    const { gates, hidden, cells } = at;
    if (isLstm)
      lstmGradient(engine, {
        ...common,
        dcLast: optional(at.dcLast),
        dc0: at["d c0"],
        state: { gates, hidden, cells },
      });
    else gruGradient(engine, { ...common, resetAfter, state: { gates, hidden, inner: cells } });
  });
}

const inFloat64 = (arrays: Arrays): Problem =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [name, Float64Array.from(values)]),
  ) as unknown as Problem;

function check(setting: Setting, kind: Kind): void {
  const each = layer(setting, kind);
  const { sizes, arrays, gradients, mask, isLstm } = each;
  const after = forward(each);
  const exact = inFloat64(arrays);
  const expected = reference(sizes, kind, exact, mask);
  expectNear("y", after.y, expected.y);
  expectNear("hLast", after.hLast, expected.hLast);
  if (isLstm) expectNear("cLast", after.cLast, expected.cLast);

  const results = backward(each, after);
  const dot = (a: Float64Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const loss = () => {
    const { y, hLast, cLast } = reference(sizes, kind, exact, mask);
    return dot(y, gradients.y) + dot(hLast, gradients.hLast) + (isLstm ? dot(cLast, gradients.cLast) : 0);
  };
  for (const [name, values] of Object.entries<Float64Array>({ ...exact })) {
    if (name === "c0" && !isLstm) continue;
    expectNear(`d ${name}`, results[`d ${name}`], numericGradient(loss, values));
  }
}

describe.each(KINDS)("$kind", (kind) => {
  test.each(SETTINGS)("values and gradients for $sizes, state and mask: $isFull", (setting) => check(setting, kind));

  test("20 rows of 37 units over 30 steps: more than a tile of each kind", () => {
    const each = layer({ sizes: { batch: 20, time: 30, inputs: 11, units: 37 }, isFull: true }, kind);
    expectNear("y", forward(each).y, reference(each.sizes, kind, inFloat64(each.arrays), each.mask).y);
  });
});

test("a NaN in one sequence stays in its row of the batch", () => {
  const sizes = { batch: 3, time: 4, inputs: 2, units: 5 };
  const each = layer({ sizes, isFull: false }, KINDS[0]);
  each.inputs.x[sizes.time * sizes.inputs + 3] = Number.NaN; // row 1, time 1
  forward(each).y.forEach((value, i) => {
    const [row, time] = [Math.floor(i / 20), Math.floor(i / 5) % 4];
    expect(Number.isNaN(value)).toBe(row === 1 && time >= 1);
  });
});
