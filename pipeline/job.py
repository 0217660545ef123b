"""What a stage is given: one locale of one article, and the tools for it. Passed along, never global."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline import __version__
from pipeline.cache import Cache
from pipeline.config import Config
from pipeline.engine import Engine
from pipeline.memory import Memory
from pipeline.model import Locale, Unit
from pipeline.po.catalog import Catalog
from pipeline.termbase import TermBase
from pipeline.text.han import Converter


@dataclass(frozen=True, slots=True)
class Job:
    """The tools are made when they are first called for: an article whose units are all reviewed needs no engine."""

    article: str
    locale: Locale
    config: Config
    catalog: Catalog
    terms: TermBase
    memory: Memory | None
    cache: Cache | None
    engine: Callable[[], Engine]
    converter: Callable[[], Converter]
    base: Sequence[Unit] = ()  # the finished units of the base locale, one for one
    force: bool = False  # make machine drafts anew even if nothing has changed

    @property
    def signature(self) -> str:
        """What a draft of this job is marked with, before the engine's own part."""
        return f"sanwen/{__version__}"


Stage = Callable[[Iterable[Unit], Job], Iterator[Unit]]
