"""Units to a PO file, by polib, in the conventions that Poedit, Weblate, OmegaT and gettext's own tools share.

An approved entry keeps its target, flags and comments; only where it stands (`#:`) and what surrounds it (`#.`) are
brought up to date. A file that would come out with the same entries is not written at all, so a tool's own wrapping
stays.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polib

from pipeline.errors import SanwenError
from pipeline.files import write_atomic
from pipeline.model import Locale, State, Unit
from pipeline.po import remarks
from pipeline.po.catalog import Catalog, Key, key, one_line, parse
from pipeline.po.recall import unit_key

_SEPARATOR = "\x04"  # between context and source in compiled catalogs
_SHOWN = 90  # characters of a neighbour that a comment shows


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a PO file's sources come from. `name` and `path` go into the header; `created` is the article's date."""

    name: str
    path: str
    created: datetime


def compose(catalog: Catalog, units: Sequence[Unit], locale: Locale, origin: Origin) -> polib.POFile:
    """The new contents of `catalog`: entries of `units` in order, then the obsolete ones."""
    file = polib.POFile(wrapwidth=0)
    file.header = catalog.file.header if catalog.exists else _header(locale, origin)
    file.metadata = _metadata(catalog.file.metadata, locale, origin)
    file.metadata_is_fuzzy = False
    old = catalog.entries()
    made: dict[Key, polib.POEntry] = {}
    for index, unit in enumerate(units):
        k = unit_key(unit)
        if _SEPARATOR in unit.source + unit.target:
            raise SanwenError(
                "it holds the control character U+0004, which gettext keeps for itself",
                file=origin.path,
                place=unit.line,
                remedy="Delete that character",
            )
        if k in made:
            made[k].occurrences.append((_reference(origin.path), str(unit.line)))
            continue
        source = catalog.moved.get(k) or old.get(k)
        entry = _entry(copy.deepcopy(source) if source is not None else polib.POEntry(), unit, locale)
        entry.occurrences = [(_reference(origin.path), str(unit.line))]
        entry.comment = "\n".join(_comment(units, index))
        made[k] = entry
        file.append(entry)
    # A draft that has moved to a changed source is there; an approved one is kept too, in case the source comes back.
    moved = {id(e) for e in catalog.moved.values() if e.fuzzy}
    for entry in catalog.file:
        if id(entry) not in moved and key(entry) not in made and _worth_keeping(entry):
            gone = copy.deepcopy(entry)
            gone.obsolete, gone.occurrences, gone.comment = True, [], ""
            file.append(gone)
    return file


def write(catalog: Catalog, units: Sequence[Unit], locale: Locale, origin: Origin) -> bool:
    """Write `units` to the catalog's file, atomically and durably; whether anything had to be written.

    Raises SanwenError when the file cannot be written; the old one is then whole.
    """
    new = Catalog(catalog.path, compose(catalog, units, locale, origin), catalog.tail)
    text = new.render()
    if catalog.exists and catalog.render() == text:
        return False
    parse(text, catalog.path)  # never replace a file by one that cannot be read back
    catalog.path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(catalog.path, text.encode("utf-8"))
    return True


def _header(locale: Locale, origin: Origin) -> str:
    return (
        f"{locale.name}: {one_line(origin.path)}\n"
        "A fuzzy entry is a draft. Clear the flag when the translation is right: then no run of sanwen changes it."
    )


def _entry(entry: polib.POEntry, unit: Unit, locale: Locale) -> polib.POEntry:
    entry.msgctxt, entry.msgid = unit_key(unit)
    entry.msgctxt = entry.msgctxt or None
    entry.obsolete = 0
    if unit.state is State.APPROVED:
        return entry
    entry.msgstr = unit.target
    flags = [f for f in entry.flags if f != "fuzzy"]
    entry.flags = ["fuzzy", *flags] if unit.target else flags
    said = remarks.read(entry.tcomment)
    entry.tcomment = remarks.write(
        remarks.Remarks(
            signature=unit.provenance if unit.target else "",
            digest="" if unit.touched or not unit.target else remarks.digest(unit.target),
            base_locale=locale.base if unit.base else "",
            base=unit.base,
            notes=unit.notes,
            person=said.person,
        )
    )
    changed = unit.previous and unit.previous != unit.source and unit.target
    entry.previous_msgid = unit.previous if changed else None
    entry.previous_msgctxt = None
    return entry


def _comment(units: Sequence[Unit], index: int) -> list[str]:
    """The `#.` lines: what the unit is, its neighbours, its terms, what the checks found."""
    unit = units[index]
    lines = [f"{unit.kind.value}, paragraph {unit.paragraph}"]
    for word, at in (("before", index - 1), ("after", index + 1)):
        if 0 <= at < len(units):
            near = one_line(units[at].source)
            lines.append(f"{word}: {near[:_SHOWN]}{'…' if len(near) > _SHOWN else ''}")
    lines += [f"term: {one_line(h.term.source)} → {one_line(h.target)} ({h.use.value})" for h in unit.terms]
    said = "\n".join(unit.notes)
    lines += [f"{f.severity.value} {f.rule}: {one_line(f.message)}" for f in unit.findings if f.message not in said]
    lines += [f"{m.name}: {one_line(m.open + ('' if m.close is None else ' … ' + m.close))}" for m in unit.marks]
    return list(dict.fromkeys(lines))


def _worth_keeping(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))


def _reference(path: str) -> str:
    """`path` for a `#:` line: gettext splits it at spaces, and Unicode isolates for names with spaces break tools."""
    return one_line(path).replace(" ", "%20").replace("\t", "%09")


def _metadata(old: dict[str, str], locale: Locale, origin: Origin) -> dict[str, str]:
    created = origin.created.astimezone(UTC).strftime("%Y-%m-%d %H:%M+0000")
    return {
        "Last-Translator": "Sanwen",
        "PO-Revision-Date": created,
        "Report-Msgid-Bugs-To": "",
        **old,
        "Project-Id-Version": one_line(origin.name),
        "POT-Creation-Date": created,
        "Language": locale.code,
        "Language-Team": old.get("Language-Team") or locale.name,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
        "X-Generator": old.get("X-Generator") or "Sanwen",
        "X-Sanwen-Source": one_line(origin.path),
    }
