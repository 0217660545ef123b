"""The page's own few words in each language, from words.toml, and the page's other data files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources


def asset(name: str) -> str:
    """A data file of this package, as text."""
    return resources.files("pipeline.page").joinpath(name).read_text("utf-8")


def words(tag: str) -> Mapping[str, str]:
    """The page's words in the language of a BCP 47 tag, or in the nearest that there is; else in English."""
    known: dict[str, dict[str, str]] = tomllib.loads(asset("words.toml"))
    while tag not in known and "-" in tag:
        tag = tag.rpartition("-")[0]
    return known.get(tag, known["en"])
