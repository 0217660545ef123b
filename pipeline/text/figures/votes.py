"""How a vote went: `voted 51-49` is 51票对49票, `a 6-3 decision` 6比3."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import Rule

_CUE = (
    r"\b(?:vot(?:e|es|ed|ing)|rul(?:ed|ing)|decided|approved|passed|rejected|confirmed|acquitted|convicted|split|won|lost|"
    r"(?:vote|tally|count) (?:was|is|of)|margin of|by an?|in an?|the|bill|measure|resolution|amendment|motion|"
    r"(?:him|her|it|them))(?: (?:narrowly|unanimously|overwhelmingly|by|of)){0,2} "
)
_AFTER = (
    r"(?=[.,;:)—”\"]|$| (?:party-line |majority |bipartisan )?(?:vote|decision|ruling|opinion|majority|split|margin|"
    r"victory|defeat|to|on|in|against|along|that|for|with|and|late|last|Monday|Tuesday|Wednesday|Thursday|Friday)\b)"
)
_COUNT = r"(?P<first>\d{1,3})(?:[-–]| to )(?P<second>\d{1,3})"
_BARE = 10  # votes: fewer are a bench's, whose numbers are compared

_VOTE = rf"{_CUE}(?P<all>{_COUNT}){_AFTER}(?! to \d)"


def _vote(match: re.Match[str]) -> list[str]:
    """The forms of a vote, preferred first."""
    first, second = match["first"], match["second"]
    compared = [f"{first}比{second}"]
    counted = [f"{first}票对{second}票", f"{first}票比{second}票", f"{first}对{second}", f"{first}-{second}"]
    return compared + counted if int(first) < _BARE else counted[:1] + compared + counted[1:]


RULES: tuple[Rule, ...] = ((_VOTE, _vote),)
