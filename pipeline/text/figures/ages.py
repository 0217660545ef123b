"""Ages and terms: `aged 16 to 24` is 16至24岁, `turned 80` 80岁, `10-year bonds` are of 10年期."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import FREE, TO, Rule, any_of

_BONDS = (
    "(?:U.?S.? |German |Japanese |UK |British |Chinese )?(?:treasur(?:y|ies)|government|sovereign|bonds?|notes?|gilts?|"
    "bunds?|yields?|mortgages?|loans?|jgbs?)"
)


# What is so many years old and no person: what stands, and what goes on
_STANDING = (
    "agreement accord alliance pact treaty deal charter constitution law act statute rule rules regulation policy "
    "program programme plan proposal project scheme system institution organization organisation agency company firm "
    "bank newspaper magazine university school church mosque temple monastery cathedral building bridge dam plant "
    "reactor tradition practice partnership friendship relationship monarchy dynasty republic union bloc federation "
    "party industry technology network city settlement tree manuscript doctrine precedent taboo ruling case fleet ship "
    "aircraft pipeline railway road factory"
)
_GOING_ON = (
    "war conflict dispute feud insurgency rebellion occupation siege blockade embargo ban stalemate standoff crisis "
    "ceasefire truce armistice peace rivalry campaign boycott freeze moratorium lawsuit investigation debate struggle "
    "marriage career reign rule tenure dictatorship"
)


def _years_old(things: str, *forms: str) -> Rule:
    """The rule for what is so many years old, its forms with `{}` for how many."""
    pattern = (
        rf"{FREE}(?P<all>(?:nearly |almost )?(?P<number>\d{{1,4}}|\d,\d{{3}})-year-old)"
        rf"(?=(?: [\w-]+){{0,2}} (?:{any_of(things.split())})\b)"
    )

    def old(match: re.Match[str]) -> list[str]:
        near = "近" if " " in match["all"] else ""
        return [form.format(f"{near}{match['number'].replace(',', '')}年") for form in forms]

    return pattern, old


def _ages(match: re.Match[str]) -> list[str]:
    first, last = int(match["first"]), int(match["last"])
    return [f"{first}{to}{last}岁" for to in TO] if first < last else []


def _term(match: re.Match[str]) -> list[str]:
    return [f"{match['number']}年期"]


def _turned(match: re.Match[str]) -> list[str]:
    return [f"{match['number']}岁"]


RULES: tuple[Rule, ...] = (
    (r"\bage[sd]? (?P<all>(?P<first>\d\d?)(?: to | and |[-–])(?P<last>\d\d?))(?![\w%]| (?:percent|per))", _ages),
    (rf"{FREE}(?P<all>(?P<first>\d\d?)-? (?:to|and) (?P<last>\d\d?)-year-olds?)(?![\w-])", _ages),
    (
        (
            r"\b(?:turn|turns|turned|turning) (?P<all>(?P<number>[1-9]\d))"
            r"(?=[,.;:)]|$| (?:in|on|last|this|next|later|earlier|today|and)\b)"
        ),
        _turned,
    ),
    (rf"{FREE}(?P<all>(?P<number>\d\d?)-year)(?= (?:{_BONDS})\b)", _term),
    _years_old(_GOING_ON, "持续{}的", "长达{}的", "历时{}的", "{}之久的", "{}的"),
    _years_old(_STANDING, "有{}历史的", "{}历史的", "存在了{}的", "{}前的", "{}的"),
)
