"""Import and export of term bases, one format a file.

A module has `NAME`, `EXTENSIONS`, `read(data, path, locale) -> Imported` and `write(terms, locales) -> bytes`; its
docstring is its help. `locale` is what a bilingual file, which does not say, is in. `LOOKS`, where there is one, is a
pattern that tells its files from those of other formats with the same ending.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from types import ModuleType

from pipeline import plugins
from pipeline.errors import SanwenError
from pipeline.model import Term

_KIND = "glossary/exchange"
_HEAD = 4096  # bytes in which a format shows


def names() -> tuple[str, ...]:
    """The names of the formats, as users write them."""
    return tuple(name.replace("_", "-") for name in plugins.names(_KIND))


def load(name: str) -> ModuleType:
    """The module of a format. Raises SanwenError for an unknown one."""
    if name not in names():
        raise SanwenError(f"there is no glossary format {name!r}", remedy=f"Known: {', '.join(names())}")
    return importlib.import_module(f"pipeline.glossary.exchange.{name.replace('-', '_')}")


def guess(path: str, data: bytes = b"") -> list[str]:
    """The formats whose files have this name's ending; where there are several, those whose `LOOKS` the data have."""
    ending = PurePath(path).suffix.lower()
    fits = [name for name in names() if ending in load(name).EXTENSIONS]
    looks = {name: getattr(load(name), "LOOKS", None) for name in fits} if data and len(fits) > 1 else {}
    head = data[:_HEAD].replace(b"\0", b"")  # UTF-16 looks like ASCII then, as far as formats show
    return [name for name, pattern in looks.items() if pattern and pattern.search(head)] or fits


def losses(module: ModuleType, terms: Sequence[Term], locales: Sequence[str]) -> list[str]:
    """What an export does not carry, told by reading it back: a line for each entry that is not the same."""
    back = module.read(module.write(terms, locales), module.NAME + module.EXTENSIONS[0], locales[0]).terms
    known: dict[str, list[Term]] = {}
    for term in back:
        known.setdefault(term.source, []).append(term)
    lines = []
    for term in terms:
        lost = min((_lost(term, other, locales) for other in known.get(term.source, ())), key=len, default=["entry"])
        if lost:
            lines.append(f"{term.source}: {', '.join(lost)}")
    return lines


def _lost(term: Term, other: Term, locales: Iterable[str]) -> list[str]:
    lost = [
        name for name in ("pos", "match", "context", "domain", "note") if getattr(term, name) != getattr(other, name)
    ]
    if (term.status or "preferred") != (other.status or "preferred"):
        lost.append("status")
    for code in locales:
        lost += [code] if term.targets.get(code, ()) != other.targets.get(code, ()) else []
        lost += [f"not_{code}"] if term.forbidden.get(code, ()) != other.forbidden.get(code, ()) else []
    return lost
