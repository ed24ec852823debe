"""Turns a checkpoint into the weights file that the binary embeds.

python export.py CHECKPOINT BASE.onnx TOKENIZER.json NAME OUT.bin [SETTINGS.json]

SETTINGS.json holds what is tuned after training (keep: least probabilities, confidence: the logistic form); see calibrate.py.
"""
import json
import sys

import base
import features
import predict
import weights

KEEP = {"cue_source": 0.3, "cue_content": 0.5, "cue_content_best": 0.2, "content_source": 0.5, "content_alone": 0.3, "cue_alone": 0.5,
        "inner": 0.3, "inner_said": 0.03, "via": 0.5, "to": 0.5, "when": 0.5}


def main():
    checkpoint, base_path, tokenizer, name, out = sys.argv[1:6]
    settings = json.load(open(sys.argv[6])) if len(sys.argv) > 6 else {}
    config, _, vocab = base.load(base_path, tokenizer)
    del config["relative"]      # the teacher's alone
    enc, heads = predict.load(checkpoint, base_path, tokenizer)
    tensors = {k: v.float().numpy() for k, v in enc.state_dict().items()} | {"heads." + k: v.float().numpy() for k, v in heads.state_dict().items()}
    meta = {"window": features.WINDOW, "reach": features.REACH, "tracks": features.TRACKS, "relations": features.RELATIONS, "acts": features.ACTS,
            "types": features.TYPES, "cls": vocab.index("[CLS]"), "sep": vocab.index("[SEP]"),
            "keep": KEEP | settings.get("keep", {}), "confidence": settings.get("confidence", [])}
    matrix = lambda k: k == "embeddings.word_embeddings.weight" or k.startswith("encoder.layer") and tensors[k].ndim == 2
    weights.write(out, name, config, meta, vocab, tensors, i8={k for k in tensors if matrix(k)})


if __name__ == "__main__":
    main()
