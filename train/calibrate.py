"""Fits the logistic form of a statement's confidence: is it right in all three parts? It weighs the logarithm of the product of its probabilities,
that squared and cubed, whether a part is missing, and how long the content is.

python calibrate.py POLNEAR_DIR PART PREDICTIONS.jsonl     prints the settings for export.py

PREDICTIONS are what the binary wrote with weights exported without settings, so that `confidence` is the plain product of probabilities.
"""
import json
import sys

import numpy as np

import data


def key(text, st, spans):
    return tuple(tuple(sorted({q for x in spans(st, k) for q in data.trim(text, *x)})) for k in ("source", "cue", "content"))


def rows(folder, part, predictions):
    gold = {}
    for a in data.polnear(folder, part):
        gold.setdefault(a.id, set()).update(key(a.text, st, lambda s, k: s[k]) for st in a.statements if not st.get("loose"))
    for line in open(predictions, encoding="utf8"):
        d = json.loads(line)
        for st in d["statements"]:
            k = key(d["article"]["text"], st, lambda s, k: [(x["start"], x["end"]) for x in s[k]])
            log, missing = max(np.log(max(st["confidence"], 1e-12)), -9.9), float(not all(k))
            yield [1.0, log, missing, log * log, log * missing, np.log1p(sum(b - a for a, b in k[2])), log ** 3], k in gold.get(d["article"]["id"], ())


def main():
    x, y = map(np.array, zip(*rows(*sys.argv[1:4])))
    w = np.zeros(x.shape[1])
    for _ in range(50):     # Newton's method
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(w)), x.T @ (y - p) - 1e-3 * w)
    p = 1 / (1 + np.exp(-x @ w))
    bins = np.minimum((p * 10).astype(int), 9)
    gap = sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any())
    print(json.dumps({"confidence": [round(float(v), 4) for v in w]}))
    print(f"{len(y)} statements, {y.mean():.3f} right in all parts, mean gap {gap:.3f}", file=sys.stderr)


if __name__ == "__main__":
    main()
