"""`sanwen glossary suggest`: new entries from reviewed translations, with their evidence.

Candidates are capitalised phrases that recur and that the glossary lacks. A phrase is tied to a piece of the target by
the Dice coefficient of the units that have them (L. R. Dice, 1945; for translation F. Smadja and others, 1996), and
between equally tied pieces by their length. What is proposed is for a person to accept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.glossary.match import Matcher
from pipeline.glossary.tokens import tokenize
from pipeline.model import Term

_LINKS = frozenset(("of", "the", "for", "on", "de", "da", "al", "bin", "la"))  # words inside a name
_STARTS = "I A An The This That These Those It He She We They You In On At But And Or If As So No Not"
_DULL = frozenset(_STARTS.split())
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff·•]+|[A-Za-z][A-Za-z0-9.\-]*[A-Za-z0-9]")
_EDGES = frozenset("的了在和与與是等将將对對为為于於由从從向以及或而也都就被把这這那着著有·•")
_LONGEST = 14  # characters of a Chinese form
_LETTERS_EACH = 3.0  # letters of an English name for one Chinese character, about
_NEAR = 0.02  # of Dice: as good as equal
_MOST_WORDS = 7


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed entry: in `units` reviewed units the source has the phrase, in `stable` of them the target the form.

    `dice` is 1.0 where the two always stand together. `examples` are places in the pairs as given.
    """

    source: str
    form: str
    units: int
    stable: int
    dice: float
    examples: tuple[int, ...]

    def term(self, locale: str) -> Term:
        """The entry, with status `proposed`: it is not enforced until a person clears that."""
        note = f"in {self.stable} of {self.units} reviewed units"
        return Term(self.source, {locale: (self.form,)}, pos="name", status="proposed", note=note)


def suggest(
    pairs: Iterable[tuple[str, str]], known: Iterable[Term] = (), *, least: int = 3, dice: float = 0.75
) -> list[Suggestion]:
    """Propose entries from reviewed (source, target) pairs of one locale, the best attested first.

    A phrase is proposed when at least `least` different units have it and its best form reaches `dice`.
    """
    every = list(dict.fromkeys(pairs))
    phrases = _phrases([source for source, _ in every], Matcher(known))
    targets = _Targets([target for _, target in every])
    found = []
    for phrase, where in phrases.items():
        if len(where) >= least:
            best = targets.best(phrase, where)
            if best and best.dice >= dice:
                found.append(best)
    return list(_one_to_one(found))


def _phrases(sources: Sequence[str], known: Matcher) -> dict[str, list[int]]:
    """The capitalised phrases and the units that have them; a first word counts only if it is capitalised elsewhere."""
    inside: defaultdict[str, list[int]] = defaultdict(list)
    first: defaultdict[str, list[int]] = defaultdict(list)
    for place, source in enumerate(sources):
        covered = [(match.start, match.end) for match in known.find(source)]
        for start, end, initial in _runs(source):
            if not any(a < end and start < b for a, b in covered):
                (first if initial else inside)[" ".join(source[start:end].split())].append(place)
    for phrase, where in first.items():
        if phrase in inside or " " in phrase or phrase.isupper():
            inside[phrase] += where
    return {phrase: sorted(set(where)) for phrase, where in inside.items()}


def _runs(source: str) -> Iterator[tuple[int, int, bool]]:
    """The capitalised phrases of a text: start, end, whether at the beginning of a sentence."""
    run: list[tuple[int, int]] = []
    initial, fresh = True, True
    pending: list[tuple[int, int]] = []
    last = 0
    for start, end, word in [*tokenize(source), (len(source), len(source), "")]:
        joined = not source[last:start].strip(" \u00a0-\u2010\u2011")
        capital = word[:1].isupper() and word not in _DULL
        if run and (not joined or not (capital or word in _LINKS) or len(run) >= _MOST_WORDS):
            yield run[0][0], run[-1][1], initial
            run, pending = [], []
        if capital:
            if not run:
                initial = fresh
            run += [*pending, (start, end)] if run else [(start, end)]
            pending = []
        elif run:
            pending.append((start, end))
        fresh = word in (".", "!", "?", ":", '"', "“", "”")
        last = end


class _Targets:
    """The targets, indexed so that the units with a form are found quickly."""

    def __init__(self, targets: Sequence[str]) -> None:
        self._targets = targets
        self._index: defaultdict[str, set[int]] = defaultdict(set)
        for place, target in enumerate(targets):
            for at in range(len(target) - 1):
                self._index[target[at : at + 2]].add(place)

    def _count(self, form: str) -> int:
        return sum(form in self._targets[place] for place in self._index.get(form[:2], ()))

    def best(self, phrase: str, where: Sequence[int]) -> Suggestion | None:
        """The form that is tied most closely to the phrase of these units."""
        counts: Counter[str] = Counter()
        for place in where:
            counts.update(_forms(self._targets[place]))
        common = {form: count for form, count in counts.items() if count * 2 > len(where)}
        ties = {form: 2 * count / (len(where) + self._count(form)) for form, count in common.items()}
        if not ties:
            return None
        top = max(ties.values()) - _NEAR
        near = [form for form, tie in ties.items() if tie >= top]
        whole = [form for form in near if not any(form != o and form in o and common[o] == common[form] for o in near)]
        letters = sum(map(str.isalpha, phrase))
        form = min(whole, key=lambda form: (abs(_size(form) - letters / _LETTERS_EACH), -ties[form], form))
        having = tuple(place for place in where if form in self._targets[place])
        return Suggestion(phrase, form, len(where), len(having), round(ties[form], 3), having[:3])


def _size(form: str) -> float:
    return len(form) / _LETTERS_EACH if form.isascii() else float(len(form))


def _forms(target: str) -> set[str]:
    """What may be a term in a target: Latin words, and Chinese of two characters or more, no particle first or last."""
    forms = set()
    for run in _RUN.findall(target):
        if run.isascii():
            forms.add(run)
            continue
        for start in range(len(run)):
            if run[start] not in _EDGES:
                ends = range(start + 2, min(start + _LONGEST, len(run)) + 1)
                forms |= {run[start:end] for end in ends if run[end - 1] not in _EDGES}
    return forms


def _one_to_one(found: list[Suggestion]) -> Iterator[Suggestion]:
    """The best attested first; a form that one phrase has taken is not proposed for another."""
    taken: set[str] = set()
    for one in sorted(found, key=lambda s: (-s.dice, -s.units, s.source)):
        if one.form not in taken:
            taken.add(one.form)
            yield one
