"""TBX-Basic, version 3 (ISO 30042:2019) in the style DCA: all locales and everything that an entry has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.glossary.exchange import _tbx_read, _tbx_write
from pipeline.glossary.exchange._common import Imported
from pipeline.glossary.exchange._tbx import Dialect
from pipeline.model import Term

NAME = "tbx"
EXTENSIONS = (".tbx", ".xml")
LOOKS = re.compile(rb"<tbx[\s>]")
_DIALECT = Dialect(
    root="tbx",
    attributes=(("style", "dca"), ("type", "TBX-Basic")),
    header="tbxHeader",
    encoding="",
    entry="conceptEntry",
    language="langSec",
    term=("termSec",),
    name="noun",
    namespace="urn:iso:std:iso:30042:ed-2",
)


def read(data: bytes, path: str, locale: str = "zh_CN") -> Imported:  # noqa: ARG001  the file says its languages
    """The entries. Raises SanwenError for a DTD, broken XML or another kind of document."""
    return _tbx_read.read(data, path, _DIALECT)


def write(terms: Sequence[Term], locales: Sequence[str]) -> bytes:
    """The document. Raises SanwenError where nothing is to be written."""
    return _tbx_write.write(terms, locales, _DIALECT)
