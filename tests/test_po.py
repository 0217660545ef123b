"""PO files: what is written, what is kept, what is refused."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import SanwenError
from pipeline.model import Finding, Kind, Locale, Mark, State, Term, TermHit, Unit, Use
from pipeline.po import remarks
from pipeline.po.catalog import one_line, read
from pipeline.po.count import count
from pipeline.po.recall import recall
from pipeline.po.write import Origin, write

CN = Locale("zh_CN", "zh-Hans", "简体中文", "简体", (), "")
TW = Locale("zh_TW", "zh-Hant-TW", "繁體中文（台灣）", "繁體", (), "", base="zh_CN")
ORIGIN = Origin("detente", "articles/the détente.txt", datetime(2017, 1, 16, tzinfo=UTC))


def drafted(units):
    return [
        Unit(
            source=u.source,
            raw=u.raw,
            kind=u.kind,
            line=u.line,
            marks=u.marks,
            terms=u.terms,
            findings=u.findings,
            target=u.target or f"译：{u.source}",
            state=State.DRAFT,
            provenance="engine/1 model@abc",
        )
        if u.state is not State.APPROVED and not u.touched
        else u
        for u in units
    ]


def units(*sources):
    return [Unit(source=s, raw=s, line=i + 1) for i, s in enumerate(sources)]


def save(path, these, locale=CN):
    catalog = read(path)
    return write(catalog, drafted(recall(these, catalog)), locale, ORIGIN)


def approve(path, source, target=None):
    file = polib.pofile(str(path), wrapwidth=0)
    entry = file.find(source)
    entry.flags.remove("fuzzy")
    if target:
        entry.msgstr = target
    path.write_text(str(file) + "\n", encoding="utf-8")


def test_the_file_reads_as_a_translator_expects(tmp_path):
    path = tmp_path / "detente.po"
    term = Term("détente", {"zh_CN": ("缓和",)})
    these = [
        Unit("Is Détente Imminent?", "Is Détente Imminent?", Kind.TITLE, 4, target="缓和在即？"),
        Unit(
            "A <a1>détente</a1> is near.",
            "A [détente](http://x.org) is near.",
            Kind.SENTENCE,
            7,
            (Mark("a1", "[", "](http://x.org)"),),
            1,
            target="<a1>缓和</a1>在即。",
            terms=(TermHit(6, 13, term, "缓和", Use.KEPT),),
            findings=(Finding("numbers", "34 is missing"),),
        ),
    ]
    save(path, these)
    expected = (Path(__file__).parent / "cases/po/detente.po").read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04"), min_size=1)
        .map(str.strip)
        .filter(bool),
        min_size=1,
        max_size=8,
        unique=True,
    )
)
def test_any_text_survives_and_msgfmt_accepts_it(tmp_path, sources):
    path = tmp_path / "any.po"
    path.unlink(missing_ok=True)
    these = [Unit(" ".join(s.split()) or "x", s) for s in sources]
    save(path, these)
    again = recall(these, read(path))
    assert [u.target for u in again] == [f"译：{u.source}" for u in these]
    done = subprocess.run(
        ["msgfmt", "-c", "-f", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_source_that_gettext_cannot_hold_is_refused_by_its_line(tmp_path):
    with pytest.raises(SanwenError, match="U\\+0004"):
        save(tmp_path / "a.po", units("One\x04two."))
    assert not (tmp_path / "a.po").exists()


def test_running_again_changes_nothing(tmp_path):
    path = tmp_path / "a.po"
    assert save(path, units("One.", "Two."))
    before = path.stat()
    assert not save(path, units("One.", "Two."))
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_wrapped_by_a_tool_is_left_wrapped(tmp_path):
    path = tmp_path / "a.po"
    text = "A long sentence about the relations of three countries and what may become of them in the years to come."
    save(path, units(text))
    if shutil.which("msgcat"):
        subprocess.run(["msgcat", "-w", "40", "-o", str(path), str(path)], check=True)
    wrapped = path.read_bytes()
    assert not save(path, units(text))
    assert path.read_bytes() == wrapped


def test_an_approved_target_is_never_touched(tmp_path):
    path = tmp_path / "a.po"
    save(path, units("One.", "Two."))
    approve(path, "One.", "壹。")
    save(path, units("Zero.", "One.", "Two."))
    entry = polib.pofile(str(path)).find("One.")
    assert entry.msgstr == "壹。"
    assert not entry.fuzzy


def test_a_changed_source_keeps_the_reviewed_translation_as_fuzzy_with_the_previous_source(tmp_path):
    path = tmp_path / "a.po"
    save(path, units("The sanctions have hit the Russian economy hard.", "Two."))
    approve(path, "The sanctions have hit the Russian economy hard.", "制裁沉重打击了俄罗斯经济。")
    save(path, units("The sanctions have hit the Russian economy very hard.", "Two."))
    file = polib.pofile(str(path))
    entry = file.find("The sanctions have hit the Russian economy very hard.")
    assert entry.msgstr == "制裁沉重打击了俄罗斯经济。"
    assert entry.fuzzy
    assert entry.previous_msgid == "The sanctions have hit the Russian economy hard."
    assert [e.msgid for e in file.obsolete_entries()] == ["The sanctions have hit the Russian economy hard."]
    assert count(read(path), "zh_CN").stale == 1


def test_a_change_that_is_taken_back_finds_the_approved_translation_again(tmp_path):
    path = tmp_path / "a.po"
    old, new = "The talks on trade begin in March.", "The talks on trade begin in April."
    save(path, units(old))
    approve(path, old, "贸易谈判三月开始。")
    save(path, units(new))
    approve(path, new, "贸易谈判四月开始。")
    save(path, units(old))
    entry = polib.pofile(str(path)).find(old)
    assert (entry.msgstr, entry.fuzzy) == ("贸易谈判三月开始。", False)


SENTENCES = st.sampled_from(
    [
        f"The talks on {what} begin in {when}."
        for what in ("trade", "arms", "water")
        for when in ("March", "April", "May")
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.lists(SENTENCES, min_size=1, max_size=5, unique=True), st.integers(0, 4)), min_size=2, max_size=6
    )
)
def test_no_history_of_edits_loses_what_a_person_approved(tmp_path, history):
    """Sentences come, go, change and are approved in any order: every approved text is still somewhere in the file."""
    path = tmp_path / "a.po"
    path.unlink(missing_ok=True)
    approved = set()
    for step, (sources, which) in enumerate(history):
        save(path, units(*sources))
        file = polib.pofile(str(path), wrapwidth=0)
        live = [e for e in file if not e.obsolete]
        entry = live[which % len(live)]
        if entry.fuzzy:
            entry.msgstr, entry.flags = f"审定{step}。", []
            approved.add(entry.msgstr)
            path.write_text(str(file) + "\n", encoding="utf-8")
    save(path, units("Something else entirely."))
    text = path.read_text(encoding="utf-8")
    assert not [target for target in approved if target not in text]


def test_a_stale_target_stays_until_a_person_approves_it(tmp_path):
    path = tmp_path / "a.po"
    old, new = "The talks on trade begin in March.", "The talks on trade begin in April."
    save(path, units(old))
    approve(path, old, "贸易谈判三月开始。")
    for _ in range(3):
        save(path, units(new))
    entry = polib.pofile(str(path)).find(new)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("贸易谈判三月开始。", True, old)


def test_an_edited_draft_is_a_persons_work(tmp_path):
    path = tmp_path / "a.po"
    save(path, units("One."))
    file = polib.pofile(str(path), wrapwidth=0)
    file.find("One.").msgstr = "壹（改）。"
    path.write_text(str(file) + "\n", encoding="utf-8")
    again = recall(units("One."), read(path))[0]
    assert (again.target, again.state, again.touched) == ("壹（改）。", State.DRAFT, True)


def test_a_machine_draft_is_not_kept_for_another_sentence(tmp_path):
    path = tmp_path / "a.po"
    save(path, units("The talks on trade begin in March."))
    again = recall(units("The talks on trade begin in April."), read(path))[0]
    assert again.state is State.NEW


def test_removed_sentences_become_obsolete_and_come_back(tmp_path):
    path = tmp_path / "a.po"
    save(path, units("One.", "Two."))
    approve(path, "Two.", "贰。")
    save(path, units("One."))
    assert [e.msgid for e in polib.pofile(str(path)).obsolete_entries()] == ["Two."]
    save(path, units("One.", "Two."))
    entry = polib.pofile(str(path)).find("Two.")
    assert (entry.msgstr, entry.obsolete, entry.fuzzy) == ("贰。", 0, False)


def test_a_persons_comments_and_headers_stay(tmp_path):
    path = tmp_path / "a.po"
    save(path, units("One."))
    file = polib.pofile(str(path), wrapwidth=0)
    file.metadata["Last-Translator"] = "王小明 <wang@example.org>"
    file.metadata["X-Poedit-Basepath"] = "."
    file.find("One.").tcomment += "\nask the author"
    file.find("One.").flags.append("no-wrap")
    path.write_text(str(file) + "\n# a last remark\n", encoding="utf-8")
    save(path, units("One.", "Two."))
    text = path.read_text(encoding="utf-8")
    for kept in ("王小明", "X-Poedit-Basepath", "# ask the author", "no-wrap", "# a last remark"):
        assert kept in text


def test_the_same_sentence_twice_is_one_entry_with_two_references(tmp_path):
    path = tmp_path / "a.po"
    save(path, units("No.", "Yes.", "No."))
    file = polib.pofile(str(path))
    assert [e.msgid for e in file] == ["No.", "Yes."]
    assert [line for _, line in file[0].occurrences] == ["1", "3"]


def test_a_title_and_a_sentence_are_two_entries(tmp_path):
    path = tmp_path / "a.po"
    save(path, [Unit("Order", "Order", Kind.TITLE), Unit("Order", "Order")])
    assert [(e.msgctxt, e.msgid) for e in polib.pofile(str(path))] == [("title", "Order"), (None, "Order")]


@pytest.mark.parametrize("separator", ["\r", "\x85", "\u2028", "\x0b", "\n"])
def test_no_line_separator_in_a_comment_can_start_an_entry(tmp_path, separator):
    path = tmp_path / "a.po"
    evil = f'x{separator}msgid "injected"{separator}msgstr "注入"'
    these = units("One.")
    these[0] = Unit("One.", "One.", findings=(Finding("evil", evil),), notes=(evil,))
    save(path, these)
    assert [e.msgid for e in polib.pofile(str(path))] == ["One."]
    assert "injected" not in [u.source for u in recall(units("One."), read(path))]


BROKEN = {
    "an unterminated string": 'msgid ""\nmsgstr ""\n\nmsgid "One.\nmsgstr "壹。"\n',
    "a missing msgstr": 'msgid ""\nmsgstr ""\n\nmsgid "One."\n',
    "two msgid in a row": 'msgid ""\nmsgstr ""\n\nmsgid "One."\nmsgid "Two."\nmsgstr "贰。"\n',
    "a merge conflict": 'msgid ""\nmsgstr ""\n\n<<<<<<< HEAD\nmsgid "One."\nmsgstr "壹。"\n',
    "an entry twice": 'msgid ""\nmsgstr ""\n\nmsgid "A"\nmsgstr "甲"\n\nmsgid "A"\nmsgstr "乙"\n',
    "a NUL byte": 'msgid ""\nmsgstr ""\n\nmsgid "A\0"\nmsgstr "甲"\n',
    "plain prose": "This is not a PO file at all.\n",
    "a bad escape": 'msgid ""\nmsgstr ""\n\nmsgid "A\\q"\nmsgstr "甲"\n',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_by_line_and_left_alone(tmp_path, name):
    path = tmp_path / "a.po"
    data = BROKEN[name].encode()
    path.write_bytes(data)
    with pytest.raises(SanwenError) as problem:
        read(path)
    assert str(path) in str(problem.value)
    assert problem.value.remedy
    assert path.read_bytes() == data


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "a.po"
    path.write_bytes('msgid ""\nmsgstr ""\n\nmsgid "A"\nmsgstr "甲"\n'.encode("gb18030"))
    with pytest.raises(SanwenError, match="not UTF-8"):
        read(path)


def test_a_missing_file_is_an_empty_catalog(tmp_path):
    assert not read(tmp_path / "nothing.po").exists


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_remarks_come_back(signature, base, notes):
    said = remarks.Remarks(signature=signature, base_locale="zh_CN", base=base, notes=tuple(notes))
    once = remarks.read(remarks.write(said))
    assert remarks.read(remarks.write(once)) == once
    assert once.base == one_line(base)
    assert not once.person


def test_translate_toolkit_reads_it(tmp_path):
    from translate.storage import pypo

    path = tmp_path / "a.po"
    save(path, units("One.", "Two."), TW)
    store = pypo.pofile.parsefile(str(path))
    assert [u.source for u in store.units if u.source] == ["One.", "Two."]
    assert store.gettargetlanguage() == "zh_TW"
    assert all(u.isfuzzy() for u in store.units if u.source)
