"""Reads a gold folder with a checkpoint, in Python, to measure a model before it is exported.

python predict.py CHECKPOINT BASE.onnx TOKENIZER.json TEXTFOLDER OUT.jsonl
"""
import glob
import json
import os
import sys

import numpy as np
import torch
from tokenizers import Tokenizer

import base
import data
import features
import train
import weights
from features import REACH, TAGS, TRACKS, B, E, S
from model import Encoder, Heads

NEG = -1e30
FOLLOWS = np.array([[1, 1, 0, 0, 1], [0, 0, 1, 1, 0], [0, 0, 1, 1, 0], [1, 1, 0, 0, 1], [1, 1, 0, 0, 1]], bool)


def load(path, base_path, tokenizer):
    config, state, _ = base.load(base_path, tokenizer)
    enc, heads = Encoder(config), Heads(config["width"])
    enc.load_state_dict({k: torch.tensor(v) for k, v in state.items()}, strict=False)
    if path.endswith(".bin"):
        c = {"enc": {}, "heads": {}}
        for k, v in weights.read(path)[1].items():
            c["heads" if k.startswith("heads.") else "enc"][k.removeprefix("heads.")] = torch.tensor(v)
    else:
        c = torch.load(path, weights_only=False)
    enc.load_state_dict(c["enc"])
    fits = heads.state_dict()
    heads.load_state_dict({k: v for k, v in c["heads"].items() if v.shape == fits[k].shape}, strict=False)   # what has grown starts anew
    if c.get("average"):
        enc.load_state_dict({k: v for k, v in c["average"].items() if not k.startswith("heads.")}, strict=False)
        heads.load_state_dict({k[6:]: v for k, v in c["average"].items() if k.startswith("heads.")}, strict=False)
    return enc.eval(), heads.eval()


def viterbi(x):
    """The best legal path through log-probabilities x [n, 5]: spans (first, last)."""
    n = len(x)
    score = np.where([1, 1, 0, 0, 1], x[0], NEG)
    back = []
    for i in range(1, n):
        m = np.where(FOLLOWS, score[:, None], NEG)
        back.append(m.argmax(0))
        score = m.max(0) + x[i]
    state = max((0, E, S), key=lambda k: score[k])
    path = [state]
    for b in reversed(back):
        state = b[state]
        path.append(state)
    path.reverse()
    out, first = [], 0
    for i, t in enumerate(path):
        if t == B:
            first = i
        elif t in (E, S):
            out.append((first if t == E else i, i))
    return out


@torch.no_grad()
def read(enc, heads, tok, text):
    s = features.Sample(tok, data.Article("", text, []))
    if not s.windows:
        return s, None, None
    h = []
    for i in range(0, len(s.windows), 8):
        unit = [(s, s.windows[i:i + 8])]
        h.append(train.flatten(enc(*train.tensors(unit))[0], unit)[0][0])
    h = torch.cat(h)
    lg = heads.tags(h).view(len(h), len(TRACKS), TAGS).log_softmax(-1).numpy()
    spans = {t: [(a + i, a + j) for a, b in s.pieces.bounds for i, j in viterbi(lg[a:b, k])] for k, t in enumerate(TRACKS)}
    return s, h, spans


@torch.no_grad()
def statements(heads, s, h, spans, inner=True):
    par = torch.tensor(s.pieces.par)
    kinds = {}
    for k in ("source", "cue", "content"):
        kinds[k] = sorted(set(spans[k]) | set(spans["inner_" + k] if inner else []))
    vec = {k: heads.spans(h, v) for k, v in kinds.items() if v}

    def scores(relation, left, right):
        if left not in vec or right not in vec:
            return None
        a, b = torch.tensor(kinds[left]), torch.tensor(kinds[right])
        d = b[:, 0][None] - a[:, 0][:, None]
        x = heads.score(relation, vec[left], vec[right], d, par[b[:, 0]][None] - par[a[:, 0]][:, None]).sigmoid()
        return x.masked_fill(d.abs() > REACH, 0).numpy()

    cs, cc, ct = scores("cue_source", "cue", "source"), scores("cue_content", "cue", "content"), scores("content_source", "content", "source")
    out, used = [], set()
    for i, c in enumerate(kinds["cue"]):
        st = {"source": [], "cue": [c], "content": []}
        if cs is not None and cs[i].max() >= .3:
            st["source"] = [kinds["source"][cs[i].argmax()]]
        if cc is not None:
            top = cc[i].argmax()
            for j, q in enumerate(kinds["content"]):
                if cc[i, j] >= .5 or j == top and cc[i, j] >= .2:
                    st["content"].append(q)
                    used.add(q)
        if st["content"] or st["source"]:
            out.append(st)
    for j, q in enumerate(kinds["content"]):
        if q not in used:
            st = {"source": [], "cue": [], "content": [q]}
            if ct is not None and ct[j].max() >= .5:
                st["source"] = [kinds["source"][ct[j].argmax()]]
            out.append(st)
    return out


def main():
    checkpoint, base_path, tokenizer, folder, out = sys.argv[1:6]
    tok = Tokenizer.from_file(tokenizer)
    tok.no_padding()
    tok.no_truncation()
    enc, heads = load(checkpoint, base_path, tokenizer)
    with open(out, "w") as f:
        for path in sorted(glob.glob(f"{folder}/*.txt")):
            text = open(path, encoding="utf8", newline="").read()
            s, h, spans = read(enc, heads, tok, text)
            sts = statements(heads, s, h, spans) if spans else []
            p = s.pieces
            at = lambda c: {"start": p.start[c[0]], "end": p.end[c[1]], "text": text[p.start[c[0]]:p.end[c[1]]]}
            rows = [{k: [at(c) for c in v] for k, v in st.items()} for st in sts]
            f.write(json.dumps({"article": {"id": os.path.basename(path)[:-4], "text": text}, "statements": rows}) + "\n")


if __name__ == "__main__":
    main()
