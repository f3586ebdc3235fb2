import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dropout } from "../src/dropout.ts";
import { expectSameBits, randomArray, runInBoth } from "./support.ts";

const MODULUS = 2n ** 32n;

/** lowbias32 as its author writes it, in whole numbers without a sign. */
function lowbias32(x: bigint): bigint {
  x = ((x ^ (x >> 16n)) * 0x7feb352dn) % MODULUS;
  x = ((x ^ (x >> 15n)) * 0x846ca68bn) % MODULUS;
  return x ^ (x >> 16n);
}

const unsigned = (value: bigint) => BigInt.asUintN(32, value);

interface Settings {
  readonly rate: number;
  readonly keys: { readonly index: number; readonly mask: number };
}

function expected(x: Float32Array, { rate, keys }: Settings): Float32Array {
  return x.map((value, i) => {
    const place = unsigned(BigInt(i) + BigInt(keys.index));
    const hash = Number(lowbias32(lowbias32(place) ^ unsigned(BigInt(keys.mask))));
    return value * Math.fround(hash >= rate * 2 ** 32 ? 1 / (1 - rate) : 0);
  });
}

const apply = (x: Float32Array, settings: Settings): Float32Array =>
  runInBoth([x], [new Float32Array(x.length)], ({ engine }, [xAt], [yAt]) =>
    dropout(engine, { x: xAt, y: yAt, count: x.length, ...settings }),
  )[0];

describe("dropout", () => {
  const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const settings = fc.record({
    rate: fc.double({ min: 0, max: 0.99, noNaN: true }),
    keys: fc.record({ index: int32, mask: int32 }),
  });

  test("keeps what the hash in whole numbers keeps, at any length", () =>
    fc.assert(
      fc.property(fc.nat(40), settings, (length, options) => {
        const x = randomArray(length, createRandom(length));
        expectSameBits(apply(x, options), expected(x, options));
      }),
    ));

  test("where the index runs over the sign; in place", () => {
    const x = randomArray(50_003);
    const options = { rate: 0.15, keys: { index: 2 ** 31 - 20_000, mask: -77 } };
    expectSameBits(apply(x, options), expected(x, options));
    const [inPlace] = runInBoth([], [x], ({ engine }, _, [at]) =>
      dropout(engine, { x: at, y: at, count: x.length, ...options }),
    );
    expectSameBits(inPlace, expected(x, options));
  });

  test("NaN stays NaN whether it is kept or not", () => {
    const y = apply(new Float32Array(100).fill(Number.NaN), { rate: 0.5, keys: { index: 1, mask: 2 } });
    expect(y.every(Number.isNaN)).toBe(true);
  });
});
