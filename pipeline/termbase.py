"""The glossaries of a job as one thing: the terms of a source, with the forms that a locale wants."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.glossary import apply
from pipeline.glossary.layer import load
from pipeline.glossary.match import Matcher
from pipeline.model import Term, TermHit

Convert = Callable[[str], str]


class TermBase:
    """Layered glossaries, ready for matching. Empty when there is no file."""

    def __init__(self, terms: Sequence[Term], forth: Callable[[str], Convert], back: Callable[[str], Convert]) -> None:
        """`forth` and `back` give, for a locale's code, the conversion from zh_CN to it and the way back."""
        self._forth, self._back = forth, back
        self.terms = tuple(map(self._with_base, terms))
        self._matcher = Matcher(self.terms) if self.terms else None

    @classmethod
    def load(cls, files: Sequence[Path], forth: Callable[[str], Convert], back: Callable[[str], Convert]) -> TermBase:
        """Read and layer `files`. Raises SanwenError for one that cannot be read or has a malformed row."""
        collecting = gc.isenabled()
        gc.disable()  # nothing here is garbage; looking for some in what is being built takes a fifth of the time
        try:
            return cls(load(files).terms, forth, back)
        finally:
            if collecting:
                gc.enable()

    def hits(self, source: str, locale: str, around: str = "") -> tuple[TermHit, ...]:
        """The terms in `source`, each with the form that `locale` wants; `around` is text that helps choose senses."""
        if self._matcher is None:
            return ()
        convert = None if locale == apply.BASE else self._forth(locale)
        return apply.hits(source, self._matcher, locale, convert, around)

    def _with_base(self, term: Term) -> Term:
        """A term given in Traditional only gets its zh_CN form by conversion: the draft is made in zh_CN."""
        if term.targets.get(apply.BASE):
            return term
        for code, forms in term.targets.items():
            if forms and code.startswith("zh"):
                back = self._back(code)
                own = tuple(dict.fromkeys(map(back, forms)))
                return replace(term, targets={apply.BASE: own, **term.targets})
        return term
