"""Figures in English and Chinese text as comparable values: `$34 billion` is `340亿美元`.

Built for a check that must not cry wolf. A figure written with digits is *sure*: the other side must have it too; so is
an English cardinal in words (`worded`). One in Chinese characters (`二十一`), inside a name (`G20`, `COVID-19`) or as a
fraction is *unsure*: it can meet a sure figure, but nothing is asked of it. Where a text can be read in several ways,
all readings are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.text.figures.number_words import SCALES
from pipeline.text.figures.worded import Worded, worded

_SCALES = SCALES | {
    "k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "t": 10**12, "bn": 10**9, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2, "廿": 20, "卅": 30}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - reads better
_LOOSE = {  # words that Chinese may write as one of these figures
    "half": "0.5 50 1 2 6", "halves": "2", "quarter": "0.25 25 1 4", "quarters": "4 75", "third": "1 3 33",
    "thirds": "3 67",
    "both": "2", "couple": "2", "pair": "2", "twice": "2", "double": "2 1", "doubled": "2 1", "doubling": "2 1",
    "triple": "3 2", "tripled": "3 2", "quadrupled": "4 3", "once": "1", "single": "1", "dozen": "12 10",
    "fortnight": "14 2", "decade": "10", "decades": "10 20", "century": "100", "centuries": "100", "noon": "12",
    "midnight": "12 0", "twenties": "20", "thirties": "30", "forties": "40", "fifties": "50", "sixties": "60",
    "seventies": "70", "eighties": "80", "nineties": "90", "a": "1", "an": "1", "twentieth": "20",
}  # fmt: skip
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMAN = {roman: value for value, roman in enumerate(_ROMANS.split(), 1)}
_WIDE = str.maketrans("０１２３４５６７８９．％＄", "0123456789.%$")
_LONGEST = 40  # characters of a number; what is longer is none

_NOISE = re.compile(
    r"https?://[^\s，。；（）]+|www\.[^\s，。；（）]+|[\w.+-]{1,64}@[\w.-]{1,200}|</?[a-z]{1,16}\d{1,6}/?>|⟦\d+⟧",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u00a0](?=\d)|(?<=\d)[ \u00a0](?=[\u4e00-\u9fff])")  # 自 2014 年
_KILO = "米克瓦卡赫伏帕"  # 160千米 are kilometres; 三千米 may be thousands of metres
_MEGA = re.compile(r"兆(?=[瓦赫字节節位帕焦比])")  # mega-, not a trillion
_DECADE = re.compile(
    r"(?:(?:20|二十)世[纪紀]|上(?:个|個)?世[纪紀]|(?P<before>1[0-9]|十[一二三四五六七八九])世[纪紀])?"
    r"(?P<tens>(?:1\d|20)\d0|[1-9]0|一九[一二三四五六七八九][〇零]|[二三四五六七八九]十)年代"
    r"|(?P<english>(?:1\d|20)\d0|[’']?[1-9]0)[’']?s\b"
)
_UNITS = "十百千万萬亿億兆"
_DIGITS = "零〇一二两兩三四五六七八九"
_COUNT = r"\d一二三四五六七八九十百"
_PARTS = re.compile(rf"(?<![{_COUNT}])[{_COUNT}]++分之[{_COUNT}零〇.点點]+")
_PERCENT = re.compile(r"百分之")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?=[\u4e00-\u9fff])|\d+(?:\.\d+)?"
_SCALE = "hundred|thousand|million|billion|trillion|bn"
_SHARED = rf"[ -]?(?:to|or|and|[-–—/~至到])[ -]?(?=[$€£¥]?[\d.,]{{1,20}}[ -]?(?P<shared>{_SCALE}|[万萬亿億兆]))"
_HAN_UNITS = rf"[{_UNITS}](?:[{_DIGITS}{_UNITS}]|[\d.,]{{1,20}}(?=[{_UNITS}]))*"
_FIGURE = re.compile(
    rf"(?P<before>[A-Za-z]|[A-Z]-)?(?P<number>{_NUMBER})(?P<more>(?:[./·:]\d+)+)?(?:{_SHARED})?"
    rf"(?:[ -]?(?P<scale>{_SCALE}|tn|trn|mn|[kmbKMBT])(?![A-Za-z])"
    rf"|[ \u00a0]?(?:多|余|餘|来|來|几|幾|数|數)?(?P<han>{_HAN_UNITS}))?"
    r"(?P<half> and a half\b)?(?P<after>st\b|nd\b|rd\b|th\b|[ap]m\b| ?[ap]\.?m\b|[A-Za-z])?"
)
_HAN_NUMBER = re.compile(rf"[{_DIGITS}{_UNITS}廿卅]+(?:[点點][零〇一二三四五六七八九]+)?(?P<tenths>成)?")
_HAN_WORD = re.compile("[双雙俩倆半]|[一这這每成](?:对|對)")
_HAN_WORDS = dict.fromkeys("双雙俩倆对對", frozenset({Decimal(2)})) | {"半": frozenset({Decimal("0.5")})}
_WORD = re.compile(r"[A-Za-z]+")
_YEARS = re.compile(r"\b(?P<century>[12]\d)\d\d ?[-–—/] ?(?P<end>\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, every value that it can stand for, and whether the other language must have it too."""

    text: str
    values: frozenset[Decimal]
    sure: bool = True


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of an English or Chinese text, in no particular order."""
    flat = _SPACED.sub("", _NOISE.sub(" ", text.translate(_WIDE)))
    flat = _MEGA.sub("，", flat)
    found: list[Figure] = []
    for pattern, reading in ((_DECADE, _decade), (_PARTS, _unsure_parts), (_YEARS, _years)):
        for match in pattern.finditer(flat):
            found += reading(match) if match.end() - match.start() <= _LONGEST else ()
        if pattern is not _YEARS:
            flat = pattern.sub("，", flat)
    flat = _PERCENT.sub(" ", flat)
    ends = {match.start("end") for match in _YEARS.finditer(flat)}
    digits = [
        match
        for match in _FIGURE.finditer(flat)
        if match.start("number") not in ends and match.end() - match.start() <= _LONGEST
    ]
    found += [_figure(match) for match in digits]
    rest = _FIGURE.sub("，", flat)
    found += [_han_figure(m) for m in _HAN_NUMBER.finditer(rest) if m.end() - m.start() <= _LONGEST]
    found += [Figure(m[0], _HAN_WORDS[m[0][-1]], sure=False) for m in _HAN_WORD.finditer(rest)]
    found += _in_words(rest)
    return tuple(found)


def compare(source: str, target: str) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The sure figures of an English source that its Chinese target lacks, and those that only the target has."""
    return unequal(figures(source), figures(target))


def unequal(wanted: tuple[Figure, ...], got: tuple[Figure, ...]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Of the figures of two texts the sure ones that the other has in no form."""
    return _unmet(wanted, got), _unmet(got, wanted)


def lost_words(source: str, target: str) -> tuple[Worded, ...]:
    """The sure figures in words of an English source that its Chinese target has in no form."""
    asked = [word for word in worded(source) if word.sure]
    there = _values(figures(target)) if asked else frozenset()
    return tuple(word for word in asked if not word.values & there)


def _values(some: tuple[Figure, ...]) -> frozenset[Decimal]:
    return frozenset().union(*(figure.values for figure in some))


def _unmet(some: tuple[Figure, ...], others: tuple[Figure, ...]) -> tuple[Figure, ...]:
    there = _values(others)
    unmet = {figure.values: figure for figure in some if figure.sure and not figure.values & there}
    return tuple(unmet.values())


def _figure(match: re.Match[str]) -> Figure:
    written = match["number"].replace(",", "").replace(" ", "")
    number = Decimal(written)
    values = {number}
    scale, shared, han, after = match["scale"], match["shared"], match["han"], match["after"] or ""
    if shared:
        values.add(number * (_SCALES.get(shared) or _BIG[shared]))
    if scale:
        values = {number * _SCALES[scale.lower()]} | ({number} if len(scale) == 1 else set())
    if han:
        values = {_value(written + han)}
        if han == "十" or (han == "千" and match.string[match.end("han") : match.end("han") + 1] in _KILO):
            values.add(number)
    if match["half"]:
        values |= {value + Decimal("0.5") for value in values}
    if after.strip()[:1].lower() in {"a", "p"} and "m" in after:
        hour, _, minutes = written.partition(".")  # 9.30am
        values |= {number + 12, number - 12, Decimal(hour), Decimal(hour) + 12, Decimal(minutes or hour)}
    glued = after.isalpha() and after not in {"st", "nd", "rd", "th", "am", "pm"}
    if match["more"]:  # 9/11, 24/7, 3.11.2, 7:30
        values |= {Decimal(part) for part in re.findall(r"\d+", match["more"])}
        values.add(Decimal(re.sub(r"\D", "", match["number"] + match["more"])))
    return Figure(match[0].strip(), frozenset(values), not (glued or match["before"] or match["more"]))


def _value(written: str) -> Decimal:
    """A number of Arabic digits and Chinese units, such as 3亿4000万, 1.2万亿, 二十一, 二〇一七, 三点五."""
    total = section = Decimal(0)
    number: Decimal | None = None
    last_big, after_big = Decimal(0), False
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|[点點].+|.", written):
        if token[0].isdigit() and token not in _HAN:
            number = Decimal(token.replace(",", ""))
        elif token[0] in "点點":
            number = (number or Decimal(0)) + Decimal("0." + "".join(str(_HAN[c]) for c in token[1:]))
        elif token in _HAN:
            number = Decimal(_HAN[token]) + (0 if number is None else number * 10)
        elif token in _SMALL:
            section += (1 if number is None else number) * _SMALL[token]
            number = None
        elif token in _BIG:
            unit = Decimal(_BIG[token])
            part = section + (number or 0)
            if not part and after_big:
                total *= unit
            elif total and unit > last_big:
                total = (total + part) * unit
            else:
                total += (part or 1) * unit
            section, number, last_big, after_big = Decimal(0), None, unit, True
            continue
        after_big = False
    return total + section + (number or 0)


def _han_figure(match: re.Match[str]) -> Figure:
    written = match[0].removesuffix("成")
    values = {_value(written)}
    if len(written) > 1 and written[0] in _HAN and written[1] in _HAN:  # 七八个, 三四十: seven or eight
        values |= {_value(written[0] + written[2:]), _value(written[1:])}
    if match["tenths"]:
        values.add(_value(written) * 10)
    return Figure(match[0], frozenset(values), sure=False)


def _decade(match: re.Match[str]) -> Iterator[Figure]:
    if match["english"]:
        year = int(match["english"].lstrip("’'"))
    else:
        tens = match["tens"]
        year = int(tens) if tens.isdecimal() else int(_value(tens))
    values = {year, year % 100, 1900 + year % 100}
    if match["before"]:
        century = int(_value(match["before"])) if not match["before"].isdecimal() else int(match["before"])
        values.add((century - 1) * 100 + year % 100)
    yield Figure(match[0], frozenset(map(Decimal, values)))


def _unsure_parts(match: re.Match[str]) -> Iterator[Figure]:
    """百分之三十五 is 35; 三分之二 is two and three."""
    whole, _, part = match[0].partition("分之")
    values = {_value(part.replace("點", "点"))}
    if whole not in {"百", "100"}:
        values.add(_value(whole))
    yield Figure(match[0], frozenset(values), sure=False)


def _years(match: re.Match[str]) -> Iterator[Figure]:
    """The end of 2017–18: written 18 or 2018."""
    end = match["end"]
    yield Figure(end, frozenset({Decimal(end), Decimal(match["century"] + end)}), sure=False)


def _in_words(text: str) -> Iterator[Figure]:
    """English number words, and what is looser: months, Roman numerals, `half` and its like, which are unsure."""
    for run in worded(text):
        yield Figure(text[run.start : run.end], run.values, run.sure)
    for match in _WORD.finditer(text):
        word = match[0]
        loose = {Decimal(x) for x in _LOOSE.get(word.lower(), "").split()}
        if word[:3].lower() in _MONTHS and word[:1].isupper():
            loose.add(Decimal(_MONTHS.index(word[:3].lower()) + 1))
        if word in _ROMAN:
            loose.add(Decimal(_ROMAN[word]))
        if loose:
            yield Figure(word, frozenset(loose), sure=False)
