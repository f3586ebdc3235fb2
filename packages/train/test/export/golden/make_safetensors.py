"""Files written by the format's own library, and what it reads from ours.

    python3 -m pip install safetensors numpy
    node ../write-sample.ts ours.safetensors && python3 make_safetensors.py
"""

import json
from pathlib import Path

import numpy as np
import safetensors
from safetensors.numpy import load_file, save_file

HERE = Path(__file__).parent
tensors = {
    "0/kernel": np.array([[1.5, -2.25, 3e-30], [np.float32(0.1), -0.0, 65504]], dtype=np.float32),
    "0/bias": np.zeros((0, 4), dtype=np.float32),
    "7": np.array([4294967295], dtype=np.uint32),
    "ids": np.array([[1], [-2147483648]], dtype=np.int32),
    "scalar": np.array(1 / 3, dtype=np.float64),
    "bytes": np.array([1, 2, 255], dtype=np.uint8),
    "½ \"quoted\"": np.ones((1, 1, 1), dtype=np.float32),
}
save_file(tensors, HERE / "library.safetensors", metadata={"format": "np"})
save_file({"half": np.ones(2, dtype=np.float16)}, HERE / "half.safetensors")

ours = load_file(HERE / "ours.safetensors")
outcome = {
    "versions": {"safetensors": safetensors.__version__, "numpy": np.__version__},
    "sameAsLibrary": (HERE / "ours.safetensors").read_bytes() == (HERE / "library.safetensors").read_bytes(),
    "ours": {
        name: {"dtype": str(a.dtype), "shape": list(a.shape), "data": a.astype(np.float64).ravel().tolist()}
        for name, a in sorted(ours.items())
    },
}
(HERE / "safetensors.json").write_text(json.dumps(outcome, indent=1) + "\n")
