"""Turns readings of articles whose words are not ours into positions and labels, so that only those are kept.

python standoff.py stories MARKED_FOLDER NEWS_DIR OUT.jsonl         marked articles (see data.written), named by their ids, over articles of NEWS_DIR (see data.news)
python standoff.py polnear FIELDS_FOLDER POLNEAR_DIR OUT.jsonl      fields of the statements that PolNeAR's train part marks

FIELDS_FOLDER holds ID.tsv, a line a statement of the article's first reading, in its order: N|act|type|speaker|role|via|to|when. Several values are
parted by " ; "; the speaker "=" is the source's own words.
"""
import json
import os
import sys

import data
import features


def stories(marked, folder):
    news_of = data.news(folder)
    for a in data.written(marked):
        a.text = a.text.rstrip("\n")
        if not news_of[a.id][0].startswith(a.text):
            raise ValueError(f"{a.id}: the marked text is not the article's")
        rows = []
        for st in a.statements:
            rows.append({k: st[k] for k in data.KINDS.values() if st[k]} | row(a, st) | ({"nested": True} if st["nested"] else {}))
        yield {"id": a.id, "length": len(a.text), "statements": rows}


def polnear(folder, corpus):
    seen = set()
    for a in data.polnear(corpus, "train"):
        path = f"{folder}/{a.id}.tsv"
        if a.id in seen or not os.path.exists(path):
            continue
        seen.add(a.id)
        statements = [st for st in a.statements if not st.get("loose")]
        rows = {}
        for line in filter(str.strip, open(path, encoding="utf8")):
            n, act, kind, speaker, role, via, to, when = (x.strip() for x in line.split("|"))
            many = lambda s: [x.strip() for x in s.split(" ; ") if x.strip()]
            st = statements[int(n) - 1]
            own = [" ".join(a.text[x:y] for x, y in st["source"])]
            st |= {"act": act, "speaker_type": kind, "speaker": own if speaker == "=" else many(speaker), "role": role, "via": many(via), "to": many(to),
                   "when": {"text": when} if when else None}
            rows[data.place(st)] = {"at": data.place(st)} | row(a, st)
        yield {"id": a.id, "statements": list(rows.values())}


def row(a, st):
    return {"act": st["act"], "speaker": st["speaker"], "type": st["speaker_type"]} | {k: where for k in data.FIELDS if (where := features.locate(a, st, k))}


def main():
    kind, source, over, out = sys.argv[1:5]
    with open(out, "w", encoding="utf8") as f:
        for d in {"stories": stories, "polnear": polnear}[kind](source, over):
            f.write(json.dumps(d, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
