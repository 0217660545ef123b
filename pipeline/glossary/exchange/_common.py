"""What the formats share: the result of reading, language tags, and the one locale of a bilingual file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import SanwenError
from pipeline.glossary.columns import ENFORCED
from pipeline.glossary.problem import Problem
from pipeline.model import Severity, Term

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Imported:
    """The entries of a file, and what in it could not be made an entry."""

    terms: tuple[Term, ...]
    problems: tuple[Problem, ...] = ()


def code_of(tag: str) -> str:
    """The locale code of a language tag: zh_CN of zh-CN, zh-Hans, ZH; zh_HK of zh-Hant-HK; en of en-US; fr of fr."""
    parts = [part for part in re.split(r"[-_]", tag.strip().lower()) if part]
    language = parts[0] if parts else ""
    if language == ENGLISH:
        return ENGLISH
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    if language in ("zh", "cmn"):
        return f"zh_{region or ('TW' if 'hant' in parts else 'CN')}"
    return f"{language}_{region}" if region else language


def tag_of(code: str) -> str:
    """The language tag of a locale code."""
    return code.replace("_", "-")


def only(locales: Sequence[str], name: str) -> str:
    """The locale of a bilingual file. Raises SanwenError unless there is exactly one."""
    if len(locales) != 1:
        raise SanwenError(
            f"a {name} file has one target language, not {len(locales)}",
            remedy="Export each locale to a file of its own",
        )
    return locales[0]


def refuse_empty(terms: Sequence[Term], locales: Sequence[str]) -> None:
    """Raise SanwenError where no term has a form in any of the locales."""
    if not any(term.targets.get(code) for term in terms for code in locales):
        raise SanwenError(
            f"no entry has a form in {', '.join(locales) or 'any locale'}", remedy="Choose another locale"
        )


def pairs(terms: Sequence[Term], locale: str) -> Iterator[tuple[Term, str]]:
    """One preferred form for each source: formats for engines allow no second entry for it.

    Of several senses the one that needs no context is taken, else the first; entries not enforced are left out.
    """
    chosen: dict[str, Term] = {}
    for term in terms:
        if term.status in ENFORCED and term.targets.get(locale):
            known = chosen.get(term.source)
            if known is None or (known.context and not term.context):
                chosen[term.source] = term
    for term in chosen.values():
        yield term, term.targets[locale][0]


def trouble(path: str, line: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem of an imported file."""
    return Problem("import", message, hint, path, line, severity=severity)
