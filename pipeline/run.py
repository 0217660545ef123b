"""Articles through the stages, locale by locale, into PO files."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline import plugins
from pipeline.config import Workspace
from pipeline.desk import Desk
from pipeline.errors import SanwenError
from pipeline.files import read_bytes
from pipeline.job import Job
from pipeline.model import Article, Finding, Kind, Locale, Severity, State, Unit
from pipeline.plan import Task
from pipeline.po.catalog import Catalog
from pipeline.po.write import Origin, write
from pipeline.text import dates


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for, beyond its articles."""

    locales: tuple[str, ...]
    engine: str = ""
    glossaries: tuple[str, ...] = ()
    force: bool = False
    dry_run: bool = False
    debug: bool = False  # let an unexpected error through, with its traceback


@dataclass(frozen=True, slots=True)
class Counts:
    """Units of one article and locale by what became of them."""

    locale: str
    new: int = 0  # drafted in this run
    reused: int = 0  # kept from the PO file or taken from memory
    approved: int = 0
    drafts: int = 0
    stale: int = 0
    empty: int = 0
    written: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one article. `error` says why it failed; the locales before it are done."""

    task: Task
    counts: tuple[Counts, ...] = ()
    findings: tuple[tuple[str, int, Finding], ...] = ()  # locale, line, finding
    sentences: int = 0
    words: int = 0
    seconds: float = 0.0
    error: SanwenError | None = None


@dataclass(slots=True)
class Runner:
    """Takes articles one by one; picklable, so that every worker has its own desk."""

    workspace: Workspace
    options: Options
    desk: Desk | None = None  # made when the first article comes, unless given

    def __call__(self, task: Task) -> Report:
        """Process one article. Never raises for what is wrong with it: the report says so."""
        if self.desk is None:
            self.desk = Desk(self.workspace, self.options.engine, self.options.glossaries)
        desk = self.desk
        start = time.perf_counter()
        counts: list[Counts] = []
        findings: list[tuple[str, int, Finding]] = []
        words = sentences = 0
        error: SanwenError | None = None
        try:
            article = read_article(task, self.workspace)
            units = article.units()
            words = sum(len(u.source.split()) for u in units)
            sentences = len(units)
            locales = desk.order(self.options.locales)
            catalogs = {x.code: desk.catalog(x.code, task.name) for x in locales}
            for code, catalog in catalogs.items():
                _same_article(catalog, task, self.workspace, code)
            done: dict[str, list[Unit]] = {}
            for locale in locales:
                job = self._job(desk, task, locale, catalogs[locale.code], done.get(locale.base, ()))
                done[locale.code] = through(units, job)
                written = False
                if not self.options.dry_run:
                    written = write(catalogs[locale.code], done[locale.code], locale, _origin(task, units))
                counts.append(_count(locale.code, done[locale.code], units, catalogs[locale.code], written=written))
                findings += [(locale.code, u.line, f) for u in done[locale.code] for f in u.findings]
        except SanwenError as problem:
            error = problem
        except Exception as problem:
            if self.options.debug:
                raise
            error = SanwenError(
                f"{type(problem).__name__}: {problem}", file=task.path, remedy="Call again with --debug to see where"
            )
        seconds = time.perf_counter() - start
        return Report(task, tuple(counts), tuple(findings), sentences, words, seconds, error)

    def _job(self, desk: Desk, task: Task, locale: Locale, catalog: Catalog, base: Sequence[Unit]) -> Job:
        return Job(
            article=task.name,
            locale=locale,
            config=self.workspace.config,
            catalog=catalog,
            terms=desk.terms(),
            memory=desk.memory(locale.code),
            cache=desk.cache(),
            engine=desk.engine,
            converter=lambda: desk.converter(locale),
            base=base,
            force=self.options.force,
        )


@dataclass(frozen=True, slots=True)
class MakeRunner:
    """Makes a worker's Runner; what `pool.run` pickles."""

    workspace: Workspace
    options: Options

    def __call__(self) -> Runner:
        """A runner with an empty desk."""
        return Runner(self.workspace, self.options)


def read_article(task: Task, workspace: Workspace) -> Article:
    """The article at the task's path. Raises SanwenError that names file, place and remedy."""
    data = read_bytes(task.path, limit=workspace.config.max_megabytes << 20)
    article: Article = plugins.load("formats", task.format).read(data, str(task.path))
    if not article.units():
        raise SanwenError("there is nothing to translate in it", file=task.path, remedy="Is it the right file?")
    return article


def through(units: Sequence[Unit], job: Job) -> list[Unit]:
    """`units` through the locale's stages, in the order of its locale.toml; one for one.

    Raises SanwenError when a stage loses or adds a unit: a bug, but one that must not cost a translation.
    """
    flow = iter(units)
    for name in job.locale.stages:
        flow = plugins.load("stages", name).run(flow, job)
    done = list(flow)
    if [u.source for u in done] != [u.source for u in units]:
        raise SanwenError("a stage changed the order or number of units", place=job.locale.code, remedy="Report this")
    return done


def is_stale(unit: Unit) -> bool:
    """Whether a kept target no longer matches what it was made from."""
    return unit.state is State.DRAFT and (bool(unit.previous) or any(n.startswith("stale") for n in unit.notes))


def _count(code: str, done: Sequence[Unit], before: Sequence[Unit], catalog: Catalog, *, written: bool) -> Counts:
    old = {k: e.msgstr for k, e in catalog.entries().items()}
    states = Counter(u.state for u in done)
    reused = sum(1 for u in done if u.target and old.get(("", u.source), old.get((u.kind.value, u.source))) == u.target)
    return Counts(
        locale=code,
        new=len(before) - reused - states[State.NEW],
        reused=reused,
        approved=states[State.APPROVED],
        drafts=states[State.DRAFT],
        stale=sum(map(is_stale, done)),
        empty=states[State.NEW],
        written=written,
    )


def _origin(task: Task, units: Sequence[Unit]) -> Origin:
    """The PO header's facts. The date is the article's own; a file's age changes with every checkout."""
    for unit in units:
        if unit.kind is Kind.DATE:
            when = dates.parse(unit.source)
            if when is not None:
                day = when.start.day if isinstance(when, dates.Period) else when.day
                return Origin(task.name, task.shown, datetime(day.year, day.month, day.day, tzinfo=UTC))
    return Origin(task.name, task.shown, datetime.fromtimestamp(int(task.path.stat().st_mtime), UTC))


def _same_article(catalog: Catalog, task: Task, workspace: Workspace, code: str) -> None:
    """Refuse to mix two articles in one PO file, while both are there."""
    known = catalog.file.metadata.get("X-Sanwen-Source", "")
    if known and known != task.shown and (workspace.root / known).is_file():
        raise SanwenError(
            f"its PO file {catalog.path.name} ({code}) belongs to {known}",
            file=task.path,
            remedy="Rename one of the two articles, or list their folder under `articles` in sanwen.toml",
        )


def worst(report: Report) -> bool:
    """Whether the article failed or has a finding that is more than information."""
    return report.error is not None or any(f.severity is not Severity.INFO for _, _, f in report.findings)
