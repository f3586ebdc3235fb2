/** a·b + c in one rounding (where the machine has it), the only multiply-add of these kernels. */
@inline export function fma(a: v128, b: v128, c: v128): v128 { return f32x4.relaxed_madd(a, b, c); }

/** c − a·b in one rounding. */
@inline export function negatedFma(a: v128, b: v128, c: v128): v128 { return f32x4.relaxed_nmadd(a, b, c); }

/** max(x, 0); NaN stays NaN. */
@inline export function relu4(x: v128): v128 { return f32x4.pmax(x, f32x4.splat(0)); }

/**
 * x, but 0 where |x| is below some 1e-33; above 2e-18 no bit is lost, between them the last one may be. An average that
 * decays ends among the subnormal numbers, with which a processor computes ten times slower, and stays there: 0.9 times
 * the smallest one is rounded up again.
 */
@inline export function withoutTiny(x: v128): v128 { return f32x4.sub(f32x4.add(x, f32x4.splat(1e-25)), f32x4.splat(1e-25)); }

/**
 * Writes the table (128 bytes) that exp, sigmoid and tanh read their constants from. V8 rebuilds a vector constant by three
 * instructions at each use, also in a loop; one that it must load costs a single one. This halves
 * the time of exp.
 */
export function writeTable(table: usize): void {
  store<f32>(table, 89, 0); store<f32>(table, -105, 4); // beyond these eˣ is ∞ or 0
  store<f32>(table, 1.44269504088896341, 8); // log₂e
  store<f32>(table, 12582912, 12); // 1.5·2²³: adding it rounds to an integer in the low bits
  store<f32>(table, 0.693359375, 16); store<f32>(table, -2.12194440e-4, 20); // ln 2, in two parts
  store<f32>(table, 1.9875691500e-4, 24); store<f32>(table, 1.3981999507e-3, 28); store<f32>(table, 8.3334519073e-3, 32);
  store<f32>(table, 4.1665795894e-2, 36); store<f32>(table, 1.6666665459e-1, 40); store<f32>(table, 5.0000001201e-1, 44);
  store<f32>(table, 1, 48); store<i32>(table, 127, 52); store<i32>(table, 0x80000000, 56); store<f32>(table, 2, 60);
  store<f32>(table, -5.70498872745e-3, 64); store<f32>(table, 2.06390887954e-2, 68); store<f32>(table, -5.37397155531e-2, 72);
  store<f32>(table, 1.33314422036e-1, 76); store<f32>(table, -3.33332819422e-1, 80); store<f32>(table, 0.625, 84);
}

@inline function at(table: usize, offset: usize): v128 { return v128.load32_splat(table + offset); }

/**
 * eˣ = 2ⁿ·eʳ with n = round(x·log₂e) and |r| ≤ ln 2 / 2, eʳ by a polynomial of degree 7 (Cephes,
 * expf). NaN gives NaN, above 88.73 ∞, below −103.98 zero; subnormal results are exact to their bit.
 */
@inline export function exp(x: v128, table: usize): v128 {
  const magic = at(table, 12);
  const c = f32x4.pmax(f32x4.pmin(x, at(table, 0)), at(table, 4));
  const t = fma(c, at(table, 8), magic);
  const n = f32x4.sub(t, magic);
  const r = negatedFma(n, at(table, 20), negatedFma(n, at(table, 16), c));
  let p = fma(r, at(table, 24), at(table, 28));
  p = fma(p, r, at(table, 32));
  p = fma(p, r, at(table, 36));
  p = fma(p, r, at(table, 40));
  p = fma(p, r, at(table, 44));
  p = f32x4.add(fma(p, f32x4.mul(r, r), r), at(table, 48));
  // 2ⁿ in two factors, since n = 128 and n < −126 have no float of their own
  const bits = i32x4.sub(t, magic), one = at(table, 52);
  const first = i32x4.shr_s(bits, 1), second = i32x4.sub(bits, first);
  return f32x4.mul(f32x4.mul(p, i32x4.shl(i32x4.add(first, one), 23)), i32x4.shl(i32x4.add(second, one), 23));
}

/** 1/(1 + e⁻ˣ), written with e^−|x| so that nothing overflows: that over itself plus one where x < 0. */
@inline export function sigmoid(x: v128, table: usize): v128 {
  const one = at(table, 48);
  const e = exp(v128.or(x, at(table, 56)), table);
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}

/** x + x³·P(x²) where |x| < 0.625 (Cephes, tanhf), else ±(1 − 2/(e^2|x| + 1)). */
@inline export function tanh(x: v128, table: usize): v128 {
  const one = at(table, 48);
  const sign = v128.and(x, at(table, 56)), size = v128.xor(x, sign), z = f32x4.mul(x, x);
  let p = fma(z, at(table, 64), at(table, 68));
  p = fma(p, z, at(table, 72));
  p = fma(p, z, at(table, 76));
  p = fma(p, z, at(table, 80));
  const small = fma(f32x4.mul(p, z), x, x);
  const large = f32x4.sub(one, f32x4.div(at(table, 60), f32x4.add(exp(f32x4.add(size, size), table), one)));
  return v128.bitselect(small, v128.or(large, sign), f32x4.lt(size, at(table, 84)));
}
