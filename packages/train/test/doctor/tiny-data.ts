import { createRandom } from "@course/core";

/** Small grey pictures, as bytes. */
export interface Pictures {
  readonly bytes: Uint8Array; // [count, PIXELS]
  readonly labels: Uint8Array; // [count]
}

export const PIXELS = 64; // 8×8
export const CLASSES = 10;

/**
 * Ten patterns of 4×4 blocks under noise: about 99 % of the test pictures can be told apart.
 *
 * @param noise standard deviation in grey levels
 * @param shares how often each class occurs; equal if left out
 */
export function drawPictures(
  count: number,
  { seed, noise = 90, shares }: { seed: number; noise?: number; shares?: readonly number[] },
): Pictures {
  const random = createRandom(`pictures/${seed}`);
  const patterns = createRandom("patterns");
  const blocks = Array.from({ length: CLASSES * 16 }, () => (patterns.uniform() < 0.5 ? 40 : 200));
  const labels = Uint8Array.from({ length: count }, (_, i) =>
    shares ? drawClass(shares, random.uniform()) : i % CLASSES,
  );
  random.shuffle(labels);
  const bytes = new Uint8Array(count * PIXELS);
  for (let i = 0; i < bytes.length; i++) {
    const [row, column] = [Math.floor((i % PIXELS) / 16), Math.floor((i % 8) / 2)];
    const grey = blocks[labels[Math.floor(i / PIXELS)] * 16 + row * 4 + column];
    bytes[i] = Math.min(255, Math.max(0, Math.round(random.normal(grey, noise))));
  }
  return { bytes, labels };
}

function drawClass(shares: readonly number[], uniform: number): number {
  let index = 0;
  for (let sum = shares[0]; uniform >= sum && index < shares.length - 1; sum += shares[index]) index++;
  return index;
}
