"""Put the forms of missing terms into a target without decoding again: the last resort before a finding.

What stands in the place of a missing term is looked for in this order:

1. a forbidden form of the term,
2. the English term itself, left over,
3. a form that the term has in another locale,
4. the words that the engine's attention ties to the term's span of the source; for a term that an engine's lexicon
   suggested, only if they share a character with its form.

Words that answer to another term are never touched, and a repair that does not gain a term is not made.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pipeline.glossary.align import Alignment, repeat, tied, without
from pipeline.glossary.apply import forbidden, verify
from pipeline.glossary.assign import Span, assign
from pipeline.glossary.match import Matcher
from pipeline.glossary.occurrences import Text, overlap
from pipeline.model import SUGGESTED, Term, TermHit, Use

_TAG = re.compile(r"<(/?)[a-z]+\d+(/?)>")
_POSSESSIVE = re.compile(r"['’]s(?![A-Za-z0-9])")
_DOUBLES = "的地得了着過过们們"  # particles that never stand twice
_STOPS = _DOUBLES + "，。、；：？！,.;:?!”’」』）)》〉…—· \n"


def repair(
    target: str, hits: Sequence[TermHit], locale: str, alignment: Alignment | None = None
) -> tuple[str, tuple[TermHit, ...]]:
    """The target with as many missing terms put in as can be, and the hits as verified in it.

    `hits` may be as found or as verified. A term that was put in is marked REPAIRED, one without a place MISSING.
    Offsets of `alignment` are into the unit's source and into `target` as given. What the engine repeated of a term
    beside it is dropped.
    """
    if alignment is not None:
        target, alignment = _unrepeated(target, hits, locale, alignment)
    marked = verify(target, hits, locale)
    fences = [(answer.start, answer.end) for answer in assign(target, marked, locale).values()]
    edits: list[tuple[Span, TermHit]] = []
    missing = [hit for hit in marked if hit.use is Use.MISSING]
    for hit in sorted(missing, key=lambda hit: (hit.start - hit.end, hit.start)):
        span = stand_in(target, hit, locale, fences)
        if span is None and alignment is not None:
            span = tied(target, hit, alignment, fences)
            if span is not None and hit.term.pos == SUGGESTED and not set(target[slice(*span)]) & set(hit.target):
                span = None  # another word, and perhaps a better one
        if span is not None:
            edits.append((span, hit))
            fences.append(span)
    put: list[Span] = []
    answered = _answered(target, marked, locale)
    for span, hit in sorted(edits, key=lambda edit: edit[0], reverse=True):  # from the right: offsets to the left stand
        others = [fence for fence in fences if fence != span]
        changed, place = _put(target, span, hit.target, others)
        now = _answered(changed, marked, locale)
        if now > answered:
            answered = now
            shift = len(changed) - len(target)
            put = [place, *((start + shift, end + shift) for start, end in put)]
            target = changed
            fences = others
    return target, _repaired(target, marked, locale, put)


def _unrepeated(target: str, hits: Sequence[TermHit], locale: str, alignment: Alignment) -> tuple[str, Alignment]:
    """The target without what an engine that was held to a term said of it once more: `中中国`, `雷雷克斯`."""
    while True:
        answers = assign(target, hits, locale).values()
        spans = (repeat(target, answer.start, answer.end, answer.hit, alignment) for answer in answers)
        fences = [(answer.start, answer.end) for answer in answers]
        span = next((s for s in spans if s is not None and not any(overlap(s, fence) for fence in fences)), None)
        if span is None:
            return target, alignment
        target, alignment = target[: span[0]] + target[span[1] :], without(alignment, *span)


def _answered(target: str, hits: Sequence[TermHit], locale: str) -> int:
    return len(assign(target, hits, locale))


def _repaired(target: str, hits: Sequence[TermHit], locale: str, put: Sequence[Span]) -> tuple[TermHit, ...]:
    """The hits verified, those whose occurrence was put in marked so."""
    answers = {id(answer.hit): (answer.start, answer.end) for answer in assign(target, hits, locale).values()}
    told = [
        dataclasses.replace(hit, use=Use.REPAIRED)
        if id(hit) in answers and any(overlap(answers[id(hit)], span) for span in put)
        else hit
        for hit in hits
    ]
    return verify(target, told, locale)


def stand_in(target: str, hit: TermHit, locale: str, fences: Sequence[Span]) -> Span | None:
    """The first span of the target that visibly stands for the term: forbidden, English, or another locale's form."""
    found = [(slip.start, slip.end) for slip in forbidden(target, (hit.term,), locale)]
    found += _left_over(target, hit.term)
    text = Text(target)
    for code, forms in hit.term.targets.items():
        if code != locale:
            found += [span for form in forms if len(form) > 1 for span in text.find(form)]
    return next((span for span in found if not any(overlap(span, fence) for fence in fences)), None)


def _left_over(target: str, term: Term) -> list[Span]:
    """Where the English term stands in a target, in any case and inflection, with a possessive after it."""
    anyhow = dataclasses.replace(term, match="inflect", context=(), status="")
    found = []
    for match in Matcher((anyhow,)).find(target):
        possessive = _POSSESSIVE.match(target, match.end)
        found.append((match.start, possessive.end() if possessive else match.end))
    return found


def replace(target: str, span: Span, form: str, fences: Sequence[Span] = ()) -> str:
    """The target with a form in the place of a span, its neighbours in order.

    What the form repeats of the text before or after it is dropped (`美国` before `美国国会`), so is one of two
    particles (`的的`); inline tags in the span are kept around the form. Fenced spans are never cut into.
    """
    return _put(target, span, form, fences)[0]


def _put(target: str, span: Span, form: str, fences: Sequence[Span]) -> tuple[str, Span]:
    """The changed target, and where the form now stands in it."""
    start, end = _absorb(target, span, form, fences)
    tags = list(_TAG.finditer(target, start, end))
    before = "".join(tag[0] for tag in tags if not tag[1] and not tag[2])
    after = "".join(tag[0] for tag in tags if tag[1] or tag[2])
    place = start + len(before)
    return target[:start] + before + form + after + target[end:], (place, place + len(form))


def _absorb(target: str, span: Span, form: str, fences: Sequence[Span]) -> Span:
    """The span with those neighbours that the form repeats.

    Two characters or more repeat by mistake; one may be a part of a word (`其中中国`, `大会会议`) unless the phrase
    begins or ends there.
    """
    start, end = span
    left = max((b for _, b in fences if b <= start), default=0)
    right = min((a for a, _ in fences if a >= end), default=len(target))
    for size in range(len(form) - 1, 0, -1):
        before = start - size
        begins = size > 1 or before == 0 or target[before - 1] in _STOPS
        if begins and before >= left and target[before:start] == form[:size]:
            start = before
            break
    for size in range(len(form) - 1, 0, -1):
        after = end + size
        ends = size > 1 or target[after : after + 1] in _STOPS
        if ends and after <= right and target[end:after] == form[-size:]:
            end = after
            break
    if form[-1:] in _DOUBLES and end < right and target[end] == form[-1]:
        end += 1
    return start, end
