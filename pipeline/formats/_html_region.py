"""Which blocks of an HTML page are the article: trafilatura finds its text, the page's own structure its borders."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pipeline.formats import _wording as wording
from pipeline.formats._html_blocks import Candidate
from pipeline.model import Kind

_LARGEST = 3_000_000  # characters of a page that is given to trafilatura
_DEEPEST = 200  # elements in elements: beyond that lxml and recursion give up
_MOST = 0.9  # of the found text stands in the article's element
_LINKED = 0.8  # of a block's text in links makes it a list of links
_HEAD_KINDS = frozenset({Kind.AUTHOR, Kind.AFFILIATION, Kind.DATE, Kind.SUBTITLE, Kind.SECTION})
_CONTAINERS = frozenset(["", "div", "section", "article", "main", "body", "html", "center", "td"])
_LETTERS = re.compile(r"[\W_]+")
_SIGNIFICANT = 25  # letters of a block from which on finding it in a text is no chance


def article_blocks(page: str, candidates: Sequence[Candidate], depth: int) -> list[bool]:
    """For every block, whether it is part of the article. In doubt it is."""
    hits = _hits(page, candidates, depth)
    usable = [not each.aside or hit for each, hit in zip(candidates, hits, strict=True)]
    if not any(usable):
        usable = [True] * len(candidates)
    root = _root(candidates, [hit and ok for hit, ok in zip(hits, usable, strict=True)])
    inside = [ok and root in each.path for each, ok in zip(candidates, usable, strict=True)]
    first = next((index for index, is_in in enumerate(inside) if is_in), 0)
    for index in _heads(candidates, usable, inside, first):
        inside[index] = True
    return [is_in and not _is_links(each, hit) for each, is_in, hit in zip(candidates, inside, hits, strict=True)]


def _hits(page: str, candidates: Sequence[Candidate], depth: int) -> list[bool]:
    """Which blocks trafilatura takes for the article's; all, where it finds nothing."""
    found = _letters(_extracted(page)) if len(page) <= _LARGEST and depth <= _DEEPEST else ""
    hits = [_is_in(_letters(each.text), found) for each in candidates]
    prose = [not each.aside and wording.is_prose(each.text) for each in candidates]
    missed = sum(is_prose and not hit for is_prose, hit in zip(prose, hits, strict=True))
    return hits if any(hits) and missed * 2 <= sum(prose) else [not each.aside for each in candidates]


def _is_in(letters: str, found: str) -> bool:
    """Both ends are looked for: what stands for code and notes within a block is not in the other text."""
    return len(letters) >= _SIGNIFICANT and (letters[:_SIGNIFICANT] in found or letters[-_SIGNIFICANT:] in found)


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).lower()


def _extracted(page: str) -> str:
    from trafilatura import extract  # noqa: PLC0415 (slow to import)

    with _silenced("trafilatura", "htmldate", "justext"):
        try:
            return extract(page, include_comments=False, include_tables=True, favor_recall=True) or ""
        except Exception:  # noqa: BLE001 (whatever it trips over in a broken page: the page's structure then decides)
            return ""


@contextmanager
def _silenced(*names: str) -> Iterator[None]:
    """Keep libraries from telling the user of every odd page."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _root(candidates: Sequence[Candidate], hits: Sequence[bool]) -> int:
    """The innermost element that holds nearly all of the text found."""
    weights: Counter[int] = Counter()
    total = 0
    for each, hit in zip(candidates, hits, strict=True):
        if hit:
            total += len(each.text)
            around = each.path if each.tag in _CONTAINERS else each.path[:-1]
            weights.update(dict.fromkeys(around, len(each.text)))
    enough = [number for number, weight in weights.items() if weight >= _MOST * total]
    return max(enough, default=0)


def _heads(candidates: Sequence[Candidate], usable: Sequence[bool], inside: Sequence[bool], first: int) -> list[int]:
    """The title above the article's element with what stands between the two, and the section right above it."""
    above = [index for index in range(first) if usable[index] and not inside[index]]
    titles = [index for index in above if candidates[index].level == 1]
    within = any(is_in and each.level == 1 for each, is_in in zip(candidates, inside, strict=True))
    if not titles or within:
        return [index for index in above[-4:] if candidates[index].kind in _HEAD_KINDS]
    title = titles[-1]
    found = [index for index in above if index >= title and not _is_links(candidates[index], hit=False)]
    sections = [index for index in above if index < title and candidates[index].kind is Kind.SECTION]
    return [*sections[-1:], *found]


def _is_links(candidate: Candidate, hit: bool) -> bool:
    """Whether a block is but links, and neither a heading nor a sentence: an entry of a menu."""
    if hit or candidate.level or candidate.kind in _HEAD_KINDS | {Kind.NOTE, Kind.CAPTION, Kind.CELL}:
        return False
    text = candidate.text.strip()
    return candidate.linked > _LINKED * len(text) and not wording.is_prose(text) and candidate.kind is Kind.ITEM
