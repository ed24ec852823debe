"""Trains all heads but the tags of source, cue and content once more, over the finished encoder, whose vectors are computed once.

python heads.py CHECKPOINT --polnear DIR --readings DIR --base FILE.onnx --tokenizer FILE.json --out FILE.pt [--articles N] [--epochs N]

While the encoder learns, its vectors move under these heads, and their terms for distance hardly leave zero. Over vectors that stand still they
converge in minutes. Prints the links on PolNeAR's dev part with given spans, and the acts on readings set aside.
"""
import argparse
import random
import time

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

import data
import features
import predict
import train
from features import REACH


@torch.no_grad()
def encode(enc, samples):
    """The last and the middle vectors of each sample's pieces, half precision."""
    out = []
    for s in samples:
        both = [], []
        for i in range(0, len(s.windows), 4):
            unit = [(s, s.windows[i:i + 4])]
            for part, h in zip(both, enc(*train.tensors(unit))):
                part.append(train.flatten(h, unit)[0][0])
        out.append(tuple(torch.cat(part).half() for part in both))
    return out


@torch.no_grad()
def links_given(heads, samples, hidden):
    """F1 of cue-source and cue-content links among the gold spans."""
    n = {"cue_source": [0, 0, 0], "cue_content": [0, 0, 0]}
    whole = [0, 0]
    for s, (h, _) in zip(samples, hidden):
        h = h.float()
        par = torch.tensor(s.pieces.par)
        rows = [r for r in s.statements if not r["loose"]]
        spans = {k: sorted({c for r in rows for c in r[k]}) for k in ("source", "cue", "content")}
        got = {}
        for rel, k in (("cue_source", "source"), ("cue_content", "content")):
            if not spans["cue"] or not spans[k]:
                continue
            a, b = torch.tensor(spans["cue"]), torch.tensor(spans[k])
            d = b[:, 0][None] - a[:, 0][:, None]
            p = heads.score(rel, heads.spans(h, a), heads.spans(h, b), d, par[b[:, 0]][None] - par[a[:, 0]][:, None]).sigmoid().masked_fill(d.abs() > REACH, 0)
            gold = {(x, y) for r in rows for x in r["cue"] for y in r[k]}
            for i, x in enumerate(spans["cue"]):
                pick = {j for j in range(len(b)) if p[i, j] > .5} if k == "content" else set()
                if p[i].max() > .3:
                    pick.add(int(p[i].argmax()))
                for j in pick:
                    got.setdefault(x, {}).setdefault(k, set()).add(spans[k][j])
                    n[rel][0] += (x, spans[k][j]) in gold
                    n[rel][1] += 1
            n[rel][2] += len(gold)
        for r in rows:
            if len(r["cue"]) == 1 and r["content"]:
                g = got.get(r["cue"][0], {})
                whole[1] += 1
                whole[0] += g.get("source", set()) == set(r["source"]) and g.get("content", set()) == set(r["content"])
    f1 = lambda v: 200 * v[0] / max(v[1] + v[2], 1)
    return {k: round(f1(v), 1) for k, v in n.items()} | {"whole attributions": round(100 * whole[0] / max(whole[1], 1), 1)}


@torch.no_grad()
def acts_right(heads, samples, hidden):
    right = total = 0
    per = {}
    for s, (h, middle) in zip(samples, hidden):
        rows = [r for r in s.statements if "act" in r and (r["cue"] or r["content"])]
        if not rows:
            continue
        x, _ = heads.statement(h.float(), middle.float(), [[r[k] for k in ("cue", "content", "source")] for r in rows])
        for r, p in zip(rows, x.argmax(1).tolist()):
            total += 1
            right += p == r["act"]
            for c in {p, r["act"]}:
                v = per.setdefault(c, [0, 0, 0])
                v[0] += p == r["act"] == c
                v[1] += p == c
                v[2] += r["act"] == c
    f = [200 * v[0] / max(v[1] + v[2], 1) for v in per.values() if v[2] >= 5]
    return {"act": round(100 * right / max(total, 1), 1), "macro": round(float(np.mean(f)), 1)}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    for k in ("polnear", "readings", "base", "tokenizer", "out"):
        ap.add_argument("--" + k, required=True)
    ap.add_argument("--articles", type=int, default=300, help="of PolNeAR's train part, beside all readings")
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    tok = Tokenizer.from_file(a.tokenizer)
    tok.no_padding()
    tok.no_truncation()
    make = lambda arts: [features.Sample(tok, x) for x in arts]
    enc, heads = predict.load(a.checkpoint, a.base, a.tokenizer)
    start = time.time()
    pages = make(data.readings(a.readings + "/pages", True))
    careful = make(data.readings(a.readings + "/polnear-train", False))
    read = {s.article.id for s in careful}
    others = [x for x in data.polnear(a.polnear, "train") if x.id not in read]
    rng.shuffle(others)
    aside = pages[::7] + careful[::7]
    held = {id(s) for s in aside}
    samples = [s for s in pages + careful if id(s) not in held] + make(others[:a.articles])
    dev = make(list(data.polnear(a.polnear, "dev"))[::3])
    hidden, hidden_aside, hidden_dev = encode(enc, samples), encode(enc, aside), encode(enc, dev)
    print(f"{len(samples)} articles encoded in {time.time() - start:.0f} s", flush=True)
    far = [heads.distance, heads.paragraph]
    rest = [p for p in heads.parameters() if all(p is not q for q in far)]
    main = 3 * features.TAGS      # the rows of source, cue and content stay as they are
    weight = {t: float(k >= 3) for k, t in enumerate(features.TRACKS)}
    counts = np.bincount([r["act"] for s in samples for r in s.statements if "act" in r], minlength=len(features.ACTS))
    rare = torch.tensor((counts.max() / np.maximum(counts, 1)) ** 0.4, dtype=torch.float32).clamp(max=4)
    opt = torch.optim.AdamW([{"params": rest, "lr": 1e-3, "weight_decay": 0.0}, {"params": far, "lr": 2e-2, "weight_decay": 0.0}])
    rates = [g["lr"] for g in opt.param_groups]
    report = lambda: print(f"{time.time() - start:.0f} s", links_given(heads.eval(), dev, hidden_dev), acts_right(heads, aside, hidden_aside), flush=True)
    report()
    order = list(range(len(samples)))
    steps, total = 0, a.epochs * (len(samples) // 4)
    for epoch in range(a.epochs):
        rng.shuffle(order)
        heads.train()
        for i in range(0, len(order) - 3, 4):
            loss = 0.0
            for k in order[i:i + 4]:
                h, middle = (F.dropout(x.float(), 0.1) for x in hidden[k])
                acts = train.acts(heads, h, middle, samples[k], 0, rare)
                parts = train.links(heads, h, samples[k], 0), acts and acts[0] / acts[1], train.tags(heads, [(samples[k], 0, h)], weight)
                loss = loss + sum(p for p in parts if p is not None) / 4
            if not torch.is_tensor(loss):
                continue
            for g, r in zip(opt.param_groups, rates):
                g["lr"] = r * min(1, (steps + 1) / 30) * max(0.02, 1 - steps / total)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            for p in heads.tags.parameters():
                p.grad[:main] = 0
            torch.nn.utils.clip_grad_norm_(rest + far, 1.0)
            opt.step()
            steps += 1
        if epoch % 3 == 2 or epoch + 1 == a.epochs:
            report()
    torch.save({"enc": enc.state_dict(), "heads": heads.state_dict(), "step": steps}, a.out)


if __name__ == "__main__":
    main()
