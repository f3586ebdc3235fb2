/** One of the two multiplications of lowbias32 (C. Wellons, 2018): a bijection in which each input bit moves each output bit. */
@inline function stir(x: v128, shift: i32, factor: v128): v128 { return i32x4.mul(v128.xor(x, i32x4.shr_u(x, shift)), factor); }

@inline function mix(x: v128, first: v128, second: v128): v128 {
  x = stir(stir(x, 16, first), 15, second);
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/**
 * y = x · scale where the hash of the element's index and both keys, as an unsigned number, is at least `threshold`,
 * else x · 0; elements [begin, end).
 */
export function dropout(x: usize, y: usize, indexKey: i32, maskKey: i32, threshold: i32, scale: f32, begin: i32, end: i32, scratch: usize): void {
  const first = i32x4.splat(0x7feb352d), second = i32x4.splat(0x846ca68b);
  const key = i32x4.splat(maskKey), least = i32x4.splat(threshold), scales = f32x4.splat(scale), four = i32x4.splat(4);
  let index = i32x4.add(i32x4.splat(indexKey + begin), i32x4(0, 1, 2, 3));
  let from = x + <usize>begin * 4, to = y + <usize>begin * 4, i = begin;
  for (; i + 8 <= end; i += 8) {
    const next = i32x4.add(index, four);
    const h0 = mix(v128.xor(mix(index, first, second), key), first, second);
    const h1 = mix(v128.xor(mix(next, first, second), key), first, second);
    const y0 = f32x4.mul(v128.load(from), v128.and(scales, i32x4.ge_u(h0, least)));
    const y1 = f32x4.mul(v128.load(from, 16), v128.and(scales, i32x4.ge_u(h1, least)));
    v128.store(to, y0); v128.store(to, y1, 16);
    index = i32x4.add(next, four); from += 32; to += 32;
  }
  for (; i < end; i++) {
    const hash = mix(v128.xor(mix(index, first, second), key), first, second);
    const kept = <u32>i32x4.extract_lane(hash, 0) >= <u32>threshold;
    store<f32>(to, load<f32>(from) * (kept ? scale : 0));
    index = i32x4.add(index, i32x4.splat(1)); from += 4; to += 4;
  }
}
