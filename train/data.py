"""Reads the training and measuring sets into one shape: articles with spans, links and fields, in code points.

An Article has text and statements; a statement has source, cue and content (lists of (start, end)) and, where the reading gives them, the
record's fields. `full` says that the reading holds all fields; `nested` that statements inside statements were marked too.
"""
import csv
import dataclasses
import glob
import json
import os
import re
import zlib


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


MARK = re.compile(r"\{([sct]\d+(?:,[sct]\d+)*):|\}")
KINDS = {"s": "source", "c": "cue", "t": "content"}


def written(folder):
    """Articles written for training, with their readings as marks in the text: {s3:Orlin} {c3:denied} {t3:that …}, then a line a statement."""
    for path in sorted(glob.glob(f"{folder}/*.txt")):
        head, body = open(path, encoding="utf8").read().split("\n", 1)
        body, notes = body.split("\n---\n", 1)
        text, open_marks, spans, at = "", [], {}, 0
        for m in MARK.finditer(body):
            text += body[at:m.start()]
            at = m.end()
            if m.group(1):
                open_marks.append((m.group(1).split(","), len(text)))
                continue
            for name in open_marks[-1][0]:
                spans.setdefault(name[1:], {}).setdefault(KINDS[name[0]], []).extend(trim(text, open_marks[-1][1], len(text)))
            open_marks.pop()
        text += body[at:]
        if open_marks:
            raise ValueError(f"{path}: a mark is not closed")
        statements = []
        for line in filter(str.strip, notes.splitlines()):
            number, *fields = (x.strip() for x in line.split("|"))
            f = dict(x.split("=", 1) if "=" in x else (x, "") for x in fields)
            many = lambda k: [x.strip() for x in f.get(k, "").split(";") if x.strip()]
            statements.append({"source": [], "cue": [], "content": []} | spans.get(number, {}) | {
                "act": f.get("act", "assert"), "speaker": many("speaker"), "speaker_type": f.get("type"), "role": " ; ".join(many("role")), "via": many("via"),
                "to": many("to"), "when": {"text": f["when"]} if f.get("when") else None, "nested": "nested" in f})
        yield Article(os.path.basename(path)[:-4], text, statements, True, True)


def labelled(articles, path):
    """Lays fields that were read later over PolNeAR's statements, which they name by their place; standoff.py writes the file, a line an article.

    An article whose statements all have fields is full; another reading of it takes the fields of what both marked alike."""
    read = {}
    for line in open(path, encoding="utf8"):
        d = json.loads(line)
        read[d["id"]] = {row.pop("at"): row for row in d["statements"]}
    for a in articles:
        rows = read.get(a.id, {})
        hit = [(st, rows[place(st)]) for st in a.statements if not st.get("loose") and place(st) in rows]
        for st, row in hit:
            st |= fields(a.text, row)
        a.full = bool(hit) and len(hit) == sum(not st.get("loose") for st in a.statements)
        yield a


def fields(text, row):
    """The fields of a reading that is kept as positions, in words."""
    words = {k: [text[a:b] for a, b in row.get(k, [])] for k in FIELDS}
    return {"act": row["act"], "speaker": row["speaker"], "speaker_type": row.get("type"), "role": " ; ".join(words["role"]), "via": words["via"],
            "to": words["to"], "when": {"text": words["when"][0]} if words["when"] else None}


def place(st):
    """Where a statement stands, as text: its spans in code points."""
    return "/".join(",".join(f"{x}-{y}" for x, y in st[k]) for k in ("source", "cue", "content"))


FIELDS = ("via", "to", "when", "role")


def stories(path, folder, aside=False):
    """Readings kept as positions (a line an article; standoff.py writes them) over articles that lie in FOLDER; see news.

    Those that aside.list beside them names are kept for measuring: they are left out, or with `aside` they alone are given."""
    news_of = news(folder)
    held = set(open(os.path.dirname(path) + "/aside.list", encoding="utf8").read().split())
    for line in open(path, encoding="utf8"):
        d = json.loads(line)
        if (d["id"] in held) != aside:
            continue
        text = news_of[d["id"]][0][:d["length"]]
        statements = []
        for row in d["statements"]:
            statements.append({k: [tuple(q) for q in row.get(k, [])] for k in KINDS.values()} | fields(text, row) | {"nested": row.get("nested", False)})
        yield Article(d["id"], text, statements, True, True)


def news(folder):
    """The articles of FOLDER/stories/ID.json, FOLDER/wikinews/data/*.csv, FOLDER/pages/*/OUTLET.json, FOLDER/bbc/SECTION/NUMBER.txt,
    FOLDER/basil/YEAR/ARTICLE.json and FOLDER/intl/*.csv, by story_ID, by wikinews_TITLE as in the address, by page_OUTLET_VERSION, by
    bbc_SECTION_NUMBER, by basil_ARTICLE and by intl_ADDRESS: text, and outlet, day of publication and title."""
    out = {}
    for path in sorted(glob.glob(f"{folder}/bbc/*/*.txt")):
        raw = open(path, "rb").read()
        try:
            text = raw.decode("utf8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        parts = blocks(text)
        section, number = path[:-4].split("/")[-2:]
        out[f"bbc_{section}_{number}"] = "\n\n".join(parts), ("BBC News", "", parts[0])
    for path in sorted(glob.glob(f"{folder}/basil/*/*.json")):
        d = json.load(open(path, encoding="utf8"))
        parts = [" ".join(" ".join(p).split()) for p in d["body-paragraphs"]]
        out["basil_" + os.path.basename(path)[:-5]] = "\n\n".join(filter(None, [d["title"]] + parts)), (OUTLETS[d["source"].lower()], d["date"], d["title"])
    csv.field_size_limit(10 ** 9)
    for path in sorted(glob.glob(f"{folder}/intl/*.csv")):
        for r in csv.DictReader(open(path, encoding="utf8", newline="")):
            name = "intl_" + r["Link"].removesuffix("/index.html").rstrip("/").rsplit("/", 1)[1]
            out.setdefault(name, ("\n\n".join([r["Headline"].strip()] + paragraphs(r["Article_Content"])), (r["Source"], "", r["Headline"].strip())))
    for path in glob.glob(f"{folder}/stories/*.json"):
        d = json.load(open(path, encoding="utf8"))
        out["story_" + os.path.basename(path)[:-5]] = d["text"], (d["source_domain"], d["date_publish"][:10], d["title"])
    for path in glob.glob(f"{folder}/wikinews/data/*.csv"):
        for r in csv.DictReader(open(path, encoding="utf8", newline="")):
            parts = [x for i, x in enumerate(blocks(r["text"])) if i or not re.fullmatch(r"\w+, \w+ \d+, \d{4}", x)]
            out["wikinews_" + r["url"].rsplit("/", 1)[1]] = "\n\n".join([r["title"]] + parts), ("Wikinews", r["date"][:10], r["title"])
    for path in glob.glob(f"{folder}/pages/*/*.json"):
        outlet = os.path.basename(path)[:-5]
        for version, page in json.load(open(path, encoding="utf8")).items():
            body = page.get("body") or {}
            parts = [page["title"]] + body.get("summary", []) + [x for s in body.get("sections", []) for x in s["headline"] + s["paragraphs"]]
            text = "\n\n".join(filter(None, (" ".join(x.split()) for x in parts)))
            out[f"page_{outlet}_{version}".lower()] = text, (outlet, page["publishing_date"][:10], page["title"])
    return out


def blocks(text):
    """The paragraphs of a text that parts them by empty lines."""
    return [x for x in (" ".join(x.split()) for x in re.split(r"\n\s*\n", text)) if x]


OUTLETS = {"fox": "Fox News", "nyt": "The New York Times", "hpo": "HuffPost"}
END = re.compile(r"""(?<=[.!?])(["”’']?)\s+(?=["“‘']?[A-Z])""")
SHORT = re.compile(r"""(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Adm|Rev|Prof|Jr|Sr|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Inc|Corp|Co|Ltd)|\b[A-Za-z])\.$""")


def paragraphs(text):
    """An article whose paragraphs are lost, in paragraphs of one to three sentences again; none ends within quotation marks."""
    text = re.sub(r" ([.,;:!?’])", r"\1", " ".join(text.split()))
    out, now, at = [], "", 0
    for m in list(END.finditer(text)) + [None]:
        sentence = text[at:m.end(1) if m else len(text)]
        now += sentence
        at = m.end() if m else at
        within = now.count('"') % 2 or now.count("“") > now.count("”")
        runs_on = within and text[at:at + 1] in ('"', "“")      # a quotation that goes on in the next paragraph
        if m and not runs_on and (SHORT.search(sentence) or within or zlib.crc32(sentence.encode()) % 3 == 0):
            now += " "
            continue
        out.append(now)
        now = ""
    return [x for x in out if x.strip()]
