"""The article in Chinese, in its own format, from its PO file: read the article again, give its units their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline import plugins
from pipeline.errors import SanwenError
from pipeline.model import Article, Locale, Part, State, Unit
from pipeline.po.catalog import Catalog
from pipeline.po.recall import unit_key


@dataclass(frozen=True, slots=True)
class Edition:
    """An article whose units have a locale's targets."""

    article: Article
    locale: Locale
    missing: tuple[Unit, ...]  # no target: these stay English
    drafts: tuple[Unit, ...]  # not yet approved

    def write(self) -> bytes:
        """The file, in the article's own format. Raises SanwenError when a target's tags are broken."""
        written: bytes = plugins.load("formats", self.article.format).write(self.article, self.locale)
        return written


def edition(article: Article, catalog: Catalog, locale: Locale) -> Edition:
    """The edition of `article` that `catalog` holds.

    Raises SanwenError when there is no PO file.
    """
    if not catalog.exists:
        raise SanwenError(
            f"there is no {locale.code} PO file for it",
            file=article.path,
            place=str(catalog.path),
            remedy=f"Call: sanwen run {article.path}",
        )
    entries = catalog.entries()
    parts: list[Part] = []
    missing: list[Unit] = []
    drafts: list[Unit] = []
    for part in article.parts:
        if not isinstance(part, Unit):
            parts.append(part)
            continue
        entry = entries.get(unit_key(part))
        if entry is None or entry.obsolete or not entry.msgstr:
            unit = replace(part, target="", state=State.NEW)
            missing.append(unit)
        else:
            unit = replace(part, target=entry.msgstr, state=State.DRAFT if entry.fuzzy else State.APPROVED)
            if entry.fuzzy:
                drafts.append(unit)
        parts.append(unit)
    return Edition(replace(article, parts=tuple(parts)), locale, tuple(missing), tuple(drafts))


def refuse(one: Edition, *, drafts: bool) -> SanwenError | None:
    """Why an edition must not be published; None if it may. With `drafts` only a missing target counts."""
    if drafts:
        return None
    pending: Sequence[Unit] = one.missing or one.drafts
    if not pending:
        return None
    what = "have no translation" if one.missing else "are drafts"
    return SanwenError(
        f"{len(pending)} of {len(one.article.units())} units {what} in {one.locale.code}, the first at line "
        f"{pending[0].line}: {pending[0].source[:60]!r}",
        file=one.article.path,
        remedy="Approve them in the PO file (clear `fuzzy`), or publish with --drafts",
    )
