"""Texts to token ids and back for transformers models: by a model folder's own SentencePiece models, or by theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from pipeline.engine import Constraint, Request, Token
from pipeline.engines._pieces import located, spelled, written, written_aligned
from pipeline.engines._vocabulary import Vocabulary
from pipeline.model_hub import set_languages


class Codec(Protocol):
    """What the engine needs of a tokenizer. Token ids are the model's."""

    eos: int
    pad: int
    lead: list[int]  # tokens that every target begins with
    barred: list[int]  # tokens that no target may hold

    def encode(self, request: Request) -> list[int]:
        """The source with its prefix and suffix, however long; nothing for an empty text."""

    def encode_target(self, text: str, *, inside: bool = False) -> list[int]:
        """A target text; `inside` another text, so without the space that begins every text."""

    def decode(self, ids: Sequence[int]) -> tuple[str, tuple[Token, ...]]:
        """The text of target ids, and the place in it of each."""

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """The ids of target pieces, as `decode` names them."""

    def sources(self, request: Request, ids: Sequence[int]) -> tuple[Token, ...]:
        """The place in the request's text of each source id."""

    def suggest(self, text: str, taken: Sequence[tuple[int, int]], *, named: bool) -> tuple[Constraint, ...]:
        """What a lexicon of the model's knows of a text."""


class FolderCodec:
    """For a model folder with a `model.json`: a piece's id is its number, <pad> comes after the last."""

    def __init__(self, vocabulary: Vocabulary, eos: int, pad: int) -> None:
        """Take the special ids from the model's configuration."""
        self._vocabulary = vocabulary
        self.eos, self.pad = eos, pad
        self.lead = [self._id(p) for p in vocabulary.card.target_prefix]
        self.barred = [pad, self._id("<unk>"), *(self._id(p) for p in vocabulary.card.terms or ())]

    def _id(self, piece: str) -> int:
        return int(self._vocabulary.source.piece_to_id(piece))

    def _piece(self, id_: int) -> str:
        return "<pad>" if id_ == self.pad else str(self._vocabulary.source.id_to_piece(int(id_)))

    def encode(self, request: Request) -> list[int]:
        """See Codec."""
        return [self._id(p) for p in self._vocabulary.whole(request)]

    def encode_target(self, text: str, *, inside: bool = False) -> list[int]:
        """See Codec."""
        return [self._id(p) for p in self._vocabulary.encode_target(text, inside=inside)]

    def decode(self, ids: Sequence[int]) -> tuple[str, tuple[Token, ...]]:
        """See Codec."""
        return self._vocabulary.decode([self._piece(i) for i in ids])

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """See Codec."""
        return [self._id(p) for p in pieces]

    def sources(self, request: Request, ids: Sequence[int]) -> tuple[Token, ...]:
        """See Codec."""
        return self._vocabulary.sources(request, [self._piece(i) for i in ids])

    def suggest(self, text: str, taken: Sequence[tuple[int, int]], *, named: bool) -> tuple[Constraint, ...]:
        """See Codec."""
        return self._vocabulary.suggest(text, taken, named=named)


class HubCodec:
    """For a tokenizer of transformers: Marian, NLLB, M2M100, mBART."""

    def __init__(self, tokenizer: Any, source: str, target: str) -> None:
        """Set the languages: those given, else English and Simplified Chinese as this tokenizer calls them.

        Raises SanwenError if it does not know them.
        """
        self._tokenizer = tokenizer
        self.eos, self.pad = tokenizer.eos_token_id, tokenizer.pad_token_id
        self._languages = set_languages(tokenizer, source, target)
        self.lead = list(self._languages.lead)
        self.barred = [i for i in {self.pad, tokenizer.unk_token_id} if i is not None and i != self.eos]

    def encode(self, request: Request) -> list[int]:
        """See Codec."""
        text = written(request, None, reading=None)
        if not text:
            return []
        return [int(i) for i in self._tokenizer(self._languages.tag + text)["input_ids"]]

    def encode_target(self, text: str, *, inside: bool = False) -> list[int]:
        """See Codec."""
        ids = [int(i) for i in self._tokenizer(text_target=text, add_special_tokens=False)["input_ids"]] if text else []
        pieces: list[str] = self._tokenizer.convert_ids_to_tokens(ids)
        if inside and pieces and pieces[0].startswith("▁"):
            bare = self._tokenizer.convert_tokens_to_ids(pieces[0][1:]) if len(pieces[0]) > 1 else None
            if bare is None or bare != self._tokenizer.unk_token_id:
                ids[:1] = [] if bare is None else [int(bare)]
        return ids

    def decode(self, ids: Sequence[int]) -> tuple[str, tuple[Token, ...]]:
        """See Codec."""
        return spelled(self._tokenizer.convert_ids_to_tokens(list(ids)), self._languages.marks)

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """See Codec."""
        return [int(i) for i in self._tokenizer.convert_tokens_to_ids(list(pieces))]

    def sources(self, request: Request, ids: Sequence[int]) -> tuple[Token, ...]:
        """See Codec."""
        pieces = self._tokenizer.convert_ids_to_tokens(list(ids))
        return located(pieces, written_aligned(request, None, reading=None), self._languages.marks)

    def suggest(self, text: str, taken: Sequence[tuple[int, int]], *, named: bool) -> tuple[Constraint, ...]:  # noqa: ARG002
        """Models of the hub bring no lexicon."""
        return ()
