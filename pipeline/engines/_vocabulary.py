"""A model folder's SentencePiece models, with what its `model.json` says about using them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from pipeline.engine import Constraint, Request, Token
from pipeline.engines._lexicon import Lexicon
from pipeline.engines._pieces import Markup, Reading, bare, located, spelled, written, written_aligned
from pipeline.errors import SanwenError
from pipeline.model_card import Card
from pipeline.model_hub import SPECIAL
from pipeline.text.capitals import without_capitals
from pipeline.text.familiar import replacements
from pipeline.text.headline import recased, unlisted
from pipeline.text.normalise import Aligned
from pipeline.text.ranks import ranks


def load_spm(path: Path) -> Any:
    """A SentencePiece model. Raises SanwenError if the file is missing or broken."""
    import sentencepiece  # noqa: PLC0415 - 20 ms that only an engine needs

    if not path.is_file():
        raise SanwenError("the tokenizer's model is missing", file=path, remedy="Install the model again")
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (RuntimeError, OSError) as e:
        raise SanwenError("not a SentencePiece model", file=path, remedy="Install the model again") from e


def weight(spm: Any, word: str) -> tuple[float, int]:
    """The log probability of `word` under a unigram model, and the number of its pieces."""
    ids = spm.encode(word)
    return sum(spm.get_score(i) for i in ids), len(ids)


class Vocabulary:
    """Requests to source pieces, target pieces to text."""

    def __init__(self, folder: Path, card: Card, *, lexicon: bool = True) -> None:
        """Open the tokenizers, and with `lexicon` the folder's lexicons, if there are any."""
        self.card = card
        self.markup = Markup(*card.terms, card.suggested) if card.terms else None
        self.source = load_spm(folder / card.source_spm)
        same = card.source_spm == card.target_spm or not (folder / card.target_spm).exists()
        self.target = self.source if same else load_spm(folder / card.target_spm)
        self._weigh = cache(partial(weight, self.source))
        known = [folder / name for name in card.lexicons] if lexicon and self.markup else []
        self.lexicon = Lexicon(*known) if known else None
        self._recased = partial(recased, weigh=self._weigh, known=self.lexicon.has_small if self.lexicon else unlisted)
        self._silent = SPECIAL | {*card.source_prefix, *card.source_suffix, *card.target_prefix}

    def text(self, request: Request) -> str:
        """What the model reads for a request."""
        return written(request, self.markup, reading=self._reading(named=request.named))

    def _reading(self, *, named: bool) -> Reading | None:
        """What the model reads; None for a model that is not ours."""
        if not self.card.normalised:
            return None
        respell = partial(replacements, weigh=self._weigh)
        return Reading(respell=respell) if named else Reading(self._small, respell)

    def _small(self, text: str, normal: str) -> str:
        return without_capitals(self._recased(text, normal), self._weigh)

    def suggest(self, text: str, taken: Sequence[tuple[int, int]], *, named: bool) -> tuple[Constraint, ...]:
        """What the lexicon knows of a text with the capitals of running text, in places of the text as it is."""
        if self.lexicon is None:
            return ()
        running = Reading() if named else Reading(self._recased)
        base = bare(text, reading=running if self.card.normalised else None)
        short = [(start, end) for start, end, _ in ranks(base.text)]  # Sen. is no name
        found = self.lexicon.hints(base.text, [*(base.span(start, end) for start, end in taken), *short])
        return tuple(Constraint(base.starts[a], base.ends[b - 1], target, soft=True) for a, b, target in found)

    def length(self, text: str) -> int:
        """Source tokens of a text, prefix and suffix included; none for an empty one."""
        return len(self.whole(Request(text)))

    def whole(self, request: Request) -> list[str]:
        """The source's tokens, however many; none at all for an empty text."""
        pieces: list[str] = self.source.encode(self.text(request), out_type=str)
        return [*self.card.source_prefix, *pieces, *self.card.source_suffix] if pieces else []

    def encode(self, request: Request) -> tuple[list[str], bool]:
        """The source's tokens as far as the model can read them, and whether they had to be cut."""
        tokens, most, tail = self.whole(request), self.card.positions, list(self.card.source_suffix)
        return ([*tokens[: most - len(tail)], *tail], True) if len(tokens) > most else (tokens, False)

    def encode_target(self, text: str, *, inside: bool = False) -> list[str]:
        """The tokens of a target text; `inside` another text without the space that begins every text, if possible."""
        pieces: list[str] = self.target.encode(text, out_type=str) if text else []
        if inside and pieces and pieces[0].startswith("▁"):
            bare = pieces[0][1:]
            if not bare or self.target.piece_to_id(bare) != self.target.unk_id():
                pieces[:1] = [bare] if bare else []
        return pieces

    def sources(self, request: Request, tokens: Sequence[str]) -> tuple[Token, ...]:
        """Where the source's tokens stand in the request's text."""
        origin: Aligned = written_aligned(request, self.markup, reading=self._reading(named=request.named))
        return located(tokens, origin, self._silent)

    def decode(self, tokens: Sequence[str]) -> tuple[str, tuple[Token, ...]]:
        """The text of target tokens, and the place in it of each."""
        return spelled(tokens, self._silent)

    def wanted(self, constraints: Sequence[Constraint]) -> set[str]:
        """Target tokens that the constraints call for, at the beginning of a text and inside it."""
        return {
            piece
            for c in constraints
            for inside in (False, True)
            for piece in self.encode_target(c.target, inside=inside)
        }
