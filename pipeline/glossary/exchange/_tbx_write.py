"""Writing TBX: the elements, their order and their values are those of TBX-Basic, so each version's schema holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.errors import SanwenError
from pipeline.glossary import cells as cell
from pipeline.glossary.exchange._common import ENGLISH, refuse_empty, tag_of
from pipeline.glossary.exchange._tbx import ADMITTED, DEPRECATED, DOMAIN, LANG, OWN, POS, PREFERRED, STATUS, Dialect
from pipeline.model import Term


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
    root.set(LANG, ENGLISH)
    header = add(root, dialect.header)
    add(add(add(header, "fileDesc"), "sourceDesc"), "p", "Exported by Sanwen")
    if dialect.encoding:
        add(add(header, "encodingDesc"), "p", dialect.encoding, type="XCSURI")
    body = add(add(root, "text"), "body")
    refuse_empty(terms, locales)
    kept = [term for term in terms if any(term.targets.get(code) for code in locales)]
    for number, term in enumerate(kept, 1):
        entry = add(body, dialect.entry, id=f"c{number}")
        if term.domain:
            add(entry, "descrip", term.domain, type=DOMAIN)
        if term.note:
            add(entry, "note", term.note)
        _section(add, entry, dialect, ENGLISH, [(term.source, _status(term))], term)
        for code in locales:
            forms = term.targets.get(code, ())
            said = [(form, ADMITTED if number else PREFERRED) for number, form in enumerate(forms)]
            said += [(form, DEPRECATED) for form in term.forbidden.get(code, ())]
            if said:
                _section(add, entry, dialect, code, said)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _section(  # noqa: PLR0917  a helper of `write` alone
    add: Any, entry: Any, dialect: Dialect, code: str, said: Iterable[tuple[str, str]], term: Term | None = None
) -> None:
    section = add(entry, dialect.language)
    section.set(LANG, tag_of(code))
    for text, status in said:
        block = add(section, dialect.term[0])
        add(block, "term", text)
        pos = "" if term is None else {"name": dialect.name, "phrase": "other"}.get(term.pos, term.pos)
        if pos:
            add(block, "termNote", pos, type=POS)
        add(block, "termNote", status, type=STATUS)
        for note in _notes(term, pos) if term is not None else ():
            add(block, "note", note)


def _notes(term: Term, pos: str) -> Iterator[str]:
    """The properties of an entry that TBX has no category for, or a narrower one (its part of speech is `pos`)."""
    if term.pos == "phrase" or (term.pos == "name" and pos == "noun"):
        yield f"{OWN}pos={term.pos}"
    if term.match:
        yield f"{OWN}match={term.match}"
    if term.context:
        yield f"{OWN}context={cell.join(term.context)}"
    if term.status == "proposed":
        yield f"{OWN}status={term.status}"


def _status(term: Term) -> str:
    return {"admitted": ADMITTED, "deprecated": DEPRECATED}.get(term.status, PREFERRED)
