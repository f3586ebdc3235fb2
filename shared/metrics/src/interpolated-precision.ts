/** COCO's 101 recalls 0, 0.01, …, 1, with the rounding of NumPy's linspace: 0.57 is 0.5700000000000001. */
export const COCO_RECALLS = Float64Array.from({ length: 101 }, (_, i) => i * 0.01);

/**
 * Precision at COCO's 101 recalls: at each, the highest precision at that recall or beyond, 0 where the
 * recall is never reached (Everingham et al., 2010, section 4.2, at 101 points instead of 11). Its mean
 * is COCO's average precision.
 *
 * @param isTruePositive [detections] 1 or 0, by falling score.
 * @param numTruths true boxes in all, at least 1.
 * @returns [101]
 */
export function interpolatedPrecision(isTruePositive: ArrayLike<number>, numTruths: number): Float64Array {
  const count = isTruePositive.length;
  const precision = new Float64Array(count);
  const recall = new Float64Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) {
    found += isTruePositive[i];
    precision[i] = found / (i + 1);
    recall[i] = found / numTruths;
  }
  for (let i = count - 1; i > 0; i--) precision[i - 1] = Math.max(precision[i - 1], precision[i]);
  let i = 0;
  return COCO_RECALLS.map((target) => {
    while (i < count && recall[i] < target) i++;
    return i < count ? precision[i] : 0;
  });
}
