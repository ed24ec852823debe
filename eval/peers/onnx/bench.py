"""Times the encoder in ONNX Runtime and in Quoth, in turns, on the same machine, threads, weights and articles.

    python bench.py QUOTH WEIGHTS FOLDER [ROUNDS]

Of each time the shortest of all rounds counts: what else runs on the machine can only make it longer.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
import onnxruntime as ort
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import BertWordPieceTokenizer

import export

LENGTHS, WINDOW = (64, 256, 512), 446


def session(path, threads):
    o = ort.SessionOptions()
    o.intra_op_num_threads, o.inter_op_num_threads = threads, 1
    return ort.InferenceSession(path, o, providers=["CPUExecutionProvider"])


def inputs(ids):
    n = len(ids)
    ids = np.asarray(ids, np.int64)[None]
    return {"ids": ids, "position": np.arange(n)[None], "case": np.ones((1, n), np.int64), "quote": np.zeros((1, n), np.int64)}


def shortest(f, seconds):
    best, end = 1e9, time.perf_counter() + seconds
    while best == 1e9 or time.perf_counter() < end:
        start = time.perf_counter()
        f()
        best = min(best, time.perf_counter() - start)
    return 1e3 * best


def main(quoth, weights, folder, rounds=3):
    head, tensors = export.read(weights)
    model = export.build(head, tensors)
    files = sorted(glob.glob(os.path.join(folder, "*.txt")))
    texts = [open(f, encoding="utf8").read() for f in files]
    tokens = BertWordPieceTokenizer({w: i for i, w in enumerate(head["vocab"])}, lowercase=True)
    stretches = []
    for t in texts:
        ids = tokens.encode(t, add_special_tokens=False).ids
        k = -(-len(ids) // WINDOW)
        stretches += [[101, *map(int, part), 102] for part in np.array_split(ids, k)]
    with tempfile.TemporaryDirectory() as d:
        full, small = os.path.join(d, "f32.onnx"), os.path.join(d, "i8.onnx")
        onnx.save(model, full)
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
        cores = sorted({1, len(os.sched_getaffinity(0))})  # as Quoth counts them
        best = {}

        def keep(key, x):
            best[key] = min(best.get(key, 1e9), x)

        sessions = {(k, c): session(p, c) for k, p in (("ONNX Runtime float32", full), ("ONNX Runtime int8", small)) for c in cores}
        for _ in range(int(rounds)):
            for (name, c), s in sessions.items():
                for n in LENGTHS:
                    x = inputs(np.arange(n) * 37 % head["config"]["vocab"])
                    keep((name, c, n), shortest(lambda: s.run(None, x), 1))
                xs = [inputs(ids) for ids in stretches]
                start = time.perf_counter()
                for x in xs:
                    s.run(None, x)
                keep((name, c, "article"), 1e3 * (time.perf_counter() - start) / len(texts))
            out = json.loads(subprocess.run([quoth, "bench", "--format", "json", "--time", "2s", *files], check=True, capture_output=True).stdout)
            for r in out["runs"]:
                for i, n in enumerate(LENGTHS):
                    keep(("Quoth", r["cores"], n), r["stretch_ms"][i])
                    keep(("Quoth float32", r["cores"], n), r["stretch_float32_ms"][i])
                keep(("Quoth", r["cores"], "article"), r["encode_ms"] / r["cores"])
    print(f"{out['model']}, {out['machine']}; onnxruntime {ort.__version__}; {len(texts)} articles; {time.strftime('%Y-%m-%d')}; ms, shortest of {rounds} rounds\n")
    columns = [(n, c) for n in (*LENGTHS, "article") for c in cores]
    print("| encoder | " + " | ".join(f"{n if n == 'article' else str(n) + ' pieces'}, {c} thread{'s' * (c > 1)}" for n, c in columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for name in ("ONNX Runtime float32", "ONNX Runtime int8", "Quoth float32", "Quoth"):
        print(f"| {name} | " + " | ".join(f"{best[name, c, n]:.1f}" if (name, c, n) in best else "" for n, c in columns) + " |")
    for name in ("Quoth float32", "Quoth"):
        ratio = lambda n, c: best["ONNX Runtime float32", c, n] / best[name, c, n]
        print(f"| {name}, times as fast as ONNX Runtime float32 | " + " | ".join(f"{ratio(n, c):.2f}" if (name, c, n) in best else "" for n, c in columns) + " |")


if __name__ == "__main__":
    main(*sys.argv[1:])
