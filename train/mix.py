"""Mixes checkpoints of one lineage: a share of the weights of each; the head of acts is mixed of those after the word "acts" alone, since
that of the first stage has another shape.

python mix.py BASE.onnx TOKENIZER.json OUT.pt SHARE=FILE … acts SHARE=FILE …
"""
import sys

import torch

import predict

ACTS = ("act", "look", "empty")


def main():
    base, tokenizer, out, *parts = sys.argv[1:]
    others = parts.index("acts")
    shares, paths = zip(*(x.split("=", 1) for x in parts if x != "acts"))
    shares = [float(x) for x in shares]
    models = [predict.load(path, base, tokenizer) for path in paths]

    def mixed(states):
        def of(k, first):
            total = sum(shares[first:])
            return sum(w / total * s[k] for w, s in zip(shares[first:], states[first:]))

        return {k: of(k, others if k.startswith(ACTS) else 0) if v.is_floating_point() else v for k, v in states[-1].items()}

    torch.save({"enc": mixed([m[0].state_dict() for m in models]), "heads": mixed([m[1].state_dict() for m in models])}, out)


if __name__ == "__main__":
    main()
