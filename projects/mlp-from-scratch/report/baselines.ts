import { countClasses, type ImageSet } from "@course/data";
import { accuracy, majorityBaselineAccuracy } from "@course/metrics";

/** What rules without a network reach on the test images. */
export function baselines(train: ImageSet, test: ImageSet): Record<string, number> {
  return {
    "majority class": majorityBaselineAccuracy(train.labels, test.labels),
    "nearest mean image": accuracy(nearestMeans(train, test), test.labels),
  };
}

/** Each test image takes the class whose mean training image is nearest. */
function nearestMeans(train: ImageSet, test: ImageSet): Uint8Array {
  const size = train.images.length / train.labels.length;
  const means = train.classes.map(() => new Float64Array(size));
  const counts = countClasses(train.labels, train.classes.length);
  train.labels.forEach((label, i) => {
    for (let p = 0; p < size; p++) means[label][p] += train.images[i * size + p] / counts[label];
  });
  return test.labels.map((_, i) => {
    const image = test.images.subarray(i * size, (i + 1) * size);
    const distances = means.map((mean) => squaredDistance(mean, image));
    return distances.indexOf(Math.min(...distances));
  });
}

function squaredDistance(a: Float64Array, b: Uint8Array): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += (a[p] - b[p]) ** 2;
  return sum;
}
