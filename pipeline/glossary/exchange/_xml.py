"""XML from strangers: nothing that is declared in it is ever expanded, since nothing may be declared."""

from __future__ import annotations

import codecs
import re
from typing import Any
from xml.parsers import expat

from pipeline.errors import SanwenError

_ANEW = "Export it anew from the program that wrote it"
_DECLARED = re.compile(rb"\A<\?xml[^>]{0,200}?(\sencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"'])")
_NATIVE = ("utf-8", "utf-16", "ascii")  # what both parsers read alike
# Encodings of term bases as they come, by Python's names; files said to be in a small one hold characters of the large
_ENCODINGS = {name: name for name in ("gb18030", "big5hkscs", "cp950", "iso8859-1", "cp1252")}
_ENCODINGS |= {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}


def parse(data: bytes, path: str) -> Any:
    """The root element (lxml) of a document without a document type declaration.

    A DTD is where entities are declared, and both outside files and bombs come from entities. expat stops at the
    declaration, before anything in it is looked at; only then lxml reads the document. Both see the same UTF-8 or
    UTF-16: encodings that the two could read differently would let a declaration slip past the first.

    Raises:
        SanwenError: the document has a DTD, is not well-formed, or is in an unknown encoding; with its line.
    """
    data = _in_utf8(data, path)
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
        reason = f"not well-formed XML: {expat.ErrorString(error.code)}"
        raise SanwenError(reason, file=path, place=error.lineno, remedy=_ANEW) from error
    from lxml import etree  # noqa: PLC0415  loaded where it is needed

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = f"not well-formed XML: {error.msg}"
        raise SanwenError(reason, file=path, place=error.lineno, remedy=_ANEW) from error


def _in_utf8(data: bytes, path: str) -> bytes:
    """The document in UTF-8 and without its declared encoding, where it declares one that the parsers do not share."""
    found = _DECLARED.match(data)
    if not found:
        return data
    declared = found[2].decode("ascii")
    try:
        known = codecs.lookup(declared).name
        if known in _NATIVE:
            return data
        text = data.decode(_ENCODINGS[known])
    except (LookupError, UnicodeDecodeError) as error:
        at = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1
        said = f"cannot be read in the encoding that it declares, {declared}"
        raise SanwenError(said, file=path, place=at, remedy="Save it as UTF-8") from error
    return text.replace(found[1].decode("ascii"), "", 1).encode()


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def content(element: Any) -> str:
    """The text of an element and all within it, white space folded."""
    return " ".join("".join(element.itertext()).split())
