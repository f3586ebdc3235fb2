"""Golden values for study/statistics.ts: intervals of a mean by Student's t, from SciPy."""

import json
import pathlib
import platform

import numpy
import scipy
from scipy import stats

samples = [[0.01, 0.03], [0.5, -0.25, 0.125], [1, 2, 4, 8, 16], list(numpy.linspace(-1, 2, 10) ** 3)]
cases = []
for sample in samples:
    low, high = stats.t.interval(0.95, len(sample) - 1, loc=numpy.mean(sample), scale=stats.sem(sample))
    cases.append({"values": list(map(float, sample)), "low": float(low), "high": float(high)})

versions = {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps({"versions": versions, "cases": cases}, indent=2) + "\n")
