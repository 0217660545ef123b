"""The engine seam: pieces of text with term constraints in, targets with scores out.

An engine is a module under `pipeline.engines` with `load(settings) -> Engine`. Offsets count Unicode code points.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import SanwenError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Option = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Constraint:
    """`text[start:end]` of a request is to be rendered as `target`; a `soft` one is a suggestion and not required."""

    start: int
    end: int
    target: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One piece of text to translate, a sentence as a rule.

    `prefix` is a beginning that the target is forced to have. `careful` decodes with guards against repetition: for
    a text whose first translation ran in circles. `avoid` are runs of the pieces of `Result.tokens` that the target
    must not have: what a first translation left in English. `named` says that the text is a name or somebody's office:
    its capitals are its own, not a headline's.
    """

    text: str
    constraints: tuple[Constraint, ...] = ()
    prefix: str = ""
    careful: bool = False
    avoid: tuple[tuple[str, ...], ...] = ()
    named: bool = False

    @property
    def required(self) -> tuple[Constraint, ...]:
        """The constraints that are more than suggestions."""
        return tuple(c for c in self.constraints if not c.soft)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece as the model sees it, and where it stands: `[start, end)` of the text on its side.

    Bytes of one character share its span. Marks and targets written into a source have the span of their constraint;
    tokens that stand for nothing in the text (end of sentence, language code) have an empty span.
    """

    piece: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """A translation.

    `score` is the mean natural-log probability of a target token, so 0 is certainty; it is made for comparing
    translations of one text by one engine, nothing else. `attention`, where asked for and supported, has a row for
    each of `tokens` and a column for each of `sources`; a row sums to 1. `truncated` says that a text or its
    translation ran into the engine's limit, so that something is missing.
    """

    text: str
    score: float = 0.0
    tokens: tuple[Token, ...] = ()
    sources: tuple[Token, ...] = ()
    attention: NDArray[np.float32] | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Supports:
    """What an engine can do beyond translating."""

    annotation: bool = False  # the model itself was taught to obey constraints (most of the time)
    hard: bool = False  # constraints are met always, whatever it costs
    prefix: bool = False  # `Request.prefix` is obeyed
    attention: bool = False  # `Result.attention` is there when asked for


class Engine(Protocol):
    """What translates. Not safe for use by several threads at once."""

    @property
    def signature(self) -> str:
        """What made a translation: engine and version, model and digest, settings. Part of every cache key."""

    @property
    def supports(self) -> Supports:
        """What the engine can do."""

    @property
    def limit(self) -> int:
        """The most source tokens that are read at all; what is beyond is cut, and the result says so."""

    @property
    def comfort(self) -> int:
        """The source tokens up to which the model is at its best: split longer texts if they can be split."""

    @property
    def mask(self) -> str:
        """How a span that must survive is written, with `{n}` for its number; empty if the model knows no way."""

    def length(self, text: str) -> int:
        """Source tokens of `text`, as `limit` and `comfort` count them."""

    def suggest(self, text: str, taken: Sequence[tuple[int, int]], *, named: bool = False) -> tuple[Constraint, ...]:
        """What the model would be helped by: soft constraints for names and rare words, in order, clear of `taken`.

        `named` is a request's.
        """

    def translate(self, requests: Sequence[Request], *, attention: bool = False) -> list[Result]:
        """Translate all, in order. Constraints are obeyed as far as `supports` says. Empty texts give empty results.

        Raises SanwenError if a constraint lies outside its text or overlaps another.
        """

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """`Result.score` of given targets, over the whole vocabulary; the requests' prefixes are ignored."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What a user sets. `extra` holds what only one engine knows; that engine validates it (see `checked`)."""

    name: str = "ctranslate2"
    model: str = ""  # a folder, or the name of a model in the store; empty: the embedded one
    beam: int = 1  # greedy; sanwen.toml has its own default
    batch: int = 64  # texts that are decoded together
    threads: int = 1
    compute_type: str = ""  # empty: the engine's own choice
    extra: Mapping[str, Option] = field(default_factory=lambda: MappingProxyType({}))
    workspace: str = ""  # the folder whose `models/` is searched first


def checked(settings: EngineSettings, **known: Option) -> dict[str, Option]:
    """The options of `extra` over the defaults `known`, each of its default's type.

    Raises SanwenError for an unknown option, a wrong type, and for numbers below 1 among the common settings.
    """
    for name in ("beam", "batch", "threads"):
        value = getattr(settings, name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise SanwenError(f"{name} is {value!r}", place=f"engine {settings.name}", remedy="Use a number from 1 up")
    options = dict(known)
    for name, value in settings.extra.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"Did you mean '{near[0]}'?" if near else f"It knows: {', '.join(known) or 'no options'}"
            raise SanwenError(f"the engine {settings.name} has no option '{name}'", remedy=hint)
        default = known[name]
        if type(value) is not type(default) and not (isinstance(default, float) and type(value) is int):
            raise SanwenError(
                f"the option '{name}' of the engine {settings.name} is {value!r}",
                remedy=f"Give a value like {default!r}",
            )
        options[name] = value
    return options


def validate(request: Request) -> None:
    """Raise SanwenError unless the constraints lie within the text, have a target and do not overlap."""
    last = 0
    for c in sorted(request.constraints, key=lambda c: (c.start, c.end)):
        if not (0 <= c.start < c.end <= len(request.text)):
            raise SanwenError(f"a term lies at {c.start}:{c.end}, outside its text of {len(request.text)} characters")
        if c.start < last:
            raise SanwenError(f"two terms overlap at character {c.start} of a text", remedy="Give one of them only")
        if not c.target.strip():
            raise SanwenError(
                f"the term at {c.start}:{c.end} has no target", remedy="Leave the term out, or fill it in"
            )
        last = c.end
