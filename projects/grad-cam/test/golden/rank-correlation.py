"""Spearman's rank correlation and average ranks by SciPy, for ../sanity.test.ts. Run: python rank-correlation.py"""
import json
import pathlib

import numpy as np
import scipy
from scipy.stats import rankdata, spearmanr

random = np.random.default_rng(7)
cases = []
for size, levels in [(5, 100), (12, 4), (49, 10), (196, 3)]:
    a, b = random.integers(0, levels, size), random.integers(0, levels, size)
    b = np.where(random.random(size) < 0.5, a, b)
    cases.append({"a": a.tolist(), "b": b.tolist(), "ranks": rankdata(a).tolist(), "correlation": spearmanr(a, b).statistic})
golden = {"versions": {"scipy": scipy.__version__, "numpy": np.__version__}, "cases": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
