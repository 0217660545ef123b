"""Numbers of things with their measure words: `1,550 deployed warheads` are 1550枚, `62 drones` 62架.

A small model that is given the bare number writes 1550人 of warheads. Any form with the number is right.
"""

from __future__ import annotations

import re

from pipeline.text.figures.amounts import scaled
from pipeline.text.figures.rule import END, FREE, NUMBER, Rule, any_of

_MEASURES = {
    "枚": "warhead missile rocket torpedo torpedoes bomb shell projectile munition mine medal",
    "架": "drone aircraft plane jet helicopter bomber airliner warplane airplane glider",
    "艘": "ship vessel warship submarine tanker boat destroyer frigate ferry ferries freighter icebreaker",
    "辆": "vehicle car tank truck bus buses bicycle motorcycle",
    "颗": "satellite",
    "座": "reactor bridge dam mine church churches mosque temple",
    "家": "company companies firm bank hospital business businesses factory factories",
    "所": "school university universities college",
    "名": (
        "soldier troop officer student pupil worker employee hostage prisoner migrant refugee passenger civilian "
        "respondent doctor nurse teacher journalist lawmaker senator legislator lawyer judge candidate delegate "
        "militant fighter protester demonstrator activist inmate detainee victim patient child children woman women "
        "man men volunteer scientist researcher engineer economist expert diplomat official policeman policemen "
        "recruit veteran survivor applicant graduate staff"
    ),
    "个": (
        "country countries nation city cities state province county counties village town group organization "
        "organisation agency agencies party parties seat household family families project site base"
    ),
    "次": "inspection meeting launch launches strike airstrike sortie election",
    "起": "attack incident case lawsuit murder homicide",
    "部": "launcher",
}  # fmt: skip
_IRREGULAR = frozenset((
    "torpedoes", "aircraft", "ferries", "buses", "churches", "companies", "businesses", "factories", "universities",
    "children", "women", "men", "policemen", "staff", "countries", "cities", "counties", "agencies", "parties",
    "families", "launches",
))  # fmt: skip
_OF = {
    plural: measure
    for measure, nouns in _MEASURES.items()
    for noun in nouns.split()
    if (plural := noun if noun in _IRREGULAR else f"{noun}s")
}
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
