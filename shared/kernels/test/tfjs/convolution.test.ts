import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { expectAgreement, randomTensor, startBackends, tf } from "./both-backends.ts";

const small = (max: number) => fc.integer({ min: 1, max });
const channels = fc.oneof(small(5), fc.constantFrom(8, 15, 16, 17, 32));
const pad = fc.oneof(fc.constantFrom("same", "valid"), fc.nat(2)) as fc.Arbitrary<"same" | "valid" | number>;

const shapes = fc
  .record({
    batch: small(3),
    height: small(12),
    width: small(12),
    channels,
    filters: channels,
    filterHeight: small(5),
    filterWidth: small(5),
    strides: fc.tuple(small(3), small(3)),
    dilation: small(2),
    pad,
  })
  .filter(({ pad, height, width, filterHeight, filterWidth, dilation, strides }) => {
    if (dilation > 1 && (strides[0] > 1 || strides[1] > 1)) return false; // TensorFlow.js's own rule
    const reach = (filter: number) => (filter - 1) * dilation + 1;
    if (pad === "valid") return height >= reach(filterHeight) && width >= reach(filterWidth);
    // Given pixels, TensorFlow.js takes the filter for square when it computes the output's size.
    return pad === "same" || Math.min(height, width) + 2 * pad >= reach(filterHeight);
  });

describe.each([128, 256] as const)("convolutions, %i-bit kernels", { timeout: 300_000 }, (width) => {
  beforeAll(() => startBackends(width));

  test("500 random convolutions, forward and both gradients, agree with the cpu backend", () =>
    fc.assert(
      fc.asyncProperty(shapes, (s) =>
        expectAgreement(() => {
          const x = randomTensor([s.batch, s.height, s.width, s.channels], 1) as tf.Tensor4D;
          const filter = randomTensor([s.filterHeight, s.filterWidth, s.channels, s.filters], 2) as tf.Tensor4D;
          const y = tf.conv2d(x, filter, s.strides, s.pad, "NHWC", s.dilation);
          if (s.dilation > 1) return y; // TensorFlow.js refuses gradients of dilated convolutions
          const dy = randomTensor(y.shape, 3);
          const convolve = (x: tf.Tensor, w: tf.Tensor) =>
            tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, s.strides, s.pad);
          return [y, ...tf.grads(convolve)([x, filter], dy)];
        }),
      ),
      { numRuns: 500 },
    ));

  test("100 random depthwise convolutions, forward and both gradients", () =>
    fc.assert(
      fc.asyncProperty(shapes, small(3), (s, multiplier) =>
        expectAgreement(() => {
          const x = randomTensor([s.batch, s.height, s.width, s.channels], 1) as tf.Tensor4D;
          const filter = randomTensor([s.filterHeight, s.filterWidth, s.channels, multiplier], 2) as tf.Tensor4D;
          const y = tf.depthwiseConv2d(x, filter, s.strides, s.pad, "NHWC", s.dilation);
          if (s.dilation > 1) return y;
          const dy = randomTensor(y.shape, 3);
          const convolve = (x: tf.Tensor, w: tf.Tensor) =>
            tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, s.strides, s.pad);
          return [y, ...tf.grads(convolve)([x, filter], dy)];
        }),
      ),
      { numRuns: 100 },
    ));

  test("transposed convolution and its gradients", () =>
    fc.assert(
      fc.asyncProperty(small(6), channels, channels, small(3), (size, inChannels, outChannels, stride) =>
        expectAgreement(() => {
          const x = randomTensor([2, size, size, inChannels], 1);
          const filter = randomTensor([3, 3, outChannels, inChannels], 2);
          const shape: [number, number, number, number] = [2, size * stride, size * stride, outChannels];
          const convolve = (x: tf.Tensor, w: tf.Tensor) =>
            tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, shape, stride, "same");
          return [convolve(x, filter), ...tf.grads(convolve)([x, filter], randomTensor(shape, 3))];
        }),
      ),
      { numRuns: 50 },
    ));

  test.each([
    ["conv2d", 5],
    ["depthwiseConv2d", 2],
  ] as const)("gradients of a dilated %s equal those of one with zeros between the filter's weights", (name, outer) => {
    const [x, filter] = [randomTensor([2, 9, 8, 3], 1), randomTensor([3, 2, 3, outer], 2)];
    const spread = (w: tf.Tensor) => {
      // [3, 2, …] → [5, 3, …]: a row and a column of zeros after each, then the last ones cut off
      const rows = tf.reshape(tf.stack([w, tf.zerosLike(w)], 1), [6, 2, 3, outer]);
      const both = tf.reshape(tf.stack([rows, tf.zerosLike(rows)], 2), [6, 4, 3, outer]);
      return tf.slice(both, [0, 0, 0, 0], [5, 3, 3, outer]);
    };
    const dilated = (x: tf.Tensor, w: tf.Tensor) => tf[name](x as tf.Tensor4D, w as tf.Tensor4D, 1, "same", "NHWC", 2);
    const dense = (x: tf.Tensor, w: tf.Tensor) => tf[name](x as tf.Tensor4D, spread(w) as tf.Tensor4D, 1, "same");
    const dy = randomTensor(dilated(x, filter).shape, 3);
    const [ours, expected] = [tf.grads(dilated)([x, filter], dy), tf.grads(dense)([x, filter], dy)];
    for (const [i, gradient] of ours.entries())
      for (const [j, value] of gradient.dataSync().entries()) expect(value).toBeCloseTo(expected[i]!.dataSync()[j]!, 4);
  });

  test.each([[], [6], [1, 1, 6]])("fused with a bias of shape [%s] and ReLU", (...biasShape) =>
    expectAgreement(() => {
      const x = randomTensor([2, 5, 6, 3], 1) as tf.Tensor4D;
      const filter = randomTensor([3, 3, 3, 6], 2) as tf.Tensor4D;
      const bias = randomTensor(biasShape as number[], 3);
      return tf.fused.conv2d({ x, filter, strides: 1, pad: "same", bias, activation: "relu" });
    }),
  );
});
