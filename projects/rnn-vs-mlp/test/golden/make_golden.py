"""Macro F1 of random answers, by scikit-learn. Run: python make_golden.py"""

import json
import pathlib

import numpy
import sklearn
from sklearn.metrics import f1_score

random = numpy.random.default_rng(1)
cases = []
for count, classes in [(10, 2), (50, 12), (200, 12), (30, 5)]:
    actual = random.integers(0, classes, count)
    predicted = numpy.where(random.random(count) < 0.6, actual, random.integers(0, classes, count))
    score = f1_score(actual, predicted, average="macro", zero_division=0)
    cases.append({"predicted": predicted.tolist(), "actual": actual.tolist(), "macroF1": score})
versions = {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__}
path = pathlib.Path(__file__).with_name("macro-f1.json")
path.write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
