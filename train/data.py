"""Reads the training and measuring sets into one shape: articles with spans, links and fields, in code points.

An Article has text and statements; a statement has source, cue and content (lists of (start, end)) and, where the reading gives them, the
record's fields. `full` says that the reading holds all fields; `nested` that statements inside statements were marked too.
"""
import dataclasses
import glob
import json
import os
import re


@dataclasses.dataclass
class Article:
    id: str
    text: str
    statements: list
    full: bool = False      # role, act, via, to, when, speaker are given
    nested: bool = False    # inner statements are marked
    figures: list = None    # list of (start, end), None where not read


def trim(text, start, end):
    """The parts of text[start:end] that lie within one line, trimmed of white space."""
    out = []
    for m in re.finditer(r"[^\n\r]+", text[start:end]):
        a, b = start + m.start(), start + m.end()
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            out.append((a, b))
    return out


def polnear(folder, part):
    """PolNeAR (brat stand-off): one Article per reading."""
    for path in sorted(glob.glob(f"{folder}/{part}/text/*.txt")):
        name = os.path.basename(path)[:-4]
        text = open(path, encoding="utf8", newline="").read()
        for ann in sorted(glob.glob(f"{glob.escape(folder + '/' + part + '/attributions/' + name)}_*.ann")):
            spans, statements, used = {}, [], set()
            for line in open(ann, encoding="utf8"):
                p = line.rstrip("\n").split("\t")
                if len(p) < 2:
                    continue
                if p[0][0] == "T":
                    kind, where = p[1].split(" ", 1)
                    spans[p[0]] = (kind, [q for s in where.split(";") for q in trim(text, *map(int, s.split()))])
                elif p[0][0] == "E":
                    st = {"source": [], "cue": [], "content": []}
                    for x in p[1].split():
                        role, target = x.split(":")
                        role = re.sub(r"\d+$", "", role).lower()
                        if role in st and target in spans:
                            st[role] += spans[target][1]
                            used.add(target)
                    if st["cue"] or st["content"]:
                        statements.append(st)
            for t, (kind, where) in spans.items():
                if t not in used and kind.lower() in ("source", "cue", "content"):
                    statements.append({"source": [], "cue": [], "content": [], kind.lower(): where, "loose": True})
            yield Article(name, text, statements)


def readings(folder, nested):
    """Records read by hand (ID.txt + ID.json)."""
    for path in sorted(glob.glob(f"{folder}/*.json")):
        g = json.load(open(path, encoding="utf8"))
        text = open(path[:-5] + ".txt", encoding="utf8", newline="").read()
        statements = []
        for s in g["statements"]:
            st = dict(s)
            for k in ("source", "cue", "content"):
                st[k] = [q for x in s[k] for q in trim(text, x["start"], x["end"])]
            speaker = s["speaker"]
            st["speaker"] = [x for x in (speaker if isinstance(speaker, list) else [speaker]) if x]
            statements.append(st)
        figures = None
        if "figures" in g:
            figures = [(f["start"], f["end"]) for f in g["figures"] if isinstance(f.get("start"), int)]
        yield Article(g["id"], text, statements, True, nested, figures)
