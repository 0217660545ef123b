"""English sentences: sentencex, and a policy layer over it for what policy articles are full of.

sentencex proposes boundaries twice: with quotation marks blanked, as it never splits inside a quotation, and with
brackets blanked too. Every place where a sentence could end is then judged by ordered rules, the word lists of which
are in abbreviations.txt; where no rule speaks, sentencex's own opinion stands. All work is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

_HARD = r"[\f\v\x1c-\x1e\x85\u2028\u2029]"
_BREAK = re.compile(rf"[\n\r]|{_HARD}")
_NEWLINE = r"(?:\r\n|\n|\r(?!\n))"
_BLANK_LINE = re.compile(rf"{_NEWLINE}[^\S\n\r]*+{_NEWLINE}|{_HARD}")
_TAG = re.compile(r"<(?:/[a-z]{1,16}\d{1,6}|[a-z]{1,16}\d{1,6}/?)>")

_NOTE = r"\[(?:\d{1,4}|[a-z]|(?:note|fn) \d{1,3}|citation needed)\](?:[–,-](?=\[))?|[¹²³⁰⁴-⁹†‡*]"
# Possessive quantifiers and the look-behind keep this linear on runs of marks.
_END = re.compile(
    r"(?<![.!?…‽])(?P<mark>\.(?:[ \u00a0]\.){2,}+(?:[ \u00a0]?[?!])?|[.!?…‽]++)"
    rf"(?P<close>(?:[\"”’'»)\]}}]|{_NOTE})*+)"
    r"(?P<digits>(?:(?<=[a-z)”\"’][.!?])|(?<=[a-z][.!?][”\"’)]))\d{1,3})?"
    r"(?P<gap>\s++|\Z)"
    r"(?=(?P<open>[“‘\"'(\[«{¿¡—–•*_-]*)(?P<next>[^\s“‘\"”(\[\])]{0,24}))"
)
_WORD_START = re.compile(r"[\s“‘\"'(\[«—–/]")
_ACRONYM = re.compile(r"(?:.*[-–])?(?:(?:[A-Za-z]\.){1,8}[A-Za-z]|Ph\.D)$")
_LETTERS = re.compile(r"[A-Z]\.[A-Z]")  # no place to cut
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,2}$")
_TIME = re.compile(r"(?:\d{1,2}(?::\d\d)?)?(?:[ap]\.?m|[AP]\.?M)$")
_ZONE = re.compile(r"(?:[A-Z][a-z]+ ){1,2}(?:(?:standard|daylight|summer) )?[Tt]ime\b")
_DIGITS = re.compile(r"[#§]?[A-Z]{0,2}[-/]?\d|[IVXLC]{2,7}[.,;:)]*$")
_LETTER = re.compile(r"[A-Z][.,;:)]*$")
_YEAR = re.compile(r"\d{4}")
_MARKER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})\.?$")
_HEAD = re.compile(r"[^\w]")
_SUPER = "¹²³⁰⁴⁵⁶⁷⁸⁹†‡*"
_BLANK_QUOTES = re.compile(r"[“”\"«»‘]|(?<!\w)'|[’'](?!\w)")
_BRACKETS = str.maketrans("()", "  ")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_FLAT = str.maketrans("\n\r", "  ")


def segment(text: str, *, wrapped: bool = False) -> list[tuple[int, int]]:
    """Find the sentences of `text`: (start, end) offsets in code points, in order and trimmed of white space.

    What lies between them is white space only. A newline ends a sentence; with `wrapped` only a blank line does.
    Numbered tags (`<a1>`, `</a1>`, `<x2/>`) are looked through: a closing one stays with what it closes.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop, resume in [*(m.span() for m in (_BLANK_LINE if wrapped else _BREAK).finditer(text)), (len(text), 0)]:
        spans += _paragraph(text, start, stop)
        start = resume
    return spans


def _paragraph(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, tags taken out and put back."""
    body = text[start:stop]
    if not body or body.isspace():
        return
    tags = [m.span() for m in _TAG.finditer(body)] if "<" in body else []
    plain = _TAG.sub("", body) if tags else body
    cuts = _boundaries(plain)
    if tags:
        cuts = _with_tags(cuts, body, tags)
    edges = [0, *cuts, len(body)]
    for left, right in pairwise(edges):
        piece = body[left:right]
        bare = piece.strip()
        if bare:
            head = left + len(piece) - len(piece.lstrip())
            yield start + head, start + head + len(bare)


def _with_tags(cuts: Sequence[int], body: str, tags: Sequence[tuple[int, int]]) -> list[int]:
    """Cuts in the text without tags as cuts in `body`: before opening tags, after all others."""
    places: list[int] = []  # of each tag in the text without tags
    removed: list[int] = []  # characters of tags up to and with each
    total = 0
    for left, right in tags:
        places.append(left - total)
        total += right - left
        removed.append(total)
    result = []
    for cut in cuts:
        first, last = bisect_left(places, cut), bisect_right(places, cut)
        here = cut + (removed[first - 1] if first else 0)
        for left, right in tags[first:last]:
            if body[left + 1] != "/" and body[right - 2] != "/":
                break
            here = right
        result.append(here)
    return result


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a sentence could end: what stands before and after it."""

    word: str  # the token before the mark, dots inside it kept: "U.S", "treaty"
    mark: str
    quoted: bool  # a quotation mark follows the mark
    bracketed: bool  # ... or a closing bracket
    note: bool  # ... or a footnote marker
    digits: bool  # ... which is a plain number
    lone: bool  # `word` is all that its bracket holds
    inside: bool  # the sentence began with an opening bracket
    first: bool  # `word` is all there is of the sentence
    marker: bool  # the sentence so far is only the number of a list item
    opened: str  # what opens the next token: a quotation mark, a bracket, a dash
    next: str  # the next token, without what opens it
    tail: str  # the text from there on, some words
    stop: bool  # the mark is a single full stop, and nothing closes after it
    starter: bool  # the next token begins sentences


def _boundaries(text: str) -> list[int]:
    """Where sentences of a paragraph end, as offsets; never 0 nor its length."""
    flat = _SURROGATES.sub("\ufffd", text).translate(_FLAT)
    bare = _BLANK_QUOTES.sub(" ", flat)
    seen = _proposals(bare)
    brackets = _proposals(bare.translate(_BRACKETS)) if "(" in flat else seen
    cuts: list[int] = []
    begin = done = 0
    for match in _END.finditer(flat):
        cut = match.start("gap")
        low, high = match.start("mark"), match.end("open")
        cuts += _unclaimed(flat, _between(seen, done, low))
        begin = _skip_space(flat, max(begin, cuts[-1] if cuts else 0))
        done = high + 1
        verdict = None if _ordinary(flat, match) else _judge(_place(flat, match, begin))
        if verdict is None:
            verdict = bool(_between(seen, low, done)) or (
                flat[begin] == "(" and bool(_between(brackets, low, done)) and flat.find(")", begin, cut) < 0
            )
        if verdict:
            cuts.append(cut)
    cuts += _unclaimed(flat, _between(seen, done, len(flat) - 1))
    return [cut for cut in cuts if 0 < cut < len(flat)]


def _unclaimed(text: str, offsets: Sequence[int]) -> list[int]:
    """Proposals where no white space is, as in `left.Then`; but not inside `Sino-U.S.`."""
    return [at for at in offsets if not _LETTERS.match(text, max(at - 2, 0))]


def _ordinary(text: str, match: re.Match[str]) -> bool:
    """Whether no rule can have an opinion: a long word in lower case or a question, and nothing closes after it."""
    if match["close"] or match["digits"]:
        return False
    word = text[max(match.start() - 7, 0) : match.start()]
    return match["mark"][0] in "?!‽" or (match["mark"] == "." and len(word) == 7 and word.isalpha() and word.islower())


def _proposals(text: str) -> list[int]:
    """The offsets at which sentencex begins a new sentence."""
    from sentencex import segment as propose

    return list(accumulate(map(len, propose("en", text))))


def _between(offsets: Sequence[int], low: int, high: int) -> Sequence[int]:
    """The offsets in (low, high]."""
    return offsets[bisect_right(offsets, low) : bisect_right(offsets, high)]


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _place(text: str, match: re.Match[str], begin: int) -> _Place:
    start = match.start()
    word = _WORD_START.split(text[max(begin, start - 40, 0) : start])[-1]
    close, after = match["close"], match.end("open")
    return _Place(
        word=word,
        mark=match["mark"],
        quoted=any(c in "”\"»’'" for c in close),
        bracketed=")" in close,
        note="[" in close or any(c in _SUPER for c in close) or bool(match["digits"]),
        digits=bool(match["digits"]),
        lone=text[max(start - len(word) - 1, 0)] == "(",
        inside=text[begin] == "(",
        first=start - begin == len(word),
        marker=start - begin < 12 and bool(_MARKER.match(text[begin : start + 1])),
        opened=match["open"],
        next=match["next"],
        tail=text[after : after + 40],
        stop=match["mark"] == "." and not close and not match["digits"],
        starter=_HEAD.split(match["next"], maxsplit=1)[0] in _words("starter"),
    )


def _judge(place: _Place) -> bool | None:
    """Whether a sentence ends here: the first rule with an opinion wins; None for sentencex to say."""
    for rule in (_list_marker, _answer, _footnote, _closed, _never_ends, _goes_on, _time_of_day, _before_starter):
        verdict = rule(place)
        if verdict is not None:
            return verdict
    return None


def _list_marker(place: _Place) -> bool | None:
    """`2. Expand the council`: a number alone is no sentence."""
    return False if place.mark == "." and place.marker else None


def _answer(place: _Place) -> bool | None:
    """`Will he? No. I think`, `said no. President Park`: a word, where no number follows."""
    word = (place.word == "No" and place.first) or (place.word == "no" and place.next[:1].isupper())
    return True if place.stop and word and not re.search(r"\d", place.next) and not place.next[:1].islower() else None


def _footnote(place: _Place) -> bool | None:
    """`in 2014.[1] They`, `the treaty.12 They`: the marker belongs to what went before."""
    if not place.note or not place.next:
        return None
    if place.next[0].islower():
        return False if _abbreviated(place.word) else None
    plain_number_is_unsure = place.digits and (not place.next[0].isupper() or _abbreviated(place.word))
    return None if plain_number_is_unsure else True


def _closed(place: _Place) -> bool | None:
    """A quotation or a bracket closes after the mark: `“Why?” he asked`, `over.” The`, `(R-Ariz.) voted`."""
    if not (place.quoted or place.bracketed):
        return None
    if place.quoted and place.next[:1].islower():
        return False
    if place.mark == "." and place.bracketed and not place.inside and (place.lone or _abbreviated(place.word)):
        return False
    if place.next[:1].isupper() and (place.mark[0] in ".…" or (place.bracketed and place.inside)):
        return True
    return None


def _never_ends(place: _Place) -> bool | None:
    """`Mr. Xi`, `J.D. Vance said`, `Roe v. Wade`, `i.e. The`; but `on Main St. The` ends."""
    if not place.stop:
        return None
    if place.first and _INITIALS.match(place.word) and place.next[:1].isupper() and not place.starter:
        return False
    address = place.starter and place.word in _words("street")
    word = place.word.rpartition("-")[2]  # then-Sen. Obama
    return False if word in _words("inner") or (word in _words("title") and not address) else None


def _goes_on(place: _Place) -> bool | None:
    """`No. 5`, `Art. I`, `b. 1952`, `Jan. 16`; `Tues. and`, `10 pct. more`, `5th ed. (New York)`."""
    word = place.word.rpartition("-")[2]
    goes_on = place.next[:1].islower() and (word in _words("month") or word in _words("measure"))
    bracket = place.opened[:1] == "(" and any(word in _words(x) for x in ("late", "number", "month"))
    number = (
        (_DIGITS.match(place.next) and place.word in _words("number"))
        or (_LETTER.match(place.next) and place.word in _words("lettered"))
        or (_YEAR.match(place.next) and place.word in _words("year"))
        or (place.next[:1].isdigit() and place.word in _words("month"))
    )
    return False if place.stop and (goes_on or bracket or number) else None


def _time_of_day(place: _Place) -> bool | None:
    """`9 a.m. Tuesday`, `5 p.m. EST`, `5 p.m. Moscow time`."""
    if not place.stop or not _TIME.match(place.word):
        return None
    return False if place.next.rstrip(".,;:)") in _words("after-time") or _ZONE.match(place.tail) else None


def _before_starter(place: _Place) -> bool | None:
    """`the U.S. It`, `Apple Inc. The`, `he waited . . . Then`."""
    ellipsis = place.mark[0] == "…" or place.mark.startswith("..") or ". ." in place.mark
    short = place.stop and (place.word in _words("late") or bool(_ACRONYM.match(place.word)))
    return True if place.starter and (ellipsis or short) else None


def _abbreviated(word: str) -> bool:
    return bool(_ACRONYM.match(word)) or any(word in _words(x) for x in ("inner", "title", "number", "late", "month"))


def _words(name: str) -> frozenset[str]:
    """One class of abbreviations.txt."""
    return _classes()[name]


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    """The classes of abbreviations.txt."""
    from importlib.resources import files

    classes: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in files(__package__).joinpath("abbreviations.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = classes.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(entries) for name, entries in classes.items()}
