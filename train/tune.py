"""Finds how readily a span is marked: what is added to "no span here" on each track before decoding, for the best exact F1.

python tune.py CHECKPOINT BASE.onnx TOKENIZER.json POLNEAR_DIR PART     prints the settings for export.py, and F1 by value
"""
import json
import sys

import numpy as np
import torch
from tokenizers import Tokenizer

import data
import features
import heads
import predict
from features import O, TAGS, TRACKS


def main():
    checkpoint, base, tokenizer, folder, part = sys.argv[1:6]
    tok = Tokenizer.from_file(tokenizer)
    tok.no_padding()
    tok.no_truncation()
    enc, net = predict.load(checkpoint, base, tokenizer)
    gold = {}
    for a in data.polnear(folder, part):
        gold.setdefault(a.id, []).append(a)
    samples = [features.Sample(tok, readings[0]) for readings in gold.values()]
    with torch.no_grad():
        logits = [net.tags(h.float()).view(len(h), len(TRACKS), TAGS).log_softmax(-1).numpy() for h, _ in heads.encode(enc, samples)]
    keep = {}
    for k, t in enumerate(TRACKS[:3]):
        best = (0, 0)
        for bias in np.arange(-1.5, 0.6, 0.25):
            tp = got = want = 0
            for s, lg in zip(samples, logits):
                x = lg[:, k].copy()
                x[:, O] += bias
                p = s.pieces
                found = {(p.start[a + i], p.end[a + j]) for a, b in p.bounds for i, j in predict.viterbi(x[a:b])}
                for reading in gold[s.article.id]:
                    g = {q for st in reading.statements for q in st[t]}
                    tp, got, want = tp + len(found & g), got + len(found), want + len(g)
            f1 = 200 * tp / (got + want)
            print(f"{t:8} {bias:+.2f}  P {100 * tp / got:.1f}  R {100 * tp / want:.1f}  F1 {f1:.2f}", file=sys.stderr)
            best = max(best, (round(f1, 2), float(bias)))
        keep["bias_" + t] = best[1]
    print(json.dumps({"keep": keep}))


if __name__ == "__main__":
    main()
