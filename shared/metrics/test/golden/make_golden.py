"""Makes the golden values in this folder from independent implementations.

    python -m venv oracle && oracle/bin/pip install numpy scipy scikit-learn pycocotools opencv-python-headless nltk sktime
    oracle/bin/python make_golden.py

Each JSON file records the versions that made it. Nothing at run time or in the tests needs Python.
"""

import contextlib
import io
import json
import warnings
from pathlib import Path

import cv2
import nltk
import numpy as np
import scipy
import sklearn
import sktime
from importlib.metadata import version
from nltk.lm import Laplace
from nltk.util import ngrams
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import NearestNeighbors
from sktime.forecasting.naive import NaiveForecaster
from sktime.performance_metrics.forecasting import mean_absolute_scaled_error

VERSIONS = {
    "numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
    "pycocotools": version("pycocotools"), "opencv-python-headless": cv2.__version__,
    "nltk": nltk.__version__, "sktime": sktime.__version__,
}


def save(name, **content):
    lines = [f"{json.dumps(key)}: {json.dumps(plain(value), allow_nan=False)}" for key, value in {"versions": VERSIONS, **content}.items()]
    Path(__file__).with_name(f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def plain(value):
    """NumPy values as what JSON knows."""
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    return value.item() if isinstance(value, np.generic) else value


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def classification():
    rng = np.random.default_rng(1)
    cases = []
    # the last one: class 3 is never predicted, class 4 neither predicted nor actual, class 1 never actual
    for num_classes, actual, predicted in [
        (2, rng.integers(0, 2, 40), rng.integers(0, 2, 40)),
        (4, rng.integers(0, 4, 150), rng.choice(4, 150, p=[0.5, 0.2, 0.2, 0.1])),
        (5, rng.choice([0, 2, 3], 60), rng.choice([0, 1, 2], 60)),
        (3, np.full(7, 1), np.full(7, 1)),
    ]:
        case = dict(numClasses=num_classes, actual=actual, predicted=predicted,
                    accuracy=metrics.accuracy_score(actual, predicted),
                    confusion=metrics.confusion_matrix(actual, predicted, labels=range(num_classes)).ravel())
        for zero_division in (0, 1):
            case[f"zeroDivision{zero_division}"] = {
                "byClass": scores_by_class(actual, predicted, range(num_classes), zero_division),
                **{average: average_scores(actual, predicted, average, zero_division) for average in ("macro", "micro", "weighted")},
            }
        cases.append(case)
    save("classification", cases=cases)


def scores_by_class(actual, predicted, labels, zero_division):
    p, r, f, support = metrics.precision_recall_fscore_support(actual, predicted, labels=labels, zero_division=zero_division)
    s = [metrics.recall_score(actual == c, predicted == c, pos_label=False, zero_division=zero_division) for c in labels]
    return [dict(precision=p[c], recall=r[c], f1=f[c], specificity=s[c], support=support[c]) for c in labels]


def average_scores(actual, predicted, average, zero_division):
    """Without `labels`: over the classes that occur. Specificity is the recall of the other side of each class."""
    p, r, f, _ = metrics.precision_recall_fscore_support(actual, predicted, average=average, zero_division=zero_division)
    present = np.union1d(actual, predicted)
    if average == "micro":
        rest = [(actual == c, predicted == c) for c in present]
        s = metrics.recall_score(np.concatenate([a for a, _ in rest]), np.concatenate([q for _, q in rest]), pos_label=False, zero_division=zero_division)
    else:
        by_class = [row["specificity"] for row in scores_by_class(actual, predicted, range(present.max() + 1), zero_division)]
        weights = [np.count_nonzero(actual == c) for c in present] if average == "weighted" else None
        s = np.average([by_class[c] for c in present], weights=weights)
    return dict(precision=p, recall=r, f1=f, specificity=s)


def probabilities():
    rng = np.random.default_rng(2)
    cases = []
    for num_classes, count, spread in [(2, 30, 1.0), (3, 50, 2.0), (10, 120, 4.0)]:
        probs = softmax(rng.normal(0, spread, (count, num_classes)))
        actual = np.array([rng.choice(num_classes, p=row) for row in probs])
        cases.append(dict(numClasses=num_classes, probabilities=probs.ravel(), actual=actual, **probability_scores(probs, actual)))
    certain = np.array([[1.0, 0, 0], [0, 1.0, 0], [0.25, 0.25, 0.5]])
    cases.append(dict(numClasses=3, probabilities=certain.ravel(), actual=[0, 2, 2], **probability_scores(certain, np.array([0, 2, 2]))))
    p = rng.random(60)
    y = (rng.random(60) < p).astype(int)
    p[0], y[0], p[1], y[1] = 1.0, 0, 0.0, 0  # certain and wrong, certain and right
    binary = dict(probabilities=p, actual=y, logLoss=metrics.log_loss(y, p), brier=metrics.brier_score_loss(y, p))
    single = p.astype(np.float32)
    binary["logLossFloat32"] = float(metrics.log_loss(y, single))
    scores = rng.permutation(200 * 6).reshape(200, 6) / 100 - 6  # no ties
    labels = rng.integers(0, 6, 200)
    top_k = [metrics.top_k_accuracy_score(labels, scores, k=k, labels=range(6)) for k in range(1, 6)]
    save("probabilities", cases=cases, binary=binary, topK=dict(numClasses=6, scores=scores.ravel(), actual=labels, accuracy=top_k))


def probability_scores(probs, actual):
    num_classes = probs.shape[1]
    confidence, correct = probs.max(axis=1), probs.argmax(axis=1) == actual
    share, mean_confidence = calibration_curve(correct, confidence, n_bins=15)
    edges = np.linspace(0, 1, 16)
    counts = np.array([np.count_nonzero((confidence > low) & (confidence <= high)) for low, high in zip(edges, edges[1:])])
    counts = counts[counts > 0]
    return dict(
        logLoss=metrics.log_loss(actual, probs, labels=range(num_classes)),
        brier=metrics.brier_score_loss(actual, probs, labels=range(num_classes), scale_by_half=False),
        reliability=[dict(count=n, confidence=c, accuracy=a) for n, c, a in zip(counts, mean_confidence, share)],
        calibrationError=np.sum(counts * np.abs(share - mean_confidence)) / len(actual),
    )


def ranking():
    rng = np.random.default_rng(3)
    cases = []
    for count, decimals in [(25, 3), (80, 1), (60, 0), (12, 6)]:  # few decimals: many ties
        actual = rng.integers(0, 2, count)
        actual[:2] = 0, 1
        scores = np.round(rng.normal(actual, 1.5), decimals) + 0.0
        fpr, tpr, roc_thresholds = metrics.roc_curve(actual, scores, drop_intermediate=False)
        precision, recall, thresholds = metrics.precision_recall_curve(actual, scores)
        cases.append(dict(
            scores=scores, actual=actual, falsePositiveRate=fpr, truePositiveRate=tpr, rocThresholds=roc_thresholds[1:],
            auc=metrics.roc_auc_score(actual, scores), precision=precision[-2::-1], recall=recall[-2::-1], thresholds=thresholds[::-1],
            averagePrecision=metrics.average_precision_score(actual, scores),
            costs=[cheapest(actual, scores, fp, fn) for fp, fn in [(1, 1), (1, 5), (8, 1), (0, 1), (1, 0)]],
        ))
    save("ranking", cases=cases)


def cheapest(actual, scores, cost_fp, cost_fn):
    """By trying every threshold; None stands for +infinity, which is tried first and so wins ties."""
    best = None
    for threshold in [np.inf, *np.unique(scores)[::-1]]:
        _, fp, fn, _ = metrics.confusion_matrix(actual, scores >= threshold, labels=[0, 1]).ravel()
        cost = (fp * cost_fp + fn * cost_fn) / len(actual)
        if best is None or cost < best["cost"]:
            best = dict(falsePositiveCost=cost_fp, falseNegativeCost=cost_fn, cost=cost, falsePositives=fp, falseNegatives=fn,
                        threshold=None if np.isinf(threshold) else threshold)
    return best


def regression():
    rng = np.random.default_rng(4)
    cases = []
    for count, scale, shift in [(1, 1, 0), (17, 1, 0), (200, 50, 1000), (50, 1e-3, 0.2)]:
        actual = rng.normal(shift, scale, count)
        predicted = actual + rng.normal(0, scale, count)
        cases.append(dict(actual=actual, predicted=predicted, mse=metrics.mean_squared_error(actual, predicted),
                          mae=metrics.mean_absolute_error(actual, predicted), rmse=metrics.root_mean_squared_error(actual, predicted),
                          r2=None if count == 1 else metrics.r2_score(actual, predicted)))
    series = []
    for season, count, horizon in [(1, 10, 3), (4, 22, 11), (12, 40, 12), (7, 15, 20)]:
        values = 10 + np.sin(2 * np.pi * np.arange(count + horizon) / season) + rng.normal(0, 0.3, count + horizon)
        history, actual = values[:count], values[count:]
        forecast = NaiveForecaster(strategy="last", sp=season).fit(history).predict(fh=np.arange(1, horizon + 1)).ravel()
        predicted = actual + rng.normal(0, 0.2, horizon)
        series.append(dict(season=season, horizon=horizon, history=history, actual=actual, predicted=predicted, seasonalNaive=forecast,
                           mase=mean_absolute_scaled_error(actual, predicted, y_train=history, sp=season)))
    save("regression", cases=cases, series=series)


def random_boxes(rng, count, size=40, largest=20):
    low = rng.integers(0, size - largest, (count, 2))
    return np.hstack([low, low + rng.integers(1, largest + 1, (count, 2))])


def boxes():
    """IoU and GIoU by counting pixels on a grid, and IoU again by pycocotools; suppression by OpenCV."""
    rng = np.random.default_rng(5)
    pairs = []
    for a, b in zip(random_boxes(rng, 40), random_boxes(rng, 40)):
        in_a, in_b, hull = (np.zeros((40, 40), bool) for _ in range(3))
        in_a[a[1]:a[3], a[0]:a[2]] = True
        in_b[b[1]:b[3], b[0]:b[2]] = True
        rows, columns = np.nonzero(in_a | in_b)
        hull[rows.min():rows.max() + 1, columns.min():columns.max() + 1] = True
        iou = (in_a & in_b).sum() / (in_a | in_b).sum()
        wide = [[float(x0), float(y0), float(x1 - x0), float(y1 - y0)] for x0, y0, x1, y1 in (a, b)]
        assert abs(iou - coco_mask.iou([wide[0]], [wide[1]], [0])[0, 0]) < 1e-12
        pairs.append(dict(a=a, b=b, iou=iou, giou=iou - (hull & ~(in_a | in_b)).sum() / hull.sum()))
    suppression = []
    for count, threshold, score_threshold in [(1, 0.5, 0.0), (30, 0.45, 0.1053), (80, 0.301, 0.0), (60, 0.701, 0.2031)]:
        found = random_boxes(rng, count)
        scores = np.round(rng.random(count) * 0.99 + 0.01, 1 if count == 60 else 3)  # one case with many ties
        wide = [[int(x0), int(y0), int(x1 - x0), int(y1 - y0)] for x0, y0, x1, y1 in found]
        ious = coco_mask.iou(np.array(wide, float), np.array(wide, float), [0] * count)
        assert np.abs(ious - threshold).min() > 1e-6  # OpenCV works in float32
        kept = cv2.dnn.NMSBoxes(wide, scores.tolist(), score_threshold, threshold)
        suppression.append(dict(boxes=found, scores=scores, iouThreshold=threshold, scoreThreshold=score_threshold, kept=np.ravel(kept)))
    save("boxes", pairs=pairs, suppression=suppression)


def detection():
    rng = np.random.default_rng(6)
    thresholds, recalls = (getattr(COCOeval(iouType="bbox").params, name) for name in ("iouThrs", "recThrs"))
    scenes = [
        scene(rng, "random", images=15, num_classes=3),
        scene(rng, "many ties in score and IoU", images=12, num_classes=2, decimals=1, doubled=True),
        scene(rng, "at most two detections", images=12, num_classes=1, decimals=1, max_detections=2),
        scene(rng, "classes never true, never found, never seen", images=10, num_classes=6, true_classes=[0, 1, 4], found_classes=[0, 1, 2]),
        scene(rng, "a hundred true boxes of one class", images=25, num_classes=1, exactly=4),
        scene(rng, "fractions of a pixel, empty images", images=20, num_classes=3, fractional=True, share_empty=0.6),
    ]
    scenes.append(tied_scene())
    save("detection", iouThresholds=thresholds, recalls=recalls, **{"scenes": scenes})


def scene(rng, name, *, images, num_classes, decimals=4, doubled=False, max_detections=100, true_classes=None, found_classes=None,
          exactly=None, fractional=False, share_empty=0.2):
    actual, detected = [], []
    found_classes = found_classes or list(range(num_classes))
    for _ in range(images):
        count = exactly or (0 if rng.random() < share_empty else rng.integers(1, 6))
        truth = random_boxes(rng, count).astype(float)
        truth[:, 2:] += 5  # at least 6 pixels wide, so that small shifts overlap
        if doubled and count:
            truth = np.vstack([truth, truth[:1]])
        truth_classes = rng.choice(true_classes or num_classes, len(truth))
        found, classes = [], []
        for box, class_id in zip(truth, truth_classes):  # none, one, two or three detections of it, some misplaced or misnamed
            for _ in range(rng.choice(4, p=[0.15, 0.5, 0.2, 0.15])):
                found.append(box + (rng.integers(-2, 3, 4) if rng.random() < 0.7 else 0))
                classes.append(class_id if rng.random() < 0.9 and class_id in found_classes else rng.choice(found_classes))
        for box in random_boxes(rng, rng.integers(0, 3)).astype(float):  # clutter
            found.append(box)
            classes.append(rng.choice(found_classes))
        found = np.array(found).reshape(-1, 4)
        if fractional:
            truth, found = truth + 0.37, found + rng.uniform(-0.3, 0.3, found.shape)
        found[:, 2:] = np.maximum(found[:, 2:], found[:, :2] + 1)
        actual.append(dict(boxes=truth, classes=truth_classes))
        detected.append(dict(boxes=found, classes=classes, scores=np.round(rng.random(len(found)), decimals)))
    return dict(name=name, numClasses=num_classes, maxDetections=max_detections, actual=actual, detected=detected,
                **coco_result(actual, detected, num_classes, max_detections))


def tied_scene():
    """The surest detection overlaps two different true boxes by exactly one half: which of them it takes decides whether the next one fits."""
    upper, lower, whole = [0, 0, 10, 10], [0, 10, 10, 20], [0, 0, 10, 20]
    actual = [dict(boxes=[upper, lower], classes=[0, 0])] * 2
    detected = [dict(boxes=[whole, upper], scores=[0.9, 0.8], classes=[0, 0]), dict(boxes=[whole, lower], scores=[0.7, 0.6], classes=[0, 0])]
    return dict(name="equal IoU with two different true boxes", numClasses=1, maxDetections=100, actual=actual, detected=detected,
                **coco_result(actual, detected, 1, 100))


def coco_result(actual, detected, num_classes, max_detections):
    def annotations(images, with_scores):
        result = []
        for image_id, image in enumerate(images, 1):
            for i, (x0, y0, x1, y1) in enumerate(image["boxes"]):
                annotation = dict(id=len(result) + 1, image_id=image_id, category_id=int(image["classes"][i]) + 1,
                                  bbox=[x0, y0, x1 - x0, y1 - y0], area=(x1 - x0) * (y1 - y0), iscrowd=0)
                result.append(annotation | ({"score": float(image["scores"][i])} if with_scores else {}))
        return result

    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = dict(info={}, images=[dict(id=i + 1) for i in range(len(actual))],
                             categories=[dict(id=c + 1) for c in range(num_classes)], annotations=annotations(actual, False))
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(annotations(detected, True)), "bbox")
        if max_detections != 100:
            evaluation.params.maxDets = [max_detections]
        evaluation.evaluate()
        evaluation.accumulate()
        if max_detections == 100:
            evaluation.summarize()
    precision = evaluation.eval["precision"][:, :, :, 0, -1]  # [10 thresholds, 101 recalls, classes]
    seen = [c for c in range(num_classes) if precision[0, 0, c] > -1]
    mean_over = lambda p: p[:, :, seen].mean()
    result = dict(mAP=mean_over(precision), mAP50=mean_over(precision[:1]), mAP75=mean_over(precision[5:6]))
    if max_detections == 100:
        assert np.allclose(list(result.values()), evaluation.stats[:3], rtol=0, atol=1e-14)
    return dict(**result, byClass=[precision[:, :, c].mean(axis=1) if c in seen else None for c in range(num_classes)],
                precisionAt50=precision[0, :, seen[0]])


def text():
    rng = np.random.default_rng(7)
    words = "the of and a to in he she was that".split()
    texts = [[str(w) for w in rng.choice(words, n, p=np.arange(10, 0, -1) / 55)] for n in (60, 25, 3, 1)]
    texts.append("of the country of the country of the country".split())
    by_n = {}
    for n in (1, 2, 3, 4):
        pooled = [gram for t in texts for gram in ngrams(t, n)]
        repeated = sum(gram in list(ngrams(t, n))[:i] for t in texts for i, gram in enumerate(ngrams(t, n)))
        by_n[n] = dict(distinct=len(set(pooled)) / len(pooled), repetition=repeated / len(pooled))
    model = Laplace(2)
    model.fit([list(ngrams(t, 2)) + list(ngrams(t, 1)) for t in texts], words)
    bigrams = list(ngrams(texts[1], 2))
    perplexity = dict(probabilities=[model.score(b[-1], b[:-1]) for b in bigrams], perplexity=model.perplexity(bigrams))
    save("text", texts=texts, byN=by_n, perplexity=perplexity)


def vectors():
    rng = np.random.default_rng(8)
    a, b = rng.normal(size=(5, 7)), rng.normal(size=(20, 7)) * 10.0 ** rng.integers(-3, 4, (20, 1))
    b[3] = 0
    matrix = cosine_similarity(a, b)
    distances, indices = NearestNeighbors(n_neighbors=6, metric="cosine", algorithm="brute").fit(b).kneighbors(a)
    save("vectors", dimension=7, a=a.ravel(), b=b.ravel(), matrix=matrix.ravel(), neighbours=indices, similarities=1 - distances)


def uncertainty():
    rng = np.random.default_rng(9)
    spread = []
    for values in ([0.9, 0.91, 0.92], rng.normal(1e6, 1e-2, 30), rng.lognormal(0, 1, 12)):
        spread.append(dict(values=values, mean=np.mean(values), sd=np.std(values, ddof=1)))
    quantiles = [dict(p=p, z=stats.norm.ppf(p)) for p in [1e-300, 1e-12, 1e-4, 0.025, 0.0749, 0.0751, 0.3, 0.5, 0.6, 0.9, 0.975, 0.9999, 1 - 1e-12]]
    wilson = []
    for successes, count, confidence in [(0, 10, 0.95), (10, 10, 0.95), (1, 1, 0.9), (7, 20, 0.95), (9012, 10000, 0.95), (3, 7, 0.5), (50, 100, 0.999)]:
        interval = stats.binomtest(successes, count).proportion_ci(confidence, method="wilson")
        wilson.append(dict(successes=successes, count=count, confidence=confidence, low=interval.low, high=interval.high))
    skewed, other = rng.lognormal(0, 1, 40), rng.lognormal(0.2, 1, 40)
    other = 0.7 * skewed + 0.3 * other
    means = lambda x, axis: np.mean(x, axis=axis)
    deviation = lambda x, axis: np.std(x, axis=axis)
    difference = lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis)
    save("uncertainty", spread=spread, quantiles=quantiles, wilson=wilson, bootstrap=dict(
        values=skewed, other=other, resamples=20_000,
        mean=percentile((skewed,), means, 0.95), mean50=percentile((skewed,), means, 0.5),
        deviation=percentile((skewed,), deviation, 0.9), paired=percentile((skewed, other), difference, 0.95)))


def percentile(data, statistic, confidence):
    """SciPy's percentile interval, and how much each bound moves from seed to seed at 20,000 resamples."""
    bounds = []
    for seed in range(24):
        result = stats.bootstrap(data, statistic, n_resamples=20_000, paired=True, vectorized=True, method="percentile",
                                 confidence_level=confidence, rng=np.random.default_rng(seed))
        bounds.append(result.confidence_interval)
    low, high = np.array(bounds).T
    return dict(confidence=confidence, low=low.mean(), high=high.mean(), lowError=low.std(ddof=1), highError=high.std(ddof=1))


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # scikit-learn warns of each undefined ratio
    for make in (classification, probabilities, ranking, regression, boxes, detection, text, vectors, uncertainty):
        make()
