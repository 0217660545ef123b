"""DeepL glossary, source and target between commas. One locale a file; carries the preferred form only."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.glossary.exchange import _deepl
from pipeline.glossary.exchange._common import Imported
from pipeline.model import Term

NAME = "deepl-csv"
EXTENSIONS = (".csv",)
_DELIMITER = ","


def read(data: bytes, path: str, locale: str = "zh_CN") -> Imported:
    """The entries. Raises SanwenError for a file that is not text in UTF-8, or has broken quotes."""
    return _deepl.read(data, path, locale, _DELIMITER)


def write(terms: Sequence[Term], locales: Sequence[str]) -> bytes:
    """The file for the one locale. Raises SanwenError for several, or where nothing is to be written."""
    return _deepl.write(terms, locales, _DELIMITER)
