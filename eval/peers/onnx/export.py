"""Writes the encoder of a Quoth weights file as an ONNX file, with the same weights.

    python export.py quoth-en.bin encoder.onnx

Inputs: ids, position, case, quote, each int64 [1, pieces]. Output: hidden, float32
[1, pieces, width]. Attention, layer norm with its residual, and GELU with its
bias are the fused operators that ONNX Runtime brings for transformers: they are
faster than the plain ones.
"""
import hashlib
import json
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def read(path):
    """Returns (header, tensors) of a weights file; every tensor as float32. The format is told in internal/encoder/weights.go."""
    b = open(path, "rb").read()
    if b[:8] != b"QUOTHWT1" or hashlib.sha256(b[:-32]).digest() != b[-32:]:
        raise SystemExit(f"{path}: not a whole weights file")
    n = struct.unpack("<I", b[8:12])[0]
    head = json.loads(b[12:12 + n])
    start, out = (12 + n + 63) // 64 * 64, {}
    for t in head["tensors"]:
        at, shape = start + t["offset"], t["shape"]
        size = int(np.prod(shape))
        if t["type"] == "i8":
            scale = np.frombuffer(b, np.float32, shape[0], at)
            q = np.frombuffer(b, np.int8, size, at + (4 * shape[0] + 63) // 64 * 64)
            out[t["name"]] = q.reshape(shape).astype(np.float32) * scale[:, None]
        else:
            kind = np.float32 if t["type"] == "f32" else np.float16
            out[t["name"]] = np.frombuffer(b, kind, size, at).reshape(shape).astype(np.float32)
    return head, out


def build(head, w):
    c = head["config"]
    nodes, consts = [], {}

    def const(name, x):
        consts[name] = numpy_helper.from_array(np.ascontiguousarray(x), name)
        return name

    def node(op, inputs, output, domain="", **attributes):
        nodes.append(helper.make_node(op, inputs, [output], domain=domain, **attributes))
        return output

    def norm(x, residual, name, out):
        return node("SkipLayerNormalization", [x, residual, const(name + ".g", w[name + ".weight"]), const(name + ".b", w[name + ".bias"])],
                    out, "com.microsoft", epsilon=1e-12)

    e = "embeddings."
    at = w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0]
    x = node("Gather", [const("words", w[e + "word_embeddings.weight"]), "ids"], "e.words")
    x = node("Add", [x, node("Gather", [const("positions", at), "position"], "e.positions")], "e.0")
    x = node("Add", [x, node("Gather", [const("cases", w[e + "case.weight"]), "case"], "e.cases")], "e.1")
    quotes = node("Gather", [const("quotes", w[e + "quote.weight"]), "quote"], "e.quotes")
    x = norm(x, quotes, e + "LayerNorm", "x")
    for i in range(c["layers"]):
        p, o = f"encoder.layer.{i}.", f"l{i}."
        qkv = [p + f"attention.self.{k}" for k in ("query", "key", "value")]
        weight = np.concatenate([w[k + ".weight"].T for k in qkv], 1)
        bias = np.concatenate([w[k + ".bias"] for k in qkv])
        a = node("Attention", [x, const(o + "qkv", weight), const(o + "qkv.b", bias)], o + "mixed", "com.microsoft", num_heads=c["heads"])
        a = node("MatMul", [a, const(o + "out", w[p + "attention.output.dense.weight"].T)], o + "a")
        a = node("Add", [a, const(o + "out.b", w[p + "attention.output.dense.bias"])], o + "a.b")
        x = norm(a, x, p + "attention.output.LayerNorm", o + "x")
        h = node("MatMul", [x, const(o + "inner", w[p + "intermediate.dense.weight"].T)], o + "h")
        h = node("BiasGelu", [h, const(o + "inner.b", w[p + "intermediate.dense.bias"])], o + "gelu", "com.microsoft")
        h = node("MatMul", [h, const(o + "outer", w[p + "output.dense.weight"].T)], o + "o")
        h = node("Add", [h, const(o + "outer.b", w[p + "output.dense.bias"])], o + "o.b")
        x = norm(h, x, p + "output.LayerNorm", "hidden" if i == c["layers"] - 1 else o + "y")
    ints = [helper.make_tensor_value_info(k, TensorProto.INT64, [1, "pieces"]) for k in ("ids", "position", "case", "quote")]
    out = [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, "pieces", c["width"]])]
    graph = helper.make_graph(nodes, head["name"], ints, out, list(consts.values()))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)], ir_version=8)


if __name__ == "__main__":
    onnx.save(build(*read(sys.argv[1])), sys.argv[2])
