"""What a run shows: a live bar on a terminal, plain lines elsewhere, and a table at the end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from pipeline.errors import SanwenError
from pipeline.model import Severity
from pipeline.run import Report


class Progress:
    """A context manager around a run. Problems and progress go to standard error, the table to standard output."""

    def __init__(self, articles: int, *, quiet: bool = False) -> None:
        """`articles` is how many will come."""
        self._total, self._quiet, self._count = articles, quiet, 0
        self._words = self._sentences = 0
        self._start = time.perf_counter()
        self._console = Console(stderr=True)
        self._bar: Bar | None = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._console.is_terminal and not self._quiet and self._total:
            self._bar = Bar(
                TextColumn("[bold]{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=self._console,
            )
            self._bar.start()
            self._task = self._bar.add_task("articles", total=self._total, rate="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _line(self, text: str) -> None:
        if self._bar is not None:
            self._bar.console.print(escape(text), highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(text + "\n")
            sys.stderr.flush()

    def failed(self, problem: SanwenError) -> None:
        """Say what cannot be done."""
        self._line(f"failed: {problem}")

    def done(self, report: Report) -> None:
        """Count one article."""
        self._count += 1
        self._words += report.words
        self._sentences += report.sentences
        if report.error is not None:
            self.failed(report.error)
        if self._bar is not None:
            rate = self._words / max(time.perf_counter() - self._start, 1e-9)
            self._bar.update(self._task, advance=1, rate=f"{self._sentences:,} sentences  {rate:,.0f} words/s")
        elif not self._quiet and report.error is None:
            new = sum(c.new for c in report.counts)
            self._line(
                f"[{self._count}/{self._total}] {report.task.path}: {report.sentences} units, {new} new in "
                f"{len(report.counts)} locales, {_findings(report)} findings, {report.seconds:.1f} s"
            )

    def table(self, reports: Sequence[Report], *, dry_run: bool = False, findings: bool = False) -> None:
        """The summary: a row an article and locale, and the totals."""
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=120)
        if findings:
            for report in reports:
                for locale, line, finding in report.findings:
                    said = f"{finding.severity.value} {finding.rule}: {finding.message}"
                    text = f"{report.task.path}:{line}: {locale} {said}"
                    console.print(escape(text), soft_wrap=True)
        if not reports:
            return
        table = Table(
            title="Dry run: nothing was written" if dry_run else None, box=None, pad_edge=False, header_style="bold"
        )
        table.add_column("article", overflow="fold")
        table.add_column("locale")
        for column in ("new", "reused", "approved", "drafts", "stale", "findings"):
            table.add_column(column, justify="right")
        for report in reports:
            for count in report.counts:
                own = sum(
                    1 for locale, _, f in report.findings if locale == count.locale and f.severity is not Severity.INFO
                )
                cells = (count.new, count.reused, count.approved, count.drafts, count.stale, own)
                table.add_row(escape(report.task.name), count.locale, *(f"{n:,}" for n in cells))
            if report.error is not None:
                table.add_row(escape(report.task.name), "failed")
        console.print(table)
        seconds = time.perf_counter() - self._start
        failed = sum(r.error is not None for r in reports)
        rules = Counter(f.rule for r in reports for _, _, f in r.findings if f.severity is not Severity.INFO)
        console.print(
            f"{len(reports) - failed} articles, {sum(r.sentences for r in reports):,} units, "
            f"{sum(r.words for r in reports):,} words in {seconds:.1f} s: "
            f"{sum(r.words for r in reports) / max(seconds, 1e-9):,.0f} words/s"
            + (f"; {failed} failed" if failed else "")
        )
        if rules:
            console.print("findings: " + ", ".join(f"{rule} {n}" for rule, n in rules.most_common()))


def _findings(report: Report) -> int:
    return sum(f.severity is not Severity.INFO for _, _, f in report.findings)
