"""Ages and terms: `aged 16 to 24` is 16至24岁, `turned 80` 80岁, `10-year bonds` are of 10年期."""

from __future__ import annotations

import re

from pipeline.text.figures.rule import FREE, Rule

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


def _years_old(things: str) -> str:
    return (
        rf"{FREE}(?P<all>(?:nearly |almost )?(?P<number>\d{{1,4}}|\d,\d{{3}})-year-old)"
        rf"(?=(?: [\w-]+){{0,2}} (?:{'|'.join(things.split())})\b)"
    )


def _ages(match: re.Match[str]) -> list[str]:
    first, last = int(match["first"]), int(match["last"])
    return [f"{first}{to}{last}岁" for to in ("至", "到", "-")] if first < last else []


def _term(match: re.Match[str]) -> list[str]:
    return [f"{match['number']}年期"]


def _standing(match: re.Match[str]) -> list[str]:
    years = match["number"].replace(",", "")
    near = "近" if " " in match["all"] else ""
    return [
        f"有{near}{years}年历史的",
        f"{near}{years}年历史的",
        f"存在了{near}{years}年的",
        f"{near}{years}年前的",
        f"{near}{years}年的",
    ]


def _going_on(match: re.Match[str]) -> list[str]:
    years = match["number"].replace(",", "")
    near = "近" if " " in match["all"] else ""
    return [
        f"持续{near}{years}年的",
        f"长达{near}{years}年的",
        f"历时{near}{years}年的",
        f"{near}{years}年之久的",
        f"{near}{years}年的",
    ]


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
    (_years_old(_GOING_ON), _going_on),
    (_years_old(_STANDING), _standing),
)
