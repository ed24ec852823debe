"""The network: a BERT encoder with two small extra inputs, tag tracks, links between spans, and the act of a statement."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from features import ACTS, RELATIONS, TAGS, TRACKS, TYPES

SPAN = 128      # width of a span's vector in the link scorer
DISTANCES = 22  # buckets of signed distance
PARAGRAPHS = 9  # buckets of paragraphs between, -4..4


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads = c["heads"]
        w = c["width"]
        self.self = nn.ModuleDict({k: nn.Linear(w, w) for k in ("query", "key", "value")})
        self.output = nn.ModuleDict({"dense": nn.Linear(w, w), "LayerNorm": nn.LayerNorm(w, eps=1e-12)})

    def forward(self, x, mask, drop):
        n, t, _ = x.shape
        q, k, v = (self.self[s](x).view(n, t, self.heads, -1).transpose(1, 2) for s in ("query", "key", "value"))
        a = self.output["dense"](attend(q, k, v, *mask))
        return self.output["LayerNorm"](x + same(a, drop, self.training))


def attend(q, k, v, lengths, bias):
    """Attention [windows, pieces, width] of q, k, v [windows, heads, pieces, size], windows of lengths; bias [heads, pieces, pieces] by distance, or None.

    By hand and window by window: in training on two cores that is faster than the fused product, and needs no mask for what windows lack."""
    _, heads, t, size = q.shape
    out = []
    with torch.autocast("cpu", enabled=False):
        q = q * size ** -0.5
        for i, m in enumerate(lengths):
            x, y, z = q[i, :, :m], k[i, :, :m].transpose(1, 2), v[i, :, :m]
            s = torch.bmm(x, y) if bias is None else torch.baddbmm(bias[:, :m, :m].to(x.dtype), x, y)
            o = torch.bmm(s.softmax(-1), z).transpose(0, 1).reshape(m, heads * size)
            out.append(F.pad(o, (0, 0, 0, t - m)))
    return torch.stack(out)


def same(x, drop, training):
    """Dropout that leaves out the same coordinates of all vectors of a window: a tenth of the time."""
    if not training or not drop:
        return x
    keep = (torch.rand(x.shape[0], 1, x.shape[2]) >= drop).to(x.dtype) / (1 - drop)
    return x * keep


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.attention = Attention(c)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(c["width"], c["inner"])})
        self.output = nn.ModuleDict({"dense": nn.Linear(c["inner"], c["width"]), "LayerNorm": nn.LayerNorm(c["width"], eps=1e-12)})

    def forward(self, x, mask, drop):
        x = self.attention(x, mask, drop)
        h = self.output["dense"](F.gelu(self.intermediate["dense"](x)))
        return self.output["LayerNorm"](x + same(h, drop, self.training))


class Encoder(nn.Module):
    """Names of the parameters are those of transformers' BertModel, plus embeddings.case and embeddings.quote.

    Where relative is set, each head adds a learned number to the score of two pieces by their distance, as MPNet does. Where still is set, so many of
    the lowest layers are left as they are, and case and quotation marks come in above them."""

    def __init__(self, c, drop=0.1):
        super().__init__()
        self.c, self.drop = c, drop
        self.relative, self.still = c.get("relative", 0), c.get("still", 0)
        w = c["width"]
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(c["vocab"], w), "position_embeddings": nn.Embedding(c["positions"], w),
            "token_type_embeddings": nn.Embedding(2, w), "case": nn.Embedding(5, w), "quote": nn.Embedding(3, w),
            "LayerNorm": nn.LayerNorm(w, eps=1e-12)})
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(c) for _ in range(c["layers"]))})
        if self.relative:
            self.encoder["relative_attention_bias"] = nn.Embedding(self.relative, c["heads"])
        for k in ("case", "quote"):
            nn.init.normal_(self.embeddings[k].weight, std=0.005)

    def bottom(self, ids, extra, mask):
        """Embeddings and the layers that are left as they are, without dropout."""
        e = self.embeddings
        x = e["word_embeddings"](ids) + e["position_embeddings"].weight[:ids.shape[1]] + e["token_type_embeddings"].weight[0]
        x = e["LayerNorm"](x if self.still else x + extra[0] + extra[1])
        for layer in self.encoder["layer"][:self.still]:
            x = layer(x, mask, 0)
        return x

    @torch.no_grad()
    def kept(self, ids, mask, windows):
        """What the still layers give, computed once for each window."""
        if any(w.below is None for w in windows):
            for w, v in zip(windows, x := self.bottom(ids, None, mask)):
                w.below = v[:len(w.ids)].bfloat16().clone()
            return x
        return nn.utils.rnn.pad_sequence([w.below for w in windows], batch_first=True).float()

    def forward(self, ids, case, quote, mask, windows=None):
        """The last vectors and the middle ones; where windows are given, what the still layers give is kept with them."""
        e = self.embeddings
        bias = None
        if self.relative:
            at = torch.arange(ids.shape[1])
            bias = self.encoder["relative_attention_bias"](relative(at[None] - at[:, None], self.relative)).permute(2, 0, 1)
        keep = mask.sum(1).tolist(), bias
        extra = e["case"](case), e["quote"](quote)
        x = self.kept(ids, keep, windows) if self.still and windows else self.bottom(ids, extra, keep)
        if self.still:
            x = x + extra[0] + extra[1]
        x = same(x, self.drop, self.training)
        middle = None
        for i, layer in enumerate(self.encoder["layer"]):
            if i >= self.still:
                x = layer(x, keep, self.drop)
            if i + 1 == self.c["middle"]:
                middle = x
        return x, middle


def bucket(d):
    """Signed distance in word pieces to one of DISTANCES buckets: exact to 4, then by powers of two."""
    s, a = d.sign(), d.abs()
    b = torch.where(a <= 4, a, (torch.log2(a.clamp(min=1).float()) + 3).long().clamp(max=10))
    return b * s + 11


def relative(d, buckets):
    """T5's buckets of how far a piece stands behind another: exact when near, by logarithm to 128, half of them for each side."""
    half = buckets // 2
    side, a = (d > 0).long() * half, d.abs()
    near = half // 2
    far = near + (torch.log(a.clamp(min=1).float() / near) / math.log(128 / near) * (half - near)).long()
    return side + torch.where(a < near, a, far.clamp(max=half - 1))


class Heads(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.tags = nn.Linear(width, TAGS * len(TRACKS))
        self.span = nn.Linear(2 * width, SPAN)
        n = len(RELATIONS)
        self.pair = nn.Parameter(torch.randn(n, SPAN, SPAN) * 0.02)
        self.left = nn.Parameter(torch.zeros(n, SPAN))
        self.right = nn.Parameter(torch.zeros(n, SPAN))
        self.distance = nn.Parameter(torch.zeros(n, DISTANCES))
        self.paragraph = nn.Parameter(torch.zeros(n, PARAGRAPHS))
        self.none = nn.Linear(SPAN, n)
        self.look = nn.Parameter(torch.zeros(3, width))
        self.act_in = nn.Linear(6 * width, 256)
        self.act = nn.Linear(256, len(ACTS) + len(TYPES))
        self.empty = nn.Parameter(torch.zeros(6, width))

    def spans(self, h, c):
        """Vectors [n, SPAN] of spans given as first and last piece."""
        c = torch.as_tensor(c, dtype=torch.long).view(-1, 2)
        return F.gelu(self.span(torch.cat([h[c[:, 0]], h[c[:, 1]]], -1)))

    def score(self, relation, a, b, dist, par):
        """Scores [n, m] between spans a [n, SPAN] and b [m, SPAN]; dist, par: [n, m] in pieces and paragraphs, b minus a."""
        r = RELATIONS.index(relation)
        return (a @ self.pair[r] @ b.T + (a @ self.left[r])[:, None] + (b @ self.right[r])[None]
                + self.distance[r][bucket(dist)] + self.paragraph[r][par.clamp(-4, 4) + 4])

    def statement(self, h, middle, parts):
        """Logits of act and speaker type; parts: for each statement three lists of (first, last).

        Of the last vectors each part has the mean; of the middle ones a mean weighted by how much each tells (softmax of look @ vector)."""
        rows = []
        for triple in parts:
            row = []
            for k, spans in enumerate(triple):
                row.append(torch.cat([h[a:b + 1] for a, b in spans]).mean(0) if spans else self.empty[k])
            for k, spans in enumerate(triple):
                if spans:
                    m = torch.cat([middle[a:b + 1] for a, b in spans])
                    row.append((m @ self.look[k]).softmax(0) @ m)
                else:
                    row.append(self.empty[3 + k])
            rows.append(torch.cat(row))
        x = self.act(F.dropout(F.gelu(self.act_in(torch.stack(rows))), 0.3, self.training))
        return x[:, :len(ACTS)], x[:, len(ACTS):]
