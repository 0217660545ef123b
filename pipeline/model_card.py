"""`model.json`: what a model folder says about itself, and what an engine must know to use it.

The format is described in docs/engines.md. Everything is optional; keys that are not known here are for people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import SanwenError
from pipeline.text.normalise import PLAIN

CARD = "model.json"
T = TypeVar("T")
_AGAIN = "Install the model again"
_LEXICONS = ("files.dictionary", "files.vocabulary", "files.lexicon")  # turned about, written for it, mined


@dataclass(frozen=True, slots=True)
class Card:
    """What engines read of a `model.json`. Files are relative to the folder."""

    name: str = ""
    licence: str = ""
    source_spm: str = "source.spm"  # SentencePiece models
    target_spm: str = "target.spm"
    vmap: str = "vmap.txt"  # CTranslate2's vocabulary map
    lexicons: tuple[str, ...] = ()  # words with their targets that are suggested to the model, the first file first
    hf: str = "."  # the folder of the weights for transformers
    source_prefix: tuple[str, ...] = ()  # tokens before every source, such as >>cmn_Hans<< or eng_Latn
    source_suffix: tuple[str, ...] = ("</s>",)
    target_prefix: tuple[str, ...] = ()  # tokens that every target begins with, such as zho_Hans
    normalised: bool = False  # sources go through pipeline.text.normalise; else the tokenizer does what it does
    terms: tuple[str, str, str] | None = None  # the three marks of an annotated term, if the model knows any
    suggested: str = ""  # what stands before the word of a suggestion, where a term has its first mark
    mask: str = ""  # what the model was taught to copy, `{n}` for a number
    positions: int = 512  # the longest sequence that it can represent
    longest: int = 0  # source pieces up to which it was trained; 0: not known
    length_penalty: float = 1.0  # in a beam: scores are divided by target length to this power; above 1, say more


def search(card: Card, beam: int) -> str:
    """How an engine's signature names its search: what can change a translation."""
    weighed = beam > 1 and card.length_penalty != 1
    return f"beam{beam} length{card.length_penalty:g}" if weighed else f"beam{beam}"


def read_card(folder: Path) -> Card:
    """The folder's `model.json`; the defaults if there is none.

    Raises SanwenError if it is no JSON object, a value has the wrong type, a file lies outside the folder, or the
    model needs a normalisation that this version does not know.
    """
    path = folder / CARD
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Card()
    except (OSError, ValueError, RecursionError) as e:
        raise SanwenError(f"the model's description cannot be read: {e}", file=path, remedy=_AGAIN) from e
    get, default = _Reader(data, path), Card()
    spm = get("files.tokenizer", "")
    return Card(
        name=get("name", ""),
        licence=get("licence", ""),
        source_spm=_inside(spm or default.source_spm, path),
        target_spm=_inside(get("files.target_tokenizer", spm or default.target_spm), path),
        vmap=_inside(get("files.vocabulary_map", default.vmap), path),
        lexicons=tuple(_inside(name, path) for key in _LEXICONS if (name := get(key, ""))),
        hf=_inside(get("files.transformers", default.hf), path),
        source_prefix=get.strings("tokenizer.source_prefix", ()),
        source_suffix=get.strings("tokenizer.source_suffix", default.source_suffix),
        target_prefix=get.strings("tokenizer.target_prefix", ()),
        normalised=_normalised(get, path),
        terms=_terms(get),
        suggested=get("terms.suggested", get("terms.open", "")),
        mask=_mask(get("mask.form", ""), path),
        positions=get("positions", default.positions),
        longest=get("max_source_pieces", default.longest),
        length_penalty=get("decoding.length_penalty", default.length_penalty),
    )


class _Reader:
    """Values by dotted path, each of its default's type."""

    def __init__(self, data: Any, path: Path) -> None:
        if not isinstance(data, dict):
            raise SanwenError("the model's description is no JSON object", file=path, remedy=_AGAIN)
        self._data, self._path = data, path

    def _find(self, name: str) -> Any:
        here: Any = self._data
        for key in name.split("."):
            if here is None:
                return None
            if not isinstance(here, Mapping):
                raise self._wrong(name, here, "an object")
            here = here.get(key)
        return here

    def _wrong(self, name: str, value: object, wanted: str) -> SanwenError:
        return SanwenError(f"'{name}' is {value!r}", file=self._path, remedy=f"It must be {wanted}")

    def __call__(self, name: str, default: T) -> T:
        value = self._find(name)
        if value is None:
            return default
        if type(value) is not type(default) or (isinstance(value, int) and value < 0):
            raise self._wrong(name, value, f"like {default!r}")
        checked: T = value
        return checked

    def strings(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._find(name)
        if value is None:
            return default
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self._wrong(name, value, "a list of strings")
        return tuple(value)


def _inside(name: str, path: Path) -> str:
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise SanwenError(f"the file '{name}' is outside the model's folder", file=path, remedy=_AGAIN)
    return name


def _normalised(get: _Reader, path: Path) -> bool:
    """Whether the model wants our normalisation; its table of characters must be ours."""
    function = get("normalisation.function", "")
    if not function:
        return False
    ours = {f"U+{code:04X}": plain for code, plain in PLAIN.items()}
    if function.rpartition(":")[2] != "normalise" or get("normalisation.characters", ours) != ours:
        raise SanwenError(
            "the model needs a normalisation that this version does not know", file=path, remedy="Update sanwen"
        )
    return True


def _terms(get: _Reader) -> tuple[str, str, str] | None:
    marks = (get("terms.open", ""), get("terms.as", ""), get("terms.close", ""))
    return marks if all(marks) else None


def _mask(form: str, path: Path) -> str:
    if form and form.count("{n}") != 1:
        raise SanwenError(f"'mask.form' is {form!r}", file=path, remedy="It must hold {n} once")
    return form
