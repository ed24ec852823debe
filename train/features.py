"""Turns articles into windows of word pieces with inputs (ids, case, quote) and targets (tag tracks, links, fields).

The same rules stand in Go: word pieces and case in internal/encoder, quotation marks in internal/text, windows in internal/attribution.
"""
import bisect
import dataclasses
import math
import re
import unicodedata

import numpy as np

import quotes

WINDOW = 448            # word pieces in a window, [CLS] and [SEP] included
TRACKS = ("source", "cue", "content", "inner_source", "inner_cue", "inner_content", "via", "to", "when", "role", "figure")
TAGS = 5                # O B I E S
O, B, I, E, S = range(5)
RELATIONS = ("cue_source", "cue_content", "content_source", "via", "to", "when", "speaker")
ACTS = ("assert", "confirm", "deny", "neither", "decline", "ask", "urge", "commit", "judge", "think")
TYPES = ("person", "organization", "group", "document", "unnamed", "unknown")
REACH = 420             # word pieces between two spans that may still be linked


def case_of(word):
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 0
    if all(not c.isupper() for c in letters):
        return 1
    if letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        return 2
    if all(c.isupper() for c in letters):
        return 3
    return 4


@dataclasses.dataclass
class Window:
    ids: list
    case: list
    quote: list
    piece: list         # index of the article's piece, -1 for [CLS] and [SEP]
    below: object = None    # what the layers give that are left as they are


class Pieces:
    """The word pieces of an article: ids, inputs, offsets in code points, paragraph of each."""

    def __init__(self, tokenizer, text):
        self.text = text
        self.ids, self.case, self.quote, self.start, self.end, self.par = [], [], [], [], [], []
        self.bounds = []    # (first piece, last piece + 1) of each paragraph
        for n, m in enumerate(re.finditer(r"[^\n\r]+", text)):
            line = m.group()
            if not line.strip():
                continue
            enc = tokenizer.encode(line, add_special_tokens=False)
            state = quotes.marks(line)
            first = len(self.ids)
            words = {}
            for w, (a, b) in zip(enc.word_ids, enc.offsets):
                lo, hi = words.get(w, (a, b))
                words[w] = (min(lo, a), max(hi, b))
            for i, (a, b), w in zip(enc.ids, enc.offsets, enc.word_ids):
                self.ids.append(i)
                self.start.append(m.start() + a)
                self.end.append(m.start() + b)
                self.case.append(case_of(line[words[w][0]:words[w][1]]))
                self.quote.append(state[a])
                self.par.append(len(self.bounds))
            if len(self.ids) > first:
                self.bounds.append((first, len(self.ids)))

    def cover(self, a, b):
        """First and last piece of the characters a..b, or None."""
        i = bisect.bisect_right(self.end, a)
        j = bisect.bisect_left(self.start, b) - 1
        return (i, j) if i <= j and i < len(self.ids) else None

    def windows(self, cls=101, sep=102):
        """Whole paragraphs packed into windows of about equal length; a paragraph longer than a window is cut."""
        parts = []
        room = WINDOW - 2
        for a, b in self.bounds:
            while b - a > room:
                parts.append((a, a + room))
                a += room
            parts.append((a, b))
        total = sum(b - a + 1 for a, b in parts)
        target = math.ceil(total / max(1, math.ceil(total / room)))
        out, now, size = [], [], 0
        for a, b in parts:
            n = b - a + 1
            if now and (size + n > room + 1 or size + n / 2 > target):
                out.append(now)
                now, size = [], 0
            now.append((a, b))
            size += n
        if now:
            out.append(now)
        result = []
        for group in out:
            w = Window([cls], [0], [0], [-1])
            for a, b in group:
                w.ids += self.ids[a:b] + [sep]
                w.case += self.case[a:b] + [0]
                w.quote += self.quote[a:b] + [0]
                w.piece += list(range(a, b)) + [-1]
            result.append(w)
        return result


def norm(name):
    name = unicodedata.normalize("NFKD", name or "").replace("’", "'").lower()
    name = re.sub(r"\b(the|a|an|mr|mrs|ms|dr|sen|rep|gov|president|sir|secretary)\b\.?", " ", name)
    name = re.sub(r"'s\b", " ", name)
    return re.findall(r"[a-z0-9]+", name)


CAP = r"(?:[^\W\d_a-zà-ÿ][\w’'.&-]*[\w.]|[^\W\d_a-zà-ÿ]\.?)"
NAME = re.compile(rf"{CAP}(?:(?:\s+(?:of|of\s+the|for|de|del|von|van|der|bin|al|la|le)\s+|\s+|-){CAP})*")
LEADING = set("the a an in on at but and or so if as when while he she it they we i you his her its their our my this that these those there then for from to by with after before since until because although though yet not no yes who what where why how which all some many most more one two three according asked speaking also even just now here still only meanwhile however "
              "mr mrs ms dr sen rep gov sir president".split())


def name_candidates(text):
    """Stretches of capitalised words within one line: (start, end). The Go twin is internal/speaker."""
    out = []
    for m in NAME.finditer(text):
        a, b = m.span()
        s = m.group()
        s = re.sub(r"(?:’s|'s|[.’'-])$", "", s) if not re.search(r"\b[A-Z]\.[A-Z]\.$", s) else s
        b = a + len(s)
        while True:
            w = re.match(r"([\w’']+)\.?\s+", text[a:b])
            if w and w.group(1).lower() in LEADING:
                a += w.end()
            else:
                break
        if b - a >= 2 and "\n" not in text[a:b] and text[a:b].lower() not in LEADING:
            out.append((a, b))
    return out


def occurrences(text, value):
    return [m.span() for m in re.finditer(r"(?<!\w)" + re.escape(value) + r"(?!\w)", text)]


def nearest(spans, anchor, before=1.0, after=3.0):
    """The span nearest to the anchor; one that stands after it counts as farther away."""
    def far(s):
        if s[1] <= anchor[0]:
            return (anchor[0] - s[1]) * before
        if s[0] >= anchor[1]:
            return (s[0] - anchor[1]) * after if s[0] - anchor[1] > 150 else s[0] - anchor[1]
        return 0
    return min(spans, key=far) if spans else None


def locate(article, st, field):
    """Where the values of a field stand in the text: spans, nearest to the statement."""
    anchors = st["cue"] or st["content"] or st["source"]
    if not anchors:
        return []
    anchor = anchors[0]
    values = st.get(field)
    if field == "when":
        values = [values["text"]] if values else []
    if field == "role":
        values = [x for x in (values or "").split(" ; ") if x]
    out = []
    for v in values or []:
        v = v.strip()
        at = occurrences(article.text, v)
        if not at and field == "to":
            words = v.split()
            at = occurrences(article.text, words[-1]) if len(words[-1]) > 2 else []
        if field == "role" and len(at) > 1:
            names = [q for sp in st.get("speaker", []) for q in occurrences(article.text, sp.split()[-1])]
            at = [min(at, key=lambda q: min([max(q[0] - n[1], n[0] - q[1]) for n in names] or [q[0]]))]
        got = nearest(at, anchor)
        if got:
            out.append(got)
    return out


class Sample:
    """An article ready for the model: pieces, windows, targets."""

    def __init__(self, tokenizer, article):
        p = self.pieces = Pieces(tokenizer, article.text)
        self.article = article
        self.windows = p.windows()
        n = len(p.ids)
        self.tags = {}
        self.taught = None      # a teacher's probabilities of the tags
        spans = {t: [] for t in TRACKS}
        cover = lambda q: p.cover(*q)
        self.statements = []
        for st in article.statements:
            row = {k: [c for c in map(cover, st[k]) if c] for k in ("source", "cue", "content")}
            row["loose"] = st.get("loose", False)
            inner = "inner_" if st.get("nested") else ""
            for k in ("source", "cue", "content"):
                spans[inner + k] += row[k]
            if "act" in st:
                row["act"] = ACTS.index(st["act"])
                row["type"] = -1
            if article.full and not row["loose"]:
                row["type"] = TYPES.index(st["speaker_type"]) if st.get("speaker_type") in TYPES else -1
                for k in ("via", "to", "when", "role"):
                    row[k] = [c for c in map(cover, locate(article, st, k)) if c]
                    spans[k] += row[k]
                row["speaker"] = [norm(x) for x in st["speaker"]]
            self.statements.append(row)
        for k in ("source", "cue", "content"):
            self.tags[k], rest = self.track(n, spans[k])
            spans["inner_" + k] += rest
            if article.nested:
                self.tags["inner_" + k], _ = self.track(n, spans["inner_" + k])
        if article.full:
            for k in ("via", "to", "when", "role"):
                self.tags[k], _ = self.track(n, spans[k])
        if article.figures is not None:
            self.tags["figure"], _ = self.track(n, [c for c in map(cover, article.figures) if c])
        self.candidates = [c for c in map(cover, name_candidates(article.text)) if c] if article.full else []
        self.candidate_words = [norm(article.text[p.start[a]:p.end[b]]) for a, b in self.candidates]

    @staticmethod
    def fill(tags, c):
        a, b = c
        if a == b:
            tags[a] = S
        else:
            tags[a], tags[b] = B, E
            tags[a + 1:b] = I

    def track(self, n, spans):
        """Tags of one track, long spans first; what overlaps goes back."""
        tags, rest = np.zeros(n, np.int64), []
        for c in sorted(set(spans), key=lambda c: (c[0] - c[1], c)):
            if tags[c[0]:c[1] + 1].any():
                rest.append(c)
            else:
                self.fill(tags, c)
        return tags, rest
