"""XML from strangers: nothing that is declared in it is ever expanded, since nothing may be declared."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from pipeline.errors import SanwenError


def parse(data: bytes, path: str) -> Any:
    """The root element (lxml) of a document without a document type declaration.

    A DTD is where entities are declared, and both outside files and bombs come from entities. expat stops at the
    declaration, before anything in it is looked at; only then lxml reads the document.

    Raises:
        SanwenError: the document has a DTD, or is not well-formed; with its line.
    """
    guard = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise SanwenError(
            "the file has a document type declaration (DTD)",
            file=path,
            place=guard.CurrentLineNumber,
            remedy="Delete the <!DOCTYPE ...> line, after a look at what it declares",
        )

    guard.StartDoctypeDeclHandler = refuse
    guard.EntityDeclHandler = refuse
    try:
        guard.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise SanwenError(f"not well-formed XML: {reason}", file=path, place=error.lineno) from error
    from lxml import etree  # noqa: PLC0415  loaded where it is needed

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SanwenError(f"not well-formed XML: {error.msg}", file=path, place=error.lineno) from error


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def content(element: Any) -> str:
    """The text of an element and all within it, white space folded."""
    return " ".join("".join(element.itertext()).split())
