"""Numbers of things with their measure words: `1,550 deployed warheads` are 1550枚, `62 drones` 62架.

A small model that is given the bare number writes 1550人 of warheads. Any form with the number is right.
"""

from __future__ import annotations

import re

from pipeline.text.figures.amounts import scaled
from pipeline.text.figures.rule import END, FREE, NUMBER, Rule, any_of

_MEASURES = {
    "枚": "warheads missiles rockets torpedoes torpedos bombs shells projectiles munitions medals",
    "架": "drones aircraft planes jets helicopters bombers airliners warplanes airplanes gliders",
    "艘": "ships vessels warships submarines tankers boats destroyers frigates ferries freighters icebreakers",
    "辆": "vehicles cars tanks trucks buses bicycles motorcycles",
    "颗": "satellites",
    "座": "mines reactors bridges dams churches mosques temples",
    "家": "companies firms banks hospitals businesses factories",
    "所": "schools universities colleges",
    "名": (
        "soldiers troops officers students pupils workers employees hostages prisoners migrants refugees "
        "passengers civilians respondents doctors nurses teachers journalists lawmakers senators "
        "legislators lawyers judges candidates delegates militants fighters protesters demonstrators "
        "activists inmates detainees victims patients children women men volunteers scientists researchers "
        "engineers economists experts diplomats officials policemen recruits veterans survivors applicants "
        "graduates staff"
    ),
    "个": (
        "countries nations cities states provinces counties villages towns groups organizations "
        "organisations agencies parties seats households families projects sites bases"
    ),
    "次": "inspections meetings launches strikes airstrikes sorties elections",
    "起": "attacks incidents cases lawsuits murders homicides",
    "部": "launchers",
}  # fmt: skip
_OF = {noun: measure for measure, nouns in _MEASURES.items() for noun in nouns.split()}
_OTHERS = {
    "名": ("人", "位"),
    "枚": ("颗", "个"),
    "家": ("个",),
    "座": ("个",),
    "起": ("次", "例", "宗"),
    "次": ("场",),
}
_YEARS = range(1900, 2100)
_BETWEEN = (  # of what stands before the noun nothing that makes the number another's
    r"(?: (?!(?:of|and|or|to|in|on|at|for|by|from|with|per|percent|the|a|an|years?|days?|months?|weeks?|hours?|"
    r"people|times|more|million|billion|trillion|thousand)(?![\w-]))[a-z][\w-]*){0,2}"
)
_COUNTED = (
    rf"{FREE}(?P<all>(?P<number>{NUMBER})(?: (?P<scale>thousand|million|billion))?){END}"
    rf"(?={_BETWEEN} (?P<noun>{any_of(_OF)})\b(?!['’-]))"
)


def _counted(match: re.Match[str]) -> list[str]:
    """The forms of a number of things, preferred first; none of what may be a year, or of one digit."""
    number, measure = match["number"], _OF[match["noun"].lower()]
    if "." in number and not match["scale"]:
        return []
    if not match["scale"] and (len(number) == 1 or (len(number) == 4 and int(number) in _YEARS)):
        return []
    bare = scaled(number, match["scale"])
    return [f"{one}{word}" for word in (measure, *_OTHERS.get(measure, ())) for one in bare] + bare


RULES: tuple[Rule, ...] = ((_COUNTED, _counted),)
