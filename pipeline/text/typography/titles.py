"""titles: 《》 around the name of a work (GB/T 15834 4.13; 重訂標點符號手冊 書名號).

English says it with italics (an inline tag of the kind i), or with quotation marks behind a word such as "article".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.typography.classes import HAN
from pipeline.text.typography.line import TAG, Edit, House, Line

_ITALICS = re.compile(r"<(i[0-9]{1,6})>(.*?)</\1>", re.DOTALL)
_QUOTED = re.compile('“([^“”]{2,200})”|"([^"]{2,200})"')
_WORK = re.compile(
    r"(?:book|article|essay|report|paper|op-ed|column|study|memoir|novel|film|documentary|poem|play|song|series|"
    r"monograph|treatise|manifesto|headlined|titled|entitled)s?,?\s+(?:(?:called|named|titled|entitled)\s+)?$",
    re.IGNORECASE,
)
_SHIP = re.compile(
    r"(?:USS|HMS|ship|carrier|destroyer|frigate|vessel|submarine|cruiser|yacht)\s+(?:the\s+)?$", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_TWICE = re.compile("《{2,}|》{2,}")
_SMALL = 3  # words of up to so many letters may be small in a title
_MARKS = "“”「」『』《》〈〉"


def edits(line: Line, house: House) -> Iterator[Edit]:
    """`<i1>外交事务</i1>` -> `<i1>《外交事务》</i1>` where the source has `<i1>Foreign Affairs</i1>`."""
    changes = [*_italic(line, house), *_quoted(line, house), *_doubled(line)]
    last = 0
    for edit in sorted(changes, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= last:
            yield edit
            last = edit.end


def _doubled(line: Line) -> Iterator[Edit]:
    """`《《书》》` -> `《书》`: a title in a title has 〈〉, so the second pair is a slip of translation or repair."""
    for found in _TWICE.finditer(line.text):
        yield Edit(found.start(), found.end(), found[0][0])


def _italic(line: Line, house: House) -> Iterator[Edit]:
    works = {found[1] for found in _ITALICS.finditer(house.source) if _italic_title(house.source, found)}
    for name in works:
        start = next((place for place, tag in line.tags if tag == f"<{name}>"), None)
        end = next((place for place, tag in line.tags if tag == f"</{name}>"), None)
        if start is None or end is None or end <= start:
            continue
        inside = line.text[start:end]
        around = line.text[start - 1 : start] + line.text[end : end + 1]
        if not re.search(f"[{HAN}]", inside) or set(around) & set("《》〈〉"):
            continue
        if inside[0] in "“「" and inside[-1] in "”」" and not set(inside[1:-1]) & set(_MARKS):
            yield Edit(start, start + 1, "《")
            yield Edit(end - 1, end, "》")
        elif not set(inside) & set(_MARKS):
            bare = inside.rstrip("，。、；：！？,.;:!?")
            yield Edit(start, start, "《", inside=True)
            yield Edit(start + len(bare), start + len(bare), "》", inside=len(bare) == len(inside))


def _italic_title(source: str, found: re.Match[str]) -> bool:
    before, inner = TAG.sub("", source[: found.start()]), TAG.sub("", found[2]).strip()
    words = _WORD.findall(inner)
    if _SHIP.search(before) or re.search(r"\bv\.|^(?:USS|HMS)\b", inner):
        return False
    return _title(words) and (len(words) > 1 or bool(before.strip()))


def _title(words: list[str]) -> bool:
    """Whether words are written as in a title: the first and every long one with a capital."""
    return bool(words) and words[0][0].isupper() and all(word[0].isupper() or len(word) <= _SMALL for word in words)


def _quoted(line: Line, house: House) -> Iterator[Edit]:
    source = TAG.sub("", house.source)
    quotations = list(_QUOTED.finditer(source))
    if not any(_WORK.search(source[: found.start()]) for found in quotations):
        return
    outer = re.compile("[“「《]([^“”「」《》]+)[”」》]")
    ours = list(outer.finditer(line.text))
    if len(ours) != len(quotations):
        return
    for theirs, mine in zip(quotations, ours, strict=True):
        words = _WORD.findall(theirs[1] or theirs[2])
        named = _WORK.search(source[: theirs.start()]) and len(words) > 1 and _title(words)
        if named and line.text[mine.start()] != "《" and re.search(f"[{HAN}]", mine[1]):
            yield Edit(mine.start(), mine.start() + 1, "《")
            yield Edit(mine.end() - 1, mine.end(), "》")
