"""Learning rates of PyTorch's schedulers and of Keras's ReduceLROnPlateau.

    python3 -m pip install torch keras numpy
    KERAS_BACKEND=torch python3 make_schedules.py
"""

import json
import warnings
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
import torch
from torch.optim import lr_scheduler as schedulers

warnings.simplefilter("ignore")


def rates(rate, make, steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=rate)
    scheduler = make(optimizer)
    out = []
    for step in range(steps):
        out.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        if step < steps - 1:
            scheduler.step()
    return out


def warm(optimizer, steps, then):
    first = schedulers.LinearLR(optimizer, start_factor=1 / (steps + 1), total_iters=steps)
    return schedulers.SequentialLR(optimizer, [first, then(optimizer)], milestones=[steps])


def one_cycle(maximum, steps, **options):
    return rates(
        maximum,
        lambda o: schedulers.OneCycleLR(o, maximum, total_steps=steps, cycle_momentum=False, **options),
        steps,
    )


def plateau(values, **options):
    """Keras's callback on a model that is nothing but a learning rate."""
    callback = keras.callbacks.ReduceLROnPlateau(monitor="val", **options)
    optimizer = SimpleNamespace(learning_rate=np.float64(0.8))
    callback.set_model(SimpleNamespace(optimizer=optimizer, metrics=[]))
    callback.on_train_begin()
    out = []
    for epoch, value in enumerate(values):
        callback.on_epoch_end(epoch, {"val": value})
        out.append(float(optimizer.learning_rate))
    return out


random = np.random.default_rng(5)
walk = np.round(1 + np.cumsum(random.normal(-0.01, 0.06, 60)), 3).tolist()
PLATEAUS = [
    {"mode": "min", "factor": 0.5, "patience": 3, "min_delta": 0.0005, "cooldown": 0, "min_lr": 0.0},
    {"mode": "max", "factor": 0.1, "patience": 2, "min_delta": 0.0505, "cooldown": 4, "min_lr": 0.0},
    {"mode": "min", "factor": 0.5, "patience": 2, "min_delta": 0.0, "cooldown": 2, "min_lr": 0.15},
]

result = {
    "versions": {"torch": torch.__version__, "keras": keras.__version__, "numpy": np.__version__},
    "stepDecay": rates(0.3, lambda o: schedulers.StepLR(o, step_size=7, gamma=0.3), 25),
    "cosine": rates(0.3, lambda o: schedulers.CosineAnnealingLR(o, T_max=20, eta_min=0.03), 21),
    "warmCosine": rates(0.3, lambda o: warm(o, 5, lambda p: schedulers.CosineAnnealingLR(p, T_max=15)), 20),
    "warmConstant": rates(0.3, lambda o: warm(o, 4, lambda p: schedulers.ConstantLR(p, factor=1.0)), 10),
    "holdThenFall": rates(
        0.3,
        lambda o: schedulers.SequentialLR(
            o,
            [schedulers.ConstantLR(o, factor=1.0), schedulers.LinearLR(o, 1.0, 0.1, total_iters=5)],
            milestones=[15],
        ),
        21,
    ),
    "oneCycle": one_cycle(0.3, 20),
    "oneCycleOdd": one_cycle(0.3, 17, pct_start=0.45, div_factor=10.0, final_div_factor=100.0),
    "plateaus": [
        {"options": options, "values": values, "rates": plateau(values, **options)}
        for options in PLATEAUS
        for values in [walk if options["mode"] == "min" else walk[::-1]]
    ],
}
(Path(__file__).parent / "schedules.json").write_text(json.dumps(result, indent=1) + "\n")
