"""Peer of `gemm`: one product of BENCH_SHAPE "m,n,k" in NumPy on one thread, repeated BENCH_REPEATS times a round."""
import json, os, sys, time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

m, n, k = map(int, os.environ["BENCH_SHAPE"].split(","))
repeats = int(os.environ["BENCH_REPEATS"])
random = np.random.default_rng(1)
a, b = random.random((m, k), np.float32), random.random((k, n), np.float32)
c = np.empty((m, n), np.float32)
print(json.dumps({"ready": f"NumPy {np.__version__}, OpenBLAS, 1 thread"}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    for _ in range(repeats):
        np.matmul(a, b, out=c)
    print(json.dumps({"milliseconds": (time.perf_counter() - began) * 1000 / repeats}), flush=True)
