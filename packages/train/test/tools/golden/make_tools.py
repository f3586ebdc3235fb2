"""Keras's EarlyStopping, layer sizes and (through PyTorch's counter) multiplications; PyTorch's
clipping and weight averaging.

    python3 -m pip install torch keras numpy
    KERAS_BACKEND=torch python3 make_tools.py
"""

import json
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import torch
from keras import layers
from torch.optim.swa_utils import AveragedModel, get_ema_avg_fn
from torch.utils.flop_counter import FlopCounterMode

random = np.random.default_rng(3)
walk = np.round(1 + np.cumsum(random.normal(-0.01, 0.05, 40)), 3).tolist()


def stop_epoch(**options):
    """The epoch, from 1, after which training stops (None: not at all), and the best one."""
    callback = keras.callbacks.EarlyStopping(monitor="val", restore_best_weights=True, **options)
    model = SimpleNamespace(stop_training=False, metrics=[], get_weights=lambda: [])
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, value in enumerate(walk):
        callback.on_epoch_end(epoch, {"val": value})
        if model.stop_training:
            return [epoch + 1, callback.best_epoch + 1]
    return [None, callback.best_epoch + 1]


STOPS = [
    {"mode": "min", "patience": 0, "min_delta": 0.0, "start_from_epoch": 0},
    {"mode": "min", "patience": 3, "min_delta": 0.0, "start_from_epoch": 0},
    {"mode": "min", "patience": 3, "min_delta": 0.0705, "start_from_epoch": 4},
    {"mode": "max", "patience": 6, "min_delta": 0.0, "start_from_epoch": 2},
    {"mode": "min", "patience": 39, "min_delta": 0.0, "start_from_epoch": 0},
]


def clipping():
    gradients = {"kernel": random.normal(0, 2, (3, 4)), "bias": random.normal(0, 2, 4)}
    before = {name: g.ravel().tolist() for name, g in gradients.items()}

    def parameters():
        out = []
        for g in gradients.values():
            p = torch.nn.Parameter(torch.zeros(g.shape, dtype=torch.float64))
            p.grad = torch.tensor(g.copy())
            out.append(p)
        return out

    by_norm, by_value = parameters(), parameters()
    norm = float(torch.nn.utils.clip_grad_norm_(by_norm, 1.5))
    torch.nn.utils.clip_grad_value_(by_value, 1.5)
    named = lambda ps: {n: p.grad.ravel().tolist() for n, p in zip(gradients, ps)}
    return {"before": before, "limit": 1.5, "norm": norm, "byNorm": named(by_norm), "byValue": named(by_value)}


def averaging():
    model = torch.nn.Linear(2, 1, bias=False).double()
    steps = random.normal(0, 1, (6, 2))
    average = AveragedModel(model, avg_fn=get_ema_avg_fn(0.15))
    out = []
    for weights in steps:
        with torch.no_grad():
            model.weight.copy_(torch.tensor(weights[None]))
        average.update_parameters(model)  # the first call copies
        out.append(average.module.weight.detach().ravel().tolist())
    return {"decay": 0.15, "weights": steps.tolist(), "averages": out}


def measure(shape, dtype, stack):
    # unrolled where Keras would else compute one step more, to see what comes out
    model = keras.Sequential([keras.Input(shape, dtype=dtype), *stack])
    rows = []
    for layer in model.layers:
        trainable = sum(int(np.prod(w.shape)) for w in layer.trainable_weights)
        output = layer.output.shape[1:]
        rows.append({"output": list(output), "parameters": layer.count_params(), "trainable": trainable})
    x = np.zeros((1, *shape), dtype=dtype)
    with FlopCounterMode(display=False) as counter:
        model(x, training=False)
    return {"rows": rows, "parameters": model.count_params(), "multiplyAdds": counter.get_total_flops() // 2}


MODELS = {
    "mnistCnn": (
        (28, 28, 1),
        "float32",
        [
            layers.Conv2D(32, 5, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 5, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(1024, activation="relu"),
            layers.Dense(10),
        ],
    ),
    "oddConvolutions": (
        (17, 23, 3),
        "float32",
        [
            layers.Conv2D(5, (3, 2), strides=(2, 2), padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.DepthwiseConv2D((3, 4), depth_multiplier=2, padding="valid"),
            layers.AveragePooling2D((2, 3), strides=(2, 2), padding="same"),
            layers.Conv2D(7, (2, 1), dilation_rate=(2, 1)),
            layers.GlobalAveragePooling2D(),
            layers.Dense(4, use_bias=False),
        ],
    ),
    "lstm": (
        (9,),
        "int32",
        [
            layers.Embedding(50, 6),
            layers.Bidirectional(layers.LSTM(5, return_sequences=True)),
            layers.Dense(3),
            layers.SimpleRNN(4, use_bias=False, unroll=True),
            layers.Dropout(0.5),
        ],
    ),
    "gru": (
        (7, 3),
        "float32",
        [layers.GRU(5, return_sequences=True, reset_after=True), layers.GRU(4, reset_after=False, unroll=True), layers.Dense(2)],
    ),
}

result = {
    "versions": {"torch": torch.__version__, "keras": keras.__version__, "numpy": np.__version__},
    "earlyStopping": {"values": walk, "cases": [{"options": o, "stop": stop_epoch(**o)} for o in STOPS]},
    "clipping": clipping(),
    "averaging": averaging(),
    "models": {name: measure(*model) for name, model in MODELS.items()},
}
(Path(__file__).parent / "tools.json").write_text(json.dumps(result, indent=1) + "\n")
