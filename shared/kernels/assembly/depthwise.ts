import { fma } from "./arithmetic";

/*
 * Depthwise operations go through the channels in blocks of eight. A block of an image is copied
 * side by side, with zeros around it, so that each place is two vectors whatever the channel count.
 */

/** Where a thread's data begin in its scratch memory. */
@inline const DATA: usize = 1024;
/** Channels of a block, and its bytes per place. */
@inline const BLOCK: i32 = 8;
@inline const BYTES: usize = 32;

/** Eight numbers, `step` bytes apart, of which `count` exist; zeros for the rest. */
@inline function gatherBlock(from: usize, step: usize, count: i32, to: usize): void {
  if (count == BLOCK && step == 4) { v128.store(to, v128.load(from)); v128.store(to, v128.load(from, 16), 16); }
  else for (let i = 0; i < BLOCK; i++) { store<f32>(to, i < count ? load<f32>(from) : 0); from += step; to += 4; }
}

@inline function scatterBlock(from: usize, to: usize, step: usize, count: i32): void {
  if (count == BLOCK && step == 4) { v128.store(to, v128.load(from)); v128.store(to, v128.load(from, 16), 16); }
  else for (; count > 0; count--) { store<f32>(to, load<f32>(from)); from += 4; to += step; }
}

/** Channel block of an image [height, width, channels] from row top and column left, zeros outside; to [cutHeight, cutWidth, 8]. */
function cutBlock(image: usize, height: i32, width: i32, channels: i32, channel: i32, top: i32, left: i32, cutHeight: i32, cutWidth: i32, to: usize): void {
  const pixel = <usize>channels * 4, count = min(BLOCK, channels - channel);
  memory.fill(to, 0, <usize>(cutHeight * cutWidth) * BYTES);
  for (let y = max(0, top); y < min(height, top + cutHeight); y++) {
    const first = max(0, left), last = min(width, left + cutWidth);
    let from = image + <usize>(y * width + first) * pixel + <usize>channel * 4, p = to + <usize>((y - top) * cutWidth + first - left) * BYTES;
    for (let x = first; x < last; x++) { gatherBlock(from, 4, count, p); from += pixel; p += BYTES; }
  }
}

/**
 * Units [begin, end) of (image, channel block): y [outHeight, outWidth, channels·multiplier] = each
 * channel of x [height, width, channels] under its own filters [kh, kw, channels, multiplier].
 */
export function depthwise(x: usize, filter: usize, y: usize, height: i32, width: i32, channels: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, multiplier: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, begin: i32, end: i32, scratch: usize): void {
  const blocks = (channels + BLOCK - 1) / BLOCK, taps = kh * kw, step = <usize>multiplier * 4;
  const cutHeight = (outHeight - 1) * strideY + (kh - 1) * dilationY + 1, cutWidth = (outWidth - 1) * strideX + (kw - 1) * dilationX + 1;
  const weights = scratch + DATA, block = weights + <usize>taps * BYTES;
  const row = <usize>cutWidth * BYTES, across = <usize>dilationX * BYTES, down = <usize>dilationY * row - <usize>kw * across;
  for (let unit = begin; unit < end; unit++) {
    const image = unit / blocks, channel = unit % blocks * BLOCK, count = min(BLOCK, channels - channel);
    cutBlock(x + <usize>image * <usize>(height * width * channels) * 4, height, width, channels, channel, -top, -left, cutHeight, cutWidth, block);
    for (let m = 0; m < multiplier; m++) {
      for (let t = 0; t < taps; t++) gatherBlock(filter + (<usize>(t * channels + channel) * <usize>multiplier + <usize>m) * 4, step, count, weights + <usize>t * BYTES);
      let to = y + (<usize>(image * outHeight * outWidth * channels + channel) * <usize>multiplier + <usize>m) * 4;
      for (let r = 0; r < outHeight; r++) for (let q = 0; q < outWidth; q++) {
        let p = block + <usize>(r * strideY) * row + <usize>(q * strideX) * BYTES, w = weights;
        let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
        for (let i = kh; i > 0; i--) {
          for (let j = kw; j > 0; j--) {
            s0 = fma(v128.load(p), v128.load(w), s0); s1 = fma(v128.load(p, 16), v128.load(w, 16), s1);
            p += across; w += BYTES;
          }
          p += down;
        }
        v128.store(scratch, s0); v128.store(scratch, s1, 16);
        scatterBlock(scratch, to, step, count);
        to += <usize>channels * step;
      }
    }
  }
}

/** dx of depthwise, units [begin, end) of (image, channel block). */
export function depthwiseInput(dy: usize, filter: usize, dx: usize, height: i32, width: i32, channels: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, multiplier: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, begin: i32, end: i32, scratch: usize): void {
  const blocks = (channels + BLOCK - 1) / BLOCK, taps = kh * kw, step = <usize>multiplier * 4;
  const cutHeight = max(height + top, (outHeight - 1) * strideY + (kh - 1) * dilationY + 1), cutWidth = max(width + left, (outWidth - 1) * strideX + (kw - 1) * dilationX + 1);
  const weights = scratch + DATA, block = weights + <usize>taps * BYTES;
  const row = <usize>cutWidth * BYTES, across = <usize>dilationX * BYTES, down = <usize>dilationY * row - <usize>kw * across;
  for (let unit = begin; unit < end; unit++) {
    const image = unit / blocks, channel = unit % blocks * BLOCK, count = min(BLOCK, channels - channel);
    memory.fill(block, 0, <usize>cutHeight * row);
    for (let m = 0; m < multiplier; m++) {
      for (let t = 0; t < taps; t++) gatherBlock(filter + (<usize>(t * channels + channel) * <usize>multiplier + <usize>m) * 4, step, count, weights + <usize>t * BYTES);
      let from = dy + (<usize>(image * outHeight * outWidth * channels + channel) * <usize>multiplier + <usize>m) * 4;
      for (let r = 0; r < outHeight; r++) for (let q = 0; q < outWidth; q++) {
        gatherBlock(from, step, count, scratch);
        const d0 = v128.load(scratch), d1 = v128.load(scratch, 16);
        let p = block + <usize>(r * strideY) * row + <usize>(q * strideX) * BYTES, w = weights;
        for (let i = kh; i > 0; i--) {
          for (let j = kw; j > 0; j--) {
            const s0 = fma(d0, v128.load(w), v128.load(p)), s1 = fma(d1, v128.load(w, 16), v128.load(p, 16));
            v128.store(p, s0); v128.store(p, s1, 16);
            p += across; w += BYTES;
          }
          p += down;
        }
        from += <usize>channels * step;
      }
    }
    let to = dx + <usize>(image * height * width * channels + channel) * 4;
    for (let r = 0; r < height; r++) for (let q = 0; q < width; q++) {
      scatterBlock(block + <usize>(r + top) * row + <usize>(q + left) * BYTES, to, 4, count);
      to += <usize>channels * 4;
    }
  }
}

/** The filter's gradient of depthwise, channel blocks [begin, end): rows of places are summed, then added up. */
export function depthwiseFilter(x: usize, dy: usize, to: usize, images: i32, height: i32, width: i32, channels: i32, kh: i32, kw: i32, outHeight: i32, outWidth: i32, multiplier: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32, begin: i32, end: i32, scratch: usize): void {
  const taps = kh * kw, step = <usize>multiplier * 4, pixel = <usize>channels * step;
  const cutHeight = (outHeight - 1) * strideY + (kh - 1) * dilationY + 1, cutWidth = (outWidth - 1) * strideX + (kw - 1) * dilationX + 1;
  const sums = scratch + DATA, across = sums + <usize>(taps * multiplier) * BYTES, block = across + <usize>outWidth * BYTES, row = <usize>cutWidth * BYTES;
  for (let unit = begin; unit < end; unit++) {
    const channel = unit * BLOCK, count = min(BLOCK, channels - channel);
    memory.fill(sums, 0, <usize>(taps * multiplier) * BYTES);
    for (let image = 0; image < images; image++) {
      cutBlock(x + <usize>image * <usize>(height * width * channels) * 4, height, width, channels, channel, -top, -left, cutHeight, cutWidth, block);
      for (let m = 0; m < multiplier; m++) for (let r = 0; r < outHeight; r++) {
        let from = dy + (<usize>((image * outHeight + r) * outWidth * channels + channel) * <usize>multiplier + <usize>m) * 4;
        for (let q = 0; q < outWidth; q++) { gatherBlock(from, step, count, across + <usize>q * BYTES); from += pixel; }
        for (let t = 0; t < taps; t++) {
          let p = block + <usize>(r * strideY + t / kw * dilationY) * row + <usize>(t % kw * dilationX) * BYTES, d = across;
          let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
          for (let q = outWidth; q > 0; q--) {
            s0 = fma(v128.load(p), v128.load(d), s0); s1 = fma(v128.load(p, 16), v128.load(d, 16), s1);
            p += <usize>strideX * BYTES; d += BYTES;
          }
          const sum = sums + <usize>(m * taps + t) * BYTES;
          const t0 = f32x4.add(v128.load(sum), s0), t1 = f32x4.add(v128.load(sum, 16), s1);
          v128.store(sum, t0); v128.store(sum, t1, 16);
        }
      }
    }
    for (let m = 0; m < multiplier; m++) for (let t = 0; t < taps; t++)
      scatterBlock(sums + <usize>(m * taps + t) * BYTES, to + (<usize>(t * channels + channel) * <usize>multiplier + <usize>m) * 4, step, count);
  }
}
