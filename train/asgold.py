"""Writes the further readings as a folder in the gold sets' shape (ID.txt + ID.json), on which the rules in Go are fitted.

python asgold.py POLNEAR_DIR NEWS_DIR OUT [aside]        NEWS_DIR: see data.news

Dates of "when" are left open: what reads the folder resolves them. With "aside" only those that are kept for measuring.
"""
import csv
import glob
import json
import os
import re
import sys

import data
import quotes

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "readings")


def heads(corpus, folder):
    """Outlet, day of publication and title of each article, by its id."""
    out = {}
    for row in csv.reader(open(f"{corpus}/metadata.tsv", encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        out[row[1]] = (row[4], row[5], row[7])
    out |= {k: head for k, (_, head) in data.news(folder).items()}
    for path in glob.glob(f"{HERE}/*.txt"):
        line = dict(re.findall(r"(outlet|published|title): ([^|\n]*)", open(path, encoding="utf8").readline()))
        out[os.path.basename(path)[:-4]] = tuple(line.get(k, "").strip() for k in ("outlet", "published", "title"))
    return out


def articles(corpus, folder, aside):
    if aside:
        yield from data.stories(f"{HERE}/stories.jsonl", folder, True)
        return
    seen = set()
    for a in data.labelled(data.polnear(corpus, "train"), f"{HERE}/polnear.jsonl"):
        if a.full and a.id not in seen:
            seen.add(a.id)
            yield a
    yield from data.stories(f"{HERE}/stories.jsonl", folder)
    yield from data.written(HERE)


def main():
    corpus, folder, out, *aside = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    head = heads(corpus, folder)
    for a in articles(corpus, folder, aside == ["aside"]):
        statements, inside = [], [s > 0 for line in a.text.splitlines(keepends=True) for s in quotes.marks(line)]
        for st in a.statements:
            if "act" not in st:
                continue
            spans = {k: [{"start": x, "end": y, "text": a.text[x:y]} for x, y in st[k]] for k in ("source", "cue", "content")}
            marked = {inside[i] for x, y in st["content"] for i in range(x, y) if a.text[i].isalnum()}
            statements.append(spans | {k: st.get(k) or [] for k in ("via", "to")} | {"when": st.get("when"), "nested": st.get("nested", False)}
                              | {"speaker": st.get("speaker") or [], "role": st.get("role") or "", "act": st["act"],
                                 "quotation": "mixed" if len(marked) > 1 else "direct" if True in marked else "indirect"})
        outlet, published, title = head[a.id]
        name = re.sub(r"[^\w.-]", "_", a.id)
        json.dump({"id": name, "outlet": outlet, "published": published, "title": title, "statements": statements}, open(f"{out}/{name}.json", "w", encoding="utf8"))
        open(f"{out}/{name}.txt", "w", encoding="utf8", newline="").write(a.text)


if __name__ == "__main__":
    main()
