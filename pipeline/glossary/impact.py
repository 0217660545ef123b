"""`sanwen glossary impact`: which units a changed glossary affects, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.glossary.apply import forbidden, hits, verify
from pipeline.glossary.layer import Glossary
from pipeline.glossary.match import Matcher
from pipeline.model import TermHit, Use


@dataclass(frozen=True, slots=True)
class Impact:
    """A unit that a change touches.

    `reason` is one line for the reviewer; `wrong` says that the target breaks the new glossary.
    """

    unit: int  # place in the units as given
    locale: str
    source: str
    target: str
    reason: str
    wrong: bool


def impact(
    old: Glossary,
    new: Glossary,
    units: Iterable[tuple[str, str, str]],
    convert: Callable[[str, str], str] | None = None,
) -> Iterator[Impact]:
    """The units, given as (source, target, locale), for which other forms are required or forbidden than before.

    `convert` takes a zh_CN text and a locale's code; it gives terms without own forms theirs.
    """
    before, after = Matcher(old.terms), Matcher(new.terms)
    for place, (source, target, locale) in enumerate(units):
        own = None if convert is None else _to(convert, locale)
        was = hits(source, before, locale, own)
        now = hits(source, after, locale, own)
        if _demands(was, locale) == _demands(now, locale):
            continue
        wrong = list(_broken(target, now, locale))
        reasons = [*_changes(source, was, now, locale), *wrong]
        yield Impact(place, locale, source, target, "; ".join(reasons), bool(wrong))


def _to(convert: Callable[[str, str], str], locale: str) -> Callable[[str], str]:
    return lambda text: convert(text, locale)


_Demand = tuple[tuple[str, ...], tuple[str, ...]]


def _demands(found: Iterable[TermHit], locale: str) -> dict[tuple[int, int], set[_Demand]]:
    """The forms and forbidden forms that each span of the source is held to."""
    spans: dict[tuple[int, int], set[_Demand]] = {}
    for hit in found:
        demand = hit.term.targets.get(locale, ()), hit.term.forbidden.get(locale, ())
        spans.setdefault((hit.start, hit.end), set()).add(demand)
    return spans


def _changes(source: str, was: Iterable[TermHit], now: Iterable[TermHit], locale: str) -> Iterator[str]:
    old, new = _demands(was, locale), _demands(now, locale)
    told = set()
    for span in sorted({*old, *new}):
        if old.get(span) == new.get(span):
            continue
        name, a, b = source[span[0] : span[1]], _shown(old.get(span)), _shown(new.get(span))
        if span not in old:
            line = f"{name}: new term, {b}"
        elif span not in new:
            line = f"{name}: no longer a term ({a})"
        else:
            line = f"{name}: {a} became {b}"
        if line not in told:
            told.add(line)
            yield line


def _shown(demands: set[_Demand] | None) -> str:
    shown = []
    for forms, banned in sorted(demands or ()):
        shown.append(" | ".join(forms) + (f" (not {' | '.join(banned)})" if banned else ""))
    return " or ".join(shown)


def _broken(target: str, now: tuple[TermHit, ...], locale: str) -> Iterator[str]:
    """What the target does that the new glossary does not want."""
    if not target:
        return
    missing = [hit for hit in verify(target, now, locale) if hit.use is Use.MISSING]
    for form in dict.fromkeys(hit.target for hit in missing):
        yield f"the translation has no {form}"
    for form in dict.fromkeys(slip.form for slip in forbidden(target, [hit.term for hit in now], locale)):
        yield f"the translation has {form}"
