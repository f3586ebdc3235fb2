import { assertShape } from "@course/core";
import { seededInitializers, tf } from "@course/tf";

/** [count] ranks from 1 for the lowest; equal values share the mean of their ranks. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const result = new Float64Array(values.length);
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
  // #solution 5.1 go through the order run by run of equal values; each of a run gets the middle of its ranks
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) result[order[i]] = (start + 1 + end) / 2;
  }
  // #end
  return result;
}

/**
 * Spearman's rank correlation of two maps, in [−1, 1]: Pearson's correlation of the ranks. 0 where a
 * map is even, since it then puts no pixel before another.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertShape("rankCorrelation b", [b.length], { pixels: a.length });
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  // #solution 5.2 sums of products of the distances from the mean
  x.forEach((rank, i) => {
    xy += (rank - mean) * (y[i] - mean);
    xx += (rank - mean) ** 2;
    yy += (y[i] - mean) ** 2;
  });
  // #end
  return xx * yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

/**
 * Randomises a network layer by layer from its end (Adebayo et al., 2018, section 4.1): yields the name
 * of the layer that was drawn anew, while it and all after it are random. The old weights come back at the end.
 */
export function* randomizedLayers(model: tf.LayersModel, seed: number): Generator<string> {
  const old = model.getWeights().map((weight) => weight.clone());
  const { heNormal } = seededInitializers(seed);
  try {
    const hasKernel = (each: tf.layers.Layer) => each.getWeights().some((weight) => weight.rank >= 2); // batch norm has none
    for (const layer of model.layers.filter(hasKernel).reverse()) {
      tf.tidy(() => {
        // #solution 5.3 setWeights: kernels (2 axes or more) by heNormal().apply(shape), the others as they were
        const weights = layer.getWeights();
        layer.setWeights(weights.map((weight) => (weight.rank < 2 ? weight : heNormal().apply(weight.shape))));
        // #end
      });
      yield layer.name;
    }
  } finally {
    model.setWeights(old);
    tf.dispose(old);
  }
}
