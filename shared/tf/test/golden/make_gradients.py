"""Losses and gradients of small models in float64, for golden-gradients.test.ts.

    python make_gradients.py > gradients.json

Images are NHWC and kernels HWIO in the JSON, as in TensorFlow.js; PyTorch wants NCHW and OIHW.
"""

import json
import platform

import numpy as np
import torch
from torch.nn import functional as F

rng = np.random.default_rng(7)


def numbers(*shape):
    """Normal numbers that float32 holds exactly."""
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def tensor(values):
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def conv(x, kernel, **options):
    return F.conv2d(x, kernel.permute(3, 2, 0, 1), **options)


def cnn(x, w):
    """Convolution same, max pool, convolution valid with stride 2, average pool, dense, dense."""
    h = x.permute(0, 3, 1, 2)
    h = F.relu(conv(h, w["kernel1"], padding=1) + w["bias1"].view(1, -1, 1, 1))
    h = F.max_pool2d(h, 2)
    h = torch.tanh(conv(h, w["kernel2"], stride=2) + w["bias2"].view(1, -1, 1, 1))
    h = F.avg_pool2d(h, 2, stride=1)
    h = h.permute(0, 2, 3, 1).flatten(1)
    h = torch.sigmoid(h @ w["kernel3"] + w["bias3"])
    return h @ w["kernel4"] + w["bias4"]


def mlp(x, w):
    """ReLU, tanh, linear."""
    h = F.relu(x @ w["kernel1"] + w["bias1"])
    h = torch.tanh(h @ w["kernel2"] + w["bias2"])
    return h @ w["kernel3"] + w["bias3"]


def lstm(x, w):
    """Keras's LSTM: gates in the order i, f, c, o; the last output through a dense layer."""
    h = c = torch.zeros(x.shape[0], w["recurrent"].shape[0], dtype=torch.float64)
    for step in x.unbind(1):
        i, f, g, o = (step @ w["kernel"] + h @ w["recurrent"] + w["bias"]).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
    return h @ w["kernel2"] + w["bias2"]


def gru(x, w):
    """TensorFlow.js's GRU: gates in the order z, r, h; the reset gate acts before the recurrent product."""
    h = torch.zeros(x.shape[0], w["recurrent"].shape[0], dtype=torch.float64)
    units = h.shape[1]
    for step in x.unbind(1):
        xz, xr, xh = (step @ w["kernel"] + w["bias"]).chunk(3, dim=1)
        uz, ur, uh = w["recurrent"].split(units, dim=1)
        z, r = torch.sigmoid(xz + h @ uz), torch.sigmoid(xr + h @ ur)
        h = z * h + (1 - z) * torch.tanh(xh + (r * h) @ uh)
    return h @ w["kernel2"] + w["bias2"]


def case(model, x, weights, labels):
    inputs = tensor(x)
    parameters = {name: tensor(value) for name, value in weights.items()}
    loss = F.cross_entropy(model(inputs, parameters), torch.tensor(labels))
    loss.backward()
    array = lambda values: {"shape": list(values.shape), "values": values.flatten().tolist()}
    return {
        "labels": labels,
        "x": array(x),
        "weights": {name: array(value) for name, value in weights.items()},
        "loss": loss.item(),
        "gradients": {
            "x": array(inputs.grad),
            **{name: array(value.grad) for name, value in parameters.items()},
        },
    }


golden = {
    "versions": {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()},
    "cnn": case(
        cnn,
        numbers(3, 14, 12, 2),
        {
            "kernel1": numbers(3, 3, 2, 5),
            "bias1": numbers(5),
            "kernel2": numbers(2, 3, 5, 7) / 4,
            "bias2": numbers(7),
            "kernel3": numbers(2 * 1 * 7, 6),
            "bias3": numbers(6),
            "kernel4": numbers(6, 4),
            "bias4": numbers(4),
        },
        [2, 0, 3],
    ),
    "mlp": case(
        mlp,
        numbers(6, 11),
        {
            "kernel1": numbers(11, 17) / 4,
            "bias1": numbers(17),
            "kernel2": numbers(17, 9) / 4,
            "bias2": numbers(9),
            "kernel3": numbers(9, 5),
            "bias3": numbers(5),
        },
        [0, 4, 2, 2, 1, 3],
    ),
    "lstm": case(
        lstm,
        numbers(5, 6, 3),
        {
            "kernel": numbers(3, 4 * 7) / 2,
            "recurrent": numbers(7, 4 * 7) / 2,
            "bias": numbers(4 * 7),
            "kernel2": numbers(7, 4),
            "bias2": numbers(4),
        },
        [3, 0, 1, 1, 2],
    ),
    "gru": case(
        gru,
        numbers(5, 6, 3),
        {
            "kernel": numbers(3, 3 * 7) / 2,
            "recurrent": numbers(7, 3 * 7) / 2,
            "bias": numbers(3 * 7),
            "kernel2": numbers(7, 4),
            "bias2": numbers(4),
        },
        [3, 0, 1, 1, 2],
    ),
}
print(json.dumps(golden))
