/** Four rows of four floats, `fromRow` bytes apart, to their transpose, `toRow` bytes apart. */
@inline export function transpose4x4(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const x0 = v128.load(from), x1 = v128.load(from + fromRow), x2 = v128.load(from + 2 * fromRow), x3 = v128.load(from + 3 * fromRow);
  const t0 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
  const t2 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7), t3 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(t0, t1, 0, 2));
  v128.store(to + toRow, v128.shuffle<i64>(t0, t1, 1, 3));
  v128.store(to + 2 * toRow, v128.shuffle<i64>(t2, t3, 0, 2));
  v128.store(to + 3 * toRow, v128.shuffle<i64>(t2, t3, 1, 3));
}

/** max(…, floor) of what an edge tile computed in scratch, to the part of C that exists. */
export function copyTile(from: usize, fromRow: usize, c: usize, cRow: usize, rows: i32, columns: i32, accumulate: bool, floor: f32): void {
  const least = f32x4.splat(floor);
  for (; rows > 0; rows--) {
    let j = 0, p = from, q = c;
    for (; j + 4 <= columns; j += 4) {
      const v = v128.load(p);
      v128.store(q, f32x4.pmax(accumulate ? f32x4.add(v, v128.load(q)) : v, least));
      p += 16; q += 16;
    }
    for (; j < columns; j++) {
      const v = accumulate ? load<f32>(p) + load<f32>(q) : load<f32>(p);
      store<f32>(q, v < floor ? floor : v);
      p += 4; q += 4;
    }
    from += fromRow; c += cRow;
  }
}

/** from [k, m] (element (p, i) at p·fromRow + i·fromColumn) → to [m, k], its rows contiguous. */
export function transpose(from: usize, fromRow: usize, fromColumn: usize, k: i32, m: i32, to: usize, toRow: usize): void {
  const m4 = fromColumn == 4 ? m & ~3 : 0, k4 = k & ~3;
  for (let i = 0; i < m4; i += 4) {
    let p = from + <usize>i * 4, q = to + <usize>i * toRow;
    for (let r = k4; r > 0; r -= 4) { transpose4x4(p, fromRow, q, toRow); p += 4 * fromRow; q += 16; }
    for (let r = k4; r < k; r++) {
      for (let s: usize = 0; s < 4; s++) store<f32>(q + s * toRow, load<f32>(p + s * 4));
      p += fromRow; q += 4;
    }
  }
  for (let i = m4; i < m; i++) {
    let p = from + <usize>i * fromColumn, q = to + <usize>i * toRow;
    for (let r = k; r > 0; r--) { store<f32>(q, load<f32>(p)); p += fromRow; q += 4; }
  }
}

/** The rows and columns of an image that windows reach, zeros where they leave it. to [height, width, channels] begins at (top, left). */
export function cut(image: usize, imageHeight: i32, imageWidth: i32, channels: i32, top: i32, left: i32, height: i32, width: i32, to: usize): void {
  const pixel = <usize>channels * 4, row = <usize>width * pixel;
  const first = min(width, max(0, -left)), count = max(0, min(imageWidth - left, width) - first);
  for (let y = top; y < top + height; y++) {
    if (y < 0 || y >= imageHeight || count == 0) memory.fill(to, 0, row);
    else {
      const before = <usize>first * pixel, inside = <usize>count * pixel;
      memory.fill(to, 0, before);
      memory.copy(to + before, image + <usize>(y * imageWidth + left + first) * pixel, inside);
      memory.fill(to + before + inside, 0, row - before - inside);
    }
    to += row;
  }
}

/** Adds `count` numbers to others. */
@inline export function addTo(to: usize, from: usize, count: i32): void {
  for (; count >= 4; count -= 4) { v128.store(to, f32x4.add(v128.load(to), v128.load(from))); to += 16; from += 16; }
  for (; count > 0; count--) { store<f32>(to, load<f32>(to) + load<f32>(from)); to += 4; from += 4; }
}
