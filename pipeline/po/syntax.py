"""Refuse a PO file that polib would misread in silence.

polib accepts an unterminated string, drops comments at the end of the file and, given text, splits lines at U+0085 and
U+2028. A file is therefore checked here, line by line, before polib sees it; what it would lose is named or kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import SanwenError

_STRING = r'"(?:[^"\\\n\r]|\\[abfnrtv"\\])*"'
_LINE = re.compile(
    rf"(?:\#~?\|?\s*)?(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+{_STRING}\s*$"
    rf"|(?:\#~?\|?\s*)?(?P<more>{_STRING})\s*$"
    r"|(?P<comment>\#(?!~).*)$"
    r"|(?P<blank>\s*)$"
)
_REMEDY = "Mend it (`msgfmt -c -o /dev/null FILE` shows more) or move it away; it was not changed"
_AFTER = {
    "": {"msgctxt", "msgid"},
    "msgctxt": {"msgid"},
    "msgid": {"msgid_plural", "msgstr"},
    "msgid_plural": {"msgstr[0]"},
    "msgstr": {"msgctxt", "msgid"},
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A PO file's text, and the comments after its last entry, which polib drops."""

    text: str
    tail: tuple[str, ...]


def check(data: bytes, file: str) -> Checked:
    """Decode and check `data`.

    Raises SanwenError naming file, line and remedy for anything that polib would not give back as it is.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        place = data.count(b"\n", 0, problem.start) + 1
        raise SanwenError("not UTF-8", file=file, place=place, remedy=_REMEDY) from problem
    if "\0" in text:
        place = text.count("\n", 0, text.index("\0")) + 1
        raise SanwenError("a NUL byte", file=file, place=place, remedy=_REMEDY)
    state, seen = "", False
    tail: list[str] = []
    lines: list[str] = re.split(r"\r\n|\n|\r", text)
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line.strip())
        if match is None:
            raise SanwenError(f"not a line of a PO file: {line[:60]!r}", file=file, place=number, remedy=_REMEDY)
        keyword = match["keyword"]
        if line.lstrip().startswith(("#|", "#~|")):
            continue
        if match["more"] is not None and not state:
            raise SanwenError("a string without a keyword", file=file, place=number, remedy=_REMEDY)
        if keyword:
            _follow(state, keyword, file, number)
            state, seen, tail = keyword, True, []
        elif match["comment"] is not None:
            if not state.startswith("msgstr") and state:
                raise SanwenError(f"a comment inside an entry, after {state}", file=file, place=number, remedy=_REMEDY)
            tail.append(line)
    if state and not state.startswith("msgstr"):
        raise SanwenError(
            f"the file ends after {state}: a translation is missing", file=file, place=len(lines), remedy=_REMEDY
        )
    if text.strip() and not seen and not tail:
        raise SanwenError("no entry", file=file, remedy=_REMEDY)
    return Checked(text, tuple(tail) if seen else ())


def _follow(state: str, keyword: str, file: str, line: int) -> None:
    """Keywords come in the order that gettext writes them."""
    if keyword.startswith("msgstr[") and state.startswith("msgstr["):
        return
    group = "msgstr" if state.startswith("msgstr") else state
    wanted = _AFTER[group]
    if keyword not in wanted:
        place = f"after {state}" if state else "at the start"
        raise SanwenError(
            f"{keyword} {place}, where {' or '.join(sorted(wanted))} belongs", file=file, place=line, remedy=_REMEDY
        )
