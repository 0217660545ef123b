"""The page's style sheet: page.css, and the rules that depend on which languages there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Locale
from pipeline.page.words import asset

_SAFE_NAME = re.compile(r"[^\w \-]")  # what a font's name may not have in a CSS string without escapes
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "system-ui", "ui-serif", "ui-sans-serif"})
# Faces for print, by script, after the locale's own: books are set in Song (Ming), screens in Hei (Gothic).
_SONG = {
    "zh-Hans": ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun"),
    "zh-Hant-TW": ("Noto Serif CJK TC", "Source Han Serif TC", "Noto Serif TC", "Songti TC", "PMingLiU"),
    "zh-Hant-HK": ("Noto Serif CJK HK", "Source Han Serif HK", "Noto Serif HK", "Songti TC", "PMingLiU"),
}


def style_sheet(locales: Sequence[Locale], rows: int) -> str:
    """The whole style sheet. `rows` is the number of blocks of the longest edition, for the two columns."""
    tags = ["en", *(locale.tag for locale in locales)]
    first = tags[1] if len(tags) > 1 else "en"
    fixed = asset("page.css")
    fonts = "".join(_fonts(locale) for locale in locales)
    shown = "".join(_shown(tag, first) for tag in tags)
    return f"{fixed}\n:root {{ --rows: {rows}; }}\n{fonts}{shown}"


def _fonts(locale: Locale) -> str:
    here = f"#{locale.tag}, :lang({locale.tag})"
    song = next((names for tag, names in _SONG.items() if locale.tag.startswith(tag)), _SONG["zh-Hant-TW"])
    # The Han face comes first: quotation marks and dashes are the same characters as in English, but a Latin face draws
    # them too narrow for Chinese.
    return (
        f"{here} {{ --han: {stack(locale.fonts)}; --song: {stack((*song, 'serif'))}; }}\n"
        f"article:lang({locale.tag}) {{ font-family: var(--han); }}\n"
        f":is(.bar, .notice, .section, .byline, table, figcaption, .caption, .picture):lang({locale.tag}),\n"
        f".bar :lang({locale.tag}) {{ font-family: var(--han); }}\n"
    )


def stack(fonts: Sequence[str]) -> str:
    """A list of font names for CSS. Names are data: what does not belong in one is left out."""
    names = [_SAFE_NAME.sub("", font).strip() for font in fonts]
    quoted = [name if name in _GENERIC else f'"{name}"' for name in names if name]
    return ", ".join(quoted) or "sans-serif"


def _shown(tag: str, first: str) -> str:
    """Which article is seen when `tag` is picked: with the script by an attribute of the root, else by :has()."""
    pick = f'body:has(input[value="{tag}"]:checked)'
    others = f'main > article:not([id="{tag}"])'
    beside = f'main > article[id="{first if tag == "en" else "en"}"]'
    return (
        f'[data-show="{tag}"] {others}, [data-show="{tag}"] .toggle b:not([lang="{tag}"]) {{ display: none; }}\n'
        f"@supports selector(:has(*)) {{ {pick} {others} {{ display: none; }} }}\n"
        "@media screen and (min-width: 60rem) {\n"
        f'.parallel[data-show="{tag}"] {beside} {{ display: grid; }}\n'
        f"@supports selector(:has(*)) {{ .parallel {pick} {beside} {{ display: grid; }} }}\n"
        "}\n"
    )
