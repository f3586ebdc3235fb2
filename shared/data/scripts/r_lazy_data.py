"""Reads one object from an installed R package's lazy-load data base (data/Rdata.rdx and .rdb).

The index is a gzipped R object: name -> (offset, length). Each object is a 4-byte big-endian size,
then a zlib stream (or b"Z" and raw LZMA2, which large packages use).
"""

import gzip
import lzma
import struct
import warnings
import zlib
from pathlib import Path

import rdata

warnings.filterwarnings("ignore", message="Unknown file type")


def read_r_object(package: Path, name: str):
    index = parse(gzip.decompress((package / "data/Rdata.rdx").read_bytes()))["variables"]
    offset, length = (int(value) for value in index[name])
    stored = (package / "data/Rdata.rdb").read_bytes()[offset : offset + length]
    (size,) = struct.unpack(">I", stored[:4])
    if stored[4:5] == b"Z":
        raw = lzma.decompress(stored[5:], lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2}])
    else:
        raw = zlib.decompress(stored[4:])
    if len(raw) != size:
        raise ValueError(f"{package.name} {name}: expected {size} bytes, received {len(raw)}")
    return parse(raw)


def parse(data: bytes):
    return rdata.conversion.convert(rdata.parser.parse_data(data))
