"""Trains the encoder and its heads; restartable; writes checkpoints that export.py turns into a weights file.

python train.py --polnear DIR --readings DIR --news DIR --base FILE.onnx --tokenizer FILE.json --out DIR (--steps N | --minutes M)

With --minutes the learning rate falls with the time spent, and the number of steps done is printed: give it to --steps to repeat the run.
"""
import argparse
import json
import os
import random
import time

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

import base
import data
import features
from features import ACTS, RELATIONS, TAGS, TRACKS, REACH
from model import Encoder, Heads

CHUNK = 4           # windows of one article that are read together
PIECES = 2300       # word pieces in a batch
WEIGHT = {"source": 1, "cue": 1, "content": 1.2, "inner_source": .8, "inner_cue": .8, "inner_content": .8,
          "via": .5, "to": .5, "when": .5, "role": .5, "figure": .2}
ACTS_WEIGHT = 0.8
MASK = 103          # the piece that stands for a hidden one
TAUGHT = 0.6        # share of the loss of tags and acts that a teacher's probabilities have, the rest is that of the readings
HIDDEN = 0.08       # share of word pieces that are hidden, anew at each reading: after several stages their words are known too well
BF16 = "avx512_bf16" in open("/proc/cpuinfo").read()      # twice as fast where the processor multiplies bfloat16
HERE = os.path.dirname(os.path.abspath(__file__))


def chunks(sample, rng):
    """The windows of a sample in groups that fit a batch."""
    w = sample.windows
    if len(w) <= CHUNK:
        return [(sample, w)]
    cut = rng.randrange(1, CHUNK + 1)
    parts = [w[:cut]] + [w[i:i + CHUNK] for i in range(cut, len(w), CHUNK)]
    return [(sample, p) for p in parts if p]


def batches(samples, rng):
    units = [u for s in samples for u in chunks(s, rng)]
    rng.shuffle(units)
    width = lambda u: max(len(w.ids) for w in u[1])
    units = [u for i in range(0, len(units), 200) for u in sorted(units[i:i + 200], key=width)]     # windows of like length pad little
    out, now, size = [], [], 0
    for u in units:
        n = sum(len(w.ids) for w in u[1])
        if now and size + n > PIECES:
            out.append(now)
            now, size = [], 0
        now.append(u)
        size += n
    out.append(now)
    rng.shuffle(out)
    return out


def tensors(units):
    ws = [w for _, group in units for w in group]
    t = max(len(w.ids) for w in ws)
    pad = lambda k: torch.tensor([getattr(w, k) + [0] * (t - len(w.ids)) for w in ws])
    mask = torch.tensor([[True] * len(w.ids) + [False] * (t - len(w.ids)) for w in ws])
    return pad("ids"), pad("case"), pad("quote"), mask


def flatten(h, units):
    """For each unit: its pieces' vectors in one matrix, and the article's piece index of the first row."""
    out, row = [], 0
    for _, group in units:
        vecs, first = [], None
        for w in group:
            keep = [i for i, p in enumerate(w.piece) if p >= 0]
            if first is None and keep:
                first = w.piece[keep[0]]
            vecs.append(h[row][keep])
            row += 1
        out.append((torch.cat(vecs), first))
    return out


def links(heads, h, sample, first):
    """Loss of the relations among the gold spans that lie in this stretch."""
    n = h.shape[0]
    par = torch.tensor(sample.pieces.par[first:first + n])
    inside = lambda c: c[0] >= first and c[1] < first + n
    local = lambda c: (c[0] - first, c[1] - first)
    rows = []
    for st in sample.statements:
        if st["loose"]:
            continue
        rows.append({k: [local(c) for c in st.get(k, []) if inside(c)] for k in ("source", "cue", "content", "via", "to", "when")} | {"speaker": st.get("speaker")})
    if not rows:
        return None
    spans = {k: sorted({c for r in rows for c in r[k]}) for k in ("source", "cue", "content", "via", "to", "when")}
    vec = {k: heads.spans(h, v) for k, v in spans.items() if v}
    losses = []

    def pairs(relation, left, right, together):
        if left not in vec or right not in vec:
            return
        a, b = torch.tensor(spans[left]), torch.tensor(spans[right])
        dist, gap = b[:, 0][None] - a[:, 0][:, None], par[b[:, 0]][None] - par[a[:, 0]][:, None]
        score = heads.score(relation, vec[left], vec[right], dist, gap)
        gold = torch.tensor([[1.0 if (x, y) in together else 0.0 for y in spans[right]] for x in spans[left]])
        near = dist.abs() <= REACH
        losses.append(F.binary_cross_entropy_with_logits(score[near], gold[near], reduction="sum") / max(1, len(rows)))

    tie = lambda left, right: {(x, y) for r in rows for x in r[left] for y in r[right]}
    pairs("cue_source", "cue", "source", tie("cue", "source"))
    pairs("cue_content", "cue", "content", tie("cue", "content"))
    pairs("content_source", "content", "source", tie("content", "source"))
    if sample.article.full:
        for k in ("via", "to", "when"):
            pairs(k, "cue", k, tie("cue", k))
        cand = [(i, c) for i, c in enumerate(sample.candidates) if inside(c)]
        anchors, gold = [], []
        for r in rows:
            at = (r["source"] or r["cue"] or r["content"])
            if not at or r["speaker"] is None:
                continue
            ok = [any(set(w) <= set(g) for g in r["speaker"]) and bool(w) for w in (sample.candidate_words[i] for i, _ in cand)]
            anchors.append(at[0])
            gold.append(ok + [not any(ok)])
        if anchors and cand:
            a, b = torch.tensor(anchors), torch.tensor([local(c) for _, c in cand])
            va, vb = heads.spans(h, a), heads.spans(h, b)
            dist, gap = b[:, 0][None] - a[:, 0][:, None], par[b[:, 0]][None] - par[a[:, 0]][:, None]
            score = heads.score("speaker", va, vb, dist, gap)
            score = torch.cat([score, heads.none(va)[:, RELATIONS.index("speaker")][:, None]], 1)
            g = torch.tensor(gold)
            losses.append((score.logsumexp(1) - score.masked_fill(~g, -1e4).logsumexp(1)).mean())
    return sum(losses) if losses else None


def acts(heads, h, middle, sample, first, weight):
    """Loss of acts and types of speakers, summed over the statements of this stretch, and how many there are."""
    rows, parts = judged(sample, first, h.shape[0])
    if not parts:
        return None
    act, kind = (torch.tensor([r[k] for r in rows]) for k in ("act", "type"))
    x, y = heads.statement(h, middle, parts)
    loss = F.cross_entropy(x, act, weight, reduction="sum")
    if sample.taught is not None:
        loss = (1 - TAUGHT) * loss + TAUGHT * F.cross_entropy(x, torch.stack([r["taught"] for r in rows]), reduction="sum")
    return loss + 0.5 * F.cross_entropy(y, kind, ignore_index=-1, reduction="sum"), len(parts)


def judged(sample, first, n):
    """The statements with an act that have a cue or content within the n pieces from first on, and their parts there."""
    rows, parts = [], []
    for st in sample.statements:
        triple = [[(a - first, b - first) for a, b in st[k] if a >= first and b < first + n] for k in ("cue", "content", "source")]
        if "act" in st and (triple[0] or triple[1]):
            rows.append(st)
            parts.append(triple)
    return rows, parts


@torch.no_grad()
def teach(samples, teachers, path):
    """Lays beside each sample what teachers give, in the mean: the probabilities of its tags [pieces, tracks, TAGS] and of each statement's act. Kept at path."""
    if not os.path.exists(path):
        kept = []
        for enc, _ in teachers:
            enc.to(torch.bfloat16 if BF16 else torch.float32)
        for n, s in enumerate(samples):
            tag, act = [], []
            for enc, heads in teachers:
                both = [], []
                for i in range(0, len(s.windows), 2 * CHUNK):
                    unit = [(s, s.windows[i:i + 2 * CHUNK])]
                    for part, x in zip(both, enc(*tensors(unit))):
                        part.append(flatten(x.float(), unit)[0][0])
                h, middle = map(torch.cat, both)
                parts = judged(s, 0, len(h))[1]
                tag.append(heads.tags(h).view(len(h), len(TRACKS), TAGS).softmax(-1))
                if parts:
                    act.append(heads.statement(h, middle, parts)[0].softmax(-1))
            kept.append((torch.stack(tag).mean(0).half(), torch.stack(act).mean(0) if act else []))
            if n % 100 == 0:
                print("taught", n, "of", len(samples), flush=True)
        torch.save(kept, path)
    for s, (tag, act) in zip(samples, torch.load(path), strict=True):
        s.taught = tag
        for row, x in zip(judged(s, 0, len(tag))[0], act, strict=True):
            row["taught"] = x


def tags(heads, flat, weight):
    """Loss of the tag tracks; flat: (sample, first piece, vectors) of each stretch."""
    logits = [heads.tags(x).view(-1, len(TRACKS), TAGS) for _, _, x in flat]
    total = 0.0
    for k, t in enumerate(TRACKS):
        num, den = 0.0, 0
        for lg, (s, first, _) in zip(logits, flat):
            x, at = lg[:, k], slice(first, first + len(lg))
            if t in s.tags:
                num = num + (1 - TAUGHT if s.taught is not None else 1) * F.cross_entropy(x, torch.from_numpy(s.tags[t][at]), reduction="sum")
            if s.taught is not None:
                num = num + TAUGHT * F.cross_entropy(x, s.taught[at, k].float(), reduction="sum")
            if t in s.tags or s.taught is not None:
                den += len(lg)
        if den:
            total = total + weight[t] * num / den
    return total


def loss_of(enc, heads, units, rare):
    ids, *rest = tensors(units)
    hidden = (torch.rand(ids.shape) < HIDDEN) & (ids > MASK)        # what stands before it in the vocabulary are marks
    with torch.autocast("cpu", torch.bfloat16, enabled=BF16):
        h, middle = enc(ids if enc.still else ids.masked_fill(hidden, MASK), *rest, windows=[w for _, group in units for w in group])
    h, middle = h.float(), middle.float()
    total = {"tags": 0.0, "links": 0.0, "acts": 0.0}
    flat = [(u[0], first, x) for (x, first), u in zip(flatten(h, units), units)]
    middle = [m for m, _ in flatten(middle, units)]
    total["tags"] = tags(heads, flat, WEIGHT)
    k = [v for v in (links(heads, x, s, first) for s, first, x in flat) if v is not None]
    if k:
        total["links"] = 0.15 * sum(k) / len(k)
    k = [v for v in (acts(heads, x, m, s, first, rare) for (s, first, x), m in zip(flat, middle)) if v is not None]
    if k:
        total["acts"] = ACTS_WEIGHT * sum(v for v, _ in k) / sum(n for _, n in k)
    return total


def arguments():
    ap = argparse.ArgumentParser()
    for k in ("polnear", "readings", "news", "base", "tokenizer", "out"):
        ap.add_argument("--" + k, required=True)
    ap.add_argument("--steps", type=int)
    ap.add_argument("--minutes", type=float)
    ap.add_argument("--lr", type=float, default=1e-4)
    ap.add_argument("--pages", type=int, default=2, help="how often an epoch reads each article of readings/pages")
    ap.add_argument("--careful", type=int, default=1, help="how often an epoch reads each of PolNeAR's articles that were read with all fields")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--init", help="a finished checkpoint or weights file to go on from, in a second stage")
    ap.add_argument("--teacher", action="append", help="BASE=CHECKPOINT of a finished network whose probabilities are learned beside the readings; of several the mean")
    ap.add_argument("--still", type=int, default=0, help="so many of the lowest layers are left as they are")
    ap.add_argument("--try", type=int, default=0, dest="trial", help="read only so many articles")
    return ap.parse_args()


def readings(a):
    """The samples to learn from: (polnear, careful, pages, written, stories)."""
    tok = Tokenizer.from_file(a.tokenizer)
    tok.no_padding()
    tok.no_truncation()
    make = lambda arts: [features.Sample(tok, x) for x in (arts if not a.trial else list(arts)[:a.trial])]
    polnear = make(data.labelled(data.polnear(a.polnear, "train"), HERE + "/readings/polnear.jsonl"))
    careful = make(data.readings(a.readings + "/polnear-train", False))
    pages = make(data.readings(a.readings + "/pages", True))
    written, stories = make(data.written(HERE + "/readings")), make(data.stories(HERE + "/readings/stories.jsonl", a.news))
    read = {s.article.id for s in careful}
    polnear = [s for s in polnear if s.article.id not in read]      # the same spans, with fewer fields
    return polnear, careful, pages, written, stories


def rarity(epoch):
    """The weight of each act in the loss: the rarer, the more."""
    counts = np.bincount([r["act"] for s in epoch for r in s.statements if "act" in r], minlength=len(ACTS))
    print(dict(zip(ACTS, counts.tolist())))
    return torch.tensor((counts.max() / np.maximum(counts, 1)) ** 0.3, dtype=torch.float32)


def network(a):
    """The encoder with the base's weights, or --init's, its heads, and the base's config."""
    import predict      # which reads with what stands here
    config, state, _ = base.load(a.base, a.tokenizer)
    enc, heads = Encoder(config), Heads(config["width"])
    missing, extra = enc.load_state_dict({k: torch.tensor(v) for k, v in state.items()}, strict=False)
    assert set(missing) == {"embeddings.case.weight", "embeddings.quote.weight"}, missing
    if a.init:
        enc, heads = predict.load(a.init, a.base, a.tokenizer)
    return enc, heads, config


def freeze(enc, config, still):
    """Leaves the tables of inputs and the lowest layers as they are; gives their parameters."""
    frozen = [enc.embeddings[k].weight for k in ("word_embeddings", "position_embeddings", "token_type_embeddings")]
    frozen += [p for layer in enc.encoder["layer"][:config.get("still", still)] for p in layer.parameters()]
    if config.get("still"):
        frozen += list(enc.embeddings["LayerNorm"].parameters())
    if config["relative"]:
        frozen.append(enc.encoder["relative_attention_bias"].weight)     # still, attention is computed without its whole table
    if still:
        frozen += list(enc.embeddings.parameters())
    for p in frozen:
        p.requires_grad_(False)
    return frozen


def optimizer(enc, heads, frozen, lr):
    """The optimizer, and the parameters that it moves."""
    far = [heads.distance, heads.paragraph]     # few and alone: they have a long way to go from zero
    judge = [heads.look, heads.empty, *heads.act_in.parameters(), *heads.act.parameters()]
    ids = {id(p) for p in frozen + far + judge}
    fresh = [p for p in [enc.embeddings["case"].weight, enc.embeddings["quote"].weight, *heads.parameters()] if id(p) not in ids]
    ids |= {id(p) for p in fresh}
    old = [p for p in enc.parameters() if id(p) not in ids]
    opt = torch.optim.AdamW([
        {"params": [p for p in old if p.ndim > 1], "lr": lr, "weight_decay": 0.01},
        {"params": [p for p in old if p.ndim == 1], "lr": lr, "weight_decay": 0.0},
        {"params": fresh, "lr": 5 * lr, "weight_decay": 0.0},
        {"params": judge, "lr": 15 * lr, "weight_decay": 0.01},
        {"params": far, "lr": 100 * lr, "weight_decay": 0.0}], fused=True)
    return opt, old + fresh + judge + far


class Mean:
    """The mean of the weights of several steps, without the words' table."""

    def __init__(self):
        self.weights, self.n = None, 0

    def add(self, enc, heads):
        w = {k: v.detach().float().clone() for k, v in list(enc.state_dict().items()) + [("heads." + k, v) for k, v in heads.state_dict().items()] if "word_embeddings" not in k}
        self.n += 1
        self.weights = w if self.weights is None else {k: self.weights[k] + (w[k] - self.weights[k]) / self.n for k in w}


class Run:
    """How far learning has come: steps, epochs done, minutes spent. It is kept every ten minutes, and goes on from there."""

    def __init__(self, out, enc, heads, opt, rng):
        self.path, self.enc, self.heads, self.opt, self.rng = os.path.join(out, "last.pt"), enc, heads, opt, rng
        self.step, self.epochs, self.spent = 0, 0, 0.0
        if os.path.exists(self.path):
            c = torch.load(self.path, weights_only=False)
            enc.load_state_dict(c["enc"]); heads.load_state_dict(c["heads"]); opt.load_state_dict(c["opt"])
            self.step, self.spent, self.epochs = c["step"], c["spent"], c["epoch"]
            rng.setstate(c["rng"])
            print("goes on from step", self.step, flush=True)
        self.start = self.saved = time.time()

    def minutes(self):
        return self.spent + (time.time() - self.start) / 60

    def keep(self):
        if time.time() - self.saved > 600:
            self.saved = time.time()
            torch.save({"enc": self.enc.state_dict(), "heads": self.heads.state_dict(), "opt": self.opt.state_dict(), "step": self.step,
                        "spent": self.minutes(), "epoch": self.epochs, "rng": self.rng.getstate()}, self.path + ".tmp")
            os.replace(self.path + ".tmp", self.path)


def learn(a, run, epoch, rare, rates, moved):
    """Takes steps until their number, or the time, is spent. Gives the mean of the last part's weights."""
    enc, heads, opt = run.enc, run.heads, run.opt
    mean, seen = Mean(), {}
    while True:
        for units in batches(epoch, run.rng):
            frac = run.step / a.steps if a.steps else run.minutes() / a.minutes
            if frac >= 1:
                return mean
            rate = min(1, (run.step + 1) / (30 if a.init else 120)) * (1 - 0.85 * frac)
            for g, r in zip(opt.param_groups, rates):
                g["lr"] = r * rate
            enc.train(); heads.train()
            parts = loss_of(enc, heads, units, rare)
            loss = sum(parts.values())
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(moved, 1.0)
            opt.step()
            run.step += 1
            for k, v in parts.items():
                seen.setdefault(k, []).append(v.item() if torch.is_tensor(v) else v)
            if frac > 0.8 and run.step % 5 == 0:
                mean.add(enc, heads)
            if run.step % 10 == 0:
                print(f"step {run.step} epoch {run.epochs} {100 * frac:.1f}% {run.minutes():.1f} min",
                      {k: round(float(np.mean(v)), 4) for k, v in seen.items()}, flush=True)
                seen = {}
            run.keep()
        run.epochs += 1


def main():
    a = arguments()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)
    polnear, careful, pages, written, stories = readings(a)
    epoch = polnear + careful * a.careful + (pages + written + stories) * a.pages
    rare = rarity(epoch)
    print(len(polnear), len(careful), len(pages), len(written), len(stories), "articles", sum(len(s.pieces.ids) for s in epoch), "pieces an epoch", flush=True)
    enc, heads, config = network(a)
    if a.teacher:
        import predict
        teach(polnear + careful + pages + stories, [predict.load(c, b, a.tokenizer) for b, c in (t.split("=") for t in a.teacher)], os.path.join(a.out, "taught.pt"))
    opt, moved = optimizer(enc, heads, freeze(enc, config, a.still), a.lr)
    rates = [g["lr"] for g in opt.param_groups]     # before a run that goes on brings its own
    run = Run(a.out, enc, heads, opt, rng)
    mean = learn(a, run, epoch, rare, rates, moved)
    torch.save({"enc": enc.state_dict(), "heads": heads.state_dict(), "average": mean.weights, "step": run.step}, os.path.join(a.out, "final.pt"))
    print(json.dumps({"steps": run.step, "epochs": run.epochs, "averaged": mean.n}))


if __name__ == "__main__":
    main()
