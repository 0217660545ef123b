"""The front matter of a Markdown file: YAML between `---` or TOML between `+++`, read and written value by value.

Only the values that a reader of the page sees are units (title, subtitle, description, author, a date in words); all
else is layout. A value is found where it stands on one line, plain or quoted, or in a list of such; others (block
scalars, anchors, nested maps) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.formats import _wording as wording
from pipeline.formats._units import fold
from pipeline.model import Kind, Part, Unit

_FRONT = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n?|\n)(?P<body>.*?)"
    r"^(?:(?P=fence)|(?<=\n)\.\.\.|(?<=\r)\.\.\.)[ \t]*(?:\r\n?|\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]*|\"[\w-]+\")[ \t]*[:=](?=[ \t\r\n]|[\"'\[])[ \t]*")
_DASH = re.compile(r"[ \t]*-[ \t]+(?:name[ \t]*:[ \t]+)?")
_SCALAR = re.compile(
    r"(?P<double>\"(?:[^\"\\\r\n]|\\[^\r\n])*\")|(?P<single>'(?:[^'\r\n]|'')*')"
    r"|(?P<plain>[^\s\"'&*!|>%@`\[\]{}#,?:-](?:[^\r\n#:]|:(?![ \t\r\n]|$)|(?<![ \t])#)*)",
)
_FLOW_SCALAR = re.compile(
    r"(?P<double>\"(?:[^\"\\\r\n]|\\[^\r\n])*\")|(?P<single>'(?:[^'\r\n]|'')*')"
    r"|(?P<plain>[^\s\"'&*!|>%@`\[\]{}#,?:-][^\r\n#:,\[\]{}]*)",
)
_KINDS = {
    "title": Kind.TITLE,
    "subtitle": Kind.SUBTITLE,
    "dek": Kind.SUBTITLE,
    "tagline": Kind.SUBTITLE,
    "section": Kind.SECTION,
    "author": Kind.AUTHOR,
    "authors": Kind.AUTHOR,
    "byline": Kind.AUTHOR,
    "affiliation": Kind.AFFILIATION,
    "affiliations": Kind.AFFILIATION,
    "date": Kind.DATE,
    "published": Kind.DATE,
    "updated": Kind.DATE,
    "description": Kind.META,
    "summary": Kind.META,
    "abstract": Kind.META,
    "excerpt": Kind.META,
    "keywords": Kind.META,
}
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "\0",
    "e": "\x1b",
    "N": "\x85",
    "_": "\u00a0",
    "L": "\u2028",
    "P": "\u2029",
}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SAFE = re.compile(r"[^\W\d_](?:[^\r\n:#\"'\\\x00-\x1f\x7f-\x9f]|:(?=[^\s]))*")
_WORDS = re.compile(r"(?:true|false|yes|no|on|off|null|y|n)", re.IGNORECASE)
_MACHINE_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*|\d{4}/\d{1,2}/\d{1,2}.*")


def split(content: str) -> tuple[str, str]:
    """Cut a Markdown file into front matter, with its fences, and body. The first is empty where there is none."""
    match = _FRONT.match(content)
    return (content[: match.end()], content[match.end() :]) if match else ("", content)


def parts(front: str) -> list[Part]:
    """The layout and units of a front matter, which join to it."""
    found: list[Part] = []
    kind: Kind | None = None
    for match in _LINE.finditer(front):
        line = match[0]
        key = _KEY.match(line)
        if key:
            kind = _KINDS.get(key["key"].strip('"').lower())
            begin = key.end()
        else:
            dash = _DASH.match(line)
            begin = dash.end() if dash and kind in {Kind.AUTHOR, Kind.AFFILIATION, Kind.META} else -1
            if not line.startswith((" ", "\t", "-")) and line.strip() and not line.lstrip().startswith("#"):
                kind = None
        found += _line(line, begin, kind) if kind is not None and begin >= 0 else [line]
    return [part for part in found if part]


def _line(line: str, begin: int, kind: Kind) -> Iterator[Part]:
    flow = line[begin:].startswith("[")
    if flow and not line[begin:].rstrip().endswith("]"):
        yield line
        return
    last = 0
    matches = _FLOW_SCALAR.finditer(line, begin + 1) if flow else iter(filter(None, [_SCALAR.match(line, begin)]))
    for match in matches:
        raw = match[0].rstrip()
        rest = line[match.start() + len(raw) :].strip()
        unit = _unit(raw, kind)
        # What else stands on the line may only be a comment: else this is some other construction of YAML.
        if unit is None or (not flow and rest and not rest.startswith("#")):
            continue
        yield line[last : match.start()]
        yield unit
        last = match.start() + len(raw)
    yield line[last:]


def _unit(raw: str, kind: Kind) -> Unit | None:
    source = fold(_value(raw))
    if not any(map(str.isalpha, source)) or (
        kind is Kind.DATE and (_MACHINE_DATE.fullmatch(source) or not wording.date(source))
    ):
        return None
    return Unit(source, raw, kind)


def _value(raw: str) -> str:
    if raw[0] == '"':
        return _ESCAPE.sub(_unescaped, raw[1:-1])
    return raw[1:-1].replace("''", "'") if raw[0] == "'" else raw


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0xD800 or 0xDFFF < number <= 0x10FFFF else "\ufffd"
    return _ESCAPES.get(match[4], match[4])


def written(unit: Unit, *, flow: bool = False) -> str:
    """A value as YAML (and TOML): quoted as it was, and where it has to be."""
    value = " ".join(unit.target.split())
    if unit.raw[0] == "'" and "\\" not in value and not any(char < " " for char in value):
        return "'" + value.replace("'", "''") + "'"
    plain = unit.raw[0] != '"' and _SAFE.fullmatch(value) and not _WORDS.fullmatch(value)
    if plain and not (flow and any(char in value for char in ",[]{}")):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
