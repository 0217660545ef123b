"""Whether an English sentence ends at a given mark: ordered rules over what stands before and after it.

The word lists that the rules speak of are in abbreviations.txt, one class of abbreviations each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_NOTE = r"\[(?:\d{1,4}|[a-z]|(?:note|fn) \d{1,3}|citation needed)\](?:[–,-](?=\[))?|[¹²³⁰⁴-⁹†‡*]"
# Possessive quantifiers and the look-behind keep this linear on runs of marks.
END = re.compile(
    r"(?<![.!?…‽])(?P<mark>\.(?:[ \u00a0]\.){2,}+(?:[ \u00a0]?[?!])?|[.!?…‽]++)"
    rf"(?P<close>(?:[\"”’'»)\]}}]|{_NOTE})*+)"
    r"(?P<digits>(?:(?<=[a-z)”\"’][.!?])|(?<=[a-z][.!?][”\"’)]))\d{1,3})?"
    r"(?P<gap>\s++|\Z)"
    r"(?=(?P<open>[“‘\"'(\[«{¿¡—–•*_-]*)(?P<next>[^\s“‘\"”(\[\])]{0,24}))"
)
_WORD_START = re.compile(r"[\s“‘\"'(\[«—–/]")
_ACRONYM = re.compile(r"(?:.*[-–])?(?:(?:[A-Za-z]\.){1,8}[A-Za-z]|Ph\.D)$")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,2}$")
_TIME = re.compile(r"(?:\d{1,2}(?::\d\d)?)?(?:[ap]\.?m|[AP]\.?M)$")
_ZONE = re.compile(r"(?:[A-Z][a-z]+ ){1,2}(?:(?:standard|daylight|summer) )?[Tt]ime\b")
_DIGITS = re.compile(r"[#§]?[A-Z]{0,2}[-/]?\d|[IVXLC]{2,7}[.,;:)]*$")
_LETTER = re.compile(r"[A-Z][.,;:)]*$")
_YEAR = re.compile(r"\d{4}")
_DOTS = re.compile(r"\.(?!\d|[A-Z]{2})")  # not .5 nor .NET
_MARKER = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})\.?$")
_HEAD = re.compile(r"[^\w]")
_SUPER = "¹²³⁰⁴⁵⁶⁷⁸⁹†‡*"


@dataclass(frozen=True, slots=True)
class Place:
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


def place(text: str, match: re.Match[str], begin: int) -> Place:
    """Describe a match of END in `text`, in a sentence that begins at `begin`."""
    start = match.start()
    word = _WORD_START.split(text[max(begin, start - 40, 0) : start])[-1]
    close, after = match["close"], match.end("open")
    return Place(
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


def judge(at: Place) -> bool | None:
    """Whether a sentence ends here: the first rule with an opinion wins; None for sentencex to say."""
    for rule in (_list_marker, _answer, _footnote, _closed, _never_ends, _goes_on, _time_of_day, _before_starter):
        verdict = rule(at)
        if verdict is not None:
            return verdict
    return None


def _list_marker(at: Place) -> bool | None:
    """`2. Expand the council`: a number alone is no sentence."""
    return False if at.mark == "." and at.marker else None


def _answer(at: Place) -> bool | None:
    """`Will he? No. I think`, `said no. President Park`: a word, where no number follows."""
    word = (at.word == "No" and at.first) or (at.word == "no" and at.next[:1].isupper())
    return True if at.stop and word and not re.search(r"\d", at.next) and not at.next[:1].islower() else None


def _footnote(at: Place) -> bool | None:
    """`in 2014.[1] They`, `the treaty.12 They`: the marker belongs to what went before."""
    if not at.note or not at.next:
        return None
    if at.next[0].islower():
        return False if _abbreviated(at.word) else None
    plain_number_is_unsure = at.digits and (not at.next[0].isupper() or _abbreviated(at.word))
    return None if plain_number_is_unsure else True


def _closed(at: Place) -> bool | None:
    """A quotation or a bracket closes after the mark: `“Why?” he asked`, `over.” The`, `(R-Ariz.) voted`."""
    if not (at.quoted or at.bracketed):
        return None
    if at.quoted and at.next[:1].islower():
        return False
    if at.mark == "." and at.bracketed and not at.inside and (at.lone or _abbreviated(at.word)):
        return False
    if at.next[:1].isupper() and (at.mark[0] in ".…" or (at.bracketed and at.inside)):
        return True
    return None


def _never_ends(at: Place) -> bool | None:
    """`Mr. Xi`, `J.D. Vance said`, `Roe v. Wade`, `i.e. The`; but `on Main St. The` ends."""
    if not at.stop:
        return None
    if at.first and _INITIALS.match(at.word) and at.next[:1].isupper() and not at.starter:
        return False
    address = at.starter and at.word in _words("street")
    word = at.word.rpartition("-")[2]  # then-Sen. Obama
    return False if word in _words("inner") or (word in _words("title") and not address) else None


def _goes_on(at: Place) -> bool | None:
    """`No. 5`, `Art. I`, `b. 1952`, `Jan. 16`; `Tues. and`, `10 pct. more`, `5th ed. (New York)`; `. . .The`."""
    word = at.word.rpartition("-")[2]
    goes_on = at.next[:1].islower() and (word in _words("month") or word in _words("measure"))
    bracket = at.opened[:1] == "(" and any(word in _words(x) for x in ("late", "number", "month"))
    number = (
        (_DIGITS.match(at.next) and at.word in _words("number"))
        or (_LETTER.match(at.next) and at.word in _words("lettered"))
        or (_YEAR.match(at.next) and at.word in _words("year"))
        or (at.next[:1].isdigit() and at.word in _words("month"))
    )
    dots = _DOTS.match(at.next)
    return False if at.stop and (goes_on or bracket or number or dots) else None


def _time_of_day(at: Place) -> bool | None:
    """`9 a.m. Tuesday`, `5 p.m. EST`, `5 p.m. Moscow time`."""
    if not at.stop or not _TIME.match(at.word):
        return None
    return False if at.next.rstrip(".,;:)") in _words("after-time") or _ZONE.match(at.tail) else None


def _before_starter(at: Place) -> bool | None:
    """`the U.S. It`, `Apple Inc. The`, `he waited . . . Then`."""
    ellipsis = at.mark[0] == "…" or at.mark.startswith("..") or ". ." in at.mark
    short = at.stop and (at.word in _words("late") or bool(_ACRONYM.match(at.word)))
    return True if at.starter and (ellipsis or short) else None


def _abbreviated(word: str) -> bool:
    return bool(_ACRONYM.match(word)) or any(word in _words(x) for x in ("inner", "title", "number", "late", "month"))


def _words(name: str) -> frozenset[str]:
    """One class of abbreviations.txt."""
    return _classes()[name]


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    """The classes of abbreviations.txt."""
    from importlib.resources import files  # noqa: PLC0415 - read when first needed

    classes: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in files(__package__).joinpath("abbreviations.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = classes.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(entries) for name, entries in classes.items()}
