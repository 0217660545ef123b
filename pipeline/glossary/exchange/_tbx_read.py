"""Reading TBX of either version, as this project and as other programs write it.

Others group a term with its notes (`ntig`, `termGrp`, `termNoteGrp`) and descriptions with their sources
(`descripGrp`), say the data category in an attribute (style DCA) or as an element of another namespace (style DCT),
and have their own words for the administrative status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.errors import SanwenError
from pipeline.glossary import cells as cell
from pipeline.glossary import columns
from pipeline.glossary.exchange._common import ENGLISH, Imported, code_of, imported, trouble
from pipeline.glossary.exchange._tbx import DOMAIN, LANG, OWN, POS, STATUS, Dialect
from pipeline.glossary.exchange._xml import content, local, parse
from pipeline.glossary.problem import Problem
from pipeline.model import Term

_BAD = ("deprecated", "superseded", "notrecommended", "obsolete", "forbidden")  # how statuses of wrong forms begin
_SAID = (("admitted", "admitted"), ("proposed", "proposed"))
_POS = {"noun": "noun", "verb": "verb", "adjective": "adjective", "adverb": "adverb", "propernoun": "name"}
_CARRIERS = ("termNote", "descrip")  # the elements whose attribute `type` is the data category
_AROUND = "descripGrp"


def read(data: bytes, path: str, dialect: Dialect) -> Imported:
    """The entries of a document. A concept with several English terms makes one entry of each.

    Raises:
        SanwenError: a DTD, no well-formed XML, or another kind of document.
    """
    root = parse(data, path)
    if local(root) != dialect.root:
        raise SanwenError(
            f"the document is <{local(root)}>, not <{dialect.root}>", file=path, place=1, remedy="Choose the other TBX"
        )
    terms: list[Term] = []
    problems: list[Problem] = []
    for entry in (element for element in root.iter() if local(element) == dialect.entry):
        found = list(_entry(entry, path, dialect))
        terms += found
        if not found:
            hint = "Add what is missing, or delete the concept."
            problems.append(trouble(path, entry.sourceline or 0, "a concept has no English term or no other one", hint))
    return imported(terms, problems, path)


@dataclass(frozen=True, slots=True)
class _Said:
    """A term with what is said of it; the status in small letters."""

    text: str
    status: str
    pos: str
    notes: tuple[str, ...]

    @property
    def bad(self) -> bool:
        return self.status.startswith(_BAD)


def _entry(entry: Any, path: str, dialect: Dialect) -> Iterator[Term]:
    targets: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    english: dict[str, _Said] = {}
    for section in (child for child in entry if local(child) == dialect.language):
        code = code_of(section.get(LANG) or section.get("lang") or "")
        said = [_said(block) for block in section if local(block) in dialect.term]
        for one in (one for one in said if one.text):
            if code == ENGLISH:
                english.setdefault(one.text, one)
            else:
                into = forbidden if one.bad else targets
                into[code] = tuple(dict.fromkeys((*into.get(code, ()), one.text)))
    about = _about(entry)
    notes = tuple(content(child) for child in entry if local(child) == "note")
    for one in english.values() if targets else ():
        own = dict(text.removeprefix(OWN).partition("=")[::2] for text in one.notes if text.startswith(OWN))
        others = tuple(text for text in one.notes if not text.startswith(OWN))
        yield Term(
            one.text,
            targets,
            forbidden,
            own["pos"] if own.get("pos") in columns.POS else one.pos,
            own["match"] if own.get("match") in columns.MATCH else "",
            tuple(filter(None, cell.split(own.get("context", "")))),
            about.get(DOMAIN, ""),
            own["status"] if own.get("status") in columns.STATUS else _status(one),
            "; ".join(dict.fromkeys(filter(None, (*notes, *others)))) or about.get("definition", ""),
            path,
            entry.sourceline or 0,
        )


def _said(block: Any) -> _Said:
    kinds: dict[str, str] = {}
    for element in block.iter():
        kinds.setdefault(_category(element), content(element))
    text = next((content(element) for element in block.iter() if local(element) == "term"), "")
    notes = tuple(content(element) for element in block.iter() if local(element) == "note")
    status = kinds.get(STATUS) or kinds.get("normativeAuthorization", "")
    pos = _POS.get("".join(kinds.get(POS, "").lower().split()), "")
    return _Said(text, status.lower(), pos, notes)


def _about(entry: Any) -> dict[str, str]:
    """What is said of the concept, by data category; the first of each."""
    found: dict[str, str] = {}
    for child in entry:
        for element in child if local(child) == _AROUND else [child]:
            found.setdefault(_category(element), content(element))
    return found


def _category(element: Any) -> str:
    """The data category that an element states, in either style."""
    name = local(element)
    return str(element.get("type", "")) if name in _CARRIERS else name


def _status(one: _Said) -> str:
    if one.bad:
        return "deprecated"
    return next((status for begins, status in _SAID if one.status.startswith(begins)), "")
