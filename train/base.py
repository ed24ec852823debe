"""Loads bge-small-en-v1.5 from its ONNX file as a BERT state dict.

The matrices are stored transposed under names that say nothing; each is known by the bias that is added to its product.
"""
import json

import onnx
from onnx import numpy_helper


MIDDLE = 6      # layers below the vectors that acts are also read from: the last ones keep little but what the tags need


def load(path, tokenizer):
    """Returns (config, state, vocab): sizes, parameters by the names of transformers' BertModel, word pieces by id."""
    graph = onnx.load(path).graph
    init = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    makes = {out: n for n in graph.node for out in n.output}
    state = {k: v for k, v in init.items() if k.startswith(("embeddings.", "encoder.")) and not k.endswith("position_ids")}
    for n in graph.node:
        if n.op_type != "Add":
            continue
        bias = [x for x in n.input if x.endswith(".bias")]
        product = [makes[x] for x in n.input if x in makes and makes[x].op_type == "MatMul"]
        if bias and product and product[0].input[1] in init:
            state[bias[0][:-4] + "weight"] = init[product[0].input[1]].T.copy()
    pieces = json.load(open(tokenizer, encoding="utf8"))["model"]["vocab"]
    vocab = sorted(pieces, key=pieces.get)
    words, width = state["embeddings.word_embeddings.weight"].shape
    config = {"layers": 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layer.")), "width": width, "heads": 12,
              "inner": len(state["encoder.layer.0.intermediate.dense.bias"]), "vocab": words, "positions": len(state["embeddings.position_embeddings.weight"]),
              "middle": MIDDLE}
    return config, state, vocab
