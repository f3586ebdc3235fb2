"""Writes losses.json: the loss's terms and their sum's gradient, from PyTorch in float64.

    python make_losses.py
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(3)
HEIGHT, WIDTH, UNIT = 48, 60, 20


def decode(outputs):
    x, y, w, h = outputs.unbind(1)
    cx, cy = WIDTH / 2 + UNIT * x, HEIGHT / 2 + UNIT * y
    w, h = UNIT * w.clamp(-3, 3).exp(), UNIT * h.clamp(-3, 3).exp()
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], 1)


def giou(a, b):
    width = (torch.min(a[:, 2], b[:, 2]) - torch.max(a[:, 0], b[:, 0])).clamp(min=0)
    height = (torch.min(a[:, 3], b[:, 3]) - torch.max(a[:, 1], b[:, 1])).clamp(min=0)
    union = sum((box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1]) for box in (a, b)) - width * height
    hull = (torch.max(a[:, 2], b[:, 2]) - torch.min(a[:, 0], b[:, 0])) * (
        torch.max(a[:, 3], b[:, 3]) - torch.min(a[:, 1], b[:, 1])
    )
    return width * height / union - (hull - union) / hull


def box_losses(kind, predicted, actual):
    if kind == "mse":
        size = torch.tensor([WIDTH, HEIGHT, WIDTH, HEIGHT])
        return F.mse_loss(predicted / size, actual / size, reduction="none").mean(1)
    return 1 - giou(predicted, actual) + F.l1_loss(predicted, actual, reduction="none").mean(1) / 10


outputs = torch.randn(6, 15, dtype=torch.float64, requires_grad=True)
has_object = torch.tensor([1, 1, 0, 1, 0, 1], dtype=torch.float64)
corner = torch.rand(6, 2, dtype=torch.float64) * torch.tensor([36, 24])
boxes = torch.cat([corner, corner + 6 + 18 * torch.rand(6, 2, dtype=torch.float64)], 1) * has_object[:, None]
labels = torch.randint(10, (6,)) * has_object.long()

result = {"torch": torch.__version__, "size": [HEIGHT, WIDTH], "outputs": outputs.tolist(), "hasObject": has_object.tolist()}
result |= {"boxes": boxes.tolist(), "labels": labels.tolist(), "losses": {}}
for kind in ("giou", "mse"):
    outputs.grad = None
    terms = {
        "object": F.binary_cross_entropy_with_logits(outputs[:, 0], has_object),
        "box": (box_losses(kind, decode(outputs[:, 1:5]), boxes.detach()) * has_object).mean(),
        "class": (F.cross_entropy(outputs[:, 5:], labels, reduction="none") * has_object).mean(),
    }
    sum(terms.values()).backward()
    result["losses"][kind] = {name: term.item() for name, term in terms.items()} | {"gradient": outputs.grad.tolist()}
Path(__file__).with_name("losses.json").write_text(json.dumps(result) + "\n")
