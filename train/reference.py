"""Writes reference tensors that the Go tests compare with.

python reference.py tiny OUT_DIR                 a small random network: weights and outputs (internal/encoder/testdata)
python reference.py full WEIGHTS.bin OUT.json    a few word pieces' vectors of the real weights (model/testdata)

The small network comes out the same to the last byte each time; it has to be written anew when weights.py rounds otherwise. Vectors may differ in their
last digit from one number of threads to another.
"""
import json
import sys

import numpy as np
import torch

import weights
from model import Encoder

TEXT = "he said \" we neither confirm nor deny it , \" the spokesman added .".split()


def outputs(config, tensors, stretches):
    enc = Encoder(config).eval()
    enc.load_state_dict({k: torch.tensor(v) for k, v in tensors.items() if not k.startswith("heads.")})
    with torch.no_grad():
        for s in stretches:
            t = [torch.tensor([s[k]]) for k in ("ids", "case", "quote")]
            last, middle = enc(*t, torch.ones(1, len(s["ids"]), dtype=torch.bool))
            yield last[0].numpy(), middle[0].numpy()


def write(what, path):
    with open(path, "w") as f:
        json.dump(what, f)


def draw(rng, config, lengths):
    return [{"ids": rng.integers(0, config["vocab"], n).tolist(), "case": rng.integers(0, 5, n).tolist(), "quote": rng.integers(0, 3, n).tolist()} for n in lengths]


def tiny(folder):
    rng = np.random.default_rng(7)
    torch.manual_seed(7)
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + sorted(set(TEXT)) + ["##" + c for c in "aeiou"] + ["x", "y", "z"]
    config = {"layers": 2, "width": 64, "heads": 2, "inner": 96, "vocab": len(vocab), "positions": 48, "middle": 1}
    enc = Encoder(config)
    tensors = {k: v.numpy() for k, v in enc.state_dict().items()}
    path = folder + "/tiny.bin"
    weights.write(path, "tiny", config, {}, vocab, tensors, i8={"encoder.layer.0.output.dense.weight"}, f16={"embeddings.word_embeddings.weight"})
    _, tensors = weights.read(path)
    cases = draw(rng, config, (1, 2, 13, 33, 48))
    for c, (h, middle) in zip(cases, outputs(config, tensors, cases)):
        c["hidden"], c["middle"] = ([round(float(x), 6) for x in v.ravel()] for v in (h, middle))
    write(cases, folder + "/tiny.json")


def full(path, out):
    head, tensors = weights.read(path)
    cases = draw(np.random.default_rng(7), head["config"], (5, 40, 130))
    for c, (h, _) in zip(cases, outputs(head["config"], tensors, cases)):
        c["rows"] = list(range(0, len(c["ids"]), 17))
        c["hidden"] = [round(float(x), 5) for r in c["rows"] for x in h[r]]
    write({"name": head["name"], "cases": cases}, out)


if __name__ == "__main__":
    {"tiny": tiny, "full": full}[sys.argv[1]](*sys.argv[2:])
