"""Ask the engine, look at what comes back, and ask again where it ran in circles or left a term out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.draft.counts import with_counts
from pipeline.draft.doubles import without_doubles
from pipeline.draft.prepare import Piece, wanted
from pipeline.draft.sound import runs_in_circles, sound
from pipeline.draft.tails import without_tails
from pipeline.engine import Engine, Request, Result
from pipeline.glossary import apply
from pipeline.glossary.align import Alignment
from pipeline.glossary.repair import repair
from pipeline.model import SUGGESTED, Finding, TermHit, Use
from pipeline.repair import force
from pipeline.text import loops
from pipeline.text.attached import without_attached, without_dot, without_source
from pipeline.text.leftover import leftovers
from pipeline.text.titles import CLOSE, OPEN, with_marks, without_marks

_NAMES = ("name", "adjective")  # of which an engine thinks that it knows how they go on
_TRIES = 3  # a word that may not be spelled with these pieces may come in others


@dataclass(frozen=True, slots=True)
class Decoded:
    """A piece's translation: `text` after repairs, `result` as the engine gave it last, `terms` as they ended up."""

    text: str
    result: Result
    terms: tuple[TermHit, ...]
    findings: tuple[Finding, ...] = ()


def decode(
    pieces: Sequence[Piece], hits: Sequence[Sequence[TermHit]], engine: Engine, locale: str, *, aligned: Sequence[bool]
) -> list[Decoded]:
    """Translate `pieces`, one for one.

    `hits` are the terms of each piece's unit; `aligned` says for which the result must carry attention (if the engine
    has any), because tags are to be put back.
    """
    terms = [wanted(h, p) for p, h in zip(pieces, hits, strict=True)]
    requests = [Request(p.text, p.constraints, named=p.named) for p in pieces]
    looked = [a or bool(t) for a, t in zip(aligned, terms, strict=True)]
    results = _translate(engine, requests, looked)
    circles = [i for i, r in enumerate(results) if runs_in_circles(requests[i].text, r.text)]
    if circles:
        again = _translate(engine, [replace(requests[i], careful=True) for i in circles], [True] * len(circles))
        for i, result in zip(circles, again, strict=True):
            results[i] = result
    results = _without_leftovers(engine, requests, results, looked)
    results = _forced(engine, requests, results, terms, locale)
    if locale == apply.BASE:
        results = with_counts(engine, requests, results)
    results = without_tails(engine, requests, results)
    if locale == apply.BASE:
        results = without_doubles(requests, results, terms, locale, engine.mask)
    return [_finished(p, r, t, locale) for p, r, t in zip(pieces, results, terms, strict=True)]


def _translate(engine: Engine, requests: Sequence[Request], aligned: Sequence[bool]) -> list[Result]:
    """Attention costs time, so it is asked for only where it is needed."""
    results: list[Result] = [Result("")] * len(requests)
    for flag in (False, True):
        group = [i for i, a in enumerate(aligned) if (a and engine.supports.attention) is flag]
        if group:
            for i, result in zip(group, engine.translate([requests[i] for i in group], attention=flag), strict=True):
                results[i] = result
    return results


def _without_leftovers(
    engine: Engine, requests: Sequence[Request], results: list[Result], aligned: Sequence[bool]
) -> list[Result]:
    """Decode again without the pieces of English words that were left; what leaves fewer of them is taken."""
    results, latest = list(results), list(results)
    spans = {i: found for i, r in enumerate(results) if (found := _left(requests[i], r.text))}
    fewest = {i: len(found) for i, found in spans.items()}
    avoid: dict[int, set[tuple[str, ...]]] = {i: set() for i in spans}
    for _ in range(_TRIES):
        work = [i for i in spans if spans[i]]
        for i in work:
            avoid[i] |= {(t.piece,) for t in latest[i].tokens for a, b in spans[i] if t.start < b and t.end > a}
        asked = [replace(requests[i], avoid=tuple(sorted(avoid[i]))) for i in work]
        for i, new in zip(work, _translate(engine, asked, [aligned[i] for i in work]), strict=True):
            latest[i], spans[i] = new, _left(requests[i], new.text)
            if len(spans[i]) < fewest[i] and sound(requests[i].text, results[i].text, new):
                results[i], fewest[i] = new, len(spans[i])
    return results


def _left(request: Request, target: str) -> tuple[tuple[int, int], ...]:
    return leftovers(request.text, target, [c.target for c in request.constraints])


def _forced(
    engine: Engine,
    requests: Sequence[Request],
    results: list[Result],
    terms: Sequence[Sequence[TermHit]],
    locale: str,
) -> list[Result]:
    """Decode again from the slot of a missing term, where the engine can begin from a given prefix.

    Not for suggestions: putting them in by the attention (`repair`) gains as much, for a third of the time.
    """
    missing = [
        i
        for i, r in enumerate(results)
        if any(h.use is Use.MISSING and h.term.pos != SUGGESTED for h in apply.verify(r.text, terms[i], locale))
    ]
    if not missing or not (engine.supports.prefix and engine.supports.attention):
        return results
    results = list(results)
    forced = force(engine, [requests[i] for i in missing], [results[i] for i in missing])
    for i, result in zip(missing, forced, strict=True):
        results[i] = result
    return results


def _finished(piece: Piece, result: Result, terms: Sequence[TermHit], locale: str) -> Decoded:
    findings = []
    text = result.text
    if runs_in_circles(piece.text, text):
        text = loops.trim(text)
        findings.append(Finding("repetition", "the engine ran in circles here; what it repeated was cut off"))
    if result.truncated:
        findings.append(Finding("length", "the engine's limit was reached: something is missing"))
    marked: tuple[TermHit, ...] = ()
    if terms:
        text, marked = repair(text, terms, locale, alignment(result) if text == result.text else None)
        text = with_marks(text, (hit.target for hit in marked))
        text = without_marks(text, sorted(_untitled(marked, locale)))
        for hit in marked:
            forms = hit.term.targets.get(locale, ())
            text = without_source(text, piece.text[hit.start : hit.end], [f for f in forms if not f.isascii()])
            if hit.term.pos in _NAMES:
                text = without_attached(text, piece.text, hit.end, forms)
            elif hit.term.pos == "noun":
                text = without_dot(text, forms)
    return Decoded(text, result, marked, tuple(findings))


def _untitled(hits: Sequence[TermHit], locale: str) -> set[str]:
    """The forms of names that no term of the text has as a title."""
    forms = [(hit, form) for hit in hits for form in hit.term.targets.get(locale, ())]
    titles = {form.strip(OPEN + CLOSE) for _, form in forms if OPEN in form}
    return {form for hit, form in forms if hit.term.pos == "name"} - titles


def alignment(result: Result) -> Alignment | None:
    """The engine's attention in the glossary's terms; None without any."""
    if result.attention is None:
        return None
    return Alignment(
        [(t.start, t.end) for t in result.sources],
        [(t.start, t.end) for t in result.tokens],
        [row.tolist() for row in result.attention],
    )
