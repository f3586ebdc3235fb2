"""Writes scenes.json: .npy files as numpy.save writes them, and turned digits as SciPy draws them.

    python make_scenes.py

Needs numpy and scipy.
"""

import base64
import io
import json
from pathlib import Path

import numpy
import scipy
from scipy.ndimage import map_coordinates

random = numpy.random.default_rng(7)


def npy(array):
    file = io.BytesIO()
    numpy.save(file, array)
    return {
        "base64": base64.b64encode(file.getvalue()).decode(),
        "shape": list(array.shape),
        "values": array.astype(float).ravel().tolist(),
    }


def drawn(image, side, angle, scale, shift):
    """Bilinear, zero outside; angle in degrees, clockwise as y points down."""
    height, width = image.shape
    y, x = numpy.mgrid[:side, :side].astype(float)
    dx, dy = (x - (side - 1) / 2 - shift[0]) / scale, (y - (side - 1) / 2 - shift[1]) / scale
    cos, sin = numpy.cos(numpy.radians(angle)), numpy.sin(numpy.radians(angle))
    places = [(height - 1) / 2 - sin * dx + cos * dy, (width - 1) / 2 + cos * dx + sin * dy]
    pixels = map_coordinates(image / 255, places, order=1, mode="grid-constant", cval=0)
    rows, columns = numpy.nonzero(pixels > 51.5 / 255)  # 52 and more as a byte
    box = [int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1]
    return {"angle": angle, "scale": scale, "shift": shift, "box": box, "pixels": numpy.round(pixels, 6).ravel().tolist()}


image = numpy.zeros((9, 7), numpy.uint8)
image[2:8, 1:6] = random.integers(1, 256, (6, 5))
# as many pixels as createDigitStage takes for a greatest scale of 1.5
side = int(numpy.ceil(numpy.hypot(9, 7) * 1.5)) + 6
poses = [(0, 1, [0, 0]), (30, 1.5, [0.25, 0.75]), (-45, 0.6, [0.5, 0.1]), (90, 1.2, [0, 0.5])]
result = {
    "versions": {"numpy": numpy.__version__, "scipy": scipy.__version__},
    "arrays": {
        "float32": npy(random.random((2, 1, 3, 4), numpy.float32)),
        "float64": npy(random.random((2, 6))),
        "uint8": npy(random.integers(0, 256, (5,), numpy.uint8)),
        "int64": npy(random.integers(-9, 9, (2, 3))),
        "int32": npy(random.integers(-9, 9, (3, 1), numpy.int32)),
        "bool": npy(numpy.array([True, False])),
        "empty": npy(numpy.zeros((0, 4))),
    },
    "refused": {
        "columns first": npy(numpy.asfortranarray(random.random((2, 3)))),
        "float16": npy(numpy.zeros(2, numpy.float16)),
    },
    "image": image.ravel().tolist(),
    "side": side,
    "drawn": [drawn(image, side, *pose) for pose in poses],
}
Path(__file__).with_name("scenes.json").write_text(json.dumps(result) + "\n")
