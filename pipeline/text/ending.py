"""How a sentence ends, in English and in Chinese, and the end that a machine's translation should have had."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.text.segment import segment

_TAG = re.compile(r"</?[A-Za-z][\w-]*/?>")
_AFTER = re.compile(r"(?:[\s\"'”’」』）)\]】》*†‡¹²³⁰⁴-⁹]|\[\d{1,4}\])+$")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){2,}$|\b(?:etc|Inc|Ltd|Co|Corp|Jr|Sr|al|No|St|Mr|Dr|[A-Z])\.$")
_FULL = {";": "；", ":": "：", ",": "，"}
_STOPS, _LOOSE = "。！", "，、；：,;:"
_ASKS = re.compile("[吗呢谁哪何怎几]|什么|多少|是否|能否|可否|有没有|不是|会不会|还是")  # a question, by its words
_ASKED = re.compile("[吗吧呢么嗎麼]？$")  # a question whatever its mark
_LONGEST = 400  # characters from the end that are looked at
_OPEN, _CLOSED = "“‘「『（《", "”’」』）》"
_OPENED_BY = dict(zip(_CLOSED, _OPEN, strict=True))
_WITHIN = re.compile(rf"[{_OPEN}{_CLOSED}]|[。！？](?![\s。！？…{_CLOSED}]|$)")


def end(text: str) -> str:
    """The last characters of `text` up to its last mark, without tags and what closes behind it."""
    return _AFTER.sub("", _TAG.sub("", text)[-_LONGEST:])


def stops(source_end: str) -> bool:
    """Whether an English `end` is a full stop or the like, be it that of an abbreviation."""
    return source_end.endswith((".", "!", "。", "！", "…"))


def ends_within(target: str) -> list[int]:
    """Where the sentences of the Chinese `target` end, the last left out; not those within quotations and brackets."""
    ends, opened = [], Counter[str]()
    for mark in _WITHIN.finditer(target):
        if mark[0] in _OPEN:
            opened[mark[0]] += 1
        elif mark[0] in _CLOSED:
            opened[_OPENED_BY[mark[0]]] -= 1
        elif not any(opened.values()):
            ends.append(mark.end())
    return ends


def tails(source: str, target: str) -> list[int]:
    """Where `target` has further sentences behind it, the translation of one: nothing in `source` answers to them.

    Empty if `source` is several sentences itself.
    """
    ends = ends_within(target)
    return ends if ends and len(segment(source)) == 1 else []


def stopped(target_end: str) -> bool:
    """Whether a Chinese `end` can close a sentence."""
    return target_end.endswith((*_STOPS, "…", "；", ".", "!", "？"))


def abbreviates(source_end: str) -> bool:
    """Whether the full stop of an English `end` is an abbreviation's: perhaps that of the sentence, perhaps not."""
    return bool(_ABBREVIATION.search(source_end))


def mended(source: str, target: str) -> str:
    """`target`, which has no tags, with the end of `source` where a machine lost it or put a mark of its own.

    What closes behind the end, such as a quotation mark, stays behind it.
    """
    asked, said = end(source), end(target)
    at = target.rfind(said) + len(said)
    if not asked or not said or at < len(said):
        return target
    last = asked[-1]
    asks_alone = said[-1] == "？" and at == len(target) and not _ASKED.search(said)  # 他想知道是谁？
    if last == "?":
        asks = bool(_ASKS.search(said))  # where no word asks, a mark would only hide what was lost
        wanted, wrong = "？", asks and (said[-1] in _STOPS + _LOOSE or _plain(said[-1]))
    elif stops(asked):
        wanted, wrong = "。", asks_alone or (not abbreviates(asked) and (said[-1] in "，、：,:" or _plain(said[-1])))
    else:
        wanted, wrong = _FULL.get(last, ""), said[-1] in _STOPS or asks_alone
    if not wrong:
        return target
    kept = at if _plain(said[-1]) else at - 1
    return target[:kept] + wanted + target[at:]


def _plain(c: str) -> bool:
    return c.isalnum() or c in "%％"
