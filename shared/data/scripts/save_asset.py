"""Writes an asset, gzipped where it is larger than 100 KB, and prints what the catalogue says of it."""

import gzip
import hashlib
import json
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"
GZIP_FROM = 100_000


def save_asset(path: str, text: str) -> None:
    data = text.encode()
    packed = len(data) > GZIP_FROM
    stored = gzip.compress(data, 9, mtime=0) if packed else data
    target = ASSETS / (path + (".gz" if packed else ""))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(stored)
    sha256 = hashlib.sha256(data).hexdigest()
    print(json.dumps({"name": path, "size": len(data), "stored": len(stored), "sha256": sha256}))
