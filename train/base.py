"""Loads a base encoder as a BERT state dict: bge-small-en-v1.5 from its ONNX file, or, for the teacher, all-mpnet-base-v2 from its folder.
"""
import json
import struct

import numpy as np
import onnx
from onnx import numpy_helper


MIDDLE = 6      # layers below the vectors that acts are also read from: the last ones keep little but what the tags need

TEACHER = {"middle": 9, "still": 6}     # its lowest six layers stay as they are: what they give is computed once for each window and kept


def load(path, tokenizer):
    """Returns (config, state, vocab): sizes, parameters by the names of transformers' BertModel, word pieces by id."""
    pieces = json.load(open(tokenizer, encoding="utf8"))["model"]["vocab"]
    vocab = sorted(pieces, key=pieces.get)
    state = of_onnx(path) if path.endswith(".onnx") else of_mpnet(path, vocab)
    words, width = state["embeddings.word_embeddings.weight"].shape
    config = {"layers": 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layer.")), "width": width, "heads": 12,
              "inner": len(state["encoder.layer.0.intermediate.dense.bias"]), "vocab": words, "positions": len(state["embeddings.position_embeddings.weight"]),
              "middle": MIDDLE, "relative": len(state.get("encoder.relative_attention_bias.weight", ()))}
    if config["relative"]:
        config |= TEACHER
    return config, state, vocab


def of_onnx(path):
    """The matrices are stored transposed under names that say nothing; each is known by the bias that is added to its product."""
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
    return state


def of_mpnet(folder, vocab):
    """MPNet has BERT's layers and word pieces, in another order and with other marks, and adds a bias by distance to every attention score."""
    raw = open(folder + "/model.safetensors", "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    got = {k: np.frombuffer(raw, np.float32, (t["data_offsets"][1] - t["data_offsets"][0]) // 4, 8 + n + t["data_offsets"][0]).reshape(t["shape"])
           for k, t in json.loads(raw[8:8 + n]).items() if k != "__metadata__" and t["dtype"] == "F32"}
    theirs = {w.rstrip("\n"): i for i, w in enumerate(open(folder + "/vocab.txt", encoding="utf8"))}
    marks = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    words = got["embeddings.word_embeddings.weight"]
    state = {"embeddings.word_embeddings.weight": words[[theirs[marks.get(w, w)] for w in vocab]],
             "embeddings.position_embeddings.weight": got["embeddings.position_embeddings.weight"][2:],     # theirs begin behind <pad>
             "embeddings.token_type_embeddings.weight": np.zeros((2, words.shape[1]), np.float32),
             "encoder.relative_attention_bias.weight": got["encoder.relative_attention_bias.weight"]}
    short = {"attention.attn.q": "attention.self.query", "attention.attn.k": "attention.self.key", "attention.attn.v": "attention.self.value",
             "attention.attn.o": "attention.output.dense", "attention.LayerNorm": "attention.output.LayerNorm"}
    for k, v in got.items():
        if k.startswith(("encoder.layer.", "embeddings.LayerNorm")):
            for a, b in short.items():
                k = k.replace(a, b)
            state[k] = v
    return state
