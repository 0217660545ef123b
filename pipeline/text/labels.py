"""Headings and cells that stand alone and say one thing wherever they do: `Further Reading`, `Total`, `Revenue`.

A model that knows sentences guesses at a lone word: it wrote 酸盐 for *Rate* and 康复 for *Correction*. What two kinds
of texts mean differently (*Share* over a column, *Share* on a button) is not in the list.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _labels() -> dict[str, str]:
    lines = files(__package__).joinpath("labels.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def label(source: str) -> str | None:
    """The Simplified Chinese of a text that is a label, in whatever case and with a colon or not; None of others."""
    text = source.strip().replace("’", "'")
    bare = text.removesuffix(":").rstrip()
    found = _labels().get(" ".join(bare.lower().split()))
    return f"{found}：" if found and text.endswith(":") else found
