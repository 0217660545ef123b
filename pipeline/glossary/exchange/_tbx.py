"""TermBase eXchange (ISO 30042): what its versions 2 and 3 share. An entry of the glossary is a concept.

The English term and every form are terms of the concept; forbidden forms are terms with the administrative status
deprecated, alternatives are admitted ones. What TBX has no category for stands in notes of the English term, one a
property, as `sanwen:match=case`; other programs show them and leave them alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import SanwenError
from pipeline.glossary import cells as cell
from pipeline.glossary import columns
from pipeline.glossary.exchange._common import ENGLISH, Imported, code_of, tag_of, trouble
from pipeline.glossary.exchange._xml import content, local, parse
from pipeline.glossary.problem import Problem
from pipeline.model import Term

_PREFERRED, _ADMITTED, _DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
_BAD = ("deprecated", "superseded")  # how the statuses of forbidden forms begin, in all spellings
_OWN = "sanwen:"
_POS = {"noun": "noun", "verb": "verb", "adjective": "adjective", "adverb": "adverb", "propernoun": "name"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names that a version of TBX has for the same things."""

    root: str
    attributes: tuple[tuple[str, str], ...]
    header: str
    encoding: str  # what the header says of the data categories; empty: nothing
    entry: str
    language: str
    term: tuple[str, ...]  # the element around a term; the first is written, all are read
    namespace: str = ""


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
    return Imported(tuple(terms), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Said:
    """A term with what is said of it."""

    text: str
    status: str
    pos: str
    notes: tuple[str, ...]


def _entry(entry: Any, path: str, dialect: Dialect) -> Iterator[Term]:
    targets: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    english: list[_Said] = []
    for section in (child for child in entry if local(child) == dialect.language):
        code = code_of(section.get(_LANG, ""))
        said = [_said(block) for block in section if local(block) in dialect.term]
        if code == ENGLISH:
            english += [one for one in said if one.text]
            continue
        for one in (one for one in said if one.text):
            into = forbidden if one.status.startswith(_BAD) else targets
            into[code] = tuple(dict.fromkeys((*into.get(code, ()), one.text)))
    domain = next((content(c) for c in entry if local(c) == "descrip" and c.get("type") == "subjectField"), "")
    note = next((content(child) for child in entry if local(child) == "note"), "")
    for one in english if targets else ():
        own = dict(text.removeprefix(_OWN).partition("=")[::2] for text in one.notes if text.startswith(_OWN))
        status = (
            "deprecated" if one.status.startswith(_BAD) else "admitted" if one.status.startswith("admitted") else ""
        )
        yield Term(
            one.text,
            targets,
            forbidden,
            own["pos"] if own.get("pos") in columns.POS else _POS.get(one.pos.lower(), ""),
            own["match"] if own.get("match") in columns.MATCH else "",
            tuple(filter(None, cell.split(own.get("context", "")))),
            domain,
            own["status"] if own.get("status") in columns.STATUS else status,
            note,
            path,
            entry.sourceline or 0,
        )


def _said(block: Any) -> _Said:
    kinds: dict[str, str] = {}
    for element in block.iter():
        if local(element) == "termNote":
            kinds.setdefault(element.get("type", ""), content(element))
    text = next((content(element) for element in block.iter() if local(element) == "term"), "")
    notes = tuple(content(element) for element in block.iter() if local(element) == "note")
    return _Said(text, kinds.get("administrativeStatus", ""), kinds.get("partOfSpeech", ""), notes)


def write(terms: Sequence[Term], locales: Sequence[str], dialect: Dialect) -> bytes:
    """The document, valid for its version.

    Raises:
        SanwenError: no entry has a form in the locales, or a text has a character that XML cannot hold.
    """
    from lxml import etree  # noqa: PLC0415  loaded where it is needed

    space = f"{{{dialect.namespace}}}" if dialect.namespace else ""

    def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
        element = etree.SubElement(parent, space + name, attributes)
        try:
            element.text = text or None
        except ValueError as error:
            raise SanwenError(f"{text!r} has a character that XML cannot hold", remedy="Take it out") from error
        return element

    root = etree.Element(
        space + dialect.root, dict(dialect.attributes), nsmap={None: dialect.namespace} if space else None
    )
    root.set(_LANG, ENGLISH)
    header = add(root, dialect.header)
    add(add(add(header, "fileDesc"), "sourceDesc"), "p", "Exported by Sanwen")
    if dialect.encoding:
        add(add(header, "encodingDesc"), "p", dialect.encoding, type="XCSURI")
    body = add(add(root, "text"), "body")
    kept = [term for term in terms if any(term.targets.get(code) for code in locales)]
    if not kept:
        raise SanwenError(f"no entry has a form in {', '.join(locales)}", remedy="Choose another locale")
    for number, term in enumerate(kept, 1):
        entry = add(body, dialect.entry, id=f"c{number}")
        if term.domain:
            add(entry, "descrip", term.domain, type="subjectField")
        if term.note:
            add(entry, "note", term.note)
        _section(add, entry, dialect, ENGLISH, [(term.source, _status(term))], term)
        for code in locales:
            forms = term.targets.get(code, ())
            said = [(form, _ADMITTED if number else _PREFERRED) for number, form in enumerate(forms)]
            said += [(form, _DEPRECATED) for form in term.forbidden.get(code, ())]
            if said:
                _section(add, entry, dialect, code, said)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _section(  # noqa: PLR0917  a helper of `write` alone
    add: Any, entry: Any, dialect: Dialect, code: str, said: Iterable[tuple[str, str]], term: Term | None = None
) -> None:
    section = add(entry, dialect.language)
    section.set(_LANG, tag_of(code))
    for text, status in said:
        block = add(section, dialect.term[0])
        add(block, "term", text)
        if term is not None and term.pos:
            pos = {"name": "noun", "phrase": "other"}.get(term.pos, term.pos)
            add(block, "termNote", pos, type="partOfSpeech")
        add(block, "termNote", status, type="administrativeStatus")
        for note in _notes(term) if term is not None else ():
            add(block, "note", note)


def _notes(term: Term) -> Iterator[str]:
    """The properties of an entry that TBX has no category for, or a narrower one."""
    if term.pos in ("name", "phrase"):
        yield f"{_OWN}pos={term.pos}"
    if term.match:
        yield f"{_OWN}match={term.match}"
    if term.context:
        yield f"{_OWN}context={cell.join(term.context)}"
    if term.status == "proposed":
        yield f"{_OWN}status={term.status}"


def _status(term: Term) -> str:
    return {"admitted": _ADMITTED, "deprecated": _DEPRECATED}.get(term.status, _PREFERRED)
