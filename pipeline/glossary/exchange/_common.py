"""What the formats share: the result of reading, language tags, and the one locale of a bilingual file."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.errors import SanwenError
from pipeline.glossary import columns
from pipeline.glossary.problem import Problem
from pipeline.model import Severity, Term

ENGLISH = "en"
_CHINESE = ("zh", "cmn", "zho", "chi")
_TRADITIONAL = ("hant", "cht")  # a script (ISO 15924), and what Windows called it


@dataclasses.dataclass(frozen=True, slots=True)
class Imported:
    """The entries of a file, and what in it could not be made an entry."""

    terms: tuple[Term, ...]
    problems: tuple[Problem, ...] = ()


def code_of(tag: str) -> str:
    """The locale code of a language tag: zh_CN of zh-CN, zh-Hans, ZH; zh_HK of zh-Hant-HK; en of en-US; fr of fr.

    Tags of older programs count too: zh-CHT, zho, eng.
    """
    parts = [part for part in re.split(r"[-_]", tag.strip().lower()) if part]
    language = parts[0] if parts else ""
    if language in (ENGLISH, "eng"):
        return ENGLISH
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    if language in _CHINESE:
        return f"zh_{region or ('CN' if set(parts).isdisjoint(_TRADITIONAL) else 'TW')}"
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
        if term.status in columns.ENFORCED and term.targets.get(locale):
            known = chosen.get(term.source)
            if known is None or (known.context and not term.context):
                chosen[term.source] = term
    for term in chosen.values():
        yield term, term.targets[locale][0]


def imported(terms: Iterable[Term], problems: Iterable[Problem], path: str) -> Imported:
    """What a file gave. What no glossary file can hold is left out and told, each with its line; problems by line."""
    kept, told = [], list(problems)
    for term in terms:
        forms = [form for group in (term.targets, term.forbidden) for said in group.values() for form in said]
        barred = next((form for form in (term.source, *forms) if "|" in form), None)
        if barred is not None:
            hint = "A vertical bar separates alternatives: make it two terms, or take it out."
            told.append(trouble(path, term.line, f"{barred!r} holds a vertical bar", hint))
            continue
        strange = sorted(code for code in {*term.targets, *term.forbidden} if not columns.is_known(code))
        if strange:
            named = ", ".join(code or "no language" for code in strange)
            hint = "Name languages as zh-CN does: two letters, or a region after them."
            told.append(trouble(path, term.line, f"{term.source!r} has forms in {named}", hint))
        targets = {code: said for code, said in term.targets.items() if code not in strange}
        forbidden = {code: said for code, said in term.forbidden.items() if code not in strange}
        if targets:
            kept.append(dataclasses.replace(term, targets=targets, forbidden=forbidden))
    return Imported(tuple(kept), tuple(sorted(told, key=lambda problem: problem.line)))


def trouble(path: str, line: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem of an imported file."""
    return Problem("import", message, hint, path, line, severity=severity)
