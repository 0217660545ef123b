"""How long something takes or costs: `$5 billion over 10 years` is 在10年内, no 超过10年."""

from __future__ import annotations

import re

from pipeline.text.figures.han_numerals import counted
from pipeline.text.figures.number_words import whole
from pipeline.text.figures.rule import END, Rule, any_of, cardinals

_UNITS = {"years": "年", "months": "个月", "weeks": "周", "days": "天", "decades": "个十年"}
_SPENT = (
    "billion|million|trillion|thousand|percent|%|dollars|euros|pounds|yuan|yen|jobs|people|troops|emissions|spending|"
    "deficits?|debt|investments?|cuts?|phased (?:in|out)|spread|paid|disbursed"
)
_OVER = (
    rf"\b(?:{_SPENT})(?:[ ,][^.;!?,]{{0,30}}?)? (?P<all>over (?:the (?P<which>next|coming|past|last|following) )?"
    rf"(?P<number>{cardinals(2, 20)}|[2-9]|[1-9]\d)[ -](?P<unit>{any_of(_UNITS)}))"
    rf"(?! (?:old|of|ago|later|earlier|after)\b){END}"
)
_BEFORE = {"next": "未来", "coming": "未来", "following": "此后", "past": "过去", "last": "过去"}


def _over(match: re.Match[str]) -> list[str]:
    """The forms of a time that a sum is spread over, preferred first."""
    value, unit = whole(match["number"]), _UNITS[match["unit"].lower()]
    written = [f"{value}{unit}", f"{counted(value)}{unit}"]
    if which := match["which"]:
        return [f"{_BEFORE[which.lower()]}{one}{rest}" for one in written for rest in ("", "内", "里", "间", "中")]
    return [f"{one}{rest}" for one in written for rest in ("内", "间", "里", "中")]


RULES: tuple[Rule, ...] = ((_OVER, _over),)
