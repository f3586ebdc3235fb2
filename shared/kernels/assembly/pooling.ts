/*
 * Pooling of images [height, width, channels] over windows [kh, kw]; places outside the image do
 * not count. Channels go eight at a time, the rest one by one by the same arithmetic.
 */

/** First tap of a window that begins at `start` whose place is not before the image. */
@inline function firstTap(start: i32, dilation: i32): i32 { return start >= 0 ? 0 : (dilation - 1 - start) / dilation; }
/** Behind the last of `count` taps whose place is inside [0, size). */
@inline function lastTap(start: i32, dilation: i32, count: i32, size: i32): i32 {
  return start >= size ? 0 : min(count, (size - 1 - start) / dilation + 1);
}

/** Images [begin, end): y [outHeight, outWidth, channels] = the window's maximum; NaN if there is one in it. */
export function maxPool(x: usize, y: usize, height: i32, width: i32, channels: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, begin: i32, end: i32, scratch: usize): void {
  const pixel = <usize>channels * 4, across = <usize>dilationX * pixel, down = <usize>(dilationY * width) * pixel;
  let to = y + <usize>(begin * outHeight * outWidth) * pixel;
  for (let image = begin; image < end; image++) for (let r = 0; r < outHeight; r++) {
    const row = r * strideY - top, i0 = firstTap(row, dilationY), i1 = lastTap(row, dilationY, kh, height);
    for (let q = 0; q < outWidth; q++) {
      const column = q * strideX - left, j0 = firstTap(column, dilationX), j1 = lastTap(column, dilationX, kw, width);
      let from = x + <usize>((image * height + row + i0 * dilationY) * width + column + j0 * dilationX) * pixel, c = channels;
      for (; c >= 8; c -= 8) {
        let m0 = f32x4.splat(-Infinity), m1 = m0, line = from;
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) { m0 = f32x4.max(m0, v128.load(p)); m1 = f32x4.max(m1, v128.load(p, 16)); p += across; }
          line += down;
        }
        v128.store(to, m0); v128.store(to, m1, 16);
        from += 32; to += 32;
      }
      for (; c > 0; c--) {
        let top1: f32 = -Infinity, line = from;
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) { top1 = max(top1, load<f32>(p)); p += across; }
          line += down;
        }
        store<f32>(to, top1);
        from += 4; to += 4;
      }
    }
  }
}

/** dx of maxPool for images [begin, end): dy goes to the first place in its window that holds the maximum y, or NaN. */
export function maxPoolGradient(dy: usize, x: usize, y: usize, dx: usize, height: i32, width: i32, channels: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, begin: i32, end: i32, scratch: usize): void {
  const pixel = <usize>channels * 4, across = <usize>dilationX * pixel, down = <usize>(dilationY * width) * pixel;
  const place0 = <usize>(begin * outHeight * outWidth) * pixel, toX = dx - x;
  memory.fill(dx + <usize>(begin * height * width) * pixel, 0, <usize>((end - begin) * height * width) * pixel);
  let d = dy + place0, m = y + place0;
  for (let image = begin; image < end; image++) for (let r = 0; r < outHeight; r++) {
    const row = r * strideY - top, i0 = firstTap(row, dilationY), i1 = lastTap(row, dilationY, kh, height);
    for (let q = 0; q < outWidth; q++) {
      const column = q * strideX - left, j0 = firstTap(column, dilationX), j1 = lastTap(column, dilationX, kw, width);
      let from = x + <usize>((image * height + row + i0 * dilationY) * width + column + j0 * dilationX) * pixel, c = channels;
      for (; c >= 8; c -= 8) {
        const m0 = v128.load(m), m1 = v128.load(m, 16);
        let d0 = v128.load(d), d1 = v128.load(d, 16), line = from; // zero in the lanes that a place has taken
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) {
            const v0 = v128.load(p), v1 = v128.load(p, 16), to = p + toX;
            const takes0 = v128.or(f32x4.eq(v0, m0), f32x4.ne(v0, v0)), takes1 = v128.or(f32x4.eq(v1, m1), f32x4.ne(v1, v1));
            const s0 = f32x4.add(v128.load(to), v128.and(d0, takes0)), s1 = f32x4.add(v128.load(to, 16), v128.and(d1, takes1));
            v128.store(to, s0); v128.store(to, s1, 16);
            d0 = v128.andnot(d0, takes0); d1 = v128.andnot(d1, takes1);
            p += across;
          }
          line += down;
        }
        from += 32; m += 32; d += 32;
      }
      for (; c > 0; c--) {
        const top1 = load<f32>(m);
        let open = true, line = from;
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) {
            const v = load<f32>(p);
            if (open && (v == top1 || v != v)) { open = false; store<f32>(p + toX, load<f32>(p + toX) + load<f32>(d)); }
            p += across;
          }
          line += down;
        }
        from += 4; m += 4; d += 4;
      }
    }
  }
}

/** Images [begin, end): y = the mean of the window's places inside the image. */
export function averagePool(x: usize, y: usize, height: i32, width: i32, channels: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, begin: i32, end: i32, scratch: usize): void {
  const pixel = <usize>channels * 4, across = <usize>dilationX * pixel, down = <usize>(dilationY * width) * pixel;
  let to = y + <usize>(begin * outHeight * outWidth) * pixel;
  for (let image = begin; image < end; image++) for (let r = 0; r < outHeight; r++) {
    const row = r * strideY - top, i0 = firstTap(row, dilationY), i1 = lastTap(row, dilationY, kh, height);
    for (let q = 0; q < outWidth; q++) {
      const column = q * strideX - left, j0 = firstTap(column, dilationX), j1 = lastTap(column, dilationX, kw, width);
      const share: f32 = 1 / <f32>((i1 - i0) * (j1 - j0));
      let from = x + <usize>((image * height + row + i0 * dilationY) * width + column + j0 * dilationX) * pixel, c = channels;
      for (; c >= 8; c -= 8) {
        let s0 = f32x4.splat(0), s1 = s0, line = from;
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) { s0 = f32x4.add(s0, v128.load(p)); s1 = f32x4.add(s1, v128.load(p, 16)); p += across; }
          line += down;
        }
        s0 = f32x4.mul(s0, f32x4.splat(share)); s1 = f32x4.mul(s1, f32x4.splat(share));
        v128.store(to, s0); v128.store(to, s1, 16);
        from += 32; to += 32;
      }
      for (; c > 0; c--) {
        let sum: f32 = 0, line = from;
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) { sum += load<f32>(p); p += across; }
          line += down;
        }
        store<f32>(to, sum * share);
        from += 4; to += 4;
      }
    }
  }
}

/** dx of averagePool for images [begin, end). */
export function averagePoolGradient(dy: usize, dx: usize, height: i32, width: i32, channels: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, begin: i32, end: i32, scratch: usize): void {
  const pixel = <usize>channels * 4, across = <usize>dilationX * pixel, down = <usize>(dilationY * width) * pixel;
  memory.fill(dx + <usize>(begin * height * width) * pixel, 0, <usize>((end - begin) * height * width) * pixel);
  let from = dy + <usize>(begin * outHeight * outWidth) * pixel;
  for (let image = begin; image < end; image++) for (let r = 0; r < outHeight; r++) {
    const row = r * strideY - top, i0 = firstTap(row, dilationY), i1 = lastTap(row, dilationY, kh, height);
    for (let q = 0; q < outWidth; q++) {
      const column = q * strideX - left, j0 = firstTap(column, dilationX), j1 = lastTap(column, dilationX, kw, width);
      const share: f32 = 1 / <f32>((i1 - i0) * (j1 - j0));
      let to = dx + <usize>((image * height + row + i0 * dilationY) * width + column + j0 * dilationX) * pixel, c = channels;
      for (; c >= 8; c -= 8) {
        const d0 = f32x4.mul(v128.load(from), f32x4.splat(share)), d1 = f32x4.mul(v128.load(from, 16), f32x4.splat(share));
        let line = to;
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) {
            const s0 = f32x4.add(v128.load(p), d0), s1 = f32x4.add(v128.load(p, 16), d1);
            v128.store(p, s0); v128.store(p, s1, 16);
            p += across;
          }
          line += down;
        }
        from += 32; to += 32;
      }
      for (; c > 0; c--) {
        const part = load<f32>(from) * share;
        let line = to;
        for (let i = i0; i < i1; i++) {
          let p = line;
          for (let j = j0; j < j1; j++) { store<f32>(p, load<f32>(p) + part); p += across; }
          line += down;
        }
        from += 4; to += 4;
      }
    }
  }
}
