"""The weights file. internal/encoder reads it.

magic "QUOTHWT1" | uint32 length of the header | header (JSON) | padding to 64 | tensors, each padded to 64 | SHA-256 of all before it

A tensor is f32, f16, or i8: rows of signed bytes with one float32 scale a row, the scales first (padded to 64), then the bytes.
"""
import hashlib
import json
import struct

import numpy as np

MAGIC = b"QUOTHWT1"


def quantise(x, pairs):
    """Rows of x as signed bytes and one float32 scale a row. With pairs no two neighbours, the first at an even place, add up
    to more than 128 or less than -128: times 255 that fits into 16 bits, so that processors with AVX2 can multiply bytes."""
    top = np.abs(x).max(1)      # becomes 126: of four steps tried this did best by a little
    if pairs:
        top = np.maximum(top, np.abs(x[:, ::2] + x[:, 1::2]).max(1))
    scale = np.maximum(top, 1e-12).astype(np.float32) / np.float32(126)
    return np.clip(np.rint(x / scale[:, None]), -126, 126).astype(np.int8), scale


def pad(b):
    return b + bytes(-len(b) % 64)


def write(path, name, config, meta, vocab, tensors, i8=(), f16=()):
    parts, index, at = [], [], 0
    for k, x in tensors.items():
        if k in i8:
            q, scale = quantise(np.asarray(x, np.float32), k.startswith("encoder."))
            kind, b = "i8", pad(scale.tobytes()) + pad(q.tobytes())
        elif k in f16:
            kind, b = "f16", pad(np.asarray(x, np.float16).tobytes())
        else:
            kind, b = "f32", pad(np.asarray(x, np.float32).tobytes())
        index.append({"name": k, "type": kind, "shape": list(x.shape), "offset": at})
        parts.append(b)
        at += len(b)
    head = json.dumps({"name": name, "config": config, "meta": meta, "vocab": vocab, "tensors": index}, ensure_ascii=False).encode()
    body = pad(MAGIC + struct.pack("<I", len(head)) + head) + b"".join(parts)
    with open(path, "wb") as f:
        f.write(body + hashlib.sha256(body).digest())


def read(path):
    """Returns (header, tensors), every tensor as the float32 values that the file stands for."""
    b = open(path, "rb").read()
    if b[:8] != MAGIC or hashlib.sha256(b[:-32]).digest() != b[-32:]:
        raise ValueError(f"{path}: not a whole weights file")
    n = struct.unpack("<I", b[8:12])[0]
    head = json.loads(b[12:12 + n])
    start = (12 + n + 63) // 64 * 64
    out = {}
    for t in head["tensors"]:
        at, shape, size = start + t["offset"], t["shape"], int(np.prod(t["shape"]))
        if t["type"] == "i8":
            scale = np.frombuffer(b, np.float32, shape[0], at)
            q = np.frombuffer(b, np.int8, size, at + (4 * shape[0] + 63) // 64 * 64)
            out[t["name"]] = q.reshape(shape).astype(np.float32) * scale[:, None]
        else:
            out[t["name"]] = np.frombuffer(b, np.float32 if t["type"] == "f32" else np.float16, size, at).reshape(shape).astype(np.float32)
    return head, out
