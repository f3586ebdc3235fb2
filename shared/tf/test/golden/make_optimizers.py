"""Weights after each of ten steps of Keras's optimizers on given gradients: test/golden/optimizers.json.

Run: KERAS_BACKEND=torch python test/golden/make_optimizers.py
"""
import json, math, pathlib

import keras
import numpy as np

START = [[1.0, 2.0, 3.0], [-1.0, -2.0, 0.0]]
STEPS = 10
CASES = {
    "sgd": keras.optimizers.SGD,
    "momentum": lambda: keras.optimizers.SGD(learning_rate=0.05, momentum=0.9),
    "nesterov": lambda: keras.optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True),
    "rmsprop": keras.optimizers.RMSprop,
    "rmspropMomentum": lambda: keras.optimizers.RMSprop(learning_rate=0.01, rho=0.8, momentum=0.5, epsilon=1e-3),
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,
}


def gradient(step):
    """Numbers of different sizes and signs; also 0."""
    return [[math.sin(7 * step + 3 * i + j) * 10.0 ** (i - 1) * (i + j != 3) for j in range(3)] for i in range(2)]


gradients = [np.array(gradient(step), np.float32) for step in range(STEPS)]
weights = {}
for name, make in CASES.items():
    optimizer, variable = make(), keras.Variable(np.array(START, np.float32))
    weights[name] = []
    for each in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(each)], [variable])
        weights[name].append(keras.ops.convert_to_numpy(variable).ravel().tolist())
golden = {
    "madeWith": f"Keras {keras.__version__} on {keras.backend.backend()}",
    "start": START,
    "gradients": [each.ravel().tolist() for each in gradients],
    "weights": weights,
}
pathlib.Path(__file__).with_name("optimizers.json").write_text(json.dumps(golden) + "\n")
