@inline function copyRow(from: usize, to: usize, n: i32): void {
  for (; n >= 4; n -= 4) { v128.store(to, v128.load(from)); from += 16; to += 16; }
  for (; n > 0; n--) { store<f32>(to, load<f32>(from)); from += 4; to += 4; }
}

/**
 * Rows [begin, end) of the outer · rows ones of n numbers that are copied from x to y. Strides in bytes; one that is
 * negative, for x from the end, wraps around as addresses do.
 */
export function copyRows(x: usize, xOuter: usize, xRow: usize, y: usize, yOuter: usize, yRow: usize, rows: i32, n: i32, begin: i32, end: i32, scratch: usize): void {
  for (let r = begin; r < end; r++) {
    const outer = <usize>(r / rows), row = <usize>(r % rows);
    copyRow(x + outer * xOuter + row * xRow, y + outer * yOuter + row * yRow, n);
  }
}

/** y [count, n] = rows of x [rows, n] by int32 index; NaN where there is no such row; rows [begin, end). */
export function gather(x: usize, indices: usize, y: usize, rows: i32, n: i32, begin: i32, end: i32, scratch: usize): void {
  const row = <usize>n * 4;
  for (let i = begin; i < end; i++) {
    const index = load<i32>(indices + <usize>i * 4), to = y + <usize>i * row;
    if (<u32>index < <u32>rows) copyRow(x + <usize>index * row, to, n);
    else for (let j = 0; j < n; j++) store<f32>(to + <usize>j * 4, NaN);
  }
}

/**
 * y [segments, n]: row s = the sum of the rows i of x [m, n] with ids[i] = s, in order. An id outside
 * [0, segments) is dropped. The range is one of segments, or of columns where byColumns != 0.
 */
export function segmentSum(x: usize, ids: usize, y: usize, m: i32, n: i32, segments: i32, byColumns: i32, begin: i32, end: i32, scratch: usize): void {
  const row = <usize>n * 4, first = byColumns ? 0 : begin, last = byColumns ? segments : end;
  const left = byColumns ? begin : 0, width = (byColumns ? end : n) - left;
  for (let s = first; s < last; s++) memory.fill(y + <usize>s * row + <usize>left * 4, 0, <usize>width * 4);
  for (let i = 0; i < m; i++) {
    const id = load<i32>(ids + <usize>i * 4);
    if (id < first || id >= last) continue;
    let from = x + <usize>i * row + <usize>left * 4, to = y + <usize>id * row + <usize>left * 4, j = width;
    for (; j >= 4; j -= 4) { v128.store(to, f32x4.add(v128.load(to), v128.load(from))); from += 16; to += 16; }
    for (; j > 0; j--) { store<f32>(to, load<f32>(to) + load<f32>(from)); from += 4; to += 4; }
  }
}

/** Row i of y [count, n] is added to row ids[i] of x, in order, in columns [begin, end). */
export function scatterAdd(x: usize, ids: usize, y: usize, count: i32, n: i32, begin: i32, end: i32, scratch: usize): void {
  const row = <usize>n * 4, width = end - begin;
  let from = y + <usize>begin * 4;
  x += <usize>begin * 4;
  for (let i = 0; i < count; i++, from += row) {
    let to = x + <usize>load<i32>(ids + <usize>i * 4) * row, p = from, j = width;
    for (; j >= 4; j -= 4) { v128.store(to, f32x4.add(v128.load(to), v128.load(p))); p += 16; to += 16; }
    for (; j > 0; j--) { store<f32>(to, load<f32>(to) + load<f32>(p)); p += 4; to += 4; }
  }
}
