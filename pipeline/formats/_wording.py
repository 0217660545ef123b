"""The wording of what surrounds a policy article: dates, bylines, affiliations, rubrics, language bars, page tails."""

from __future__ import annotations

import re
from functools import cache

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?\s*,?\s*)?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"{_DAY}(?:{_MONTH}\s*{_ORDINAL}\s*,?\s*\d{{4}}|{_ORDINAL}\s*(?:of\s+)?{_MONTH}\s*,?\s*\d{{4}}"
    rf"|\d{{4}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*\d{{1,2}}|\d{{1,2}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*\d{{4}}"
    rf"|{_MONTH}\s*,?\s*\d{{4}})"
)
_LABEL = (
    r"(?:(?:first|last|originally)\s+)?(?:published|posted|updated|created|date|issued|released|dated|modified|revised)"
    r"(?:\s+on|\s+at)?\s*:?"
)
_TIME = r"(?:[\s,|T–—-]|at)*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?(?:[+-]\d{2}:?\d{2}|Z)?"
_DATE_LINE = re.compile(
    rf"\s*(?P<label>{_LABEL})?\s*\(?(?P<date>{_DATE})\)?(?P<time>{_TIME})?\s*[.,]?\s*", re.IGNORECASE
)

_PARTICLE = r"(?:de|da|del|della|der|den|di|do|dos|du|van|von|ten|la|le|bin|ibn|al|el|y|e)"
_WORD = (
    r"(?:(?:Mc|Mac|O['’]|D['’]|[dl]['’]|al-|el-|Al-|El-)?[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*"
    r"|[^\W\d_a-z]\.(?:-?[^\W\d_a-z]\.)*)"
)
_HONORIFIC = r"(?:(?:Dr|Prof|Professor|Amb|Ambassador|Gen|General|Adm|Admiral|Col|Sen|Sir|Dame|Mr|Mrs|Ms|Lt)\.?\s+)*"
_SUFFIX = r"(?:,?\s+(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|CBE|OBE)\.?)?"
_NAME = rf"{_HONORIFIC}{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,4}}{_SUFFIX}"
_NAMES = re.compile(rf"\s*{_NAME}(?:\s*(?:,|;|&|\band\b|,\s*and\b)\s*{_NAME})*\s*")
_BY = re.compile(
    r"\s*(?:(?:written\s+|edited\s+|reported\s+|text\s+|story\s+)?by\b|(?:authors?|writers?|editors?"
    r"|contributors?)\s*:)\s*"
    r"(?P<names>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_BY_WORDS = 30
_WITH_HOUSE = re.compile(
    rf"\s*(?:by\s+)?(?P<name>(?-i:{_NAME}))\s*(?:,|[–—(]|\s-\s)\s*(?P<house>\S.*)", re.IGNORECASE | re.DOTALL
)
# Headlines are written like names; words that no name has tell them apart.
_NO_NAMES = frozenset(
    ["how", "why", "what", "when", "where", "who", "whose", "which", "the", "a", "is", "are", "was", "would",
     "can", "could", "should", "must", "does", "did", "not", "new", "next", "after", "before", "against",
     "without", "with", "from", "for", "of", "at", "as", "or", "vs", "versus", "into", "beyond", "under", "over",
     "between", "war", "peace", "trade", "policy", "world", "time", "future", "crisis", "make", "makes",
     "making", "needs", "need", "everyone", "nobody", "more", "less", "than", "its", "our", "your", "their",
     "this", "that", "these", "those", "s"]
)  # fmt: skip

_SEPARATOR = re.compile(
    rf"\s*[|•·]\s*|\t\s*|\s{{3,}}|\s+[–—/-]\s+|,\s+(?={_DAY}{_MONTH}\s*\d)|(?<=\d{{4}})\s+(?=by\s)", re.IGNORECASE
)

_AFFILIATION = re.compile(
    r"\b(?:fellow|professor|prof|institutes?|institution|university|college|school|academy|faculty|director|centers?"
    r"|centres?|council|foundation|analyst|research(?:er)?|scholar|correspondent|reporter|editor|ambassador|minister"
    r"|ministry|president|chair(?:man|woman|person)?|senior|assistant|associate|advis[eo]r|think tank|department"
    r"|columnist|dean|lecturer|expert|specialist|secretary|partner|ceo|founder|co-founder|visiting|studies"
    r"|program(?:me)?"
    r"|association|society|bureau|embassy|commission|economist|strategist|historian|journalist|contributor|member|head"
    r"|candidate|student|officer|diplomat|author|writer|group|corporation|bank|forum|network|project|initiative)\b",
    re.IGNORECASE,
)
_AFFILIATION_WORDS = 45

_RUBRIC_WORD = (
    r"(?:foreign|policy|affairs|economy|economics?|security|defen[cs]e|politics?|society|culture|cultural|environment"
    r"|climate|change|opinions?|analysis|commentary|comment|op-?eds?|editorials?|news|world|international|global|asia"
    r"|europe|africa|americas?|pacific|middle|east|china|u\.?s\.?|interviews?|essays?|features?|business"
    r"|technology|tech"
    r"|energy|trade|report|reports|briefs?|briefing|research|perspectives?|viewpoint|views?|insights?|focus|diplomacy"
    r"|military|law|finance|markets?|science|health|education|history|development|governance|regional|relations|papers?"
    r"|publications?|blog|columns?|dispatch|exclusive|special|latest|&|and|/|,|-|–|\||>|›|»)"
)
_RUBRIC = re.compile(rf"\s*(?:{_RUBRIC_WORD}\s*){{1,6}}", re.IGNORECASE)

_LANGUAGE = (
    r"(?:english|chinese|simplified|traditional|fran[cç]ais|french|espa[nñ]ol|spanish|deutsch|german|русский|russian"
    r"|日本語|japanese|한국어|korean|العربية|arabic|português|中文|汉语|漢語|简体|简体中文|簡體|簡體中文|繁體|繁体|繁體中文"
    r"|繁体中文|中文\s*[（(][简簡繁][體体][）)]|en|zh|cn)"
)
_LANGUAGE_BAR = re.compile(
    rf"\s*(?:(?:select\s+)?languages?\s*[:：]\s*.*|{_LANGUAGE}(?:[\s|/,·•]+{_LANGUAGE})+|{_LANGUAGE})\s*", re.IGNORECASE
)
_NAVIGATION = re.compile(
    r"\s*(?:home(?:\s*[>›»/|].*)?|menu|search|skip to (?:main )?content|subscribe|sign in|log ?in|register"
    r"|about(?: us)?"
    r"|contact(?: us)?|main navigation|toggle navigation)\s*",
    re.IGNORECASE,
)

_OPENER = re.compile(
    r"\s*(?:you (?:might|may) also (?:like|be interested in|enjoy)|related(?: (?:articles?|stories|story|posts?|content"
    r"|reading|topics|news|links|items))?|recommended(?: for you| reading| articles| stories)?|more (?:from|on"
    r"|in|like)\b.{0,60}"
    r"|read (?:more|next|also)|also read|most (?:read|popular|viewed)|latest (?:articles|news|stories)"
    r"|what to read next"
    r"|trending(?: now)?|popular (?:posts|articles)|comments?(?: \(\d+\))?|leave a (?:comment|reply))\s*[:.…]*\s*",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\s*[-\[(|↑^]*\s*(?:(?:go |return )?back to (?:the )?top|to (?:the )?top|top|share(?:(?: this)?(?: article"
    r"| story| page| post)?"
    r"(?: (?:on|via|with)\b.{0,60})?)?\s*:?|print(?:er[- ]friendly)?(?: this)?(?: page| article| version)?"
    r"|e-?mail(?: this)?"
    r"(?: page| article| to a friend)?|tweet|likes?|facebook|twitter|x|linkedin|wechat|weibo|whatsapp|reddit"
    r"|telegram|rss"
    r"|copy (?:the )?link|pdf|(?:download|save)(?: (?:as |the )?(?:pdf|article))?|post a comment|subscribe\b.{0,60}"
    r"|sign up\b.{0,80}|(?:our )?newsletter|follow us\b.{0,40}|contact(?: us)?|about us|privacy policy"
    r"|terms of (?:use|service)"
    r"|cookie policy|advertisement|(?:previous|next)(?: (?:article|post|story|page))?|tags?\s*:.{0,200}"
    r"|topics?\s*:.{0,200}"
    r"|categor(?:y|ies)\s*:.{0,200}|filed under\b.{0,200}|(?:copyright\s*)?(?:©|\(c\)|copyright \d{4}).{0,120}"
    r"|all rights reserved\.?|home|cite(?: this)?"
    r"|[|/·•\s])(?:\s*[|/·•,]\s*(?:print|e-?mail|share|tweet|facebook|twitter|linkedin|pdf|save|rss))*\s*[\])|↑^]*\s*",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\s*(?:(?:figure|fig\.|table|chart|map|exhibit|box|graph)\s*(?:\d+|[ivx]+)\b\s*[.:–—-]|(?:photo|image"
    r"|picture|caption"
    r"|credit)\s*(?:credit|by|:)|\((?:photo|image|ap photo|reuters|xinhua)\b)",
    re.IGNORECASE,
)


_CHARS = 40  # a word: no headline, name or date has words so long; bounds the work of the patterns above


@cache
def _long(limit: int) -> re.Pattern[str]:
    return re.compile(rf"(?:\S+\s+){{{limit}}}\S")


def longer(text: str, limit: int) -> bool:
    """Whether a text has more than `limit` words, or is as long; looks no further than that."""
    return len(text) > limit * _CHARS or bool(_long(limit).match(text.lstrip()))


def date(text: str) -> re.Match[str] | None:
    """Match a text that is nothing but a date: groups "label", "date", "time"."""
    return None if longer(text, 12) else _DATE_LINE.fullmatch(text)


def compound(text: str) -> list[tuple[int, int]]:
    """Where the pieces of a line are that holds a date and more ("By Jane Doe | Jan. 16, 2017"), else empty."""
    if longer(text, _BY_WORDS):
        return []
    pieces: list[tuple[int, int]] = []
    last = 0
    for match in [*_SEPARATOR.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[last:end]
        if piece.strip():
            start = last + len(piece) - len(piece.lstrip())
            pieces.append((start, start + len(piece.strip())))
        last = match.end() if match else end
    whole = len(pieces) > 1 and any(date(text[a:b]) for a, b in pieces)
    return pieces if whole and not any(ends_sentence(text[a:b]) and not date(text[a:b]) for a, b in pieces) else []


def is_name(text: str) -> bool:
    """Whether a text looks like the names of people, and nothing else."""
    words = {word.lower() for word in text.split()} if len(text) < _CHARS * 25 else _NO_NAMES
    return not longer(text, 25) and bool(_NAMES.fullmatch(text)) and not is_rubric(text) and not words & _NO_NAMES


def with_house(text: str) -> int:
    """Where the house begins in "Jane Doe, Senior Fellow, Brookings" or a byline like it; 0 in all other texts."""
    if longer(text, _AFFILIATION_WORDS):
        return 0
    match = _WITH_HOUSE.fullmatch(text)
    return match.start("house") if match and is_name(match["name"]) and is_affiliation(match["house"]) else 0


def is_byline(text: str) -> bool:
    """Whether a text is a byline: "By" and names."""
    match = None if longer(text, _BY_WORDS) else _BY.fullmatch(text)
    if match is None:
        return False
    names = match["names"].strip()
    if with_house(text):
        return True
    return is_name(names) or (names[:1].isupper() and not longer(names, 2) and names[-1] not in ".!?")


def is_affiliation(text: str) -> bool:
    """Whether a text looks like a post and its house: "Senior Fellow, Institute of ..."."""
    return not longer(text, _AFFILIATION_WORDS) and not ends_sentence(text) and bool(_AFFILIATION.search(text))


def is_rubric(text: str) -> bool:
    """Whether a text is the name of a section of a policy site: "Foreign Policy", "Opinion"."""
    return not longer(text, 6) and bool(_RUBRIC.fullmatch(text))


def is_language_bar(text: str) -> bool:
    """Whether a text is a language switch: "Language : English 简体 繁體"."""
    return not longer(text, 15) and bool(_LANGUAGE_BAR.fullmatch(text))


def is_navigation(text: str) -> bool:
    """Whether a text above the article is a menu's."""
    return not longer(text, 15) and bool(_NAVIGATION.fullmatch(text))


def opens_tail(text: str) -> bool:
    """Whether a text heads the list of other articles below this one."""
    return not longer(text, 15) and bool(_OPENER.fullmatch(text))


def is_tail(text: str) -> bool:
    """Whether a text below the article is a button or a line of the page's foot."""
    return not longer(text, 40) and bool(_ENDING.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a text begins as the caption of a figure does."""
    return not longer(text, 60) and bool(_CAPTION.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; a final abbreviation in capitals (U.S.) is none."""
    bare = text.rstrip().rstrip("\"'”’)]»")
    return bare.endswith((".", "!", "?", "…", ";")) and not re.search(
        r"\b(?:[A-Z]\.){1,4}$|\b(?:Jr|Sr|Inc|Ltd|Co)\.$", bare
    )


def is_prose(text: str) -> bool:
    """Whether a text is running text: a sentence of some length, or more than a headline holds."""
    return longer(text, 40) or (longer(text, 8) and ends_sentence(text) and not text.rstrip().endswith("?"))
