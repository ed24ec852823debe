"""Mixes two checkpoints of one lineage: a share of the later weights, the rest of the earlier ones; the head of acts is the later one's alone.

python mix.py EARLIER LATER SHARE BASE.onnx TOKENIZER.json OUT.pt
"""
import sys

import torch

import predict

ALONE = ("act", "look", "empty")


def main():
    earlier, later, share, base, tokenizer, out = sys.argv[1:7]
    share = float(share)
    old, new = (predict.load(path, base, tokenizer) for path in (earlier, later))

    def mixed(a, b):
        a = a.state_dict()
        return {k: v if k.startswith(ALONE) or not v.is_floating_point() else share * v + (1 - share) * a[k] for k, v in b.state_dict().items()}

    torch.save({"enc": mixed(old[0], new[0]), "heads": mixed(old[1], new[1])}, out)


if __name__ == "__main__":
    main()
