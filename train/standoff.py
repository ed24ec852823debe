"""Turns marked articles (see data.written) whose words are not ours into positions and labels, so that only those are kept.

python standoff.py MARKED_FOLDER STORIES_DIR OUT.jsonl
"""
import json
import sys

import data
import features


def main():
    marked, folder, out = sys.argv[1:4]
    with open(out, "w", encoding="utf8") as f:
        for a in data.written(marked):
            text = json.load(open(f"{folder}/{a.id.split('_')[-1]}.json", encoding="utf8"))["text"]
            a.text = a.text.rstrip("\n")
            if text[:len(a.text)] != a.text:
                raise ValueError(f"{a.id}: the marked text is not the article's")
            rows = []
            for st in a.statements:
                row = {k: st[k] for k in data.KINDS.values() if st[k]} | {"act": st["act"], "speaker": st["speaker"], "type": st["speaker_type"]}
                row |= {k: where for k in data.FIELDS if (where := features.locate(a, st, k))}
                rows.append(row | ({"nested": True} if st["nested"] else {}))
            f.write(json.dumps({"id": "story_" + a.id.split("_")[-1], "length": len(a.text), "statements": rows}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
