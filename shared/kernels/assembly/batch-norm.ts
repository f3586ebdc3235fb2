import { fma, negatedFma } from "./arithmetic";

/** Rows that are summed at a time, as in columnSum. */
const SUM_BLOCK: i32 = 256;

/**
 * sums [ceil(m / 256), n]: row r = Σ (a − aMean)·(b − bMean) over rows [256 r, 256 r + 256) of a and
 * b [m, n]; r in [begin, end). aMean may be 0: no mean.
 */
export function columnProducts(a: usize, aMean: usize, b: usize, bMean: usize, sums: usize, m: i32, n: i32, begin: i32, end: i32, scratch: usize): void {
  const row = <usize>n * 4;
  for (let r = begin; r < end; r++) {
    const count = min(SUM_BLOCK, m - r * SUM_BLOCK), from = <usize>(r * SUM_BLOCK) * row;
    let j = 0;
    for (; j + 8 <= n; j += 8) {
      const offset = <usize>j * 4;
      const zero = f32x4.splat(0), a0 = aMean ? v128.load(aMean + offset) : zero, a1 = aMean ? v128.load(aMean + offset, 16) : zero;
      const b0 = v128.load(bMean + offset), b1 = v128.load(bMean + offset, 16);
      let p = a + from + offset, q = b + from + offset, s0 = f32x4.splat(0), s1 = f32x4.splat(0);
      for (let i = count; i > 0; i--) {
        s0 = fma(f32x4.sub(v128.load(p), a0), f32x4.sub(v128.load(q), b0), s0);
        s1 = fma(f32x4.sub(v128.load(p, 16), a1), f32x4.sub(v128.load(q, 16), b1), s1);
        p += row; q += row;
      }
      const to = sums + <usize>r * row + offset;
      v128.store(to, s0); v128.store(to, s1, 16);
    }
    for (; j < n; j++) {
      const offset = <usize>j * 4, a0: f32 = aMean ? load<f32>(aMean + offset) : 0, b0 = load<f32>(bMean + offset);
      let p = a + from + offset, q = b + from + offset, sum: f32 = 0;
      for (let i = count; i > 0; i--) { sum += (load<f32>(p) - a0) * (load<f32>(q) - b0); p += row; q += row; }
      store<f32>(sums + <usize>r * row + offset, sum);
    }
  }
}

/** y = (x − mean)·scale + shift, each per column; rows [begin, end) of x [m, n]. */
export function scaleShift(x: usize, mean: usize, scale: usize, shift: usize, y: usize, n: i32, begin: i32, end: i32, scratch: usize): void {
  for (let i = begin; i < end; i++) {
    const row = <usize>i * <usize>n * 4;
    let j: usize = 0, p = x + row, q = y + row;
    for (; j + 32 <= <usize>n * 4; j += 32) {
      const y0 = fma(f32x4.sub(v128.load(p), v128.load(mean + j)), v128.load(scale + j), v128.load(shift + j));
      const y1 = fma(f32x4.sub(v128.load(p, 16), v128.load(mean + j, 16)), v128.load(scale + j, 16), v128.load(shift + j, 16));
      v128.store(q, y0); v128.store(q, y1, 16);
      p += 32; q += 32;
    }
    for (; j < <usize>n * 4; j += 4) {
      store<f32>(q, (load<f32>(p) - load<f32>(mean + j)) * load<f32>(scale + j) + load<f32>(shift + j));
      p += 4; q += 4;
    }
  }
}

/** dx = scale·(dy − bias − (x − mean)·slope), each per column; rows [begin, end) of x [m, n]. */
export function normGradient(dy: usize, x: usize, dx: usize, mean: usize, scale: usize, bias: usize, slope: usize, n: i32, begin: i32, end: i32, scratch: usize): void {
  for (let i = begin; i < end; i++) {
    const row = <usize>i * <usize>n * 4;
    let j: usize = 0, d = dy + row, p = x + row, q = dx + row;
    for (; j + 32 <= <usize>n * 4; j += 32) {
      const c0 = f32x4.sub(v128.load(p), v128.load(mean + j)), c1 = f32x4.sub(v128.load(p, 16), v128.load(mean + j, 16));
      const y0 = f32x4.mul(v128.load(scale + j), negatedFma(c0, v128.load(slope + j), f32x4.sub(v128.load(d), v128.load(bias + j))));
      const y1 = f32x4.mul(v128.load(scale + j, 16), negatedFma(c1, v128.load(slope + j, 16), f32x4.sub(v128.load(d, 16), v128.load(bias + j, 16))));
      v128.store(q, y0); v128.store(q, y1, 16);
      d += 32; p += 32; q += 32;
    }
    for (; j < <usize>n * 4; j += 4) {
      const centred = load<f32>(p) - load<f32>(mean + j);
      store<f32>(q, load<f32>(scale + j) * (load<f32>(d) - load<f32>(bias + j) - centred * load<f32>(slope + j)));
      d += 4; p += 4; q += 4;
    }
  }
}
