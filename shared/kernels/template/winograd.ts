import { range } from "./tile.ts";

/**
 * The transforms of Winograd's convolution on tiles of 6×6 (points 0, ±1, ±2, ∞; Lavin & Gray, 2016),
 * 8 channels at a time, in the form that V8 widens (see tile.ts): all loads, then all stores in
 * neighbouring pairs. Each is a transform of a line, applied to the columns and then to the rows.
 */
interface Transform {
  readonly inputs: number;
  readonly outputs: number;
  /** Sums by name, each of inputs d0, d1 … and of sums above it; t0, t1 … are the outputs. */
  readonly sums: Readonly<Record<string, string>>;
}

/** Bᵀ, for both sizes of filter. */
const INPUT: Transform = {
  inputs: 6,
  outputs: 6,
  sums: {
    even: "d4 -4*d2",
    odd: "d3 -4*d1",
    near: "d4 -d2",
    far: "2*d3 -2*d1",
    t0: "4*d0 -5*d2 +d4",
    t1: "even +odd",
    t2: "even -odd",
    t3: "near +far",
    t4: "near -far",
    t5: "4*d1 -5*d3 +d5",
  },
};

const AT_POINTS = { t0: "1/4*d0", t1: "-even -odd", t2: "odd -even", t3: "far +near", t4: "far -near" };

/** G: the filter's polynomial at the points, scaled. */
const FILTER: Readonly<Record<3 | 5, Transform>> = {
  3: {
    inputs: 3,
    outputs: 6,
    sums: { even: "1/6*d0 +1/6*d2", odd: "1/6*d1", far: "1/24*d0 +1/6*d2", near: "1/12*d1", ...AT_POINTS, t5: "d2" },
  },
  5: {
    inputs: 5,
    outputs: 6,
    sums: {
      even: "1/6*d0 +1/6*d2 +1/6*d4",
      odd: "1/6*d1 +1/6*d3",
      far: "1/24*d0 +1/6*d2 +2/3*d4",
      near: "1/12*d1 +1/3*d3",
      ...AT_POINTS,
      t5: "d4",
    },
  },
};

const PAIRS = { even: "d1 +d2", odd: "d1 -d2", near: "d3 +d4", far: "d3 -d4", t0: "d0 +even +near" };

/** Aᵀ: 4 places of the output for a filter of 3, 2 for one of 5. */
const OUTPUT: Readonly<Record<3 | 5, Transform>> = {
  3: { inputs: 6, outputs: 4, sums: { ...PAIRS, t1: "odd +2*far", t2: "even +4*near", t3: "odd +8*far +d5" } },
  5: { inputs: 6, outputs: 2, sums: { ...PAIRS, t1: "odd +2*far +d5" } },
};

/** A: places of the output's gradient, for a filter of 3 or 5. */
const UPSTREAM: Readonly<Record<3 | 5, Transform>> = {
  3: {
    inputs: 4,
    outputs: 6,
    sums: {
      even: "d0 +d2",
      odd: "d1 +d3",
      far: "d0 +4*d2",
      near: "2*d1 +8*d3",
      t0: "d0",
      t1: "even +odd",
      t2: "even -odd",
      t3: "far +near",
      t4: "far -near",
      t5: "d3",
    },
  },
  5: {
    inputs: 2,
    outputs: 6,
    sums: { near: "2*d1", t0: "d0", t1: "d0 +d1", t2: "d0 -d1", t3: "d0 +near", t4: "d0 -near", t5: "d1" },
  },
};

const SUMS = { ...PAIRS, t0: "1/4*d0 -1/6*even +1/24*near", t1: "1/12*far -1/6*odd" };

/** Gᵀ: the filter's gradient. */
const DOWN_TO_FILTER: Readonly<Record<3 | 5, Transform>> = {
  3: { inputs: 6, outputs: 3, sums: { ...SUMS, t2: "1/6*near -1/6*even +d5" } },
  5: {
    inputs: 6,
    outputs: 5,
    sums: { ...SUMS, t2: "1/6*near -1/6*even", t3: "1/3*far -1/6*odd", t4: "2/3*near -1/6*even +d5" },
  },
};

/** "4*d0 -5*d2" as SIMD code for one half of the 8 channels, summed from left to right. */
function sumCode(text: string, half: number): string {
  return text.split(" ").reduce((code, term) => {
    const [, sign, numerator = "1", denominator = "1", symbol] = /^([+-]?)(?:(\d+)(?:\/(\d+))?\*)?(\w+)$/.exec(term)!;
    const factor = Math.fround(Number(numerator) / Number(denominator));
    const name = `${symbol}_${half}`;
    const value = factor === 1 ? name : `f32x4.mul(f32x4.splat(${factor}), ${name})`;
    if (code === "") return sign === "-" ? `f32x4.neg(${value})` : value;
    return `f32x4.${sign === "-" ? "sub" : "add"}(${code}, ${value})`;
  }, "");
}

interface Line {
  readonly from: string;
  /** Bytes between the inputs. */
  readonly fromStep: string;
  readonly to: string;
  readonly toStep: string;
  /** Adds the bias and takes at least `least`. */
  readonly isLast?: boolean;
}

function lineCode({ inputs, outputs, sums }: Transform, { from, fromStep, to, toStep, isLast = false }: Line): string {
  const halves = [0, 1];
  const each = (count: number, code: (i: number, half: number) => string) =>
    range(count).flatMap((i) => halves.map((half) => code(i, half)));
  const value = (i: number, half: number) =>
    isLast ? `f32x4.pmax(f32x4.add(t${i}_${half}, bias_${half}), least)` : `t${i}_${half}`;
  return [
    ...each(inputs, (i, half) => `const d${i}_${half} = v128.load(${from} + ${i} * ${fromStep}, ${16 * half});`),
    ...halves.flatMap((half) =>
      Object.entries(sums).map(([name, text]) => `const ${name}_${half} = ${sumCode(text, half)};`),
    ),
    ...each(outputs, (i, half) => `const w${i}_${half} = ${value(i, half)};`),
    ...each(outputs, (i, half) => `v128.store(${to} + ${i} * ${toStep}, w${i}_${half}, ${16 * half});`),
  ]
    .map((line) => `    ${line}`)
    .join("\n");
}

/** Bytes of 8 channels and of a row of six such, as they lie between the passes. */
const [CELL, ROW] = ["32", "192"];

/** 8 channels of a tile, rows `row` and columns `pixel` bytes apart → 36 places, `plane` bytes apart. */
function toPlaces(name: string, transform: Transform): string {
  return `
export function ${name}(from: usize, row: usize, pixel: usize, to: usize, plane: usize, between: usize): void {
  for (let j: usize = 0; j < ${transform.inputs}; j++) {
    const source = from + j * pixel, target = between + j * ${CELL};
${lineCode(transform, { from: "source", fromStep: "row", to: "target", toStep: ROW })}
  }
  for (let i: usize = 0; i < 6; i++) {
    const source = between + i * ${ROW}, target = to + i * 6 * plane;
${lineCode(transform, { from: "source", fromStep: CELL, to: "target", toStep: "plane" })}
  }
}`;
}

/** 8 channels of 36 places → a tile of the output with its bias, at least `floor`. */
function toOutput(name: string, transform: Transform): string {
  return `
export function ${name}(from: usize, plane: usize, bias: usize, floor: f32, to: usize, row: usize, pixel: usize, between: usize): void {
  for (let j: usize = 0; j < 6; j++) {
    const source = from + j * plane, target = between + j * ${CELL};
${lineCode(transform, { from: "source", fromStep: "6 * plane", to: "target", toStep: ROW })}
  }
  const least = f32x4.splat(floor), bias_0 = v128.load(bias), bias_1 = v128.load(bias, 16);
  for (let i: usize = 0; i < ${transform.outputs}; i++) {
    const source = between + i * ${ROW}, target = to + i * row;
${lineCode(transform, { from: "source", fromStep: CELL, to: "target", toStep: "pixel", isLast: true })}
  }
}`;
}

/** The AssemblyScript module assembly/transforms. */
export function transformsSource(): string {
  return [
    toPlaces("transformInput", INPUT),
    toPlaces("transformFilter3", FILTER[3]),
    toPlaces("transformFilter5", FILTER[5]),
    toOutput("transformOutput3", OUTPUT[3]),
    toOutput("transformOutput5", OUTPUT[5]),
    toPlaces("transformUpstream3", UPSTREAM[3]),
    toPlaces("transformUpstream5", UPSTREAM[5]),
    toOutput("transformGradient3", DOWN_TO_FILTER[3]),
    toOutput("transformGradient5", DOWN_TO_FILTER[5]),
  ].join("\n");
}
