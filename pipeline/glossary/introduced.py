"""An abbreviation that its own full name introduces: `the World Health Organization (WHO)`.

A glossary gives both the same Chinese name, and a text that followed it would say the name twice:
世界卫生组织（世界卫生组织）. Editors write what readers will meet later on: the short Chinese name if there is one
（世卫组织）, else the abbreviation itself （WHO）.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import TermHit, Use

_TAGS = r"(?:</?[a-z]{1,16}\d{1,6}/?>){0,9}"
_BETWEEN = re.compile(rf"{_TAGS}(?:['’]s?)?{_TAGS} ?[(（]{_TAGS}[\"“]?{_TAGS}")
_AFTER = re.compile(rf"{_TAGS}[\"”]?{_TAGS}[)）]")
_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z0-9&./-]+")
_SHORTER = 2  # characters at least: 國際貨幣基金會 is another name, 世卫组织 a short one


def introduced(source: str, hits: Sequence[TermHit], locale: str) -> list[TermHit]:
    """The hits, those of introduced abbreviations with the short form wanted and the name itself no longer accepted."""
    done = list(hits)
    for at in range(1, len(done)):
        full, hit = done[at - 1], done[at]
        if hit.target != full.target or Use.OPEN in (hit.use, full.use):
            continue
        short = source[hit.start : hit.end]
        if (
            _ABBREVIATION.fullmatch(short)
            and _BETWEEN.fullmatch(source, full.end, hit.start)
            and _AFTER.match(source, hit.end)
        ):
            done[at] = _shortened(hit, short, locale)
    return done


def _shortened(hit: TermHit, abbreviation: str, locale: str) -> TermHit:
    forms = hit.term.targets[locale]
    chosen = next((form for form in forms if _abbreviates(form, hit.target)), abbreviation)
    others = (form for form in forms if form != hit.target)
    wanted = tuple(dict.fromkeys((chosen, abbreviation, *others)))
    return replace(hit, target=chosen, term=replace(hit.term, targets={**hit.term.targets, locale: wanted}))


def _abbreviates(form: str, name: str) -> bool:
    """Whether a form is a name with characters left out."""
    rest = iter(name)
    return len(form) <= len(name) - _SHORTER and all(character in rest for character in form)
