"""Grad-CAM's coarse map and dy/dA by PyTorch's autograd, for ../grad-cam.test.ts. Run: python grad-cam.py

The network: conv 3x3 "same" of 4 (tanh, the layer that is looked from), mean pooling 2x2, flatten [row, column,
channel], dense 5 (tanh), dense 3. Images [2, 7, 6, 2], classes 2 and 0. Arrays are flat in TensorFlow's order.
"""
import json
import pathlib

import numpy as np
import torch

random = np.random.default_rng(3)
draw = lambda *shape: random.uniform(-0.5, 0.5, shape).round(4)
weights = [draw(3, 3, 2, 4), draw(4), draw(3 * 3 * 4, 5), draw(5), draw(5, 3), draw(3)]
images = random.uniform(0, 1, (2, 7, 6, 2)).round(4)
classes = [2, 0]

kernel, bias, hidden, hidden_bias, last, last_bias = [torch.tensor(w) for w in weights]
x = torch.tensor(images).permute(0, 3, 1, 2)
maps = torch.tanh(torch.nn.functional.conv2d(x, kernel.permute(3, 2, 0, 1), bias, padding=1))
maps.requires_grad_()
pooled = torch.nn.functional.avg_pool2d(maps, 2).permute(0, 2, 3, 1).reshape(2, -1)
logits = torch.tanh(pooled @ hidden + hidden_bias) @ last + last_bias
logits[[0, 1], classes].sum().backward()
alpha = maps.grad.mean((2, 3), keepdim=True)
coarse = torch.relu((alpha * maps).sum(1))

flat = lambda t: [round(float(v), 9) for v in np.asarray(t.detach() if torch.is_tensor(t) else t).reshape(-1)]
golden = {
    "versions": {"torch": torch.__version__, "numpy": np.__version__},
    "weights": [flat(w) for w in weights],
    "images": flat(images),
    "classes": classes,
    "logits": flat(logits),
    "gradients": flat(maps.grad.permute(0, 2, 3, 1)),
    "coarse": flat(coarse),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
