"""Check that both engines agree: greedy translations of the same weights in float32, by transformers and CTranslate2.

    python training/parity.py FOLDER PAIRS.tsv [--pairs 50] [--allow 2]

A few of the outputs may differ where two pieces are as good as equal (rounding); more is an error.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import ctranslate2
import sentencepiece
import torch
from export import SPM, convert
from normalise import normalise
from transformers import MarianMTModel


def by_ctranslate2(
    folder: Path, ids: list[list[int]], sp: sentencepiece.SentencePieceProcessor, longest: int
) -> list[list[int]]:
    """Greedy outputs of the folder's float16 weights, converted to float32."""
    with tempfile.TemporaryDirectory() as scratch:
        convert(folder / "hf", folder / SPM, Path(scratch), "float32")
        engine = ctranslate2.Translator(scratch, device="cpu", compute_type="float32")
        results = engine.translate_batch(
            [[sp.id_to_piece(i) for i in x] for x in ids], beam_size=1, max_decoding_length=longest
        )
    return [[sp.piece_to_id(p) for p in r.hypotheses[0]] for r in results]


@torch.no_grad()
def by_transformers(folder: Path, ids: list[list[int]], longest: int) -> list[list[int]]:
    """Greedy outputs of `MarianMTModel` loaded from the folder."""
    model = MarianMTModel.from_pretrained(folder / "hf", dtype=torch.float32).eval()
    special = {model.config.eos_token_id, model.config.pad_token_id}
    out = []
    for x in ids:
        y = model.generate(input_ids=torch.tensor([x]), num_beams=1, do_sample=False, max_new_tokens=longest)[
            0
        ].tolist()
        out.append([i for i in y if i not in special])
    return out


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path)
    a.add_argument("tsv", type=Path)
    a.add_argument("--pairs", type=int, default=50)
    a.add_argument("--allow", type=int, default=2)
    a.add_argument("--longest", type=int, default=60)
    o = a.parse_args()
    sp = sentencepiece.SentencePieceProcessor(model_file=str(o.folder / SPM))
    texts = [line.split("\t")[-2] for line in o.tsv.read_text(encoding="utf-8").splitlines()[: o.pairs]]
    ids = [[*sp.encode(normalise(text))[:120], 0] for text in texts]
    one, two = by_transformers(o.folder, ids, o.longest), by_ctranslate2(o.folder, ids, sp, o.longest)
    shorter = [(x[: o.longest - 1], y[: o.longest - 1]) for x, y in zip(one, two, strict=True)]
    different = sum(x != y for x, y in shorter)
    print(f"{different} of {len(texts)} outputs differ")
    if different > o.allow:
        sys.exit(1)


if __name__ == "__main__":
    main()
