"""Masks for what must come through machine translation unchanged, and a guard that counts them afterwards.

`protect` puts a numbered symbol in place of every URL, e-mail address, inline tag, placeholder, path, handle, hashtag
and piece of code; `restore` puts them back and says which were lost or doubled. When a mask was lost, `pieces` gives
the text between the masks, to be translated piece by piece: then nothing can be lost. Paired inline tags may instead be
taken out whole by `tags` and put back by `pipeline.text.project`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

SYMBOL = "⟦{n}⟧"  # the default; an embedded model names its own

# Characters that a model, or a Chinese input method, writes for one of a symbol's own.
_VARIANTS = {"⟦": "⟦〚【［[〔", "⟧": "⟧〛】］]〕", "_": "_＿", "[": "[［【", "]": "]］】", "<": "<＜〈", ">": ">＞〉"}
_NUMBER = r"([0-9０-９]{1,5})"

_DOMAINS = "com|org|net|gov|edu|int|mil|info|io|dev|cn|uk|tw|hk|jp|kr|ru|eu|de|fr|au|ca|sg|ua|news|app"
_FILES = (
    "txt|md|html?|pdf|docx?|xlsx?|pptx?|csv|tsv|json|xml|ya?ml|toml|py|js|po|pot|zip|tar|gz|png|jpe?g|svg|gif|mp[34]"
)
_URL_END = r"\s\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000<>\"“”‘’«»，。；：！？、（）《》「」『』【】…"
_KINDS = (  # ASCII: a Chinese character next to one of these is no part of it
    r"`[^`\n]{1,2000}`",
    rf"(?P<url>(?<![a-z])(?:https?|ftp|file)://[^{_URL_END}]++|(?<![\w.@/-])www\.[^{_URL_END}]++)",
    r"(?<![\w.+-])[A-Za-z0-9_][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b",
    rf"(?P<site>(?<![\w.@/-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,8}}(?:{_DOMAINS})\b(?!\.\w)(?:/[^{_URL_END}]*+)?)",
    r"\$\{[^{}\n]{1,100}\}|\{\{[^{}\n]{1,100}\}\}|\{[A-Za-z_][\w.\[\]]{0,63}(?:![rsa])?(?::[^{}\s]{0,20})?\}|\{\d{0,3}\}",
    r"%\(\w{1,64}\)[-+#0]*\d{0,3}(?:\.\d{1,3})?[sdifgxXeEcr]",
    r"(?<![\w%])%(?:\d\$)?[-+#0]?\d{0,3}(?:\.\d{1,3})?[sdifgxXec](?!\w)",
    rf"(?<![\w./\\-])(?:[\w-]{{1,64}}/){{0,12}}[\w-]{{1,64}}\.(?:{_FILES})\b(?!\.\w)",
    r"(?<![\w./~:<-])~?(?:/[\w.-]{1,255}){2,40}/?(?<![.])",
    r"(?<!\w)[A-Z]:\\[\w.\\-]{1,500}(?<![.])",
    r"(?<![\w/&#@])[#@][A-Za-z_](?u:[^\W\u2e80-\U0003ffff]){0,63}",
)


@dataclass(frozen=True, slots=True)
class Span:
    """One masked piece: the symbol that stands for it, and its text."""

    mask: str
    value: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with masks; span number i stands behind mask number i + 1."""

    text: str
    spans: tuple[Span, ...]
    symbol: str = SYMBOL


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with its masks taken off.

    `lost` are the values that it should have and has not; `doubled` those that it has more often than it should,
    and masks with a number that was never given out.
    """

    text: str
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagSpan:
    """An inline tag: its name and the offsets of what it encloses; `start == end` with `empty` for `<x2/>`."""

    name: str
    start: int
    end: int
    empty: bool = False


def protect(text: str, names: Collection[str] = (), *, symbol: str = SYMBOL) -> Masked:
    """Mask everything in `text` that must survive, with inline tags of `names` among it.

    `symbol` is the mask with `{n}` for its number. Whatever looks like a mask already is masked too, so
    `restore(masked.text, masked).text == text` for any text. Raises ValueError when `symbol` lacks `{n}`.
    """
    seen = _seen(symbol)
    found = [m.span() for m in _protected(tuple(sorted(names)), seen.pattern).finditer(text)]
    found = [(left, left + _trimmed(text[left:right])) for left, right in found]
    for spans in (found, _widened(text, found), [(0, len(text))] if text else []):
        masked = _masked(text, spans, symbol)
        if restore(masked.text, masked) == Restored(text):
            return masked
    return Masked(text, (), symbol)


def restore(text: str, masked: Masked) -> Restored:
    """Put the values back for the masks in `text`, and count them.

    Spaces inside a mask, full-width digits and look-alike brackets are forgiven.
    """
    count: Counter[int] = Counter()
    strays: list[str] = []

    def value(match: re.Match[str]) -> str:
        number = int(match[1])
        if 1 <= number <= len(masked.spans):
            count[number] += 1
            return masked.spans[number - 1].value
        strays.append(match[0])
        return match[0]

    result = _seen(masked.symbol).sub(value, text) if masked.spans else text
    numbered = list(enumerate(masked.spans, 1))
    lost = tuple(span.value for number, span in numbered if not count[number])
    doubled = tuple(span.value for number, span in numbered if count[number] > 1)
    return Restored(result, lost, doubled + tuple(strays))


def pieces(text: str, masked: Masked) -> tuple[str, ...]:
    """Cut a masked text at its masks: texts at even places, the values between them at odd places.

    There is always one text more than values; joined, the pieces are the restored text. Texts may be empty.
    """
    parts: list[str] = []
    here = 0
    for match in _seen(masked.symbol).finditer(text) if masked.spans else ():
        number = int(match[1])
        if 1 <= number <= len(masked.spans):
            parts += (text[here : match.start()], masked.spans[number - 1].value)
            here = match.end()
    return (*parts, text[here:])


def tags(text: str, names: Collection[str]) -> tuple[str, tuple[TagSpan, ...]]:
    """Take the inline tags of `names` out of `text`: the bare text, and what each enclosed, in order of opening.

    A tag that is not there exactly once, or not closed, is left in the text.
    """
    known = set(names)
    found = [m for m in _TAG.finditer(text) if m["name"] in known]
    count = Counter((m["name"], bool(m["shut"])) for m in found)
    order = {(m["name"], bool(m["shut"])): i for i, m in enumerate(found)}

    def sound(match: re.Match[str]) -> bool:
        name = match["name"]
        if match["empty"]:
            return not match["shut"] and count[name, False] == 1 and count[name, True] == 0
        single = count[name, False] == count[name, True] == 1
        return single and not found[order[name, False]]["empty"] and order[name, False] < order[name, True]

    parts: list[str] = []
    spans: dict[str, TagSpan] = {}
    here = length = 0
    for match in filter(sound, found):
        parts.append(text[here : match.start()])
        length += match.start() - here
        here = match.end()
        name = match["name"]
        start = spans[name].start if match["shut"] else length
        spans[name] = TagSpan(name, start, length, bool(match["empty"]))
    return "".join((*parts, text[here:])), tuple(spans.values())


_TAG = re.compile(r"<(?P<shut>/)?(?P<name>[A-Za-z][\w-]{0,30})(?P<empty>/)?>")


@lru_cache(maxsize=16)
def _seen(symbol: str) -> re.Pattern[str]:
    """What counts as a mask of this symbol in a translation; group 1 is its number."""
    head, found, tail = symbol.partition("{n}")
    if not found or not head.strip() or not tail.strip():
        message = f"a mask symbol needs {{n}} with characters before and after it, not {symbol!r}"
        raise ValueError(message)

    def tolerant(part: str) -> str:
        return r"\s?".join(f"[{re.escape(_VARIANTS.get(c, c))}]" for c in part.strip())

    return re.compile(rf"{tolerant(head)}\s{{0,2}}{_NUMBER}\s{{0,2}}{tolerant(tail)}")


@lru_cache(maxsize=64)
def _protected(names: tuple[str, ...], mask: str) -> re.Pattern[str]:
    """Everything to be masked, masks themselves first."""
    tag = (rf"</?(?:{'|'.join(map(re.escape, names))})/?>",) if names else ()
    return re.compile("|".join((mask.replace("(", "(?:", 1), *tag, *(f"(?a:{kind})" for kind in _KINDS))))


def _trimmed(found: str) -> int:
    """The length of a find without the punctuation of the sentence around it; only URLs have any."""
    if "://" not in found and not re.match(r"www\.|[\w.-]+/", found):
        return len(found)
    excess = {close: found.count(close) - found.count(opened) for opened, close in ("()", "[]", "{}")}
    end = len(found)
    while end > 1:
        last = found[end - 1]
        if last in ".,;:!?'*_~|" or excess.get(last, 0) > 0:
            excess[last] = excess.get(last, 0) - 1
            end -= 1
        else:
            break
    return end


def _widened(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans grown to the white space around them: for text that would run together with a mask."""
    words = iter([m.span() for m in re.finditer(r"\S+", text)])
    result: list[tuple[int, int]] = []
    word = next(words, (0, 0))
    for left, right in spans:
        while word[1] <= left:
            word = next(words)
        while word[0] < right:
            if not result or result[-1] != word:
                result.append(word)
            if word[1] >= right:
                break
            word = next(words, (len(text), len(text)))
    return result


def _masked(text: str, spans: list[tuple[int, int]], symbol: str) -> Masked:
    parts: list[str] = []
    here = 0
    made: list[Span] = []
    for number, (left, right) in enumerate(spans, 1):
        mask = symbol.replace("{n}", str(number))
        made.append(Span(mask, text[left:right]))
        parts += (text[here:left], mask)
        here = right
    return Masked("".join((*parts, text[here:])), tuple(made), symbol)
