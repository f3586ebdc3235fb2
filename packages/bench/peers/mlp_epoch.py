"""Peer of `mlp-epoch`: 784-256-128-10 in NumPy, SGD with momentum and L2, batch 64, in place where NumPy can.

Protocol: prints {"ready": {...}}; then for each line on stdin trains one epoch and prints {"milliseconds": ...}.
"""
import json, os, sys, time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
import numpy as np

EXAMPLES, BATCH, SIZES = int(os.environ["BENCH_EXAMPLES"]), 64, (784, 256, 128, 10)
RATE, MOMENTUM, L2 = np.float32(0.05), np.float32(0.9), np.float32(5e-4)
random = np.random.default_rng(1)
images = random.integers(0, 256, (EXAMPLES, 784), dtype=np.uint8)
labels = random.integers(0, 10, EXAMPLES)
weights = [(random.standard_normal((i, o)) * np.sqrt(2 / i)).astype(np.float32) for i, o in zip(SIZES, SIZES[1:])]
biases = [np.zeros(o, np.float32) for o in SIZES[1:]]
parameters = weights + biases
velocities = [np.zeros_like(p) for p in parameters]


def step(x, y):
    outputs = [x]
    for i, (w, b) in enumerate(zip(weights, biases)):
        z = outputs[-1] @ w
        z += b
        if i < 2:
            np.maximum(z, 0, out=z)
        outputs.append(z)
    logits = outputs.pop()
    logits -= logits.max(1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(logits[rows, y]).mean()
    d = logits
    d[rows, y] -= 1
    d /= len(y)
    gradients = [None] * 6
    for i in (2, 1, 0):
        gradients[i], gradients[3 + i] = outputs[i].T @ d, d.sum(0)
        if i > 0:
            d = d @ weights[i].T
            d *= outputs[i] > 0
    for i, (p, v, g) in enumerate(zip(parameters, velocities, gradients)):
        if i < 3:
            g += L2 * p
        v *= MOMENTUM
        v += g
        p -= RATE * v
    return loss


print(json.dumps({"ready": f"NumPy {np.__version__}, OpenBLAS, 1 thread"}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    order = random.permutation(EXAMPLES)
    for start in range(0, EXAMPLES, BATCH):
        chosen = order[start : start + BATCH]
        step(images[chosen].astype(np.float32) * np.float32(1 / 255), labels[chosen])
    print(json.dumps({"milliseconds": (time.perf_counter() - began) * 1000}), flush=True)
