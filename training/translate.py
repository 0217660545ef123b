"""Translate lines with an exported folder, at its default settings.

python training/translate.py FOLDER < english.txt > chinese.txt
"""

import argparse
import json
import sys
from functools import cache, partial
from pathlib import Path

import ctranslate2
import sentencepiece
from hypotheses import limits
from normalise import normalise
from terms import MARKED, read, rewrite

from pipeline.engines._lexicon import Lexicon
from pipeline.engines._vocabulary import weight
from pipeline.model_card import read_card
from pipeline.text.headline import recased, unlisted  # the runtime's own: what is measured is what is shipped


class Translator:
    """An exported folder, ready to translate."""

    def __init__(
        self,
        folder: Path,
        vmap: bool | None = None,
        beam: int | None = None,
        threads: int = 1,
        lexicon: bool = True,
    ) -> None:
        """Open the folder."""
        settings = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        decoding = settings["decoding"]
        self.limits = limits(settings)
        self.vmap = decoding["use_vmap"] if vmap is None else vmap
        self.beam = beam or decoding["beam_size"]
        self.most_source, self.most_target = settings["max_source_pieces"], settings["max_target_pieces"]
        self.sp = sentencepiece.SentencePieceProcessor(model_file=str(folder / settings["files"]["tokenizer"]))
        card = read_card(folder)
        known = [folder / name for name in card.lexicons] if lexicon else []
        self.suggested = card.suggested
        self.lexicon = Lexicon(*known) if known else None
        self.weigh = cache(partial(weight, self.sp))
        self.known = self.lexicon.has_small if self.lexicon else unlisted
        self.engine = ctranslate2.Translator(
            str(folder), device="cpu", inter_threads=threads, intra_threads=1, compute_type="int8"
        )

    def read(self, text: str) -> str:
        """What the model reads for a text."""
        text = recased(text, normalise(text), self.weigh, self.known)
        taken = [m.span() for m in MARKED.finditer(text)]
        hints = self.lexicon.hints(text, taken) if self.lexicon else []
        marks = [(start, end, text[start:end], target) for start, end, target in hints]
        return read(rewrite(text, marks, opened=self.suggested), self.weigh)

    def translate(self, texts: list[str], batch: int = 64) -> list[str]:
        """Translations in the order of `texts`; they may hold term marks and masks."""
        pieces = [[*self.sp.encode(self.read(text), out_type=str)[: self.most_source], "</s>"] for text in texts]
        results = self.engine.translate_batch(
            pieces,
            max_batch_size=batch,
            beam_size=self.beam,
            use_vmap=self.vmap,
            max_decoding_length=self.most_target,
            disable_unk=True,
            **self.limits,
        )
        return [self.sp.decode([p for p in r.hypotheses[0] if p != "</s>"]) for r in results]


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path)
    a.add_argument("--beam", type=int)
    a.add_argument("--threads", type=int, default=1)
    o = a.parse_args()
    for line in Translator(o.folder, beam=o.beam, threads=o.threads).translate(sys.stdin.read().splitlines()):
        print(line)


if __name__ == "__main__":
    main()
