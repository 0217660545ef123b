"""What is wrong with a glossary file: one problem, with its place and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a glossary. `dataclasses.asdict` of it is JSON.

    `rule` is the name under which docs/glossary.md explains it; `line` counts from 1, 0 means the whole file.
    """

    rule: str
    message: str
    hint: str
    file: str = ""
    line: int = 0
    column: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.severity}: {self.message} [{self.rule}] {self.hint}".strip()
