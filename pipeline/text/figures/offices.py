"""Who held an office then: `then-President Trump` is 时任总统特朗普."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import Rule

_OFFICES = (
    "president|vice|prime|secretary|senator|sen|representative|rep|governor|gov|chancellor|foreign|defen[cs]e|interior|"
    "finance|justice|home|leader|chair(?:man|woman)?|mayor|director|commander|attorney|house|senate|national|minister|"
    "chief|head|premier|king|pope|ambassador|candidate|speaker|treasury|deputy"
)


def _then(_: re.Match[str]) -> list[str]:
    return ["时任", "当时的", "当时"]


RULES: tuple[Rule, ...] = ((rf"(?<![\w-])(?P<all>then)-(?=(?:{_OFFICES})\b)", _then),)
