"""Write glossary terms and suggestions into sources: `<term>détente<as>缓和</term>` (after Dinu et al. 2019).

Where a lexicon's translation stands in the reference, the source word is annotated with it and the model learns to
copy what follows `<as>`. In part of the cases the lexicon has another translation: then it replaces the reference's
word as well, so that the model learns to obey a choice that is not its own habit. A suggestion, which the model may
take or leave, has no mark before its word: `détente<as>缓和</term>`.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import lines

from pipeline.text.capitals import without_capitals
from pipeline.text.familiar import Replacement, replacements, respelled
from pipeline.text.headline import Weigh

COMMON = frozenset(
    re.findall(
        "[a-z]+",
        """
        a an the to of in on at by for with and or but is are was were be it this that as from one two not no do have
        has can will up out go get make take more other new all so if than who which what when where how we i you he
        she they
        """,
    )
)
WORD = re.compile(r"[A-Za-z][A-Za-z'\-.]*[A-Za-z]|[A-Za-z]")
MARKED = re.compile(r"<term>(.*?)<as>(.*?)</term>")
ADDED = re.compile(r"<term>|<as>.*?</term>")  # what annotations put into a text
HAN = re.compile(r"[\u4e00-\u9fff·]{2,10}")
Lexicon = dict[str, tuple[str, ...]]


class Match(NamedTuple):
    """A stretch of the source, the translation that stands in the reference, and the lexicon's other ones."""

    start: int
    end: int
    target: str
    others: tuple[str, ...]


def key(english: str) -> str:
    """The form under which a phrase is kept in a lexicon."""
    return re.sub(r"^(to|the|a|an) ", "", re.sub(r"\(.*?\)", "", english).strip().lower())


def read_lexicons(folder: Path) -> Lexicon:
    """Read what there is of the three lexicons: CC-CEDICT, countries, and phrases mined from the corpus."""
    found: dict[str, set[str]] = defaultdict(set)

    def learn(english: str, chinese: str) -> None:
        phrase = key(english)
        if phrase and phrase not in COMMON and len(phrase.split()) <= 5 and HAN.fullmatch(chinese):
            found[phrase].add(chinese)

    for fields in _rows(folder / "lexicon-cedict.tsv.xz"):
        for gloss in re.split(r"[/;]", fields[0]):
            learn(gloss, fields[1])
    for fields in _rows(folder / "lexicon-countries.tsv"):
        learn(fields[0], fields[1])
    for english, chinese, seen, dice in _rows(folder / "lexicon-mined.tsv.xz"):
        if int(seen) >= 4 and float(dice) >= 0.6:
            learn(english, chinese)
    return {phrase: tuple(sorted(targets)) for phrase, targets in found.items()}


def _rows(path: Path) -> Iterator[list[str]]:
    if path.exists():
        for line in lines(path):
            yield line.split("\t")


def matches(english: str, chinese: str, lexicon: Lexicon) -> list[Match]:
    """Every stretch of one to four words with a translation that stands in `chinese`, longest first."""
    spans = [m.span() for m in WORD.finditer(english)]
    found = []
    for n in (4, 3, 2, 1):
        for i in range(len(spans) - n + 1):
            start, end = spans[i][0], spans[i + n - 1][1]
            phrase = english[start:end].lower()
            known = lexicon.get(phrase) or (lexicon.get(phrase[:-1], ()) if phrase.endswith("s") else ())
            present = [t for t in known if t in chinese]
            if present:
                target = max(present, key=len)
                found.append(
                    Match(start, end, target, tuple(t for t in known if t not in chinese and len(t) <= len(target) + 2))
                )
    return found


def annotate(english: str, chinese: str, lexicon: Lexicon, rng: random.Random, swap: float = 0.1) -> tuple[str, str]:
    """Annotate one to three terms of `english`.

    With probability `swap` a term takes another of its translations, on both sides.
    """
    found = matches(english, chinese, lexicon)
    rng.shuffle(found)
    most = rng.choice((1, 1, 2, 3))
    chosen: list[Match] = []
    for match in found:
        if len(chosen) < most and all(match.end <= c.start or match.start >= c.end for c in chosen):
            chosen.append(match)
    marks = []
    for match in sorted(chosen):
        target = match.target
        if match.others and chinese.count(target) == 1 and rng.random() < swap:
            other = rng.choice(match.others)
            chinese, target = chinese.replace(target, other), other
        marks.append((match.start, match.end, target))
    return write(english, marks), chinese


def write(english: str, marks: list[tuple[int, int, str]]) -> str:
    """Put the marks of (start, end, target), which are in order and do not overlap, into `english`."""
    return rewrite(english, [(start, end, english[start:end], target) for start, end, target in marks])


def rewrite(english: str, marks: list[tuple[int, int, str, str]], opened: str = "<term>") -> str:
    """The same with marks of (start, end, word, target): each word takes the place of what stands there.

    With `opened` empty they are suggestions.
    """
    out, last = [], 0
    for start, end, word, target in marks:
        out += [english[last:start], f"{opened}{word}<as>{target}</term>"]
        last = end
    return "".join(out) + english[last:]


def read(source: str, weigh: Weigh) -> str:
    """A source, which may have annotations, as the runtime has it read."""
    return respelled(small := _small(source, weigh), _outside(small, replacements(small, weigh)))


def _outside(source: str, found: list[Replacement]) -> list[Replacement]:
    """Those that are not within what an annotation asks for."""
    asked = [added.span() for added in ADDED.finditer(source)]
    return [r for r in found if not any(start < r[1] and r[0] < end for start, end in asked)]


def _small(source: str, weigh: Weigh) -> str:
    plain = without_capitals(ADDED.sub("", source), weigh)
    out, at, done = [], 0, 0
    for added in ADDED.finditer(source):
        before = added.start() - at
        out += [plain[done : done + before], added[0]]
        at, done = added.end(), done + before
    return "".join((*out, plain[done:]))
