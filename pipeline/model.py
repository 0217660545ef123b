"""The types that flow through the pipeline. No logic lives here.

All are frozen: a stage returns new units and changes none. Offsets count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class State(StrEnum):
    """How far a unit's target has come."""

    NEW = "new"  # no target yet
    DRAFT = "draft"  # a machine's, or stale: `fuzzy` in PO
    APPROVED = "approved"  # a person cleared the flag: never overwritten by anything


class Kind(StrEnum):
    """What part of the article a unit is."""

    SECTION = "section"  # the rubric above the title: "Foreign Policy"
    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    AFFILIATION = "affiliation"
    DATE = "date"
    HEADING = "heading"
    SENTENCE = "sentence"  # a sentence of a paragraph
    ITEM = "item"  # (a sentence of) a list item
    QUOTE = "quote"  # (a sentence of) a block quotation
    CAPTION = "caption"  # of a figure or table; alt text
    CELL = "cell"  # of a table
    NOTE = "note"  # of a footnote or endnote
    META = "meta"  # description, keywords: seen by search engines, not on the page


@dataclass(frozen=True, slots=True)
class Mark:
    """One inline tag of a unit: `<a1>text</a1>` in its source stands for `open + text + close` in the file.

    `name` is the tag's name ("a1": a kind of markup and a number, unique in the unit). A mark without content has
    `close` None and is written `<x2/>`; `open` is then the whole of its markup.
    """

    name: str
    open: str
    close: str | None = None


class Severity(StrEnum):
    """How bad a finding is: an error breaks a promise, a warning wants a look, info is for the record."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check or a stage has to say about a unit. `rule` is the name of the check, documented there."""

    rule: str
    message: str
    severity: Severity = Severity.WARNING


SUGGESTED = "suggested"  # the `pos` of a name or a rare word that nobody's glossary has but an engine's lexicon


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a glossary. Maps go from a locale's code to forms, preferred first."""

    source: str
    targets: Mapping[str, tuple[str, ...]]
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pos: str = ""  # noun, verb, adjective, name, phrase ...; empty: any
    match: str = ""  # exact, case, inflect; empty: chosen from the shape of `source`
    context: tuple[str, ...] = ()  # words that select this sense when one stands in the same unit
    domain: str = ""
    status: str = ""  # preferred, admitted, deprecated; empty: preferred
    note: str = ""
    file: str = ""
    line: int = 0


class Use(StrEnum):
    """What became of a term in a target."""

    FOUND = "found"  # only seen in the source so far
    KEPT = "kept"  # the target had it right from the start
    REPAIRED = "repaired"  # put in after translation
    MISSING = "missing"  # still not there: a finding says so
    OPEN = "open"  # several senses, none selected: left to the reviewer


@dataclass(frozen=True, slots=True)
class TermHit:
    """A glossary term found at `source[start:end]` of a unit, and the form wanted in the unit's locale."""

    start: int
    end: int
    term: Term
    target: str
    use: Use = Use.FOUND


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of an article that is translated as one: a title, a sentence, a caption.

    `raw` is the file's own text, so that an article's parts join to the file; `source` is what a translator reads:
    markup replaced by numbered tags (see `Mark`), entities decoded, white space folded to single spaces.
    """

    source: str
    raw: str
    kind: Kind = Kind.SENTENCE
    line: int = 1  # in the file, from 1
    marks: tuple[Mark, ...] = ()
    paragraph: int = 0  # units of one block share it
    target: str = ""
    state: State = State.NEW
    provenance: str = ""  # the signature of what made the target
    touched: bool = False  # a person wrote, edited or approved the target: no machine replaces it
    previous: str = ""  # the source that a kept target translated, where the source has changed since
    base: str = ""  # the text in the base locale that the target was converted from
    notes: tuple[str, ...] = ()  # for the reviewer: suggestions from memory, what made a target stale
    terms: tuple[TermHit, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        return self.raw


class Gap(str):
    """Layout between two sentences of one block; it vanishes where Chinese is written on both sides."""

    __slots__ = ()


class Member(str):
    """An empty piece of layout that says where the text of a zip member begins."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> Self:
        """Make the marker; its text is empty, so it vanishes when parts are joined."""
        self = super().__new__(cls, "")
        self.name = name
        return self


Part = str | Unit


@dataclass(frozen=True, slots=True)
class Article:
    """A file as layout and units, in the file's order: `"".join(map(str, parts))` is its text, byte for byte."""

    path: str
    format: str  # the name of the module under pipeline.formats that reads and writes it
    parts: tuple[Part, ...]
    encoding: str = "utf-8"
    blob: bytes = b""  # the container, where the text is only a part of the file (DOCX)

    def units(self) -> tuple[Unit, ...]:
        """The units alone, in order."""
        return tuple(part for part in self.parts if isinstance(part, Unit))


@dataclass(frozen=True, slots=True)
class Typography:
    """A locale's typographic rules, the `[typography]` table of its locale.toml."""

    quotes: tuple[str, str, str, str] = ("“", "”", "‘", "’")  # outer pair, inner pair
    space: bool = False  # a space between Han and Latin or digits
    rules: tuple[str, ...] = ()  # names of the rules that are on, in order; empty: all
    units: tuple[str, str, str] = ("万", "亿", "万亿")  # for 10 to the 4th, 8th and 12th
    currencies: Mapping[str, str] = field(default_factory=dict)  # signs and the names written behind an amount


@dataclass(frozen=True, slots=True)
class Locale:
    """A target locale: a folder of data under locales/, read from its locale.toml."""

    code: str  # zh_TW, as gettext writes it
    tag: str  # zh-Hant-TW, as HTML writes it
    name: str  # as its readers call it
    label: str  # short, for a language switch
    stages: tuple[str, ...]
    folder: str  # where its data files are
    base: str = ""  # the locale that it is converted from; empty: it is translated from English
    opencc: str = ""  # the OpenCC configuration of that conversion
    back: str = ""  # the OpenCC configuration that goes back to `base`
    date: str = "y年M月d日"  # a CLDR pattern
    territory: str = ""  # for Babel, where it differs from the code
    typography: Typography = field(default_factory=Typography)
    fonts: tuple[str, ...] = ()
    default: bool = True  # one of the locales that a run makes when none is asked for
    data: tuple[str, ...] = ()  # folders with conversion data, the shared ones first, the locale's own last
    tai: str = ""  # 臺 or 台, where a house wants one of the two forms; empty: as OpenCC has it
    variants: Mapping[str, str] = field(
        default_factory=dict
    )  # characters of OpenCC's output and what is written instead
