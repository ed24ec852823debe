"""Counts how often each word of a cue goes with each act in the readings: internal/act/words.txt.

python actwords.py POLNEAR_DIR READINGS_DIR NEWS_DIR OUT.txt

A line: a word or two, joined by "_", where "$" is the end of the cue, and ten counts in the order of features.ACTS. Kept are those that tell
something: seen five times, and by relative entropy at least 0.35 away from what any cue says. Two words
that end in an adverb ("has repeatedly") are left out: they tell of the verb behind them alone.
"""
import collections
import math
import os
import re
import sys

import data
from features import ACTS

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    polnear, readings, news, out = sys.argv[1:5]
    articles = [*data.readings(readings + "/polnear-train", False), *data.readings(readings + "/pages", True), *data.written(HERE + "/readings"),
                *data.stories(HERE + "/readings/stories.jsonl", news), *data.labelled(data.polnear(polnear, "train"), HERE + "/readings/polnear.jsonl")]
    counts, all_cues = collections.defaultdict(lambda: [0] * len(ACTS)), [0] * len(ACTS)
    for a in articles:
        for st in a.statements:
            if "act" not in st or not st["cue"]:
                continue
            k = ACTS.index(st["act"])
            all_cues[k] += 1
            words = re.findall(r"[a-z]+(?:'[a-z]+)?", " ".join(a.text[x:y] for x, y in st["cue"]).lower().replace("’", "'"))
            for w in set(words) | {x + "_" + y for x, y in zip(words, words[1:] + ["$"]) if not y.endswith("ly")}:
                counts[w][k] += 1
    share = [x / sum(all_cues) for x in all_cues]
    with open(out, "w") as f:
        f.write("* " + " ".join(map(str, all_cues)) + "\n")
        for w, c in sorted(counts.items()):
            p = [(x + 2 * q) / (sum(c) + 2) for x, q in zip(c, share)]
            if sum(c) >= 5 and sum(x * math.log(x / q) for x, q in zip(p, share)) > 0.35:
                f.write(w + " " + " ".join(map(str, c)) + "\n")


if __name__ == "__main__":
    main()
