"""Peer of `gemm`: one product of BENCH_SHAPE "m,n,k" in NumPy on BENCH_THREADS threads, BENCH_REPEATS a round."""
import json, os, sys, time

threads = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["BENCH_THREADS"]
import numpy as np

m, n, k = map(int, os.environ["BENCH_SHAPE"].split(","))
repeats = int(os.environ["BENCH_REPEATS"])
random = np.random.default_rng(1)
a, b = random.random((m, k), np.float32), random.random((k, n), np.float32)
c = np.empty((m, n), np.float32)
print(json.dumps({"ready": f"NumPy {np.__version__}, OpenBLAS, {threads} thread{'s' * (threads != '1')}"}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    for _ in range(repeats):
        np.matmul(a, b, out=c)
    print(json.dumps({"milliseconds": (time.perf_counter() - began) * 1000 / repeats}), flush=True)
