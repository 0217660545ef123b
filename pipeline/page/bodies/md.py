"""Markdown: rendered by mistletoe, without the front matter. HTML inside it passes through, to be cleaned later."""

from __future__ import annotations

import re
from typing import Any

import mistletoe

from pipeline.page.bodies.html import fragment

_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def body(data: bytes, encoding: str) -> Any:
    """The document as an HTML tree."""
    text = _FRONT_MATTER.sub("", data.decode(encoding, "replace"), count=1)
    return fragment(mistletoe.markdown(text))
