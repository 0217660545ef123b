"""Articles for the tests of the page, read from a case file that a translator can read."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from pipeline.model import Article, Kind, Locale, State, Unit

CASES = Path(__file__).parent / "cases" / "page"
LABELS = {
    "zh_CN": ("zh-Hans", "简体"),
    "zh_TW": ("zh-Hant-TW", "繁體（台灣）"),
    "zh_HK": ("zh-Hant-HK", "繁體（香港）"),
}
FONTS = {"zh_CN": "Noto Sans CJK SC", "zh_TW": "Noto Sans CJK TC", "zh_HK": "Noto Sans CJK HK"}


def locales(*codes: str) -> dict[str, Locale]:
    return {
        code: Locale(code, *_names(code), stages=(), folder="", fonts=(FONTS[code], "sans-serif"))
        for code in codes or LABELS
    }


def _names(code: str) -> tuple[str, str, str]:
    tag, label = LABELS[code]
    return tag, label, label


def case(name: str) -> tuple[Article, dict[str, Article]]:
    """The article of a case file and its editions. The file has no format of its own: units alone, no layout."""
    rows = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["unit"]
    units, paragraph = [], 0
    for row in rows:
        paragraph += not row.get("same", False)
        units.append(Unit(row["en"], row["en"], Kind(row.get("kind", "sentence")), paragraph=paragraph))
    article = Article(f"{name}.units", "units", tuple(units))
    return article, {code: edition(article, [row.get(code, "") for row in rows], rows) for code in LABELS}


def edition(article: Article, targets: list[str], rows: list[dict]) -> Article:
    parts = [
        replace(unit, target=target, state=_state(target, row))
        for unit, target, row in zip(article.units(), targets, rows, strict=True)
    ]
    return replace(article, parts=tuple(parts))


def _state(target: str, row: dict) -> State:
    return State.NEW if not target else State.DRAFT if row.get("draft") else State.APPROVED
