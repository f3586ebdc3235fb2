import { tf } from "@course/tf";

/** The first convolution's weights [filters, kernel, kernel, channels] as images in [0, 1], 0.5 being no weight. */
export function filterImages(model: tf.LayersModel): tf.Tensor4D {
  return tf.tidy(() => {
    const kernel = model.getWeights()[0] as tf.Tensor4D; // [kernel, kernel, channels, filters]
    // #solution 6.1 filters to the front; scale each so that its greatest |weight| becomes 0 or 1
    const filters = kernel.transpose([3, 0, 1, 2]);
    const greatest = filters.abs().max([1, 2, 3], true);
    return filters.div(greatest).add(1).div(2) as tf.Tensor4D;
    // #end
  });
}
