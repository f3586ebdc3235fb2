import { createRandom } from "@course/core";
import { numericGradient } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { gru, gruStateLengths } from "../src/gru.ts";
import { gruGradient } from "../src/gru-gradient.ts";
import { lstm, lstmStateLengths } from "../src/lstm.ts";
import { lstmGradient } from "../src/lstm-gradient.ts";
import type { RecurrentSizes } from "../src/recurrent.ts";
import { gruReference, lstmReference, type Outcome, type Problem } from "./recurrent-reference.ts";
import { randomArray, runInBoth } from "./support.ts";

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
  const at = received.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= 2e-5 * (1 + Math.abs(expected[i]!))));
  if (at >= 0) expect.fail(`${what} ${at}: expected ${expected[at]}, received ${received[at]}`);
}

function check(setting: Setting, kind: Kind): void {
  const { sizes, isFull } = setting;
  const { arrays, gradients, mask } = prepare(setting, kind);
  const isLstm = kind.kind === "lstm";
  const resetAfter = kind.kind === KINDS[1].kind;
  const lengths = Object.values(isLstm ? lstmStateLengths(sizes) : gruStateLengths(sizes));
  const { x, kernel, recurrentKernel, bias, h0, c0 } = arrays;
  const inputs = [x, kernel, recurrentKernel, bias, h0, c0, words(mask)];
  const optional = (address: number) => (isFull ? address : undefined);

  const [y, hLast, cLast, ...state] = runInBoth(
    inputs,
    [gradients.y, gradients.hLast, gradients.cLast, ...lengths.map((length) => new Float32Array(length).fill(7))],
    ({ engine }, from, to) => {
      const [xAt, kernelAt, recurrentAt, biasAt, h0At, c0At, maskAt] = from as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const [yAt, hAt, cAt, first, second, third] = to as [number, number, number, number, number, number];
      const common = {
        sizes,
        x: xAt,
        kernel: kernelAt,
        recurrentKernel: recurrentAt,
        bias: biasAt,
        y: yAt,
        hLast: hAt,
      };
      const given = { ...common, h0: optional(h0At), mask: optional(maskAt) };
      if (isLstm)
        lstm(engine, {
          ...given,
          c0: optional(c0At),
          state: { gates: first, hidden: second, cells: third },
          cLast: cAt,
        });
      else gru(engine, { ...given, resetAfter, state: { gates: first, hidden: second, inner: third } });
    },
  ) as readonly Float32Array[] as [Float32Array, Float32Array, Float32Array, ...Float32Array[]];

  const exact = Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [name, Float64Array.from(values)]),
  ) as unknown as Problem;
  const expected = reference(sizes, kind, exact, mask);
  expectNear("y", y, expected.y);
  expectNear("hLast", hLast, expected.hLast);
  if (isLstm) expectNear("cLast", cLast, expected.cLast);

  const results = runInBoth(
    [...inputs, ...state, gradients.y, gradients.hLast, gradients.cLast],
    Object.values(arrays).map(({ length }) => new Float32Array(length).fill(7)),
    ({ engine }, from, to) => {
      const [xAt, kernelAt, recurrentAt, , , , maskAt, first, second, third, dyAt, dhAt, dcAt] = from as number[] as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const [dx, dKernel, dRecurrentKernel, dBias, dh0, dc0] = to as [number, number, number, number, number, number];
      const common = {
        sizes,
        x: xAt,
        kernel: kernelAt,
        recurrentKernel: recurrentAt,
        mask: optional(maskAt),
        dy: dyAt,
        dhLast: optional(dhAt),
      };
      const written = { ...common, dx, dKernel, dRecurrentKernel, dBias, dh0 };
      if (isLstm)
        lstmGradient(engine, {
          ...written,
          dcLast: optional(dcAt),
          dc0,
          state: { gates: first, hidden: second, cells: third },
        });
      else gruGradient(engine, { ...written, resetAfter, state: { gates: first, hidden: second, inner: third } });
    },
  );
  const dot = (a: Float64Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const loss = () => {
    const outcome = reference(sizes, kind, exact, mask);
    const last = dot(outcome.hLast, gradients.hLast) + (isLstm ? dot(outcome.cLast, gradients.cLast) : 0);
    return dot(outcome.y, gradients.y) + last;
  };
  Object.entries(exact).forEach(([name, values]: [string, Float64Array], i) => {
    if (name === "c0" && !isLstm) return;
    expectNear(`d ${name}`, results[i]!, numericGradient(loss, values));
  });
}

describe.each(KINDS)("$kind", (kind) => {
  test.each(SETTINGS)("values and gradients for $sizes, state and mask: $isFull", (setting) => check(setting, kind));

  test("20 rows of 37 units over 30 steps: more than a tile of each kind", () => {
    const setting = { sizes: { batch: 20, time: 30, inputs: 11, units: 37 }, isFull: true };
    const { arrays, mask } = prepare(setting, kind);
    const { sizes } = setting;
    const isLstm = kind.kind === "lstm";
    const lengths = Object.values(isLstm ? lstmStateLengths(sizes) : gruStateLengths(sizes));
    const { x, kernel, recurrentKernel, bias, h0, c0 } = arrays;
    const [y] = runInBoth(
      [x, kernel, recurrentKernel, bias, h0, c0, words(mask)],
      [new Float32Array(20 * 30 * 37), ...lengths.map((length) => new Float32Array(length))],
      ({ engine }, from, [yAt, first, second, third]) => {
        const [xAt, kernelAt, recurrentAt, biasAt, h0At, c0At, maskAt] = from as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        const common = {
          sizes,
          x: xAt,
          kernel: kernelAt,
          recurrentKernel: recurrentAt,
          bias: biasAt,
          h0: h0At,
          mask: maskAt,
          y: yAt!,
        };
        if (isLstm) lstm(engine, { ...common, c0: c0At, state: { gates: first!, hidden: second!, cells: third! } });
        else
          gru(engine, {
            ...common,
            resetAfter: kind.biasRows === 2,
            state: { gates: first!, hidden: second!, inner: third! },
          });
      },
    );
    const exact = Object.fromEntries(
      Object.entries(arrays).map(([name, values]) => [name, Float64Array.from(values)]),
    ) as unknown as Problem;
    expectNear("y", y!, reference(sizes, kind, exact, mask).y);
  });
});

test("a NaN in one sequence stays in its row of the batch", () => {
  const sizes = { batch: 3, time: 4, inputs: 2, units: 5 };
  const { arrays } = prepare({ sizes, isFull: false }, KINDS[0]);
  const x = arrays.x.slice();
  x[sizes.time * sizes.inputs + 3] = Number.NaN; // row 1, time 1
  const lengths = Object.values(lstmStateLengths(sizes));
  const [y] = runInBoth(
    [x, arrays.kernel, arrays.recurrentKernel],
    [new Float32Array(60), ...lengths.map((length) => new Float32Array(length))],
    ({ engine }, [xAt, kernel, recurrentKernel], [yAt, gates, hidden, cells]) =>
      lstm(engine, {
        sizes,
        x: xAt!,
        kernel: kernel!,
        recurrentKernel: recurrentKernel!,
        y: yAt!,
        state: { gates: gates!, hidden: hidden!, cells: cells! },
      }),
  );
  y!.forEach((value, i) => {
    const [row, time] = [Math.floor(i / 20), Math.floor(i / 5) % 4];
    expect(Number.isNaN(value)).toBe(row === 1 && time >= 1);
  });
});
