"""Mixes checkpoints of one lineage: a share of the weights of each; the head of acts is the last one's alone.

python mix.py BASE.onnx TOKENIZER.json OUT.pt SHARE=FILE SHARE=FILE …
"""
import sys

import torch

import predict

ALONE = ("act", "look", "empty")


def main():
    base, tokenizer, out, *parts = sys.argv[1:]
    shares, paths = zip(*(x.split("=", 1) for x in parts))
    shares = [float(x) for x in shares]
    models = [predict.load(path, base, tokenizer) for path in paths]

    def mixed(states):
        of = lambda k: sum(w * s[k] for w, s in zip(shares, states))
        return {k: v if k.startswith(ALONE) or not v.is_floating_point() else of(k) for k, v in states[-1].items()}

    torch.save({"enc": mixed([m[0].state_dict() for m in models]), "heads": mixed([m[1].state_dict() for m in models])}, out)


if __name__ == "__main__":
    main()
