"""TBX, version 2 (ISO 30042:2008, `martif`), as Weblate and Translate Toolkit read it: everything that an entry has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.glossary.exchange import _tbx_read, _tbx_write
from pipeline.glossary.exchange._common import Imported
from pipeline.glossary.exchange._tbx import Dialect
from pipeline.model import Term

NAME = "martif"
EXTENSIONS = (".tbx", ".xml")
LOOKS = re.compile(rb"<martif[\s>]")
_DIALECT = Dialect(
    root="martif",
    attributes=(("type", "TBX"),),
    header="martifHeader",
    encoding="TBXXCSV02.xcs",
    entry="termEntry",
    language="langSet",
    term=("tig", "ntig"),
    name="properNoun",
)


def read(data: bytes, path: str, locale: str = "zh_CN") -> Imported:  # noqa: ARG001  the file says its languages
    """The entries. Raises SanwenError for a DTD, broken XML or another kind of document."""
    return _tbx_read.read(data, path, _DIALECT)


def write(terms: Sequence[Term], locales: Sequence[str]) -> bytes:
    """The document, without a DTD. Raises SanwenError where nothing is to be written."""
    return _tbx_write.write(terms, locales, _DIALECT)
