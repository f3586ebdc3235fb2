import { exp, writeTable } from "./arithmetic";

/** y [m, n] = x [m, n] + bias [n], through ReLU where relu != 0; rows [begin, end). */
export function addBias(x: usize, bias: usize, y: usize, n: i32, relu: i32, begin: i32, end: i32, scratch: usize): void {
  const offset = <usize>begin * <usize>n * 4, floor = relu ? f32x4.splat(0) : f32x4.splat(-Infinity);
  x += offset; y += offset;
  for (let i = begin; i < end; i++) {
    let b = bias, j = n;
    for (; j >= 8; j -= 8) {
      const y0 = f32x4.pmax(f32x4.add(v128.load(x), v128.load(b)), floor);
      const y1 = f32x4.pmax(f32x4.add(v128.load(x, 16), v128.load(b, 16)), floor);
      v128.store(y, y0); v128.store(y, y1, 16);
      x += 32; b += 32; y += 32;
    }
    for (; j > 0; j--) {
      const sum = load<f32>(x) + load<f32>(b);
      store<f32>(y, relu && sum < 0 ? 0 : sum);
      x += 4; b += 4; y += 4;
    }
  }
}

/** Rows of x that columnSum adds up at a time, so that the error grows with m / 256 + 256, not m. */
const SUM_BLOCK: i32 = 256;

/** sums [ceil(m / 256), n]: row r = the sum of rows [256 r, 256 r + 256) of x [m, n], in order; r in [begin, end). */
export function columnSum(x: usize, sums: usize, m: i32, n: i32, begin: i32, end: i32, scratch: usize): void {
  const row = <usize>n * 4;
  for (let r = begin; r < end; r++) {
    const from = x + <usize>(r * SUM_BLOCK) * row, count = min(SUM_BLOCK, m - r * SUM_BLOCK);
    let to = sums + <usize>r * row, j = 0;
    for (; j + 16 <= n; j += 16) {
      let p = from + <usize>j * 4;
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      for (let i = count; i > 0; i--) {
        s0 = f32x4.add(s0, v128.load(p)); s1 = f32x4.add(s1, v128.load(p, 16));
        s2 = f32x4.add(s2, v128.load(p, 32)); s3 = f32x4.add(s3, v128.load(p, 48));
        p += row;
      }
      v128.store(to, s0); v128.store(to, s1, 16); v128.store(to, s2, 32); v128.store(to, s3, 48);
      to += 64;
    }
    for (; j < n; j++) {
      let p = from + <usize>j * 4, sum: f32 = 0;
      for (let i = count; i > 0; i--) { sum += load<f32>(p); p += row; }
      store<f32>(to, sum);
      to += 4;
    }
  }
}

@inline function add4(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2)) + (f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3));
}

/** sums [m] = the sum of each row of x [m, n], in eight sums of every eighth column and one of the rest; rows [begin, end). */
export function rowSum(x: usize, sums: usize, n: i32, begin: i32, end: i32, scratch: usize): void {
  let p = x + <usize>begin * <usize>n * 4;
  for (let i = begin; i < end; i++) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), rest: f32 = 0, j = n;
    for (; j >= 8; j -= 8) { s0 = f32x4.add(s0, v128.load(p)); s1 = f32x4.add(s1, v128.load(p, 16)); p += 32; }
    for (; j > 0; j--) { rest += load<f32>(p); p += 4; }
    store<f32>(sums + <usize>i * 4, add4(f32x4.add(s0, s1)) + rest);
  }
}

@inline function max4(v: v128): f32 {
  return max(max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)), max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)));
}

/** The first place in a row of n ≥ 1 numbers that holds the greatest; a NaN counts only as the first number, which it then is. */
@inline function argMaxOfRow(x: usize, n: i32): i32 {
  const whole = n & ~15;
  let m0 = v128.load32_splat(x), m1 = m0, m2 = m0, m3 = m0, j = 0;
  for (let p = x; j < whole; j += 16, p += 64) {
    m0 = f32x4.pmax(m0, v128.load(p)); m1 = f32x4.pmax(m1, v128.load(p, 16));
    m2 = f32x4.pmax(m2, v128.load(p, 32)); m3 = f32x4.pmax(m3, v128.load(p, 48));
  }
  let top = max4(f32x4.max(f32x4.max(m0, m1), f32x4.max(m2, m3)));
  for (; j < n; j++) { const value = load<f32>(x + <usize>j * 4); if (value > top) top = value; }
  const tops = f32x4.splat(top);
  for (j = 0; j + 4 <= n && !v128.any_true(f32x4.eq(v128.load(x + <usize>j * 4), tops)); j += 4) {}
  for (; j < n; j++) if (load<f32>(x + <usize>j * 4) == top) return j;
  return 0;
}

/** y [m] = the place of the greatest number in each row of x [m, n], n ≥ 1, as int32; rows [begin, end). */
export function argMax(x: usize, y: usize, n: i32, begin: i32, end: i32, scratch: usize): void {
  for (let i = begin; i < end; i++) store<i32>(y + <usize>i * 4, argMaxOfRow(x + <usize>i * <usize>n * 4, n));
}

/** y [m, n] = e^x / Σ e^x over each row of x, after subtracting the row's maximum; rows [begin, end). */
export function softmax(x: usize, y: usize, n: i32, begin: i32, end: i32, scratch: usize): void {
  const table = scratch + 512, whole = n & ~7, rest = <usize>(n - whole) * 4;
  writeTable(table);
  for (let i = begin; i < end; i++) {
    const from = x + <usize>i * <usize>n * 4, to = y + <usize>i * <usize>n * 4, tail = from + <usize>whole * 4;
    const least = f32x4.splat(-Infinity); // fills the last eight: e^−∞ is 0
    v128.store(scratch, least); v128.store(scratch, least, 16);
    memory.copy(scratch, tail, rest);
    let m0 = v128.load(scratch), m1 = v128.load(scratch, 16);
    for (let p = from; p < tail; p += 32) { m0 = f32x4.max(m0, v128.load(p)); m1 = f32x4.max(m1, v128.load(p, 16)); }
    const top = f32x4.splat(max4(f32x4.max(m0, m1)));
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
    for (let p = from, q = to; p < tail; p += 32, q += 32) {
      const e0 = exp(f32x4.sub(v128.load(p), top), table), e1 = exp(f32x4.sub(v128.load(p, 16), top), table);
      s0 = f32x4.add(s0, e0); s1 = f32x4.add(s1, e1);
      v128.store(q, e0); v128.store(q, e1, 16);
    }
    const e0 = exp(f32x4.sub(v128.load(scratch), top), table), e1 = exp(f32x4.sub(v128.load(scratch, 16), top), table);
    const factor = f32x4.splat(1 / add4(f32x4.add(f32x4.add(s0, e0), f32x4.add(s1, e1))));
    v128.store(scratch, f32x4.mul(e0, factor)); v128.store(scratch, f32x4.mul(e1, factor), 16);
    for (let q = to; q < to + <usize>whole * 4; q += 32) {
      const y0 = f32x4.mul(v128.load(q), factor), y1 = f32x4.mul(v128.load(q, 16), factor);
      v128.store(q, y0); v128.store(q, y1, 16);
    }
    memory.copy(to + <usize>whole * 4, scratch, rest);
  }
}
