"""Machine translation of what nobody has translated yet: drafts, with terms enforced and marks guarded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.cache import Cache
from pipeline.draft import stored
from pipeline.draft.divide import divided
from pipeline.draft.finish import Drafted, finish
from pipeline.draft.people import people
from pipeline.draft.prepare import Prepared, named, prepare
from pipeline.glossary import apply
from pipeline.job import Job
from pipeline.model import Finding, Kind, Severity, State, TermHit, Unit, Use
from pipeline.stages.recall import MEMORY
from pipeline.text import dates
from pipeline.text.labels import label

_NOTE = "draft: "
_PUT_IN = f"{_NOTE}put in: "
_ACRONYM = re.compile(r"(?=.*[A-Z])[A-Z0-9&.-]{2,4}")  # alone in a cell: a company, a code
_BATCH = 512  # units prepared at a time: the engine sorts them by length within a call


def run(units: Iterable[Unit], job: Job) -> Iterator[Unit]:
    """Units with drafts. Reviewed ones, and drafts that would come out the same, pass as they are."""
    batch: list[Unit] = []
    for unit in units:
        batch.append(unit)
        if len(batch) == _BATCH:
            yield from _batch(batch, job)
            batch = []
    yield from _batch(batch, job)


def _batch(units: Sequence[Unit], job: Job) -> list[Unit]:
    done = [_without_engine(u, job) for u in units]
    todo = [i for i, u in enumerate(done) if u is None]
    if todo:
        for i, unit in zip(todo, _drafts([units[i] for i in todo], job), strict=True):
            done[i] = unit
    return [u for u in done if u is not None]


def _without_engine(unit: Unit, job: Job) -> Unit | None:
    """The unit, if no engine is needed for it."""
    if unit.touched or unit.provenance.startswith(MEMORY):
        return replace(unit, terms=apply.verify(unit.target, unit.terms, job.locale.code))
    given = _given(unit, job)
    if given is not None:
        return given
    if unit.target and not job.force and unit.provenance == provenance(unit, job):
        put_in = apply.verify(unit.target, _marked(unit), job.locale.code)
        return replace(unit, terms=put_in, findings=(*unit.findings, *_remembered(unit)))
    return None


def _given(unit: Unit, job: Job) -> Unit | None:
    """Units whose target is known by rule: dates, figures, labels, names, ranks, what is one glossary term."""

    def made(target: str, how: str) -> Unit:
        done = replace(unit, target=target, state=State.DRAFT, provenance=f"{job.signature} {how}", notes=())
        return replace(done, terms=apply.verify(target, unit.terms, job.locale.code))

    if (ruled := _by_rule(unit, job)) is not None:
        return made(*ruled)
    known = people(unit)
    if known is None:
        return None
    done = made(known.target, "people")
    if not known.left:
        return done
    note = Finding("name", f"no glossary has this; it was left as it is: {'; '.join(known.left)}", Severity.INFO)
    return replace(done, findings=(*unit.findings, note))


def _by_rule(unit: Unit, job: Job) -> tuple[str, str] | None:
    """The target of a unit that is a date, no words, one term or a label as a whole, and which of these it is."""
    if unit.kind is Kind.DATE:
        day = dates.localise(unit.source, job.locale.date, job.locale.code)
        if day is not None:
            return day, "date"
    if not any(c.isalpha() for c in unit.source) or (_ACRONYM.fullmatch(unit.source) and not unit.terms):
        return unit.source, "copy"
    if len(unit.terms) == 1 and unit.terms[0].use is not Use.OPEN and _whole(unit):
        return unit.terms[0].target, "term"
    standing = label(unit.source) if job.locale.code == apply.BASE and unit.kind is not Kind.AUTHOR else None
    return None if standing is None else (standing, "label")


def _whole(unit: Unit) -> bool:
    """Whether the unit's only term is all there is to translate: a name in a byline, a country in a table."""
    hit = unit.terms[0]
    return not (unit.source[: hit.start] + unit.source[hit.end :]).strip()


def _remembered(unit: Unit) -> list[Finding]:
    """What was found when the draft was made and cannot be seen in the target: its note keeps it."""
    said = [n.removeprefix(_NOTE) for n in unit.notes if n.startswith(_NOTE) and not n.startswith(_PUT_IN)]
    parts = [text.split(": ", 1) for text in said]
    return [Finding(p[0], p[1]) for p in parts if len(p) == 2]


def _marked(unit: Unit) -> list[TermHit]:
    """The unit's terms, with those marked that its note says were put in after translation."""
    note = next((n.removeprefix(_PUT_IN) for n in unit.notes if n.startswith(_PUT_IN)), "")
    places = set(note.split(" | "))
    return [replace(t, use=Use.REPAIRED) if _place(t) in places else t for t in unit.terms]


def _place(hit: TermHit) -> str:
    return f"{hit.term.source} at {hit.start}"


def provenance(unit: Unit, job: Job) -> str:
    """What a draft of this unit depends on, but for its source: program, engine, model, and the forms of its terms."""
    made = f"{job.signature} {job.engine().signature}"
    forms = sorted({f"{h.term.source}\t{h.target}\n" for h in unit.terms if h.use is not Use.OPEN})
    if not forms:
        return made
    return f"{made} terms@{hashlib.sha256(''.join(forms).encode()).hexdigest()[:8]}"


def _drafts(units: Sequence[Unit], job: Job) -> list[Unit]:
    """Drafts from the cache, or from the engine; each distinct source is translated once."""
    made = [provenance(u, job) for u in units]
    keys = [_key(u, m, job) for u, m in zip(units, made, strict=True)]
    known = {} if job.cache is None or job.force else job.cache.get(list(dict.fromkeys(keys)))
    drafts: dict[bytes, Drafted] = {k: stored.load(v) for k, v in known.items()}
    fresh = {k: u for k, u in zip(keys, units, strict=True) if k not in drafts}
    if fresh:
        drafts.update(zip(fresh, translated(list(fresh.values()), job), strict=True))
        if job.cache is not None:
            job.cache.put([(k, stored.dump(drafts[k])) for k in fresh])
    return [_unit(u, drafts[k], m, job.locale.code) for u, k, m in zip(units, keys, made, strict=True)]


def _key(unit: Unit, made: str, job: Job) -> bytes:
    terms = [(h.start, h.end, h.target, h.use is Use.OPEN) for h in unit.terms]
    return Cache.key_of(made, unit.source, job.locale.code, repr(unit.marks), repr(terms), repr(named(unit)))


def _unit(unit: Unit, draft: Drafted, made: str, locale: str) -> Unit:
    lost = [Finding("masks", f"{value} was lost or doubled in translation") for value in draft.lost]
    found = (*draft.findings, *lost)
    terms = [replace(t, use=Use.REPAIRED) if (t.start, t.end) in draft.repaired else t for t in unit.terms]
    verified = apply.verify(draft.target, terms, locale)
    put_in = " | ".join(_place(t) for t in verified if t.use is Use.REPAIRED)
    notes = [n for n in unit.notes if not n.startswith(_NOTE)] + [f"{_NOTE}{f.rule}: {f.message}" for f in found]
    return replace(
        unit,
        target=draft.target,
        state=State.DRAFT if draft.target else State.NEW,
        provenance=made,
        terms=verified,
        findings=(*unit.findings, *found),
        notes=(*notes, f"{_PUT_IN}{put_in}") if put_in else tuple(notes),
    )


def translated(units: Sequence[Unit], job: Job) -> list[Drafted]:
    """Drafts by the engine. A unit that lost a mark is translated again with none at risk."""
    engine, code = job.engine(), job.locale.code
    drafts = _run([prepare(u, engine, code) for u in units], job)
    again = [i for i, d in enumerate(drafts) if d.lost]
    if again:
        for i, draft in zip(again, _run([prepare(units[i], engine, code, cut=True) for i in again], job), strict=True):
            drafts[i] = draft
    return drafts


def _run(prepared: Sequence[Prepared], job: Job) -> list[Drafted]:
    pieces = [p for each in prepared for p in each.pieces]
    hits = [each.hits for each in prepared for _ in each.pieces]
    aligned = [bool(each.tags) for each in prepared for _ in each.pieces]
    done = iter(divided(pieces, hits, job.engine(), job.locale.code, aligned=aligned))
    drafts = []
    for each in prepared:
        parts = [part for _ in each.pieces for part in next(done)]
        drafts.append(finish(replace(each, pieces=tuple(p for p, _ in parts)), [d for _, d in parts]))
    return drafts
