import { createRandom } from "@course/core";
import * as tf from "@tensorflow/tfjs-core";
import { initializers } from "@tensorflow/tfjs-layers";

type Initializer = ReturnType<typeof initializers.orthogonal>;

/**
 * TensorFlow.js's orthogonal initialiser (Saxe et al., 2014) with another way to compute it: its own
 * decomposes the matrix by one operation a column and takes 18 s for 256 units of an LSTM. What is
 * saved of it is the same.
 */
export function orthogonal(seed: number): Initializer {
  const initializer = initializers.orthogonal({ seed });
  initializer.apply = (shape, dtype) => {
    const columns = shape.at(-1)!;
    const rows = tf.util.sizeFromShape(shape as number[]) / columns;
    return tf.tensor(orthogonalMatrix([rows, columns], seed), shape as number[], dtype);
  };
  return initializer;
}

/**
 * [rows, columns], row-major, whose rows (or columns, if they are fewer) have length 1 and are
 * orthogonal to each other: normal numbers through Gram and Schmidt's process, so that every
 * direction is equally likely.
 */
export function orthogonalMatrix([rows, columns]: readonly [number, number], seed: number): Float32Array {
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const random = createRandom(seed).stream("orthogonal");
  const vectors = Array.from({ length: count }, () => Float64Array.from({ length }, () => random.normal()));
  for (const [i, vector] of vectors.entries()) {
    for (let j = 0; j < i; j++) addMultiple(vector, vectors[j]!, -dot(vector, vectors[j]!));
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k]! /= norm;
  }
  const matrix = new Float32Array(rows * columns);
  for (const [i, vector] of vectors.entries())
    for (let k = 0; k < length; k++) matrix[rows <= columns ? i * columns + k : k * columns + i] = vector[k]!;
  return matrix;
}

/** Four sums at a time, so that an addition need not wait for the one before. */
function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 4 <= a.length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + s2 + s3;
}

/** a ← a + factor·b */
function addMultiple(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}
