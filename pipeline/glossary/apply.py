"""Apply a glossary to a unit: the terms of its source, what its target must say for them, and whether it does."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.glossary.assign import assign, forms, slots
from pipeline.glossary.introduced import introduced
from pipeline.glossary.match import Matcher
from pipeline.glossary.occurrences import Text
from pipeline.model import Term, TermHit, Use

BASE = "zh_CN"  # the locale whose forms the others are derived from
_TAG = re.compile(r"<(/?)([a-z]+\d+)(/?)>")

Convert = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Slip:
    """A forbidden form at `target[start:end]`."""

    start: int
    end: int
    form: str
    term: Term


def localize(term: Term, locale: str, convert: Convert | None = None) -> Term:
    """The term with its forms for a locale: its own, or those of zh_CN converted, and forbidden ones likewise."""
    if term.targets.get(locale) or convert is None or not term.targets.get(BASE):
        return term
    targets = {**term.targets, locale: tuple(dict.fromkeys(map(convert, term.targets[BASE])))}
    banned = term.forbidden.get(locale) or tuple(map(convert, term.forbidden.get(BASE, ())))
    banned = tuple(form for form in banned if form not in targets[locale])
    return dataclasses.replace(term, targets=targets, forbidden={**term.forbidden, locale: banned})


def hits(
    source: str, matcher: Matcher, locale: str, convert: Convert | None = None, around: str = ""
) -> tuple[TermHit, ...]:
    """The terms in a unit's source, with the form that `locale` wants.

    `convert` takes zh_CN to the locale, for terms without own forms there; a term that has neither a form of
    its own nor one to derive from makes no hit (`sanwen glossary check` names those). Where the sense is open there is
    one hit for every sense, all with `Use.OPEN`. `around` is text near the unit that helps to choose senses.
    """
    found: list[TermHit] = []
    for match in matcher.find(source, around):
        terms = [localize(term, locale, convert) for term in match.candidates]
        terms = [term for term in terms if term.targets.get(locale)]
        use = Use.OPEN if len({term.targets[locale] for term in terms}) > 1 else Use.FOUND
        wanted = terms if use is Use.OPEN else terms[:1]
        found += [TermHit(match.start, match.end, term, term.targets[locale][0], use) for term in wanted]
    return tuple(introduced(source, found, locale))


def verify(target: str, hits: Sequence[TermHit], locale: str) -> tuple[TermHit, ...]:
    """The hits, each marked KEPT where an occurrence of one of its forms answers to it, else MISSING.

    Occurrences do not overlap and answer to one hit each: two mentions want two. A hit marked REPAIRED stays so while
    it is answered. An open span takes the sense whose form the target has, and stays open if it has none.
    """
    answers = assign(target, hits, locale)
    marked = []
    for places in slots(hits):
        told = [place for place in places if place in answers]
        for place in told or places:
            hit = hits[place]
            if told:
                use = Use.REPAIRED if hit.use is Use.REPAIRED else Use.KEPT
            else:
                use = Use.OPEN if hit.use is Use.OPEN else Use.MISSING
            marked.append(dataclasses.replace(hit, use=use))
    return tuple(marked)


def locks(
    target: str, base: Sequence[TermHit], local: Sequence[TermHit], locale: str, of: str = BASE
) -> list[tuple[int, int, str]]:
    """The spans of a zh_CN target that must become the local form in conversion, as (start, end, form).

    `base` and `local` are the hits of one source for zh_CN and for `locale`. Where both have as many forms, the one
    in the same place is taken (美国 | 美洲 with 美國 | 美洲). A span with inline tags inside is left to the conversion,
    and to `verify` after it, since a lock would lose the tags.
    """
    wanted: dict[tuple[int, int, str, int], TermHit] = {}
    for hit in local:
        wanted[hit.start, hit.end, hit.term.file, hit.term.line] = hit
    found = []
    for answer in assign(target, base, of).values():
        own = answer.hit
        hit_local = wanted.get((own.start, own.end, own.term.file, own.term.line))
        if hit_local is None or "<" in target[answer.start : answer.end]:
            continue
        choices = forms(hit_local, locale)
        same = len(choices) == len(forms(own, of))
        found.append((answer.start, answer.end, choices[answer.form] if same else hit_local.target))
    return sorted(found)


def annotate(
    text: str, hits: Iterable[TermHit], opened: str = "<term>", mid: str = "<as>", closed: str = "</term>"
) -> str:
    """The source with the wanted form written beside each term: `the <term>détente<as>缓和</term> of`.

    Open senses are left alone. A span that cuts a pair of inline tags grows to hold both where they stand at its edge,
    and is left alone where they do not.
    """
    pieces: list[str] = []
    at = 0
    for hit in sorted(hits, key=lambda hit: hit.start):
        span = None if hit.use is Use.OPEN else _whole(text, hit.start, hit.end)
        if span is not None and span[0] >= at:
            pieces += [text[at : span[0]], opened, text[span[0] : span[1]], mid, hit.target, closed]
            at = span[1]
    return "".join(pieces) + text[at:]


def _whole(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span with the partners of the tags inside it, or None where a partner stands further away."""
    names: dict[str, int] = {}
    for tag in _TAG.finditer(text, start, end):
        if not tag[3]:
            names[tag[2]] = names.get(tag[2], 0) + (-1 if tag[1] else 1)
    for name, sum_ in names.items():
        if sum_ < 0 and text[:start].endswith(f"<{name}>"):
            start -= len(name) + 2
        elif sum_ > 0 and text.startswith(f"</{name}>", end):
            end += len(name) + 3
        elif sum_:
            return None
    return start, end


def forbidden(target: str, terms: Iterable[Term], locale: str) -> list[Slip]:
    """The forbidden forms of these terms in a target, in order; one inside a permitted form of any of them is none."""
    every = list({id(term): term for term in terms}.values())
    text = Text(target)
    allowed = [span for term in every for form in term.targets.get(locale, ()) for span in text.find(form)]
    slips: dict[tuple[int, int], Slip] = {}
    for term in every:
        for form in term.forbidden.get(locale, ()):
            for start, end in text.find(form):
                if not any(a <= start and end <= b for a, b in allowed):
                    slips.setdefault((start, end), Slip(start, end, form, term))
    return [slips[span] for span in sorted(slips)]
