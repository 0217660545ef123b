"""The main job: articles in, PO files for three locales out, with the embedded model. Nothing here is simulated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from pipeline.cli import main

REPO = Path(__file__).parent.parent

ARTICLE = """Language : English 简体 繁體
Foreign Policy

Is a Détente Imminent?

Jan 16 , 2017
  • Jane Doe

    Research Fellow, Example Institute

The two presidents met in Geneva. They agreed to hold talks on trade, and the sanctions stay.

See https://example.org/report.html for the details.

You might also like
Back to Top"""

LOCALES = ("zh_CN", "zh_TW", "zh_HK")


def put(workspace, name="detente.txt", text=ARTICLE):
    path = workspace / "articles" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def po(workspace, locale="zh_CN", name="detente"):
    return workspace / "locales" / locale / "LC_MESSAGES" / f"{name}.po"


def entries(workspace, locale="zh_CN", name="detente"):
    return polib.pofile(str(po(workspace, locale, name)), wrapwidth=0)


def approve(workspace, source, target=None, locale="zh_CN"):
    file = entries(workspace, locale)
    entry = next(e for e in file if e.msgid == source)
    entry.flags = [f for f in entry.flags if f != "fuzzy"]
    entry.msgstr = target or entry.msgstr
    po(workspace, locale).write_text(str(file) + "\n", encoding="utf-8")


def run(*arguments):
    return main(["run", "--jobs", "1", *arguments])


def test_three_po_files_that_gettext_accepts(workspace):
    put(workspace)
    run("articles")
    for locale in LOCALES:
        file = entries(workspace, locale)
        assert [(e.msgctxt, e.msgid) for e in file] == [
            ("section", "Foreign Policy"),
            ("title", "Is a Détente Imminent?"),
            ("date", "Jan 16 , 2017"),
            ("author", "Jane Doe"),
            ("affiliation", "Research Fellow, Example Institute"),
            (None, "The two presidents met in Geneva."),
            (None, "They agreed to hold talks on trade, and the sanctions stay."),
            (None, "See https://example.org/report.html for the details."),
        ]
        assert all(e.fuzzy and e.msgstr for e in file)
        assert file.metadata["Language"] == locale
        assert file[2].msgstr == "2017年1月16日"
        assert file[7].msgstr.count("https://example.org/report.html") == 1
        if shutil.which("msgfmt"):
            subprocess.run(["msgfmt", "-c", "-f", "-o", os.devnull, po(workspace, locale)], check=True)


def test_running_again_writes_nothing(workspace, capsys):
    put(workspace)
    run("articles")
    before = {locale: po(workspace, locale).stat().st_mtime_ns for locale in LOCALES}
    run("articles")
    assert {locale: po(workspace, locale).stat().st_mtime_ns for locale in LOCALES} == before
    shutil.rmtree(workspace / ".sanwen")
    run("articles", "--force")
    assert {locale: po(workspace, locale).stat().st_mtime_ns for locale in LOCALES} == before


def test_running_again_over_the_examples_with_all_glossaries_writes_nothing(workspace):
    """Repairs, findings of the engine, projected tags: whatever a draft went through, keeping it says the same of it."""
    for folder in ("examples", "glossaries"):
        shutil.copytree(REPO / folder, workspace / ("articles" if folder == "examples" else folder), dirs_exist_ok=True)
    run("articles", "--quiet")
    before = {f: f.read_bytes() for f in workspace.glob("locales/*/LC_MESSAGES/*.po")}
    assert len(before) == 12
    run("articles", "--quiet")
    assert [f.name for f, data in before.items() if f.read_bytes() != data] == []


def test_what_a_person_approved_is_never_changed(workspace):
    put(workspace)
    run("articles")
    approve(workspace, "The two presidents met in Geneva.", "两位总统在日内瓦会晤。")
    put(workspace, text=ARTICLE.replace("They agreed", "However, they agreed"))
    run("articles", "--force")
    entry = next(e for e in entries(workspace) if e.msgid == "The two presidents met in Geneva.")
    assert (entry.msgstr, entry.fuzzy) == ("两位总统在日内瓦会晤。", False)


def test_traditional_follows_the_reviewed_simplified(workspace):
    put(workspace)
    run("articles")
    approve(workspace, "The two presidents met in Geneva.", "两位总统在日内瓦会晤。")
    run("articles")
    for locale in ("zh_TW", "zh_HK"):
        entry = next(e for e in entries(workspace, locale) if e.msgid == "The two presidents met in Geneva.")
        assert entry.msgstr == "兩位總統在日內瓦會晤。"
        assert entry.fuzzy


def test_an_approved_traditional_entry_is_kept_and_becomes_stale(workspace):
    put(workspace)
    run("articles")
    source = "The two presidents met in Geneva."
    approve(workspace, source, "两位总统在日内瓦会晤。")
    run("articles")
    approve(workspace, source, "兩國總統於日內瓦會面。", "zh_TW")
    run("articles")
    entry = next(e for e in entries(workspace, "zh_TW") if e.msgid == source)
    assert not entry.fuzzy
    approve(workspace, source, "两位总统昨天在日内瓦会晤。")
    run("articles")
    run("articles")
    entry = next(e for e in entries(workspace, "zh_TW") if e.msgid == source)
    assert entry.msgstr == "兩國總統於日內瓦會面。"
    assert entry.fuzzy
    assert "stale: zh_CN was «两位总统在日内瓦会晤。», is now «两位总统昨天在日内瓦会晤。»" in entry.tcomment


def test_a_sentence_approved_elsewhere_is_offered(workspace):
    put(workspace)
    put(workspace, "other.txt", "Another Article\n\nThe two presidents met in Geneva. Nothing else happened.\n")
    run("articles")
    approve(workspace, "The two presidents met in Geneva.", "两位总统在日内瓦会晤。")
    run("articles")
    entry = next(e for e in entries(workspace, name="other") if e.msgid == "The two presidents met in Geneva.")
    assert (entry.msgstr, entry.fuzzy) == ("两位总统在日内瓦会晤。", True)
    assert "memory: detente" in entry.tcomment


def test_only_one_locale_brings_its_base_along(workspace):
    put(workspace)
    run("articles", "--locale", "zh_TW")
    assert po(workspace, "zh_TW").exists()
    assert po(workspace, "zh_CN").exists()
    assert not po(workspace, "zh_HK").exists()


def test_a_dry_run_writes_no_po(workspace):
    put(workspace)
    run("articles", "--dry-run")
    assert not po(workspace).exists()


def test_the_glossary_is_kept_in_every_locale(workspace):
    (workspace / "glossaries").mkdir()
    (workspace / "glossaries" / "own.csv").write_text(
        "source,zh_CN,zh_TW,zh_HK\nGeneva,日内瓦城,日內瓦市,日內瓦鎮\nsanctions,制裁措施,制裁手段,制裁行動\n",
        encoding="utf-8",
    )
    put(workspace)
    run("articles")
    for locale, city, measure in (
        ("zh_CN", "日内瓦城", "制裁措施"),
        ("zh_TW", "日內瓦市", "制裁手段"),
        ("zh_HK", "日內瓦鎮", "制裁行動"),
    ):
        file = entries(workspace, locale)
        for source, form in (
            ("The two presidents met in Geneva.", city),
            ("They agreed to hold talks on trade, and the sanctions stay.", measure),
        ):
            entry = next(e for e in file if e.msgid == source)
            said = f"→ {form} (missing)" in entry.comment
            assert form in entry.msgstr or said, entry.msgstr  # a promise, or a finding that says where not


def test_the_title_chooses_the_sense_of_a_word_far_below_it(workspace):
    (workspace / "glossaries").mkdir()
    (workspace / "glossaries" / "own.csv").write_text(
        "source,zh_CN,context\ncode,准则,South China Sea\n", encoding="utf-8"
    )
    body = "They met.\n\nThey talked.\n\nThey left.\n\nThe code was drafted."
    for title, wanted in (("Peace in the South China Sea", 1), ("A Talk on Computers", 0)):
        put(workspace, text=f"{title}\n\nJan 16, 2017\n\n{body}\n")
        run("articles", "--force")
        entry = next(e for e in entries(workspace) if e.msgid == "The code was drafted.")
        assert entry.comment.count("term: code → 准则") == wanted


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n", "nothing"),
    "binary.txt": (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "binary"),
    "nul.txt": (b"One sentence.\0 Another.\n", "NUL"),
    "gb.txt": ("美国与俄罗斯的关系正在缓和，这是一个重要的变化。\n".encode("gb18030") * 5, "GB18030"),
    "latin.txt": (
        "The President\u2019s \u201cd\u00e9tente\u201d is near, he said.\n".encode("cp1252") * 5,
        "Windows-1252",
    ),
    "wide.txt": ("The two presidents met.\n" * 5).encode("utf-16"),
    "surrogate.txt": (b"A lone one: \xed\xa0\x80 here.\n", ""),
    "fake.docx": (b"this is not a zip", ""),
    "dump.txt": (b"word " * 2_000_000, "the line has 10,000,000 characters"),
    "dump.md": (b"word " * 2_000_000, "more than 1,000,000 characters"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_article_fails_with_a_reason_and_the_rest_goes_on(workspace, name, capsys):
    data, reason = BAD[name] if isinstance(BAD[name], tuple) else (BAD[name], "UTF-16")
    put(workspace)
    put(workspace, name, data)
    assert run("articles") == 1
    said = capsys.readouterr().err
    line = next(x for x in said.splitlines() if x.startswith("failed:"))
    assert name in line
    assert reason.lower() in line.lower()
    assert po(workspace).exists()
    assert not po(workspace, name=name.partition(".")[0]).exists()


def test_a_byline_is_its_names(workspace):
    text = (
        '<article><h1>Talks Resume</h1><p class="byline">By <a rel="author" href="/a">Jane Doe</a> and '
        '<a rel="author" href="/b">Angela Merkel</a></p><p>The two presidents met in Geneva.</p></article>'
    )
    (workspace / "glossaries").mkdir()
    names = "source,pos,zh_CN,zh_TW,zh_HK\nAngela Merkel,name,安格拉·默克尔,安格拉·梅克爾,安格拉·默克爾\n"
    (workspace / "glossaries" / "own.csv").write_text(names, encoding="utf-8")
    put(workspace, "talks.html", text)
    run("articles")
    for locale, wanted in (("zh_CN", "安格拉·默克尔"), ("zh_TW", "安格拉·梅克爾"), ("zh_HK", "安格拉·默克爾")):
        entry = next(e for e in entries(workspace, locale, "talks") if "Jane" in e.msgid)
        assert entry.msgstr == f"<a1>Jane Doe</a1>、<a2>{wanted}</a2>", locale


def test_a_vanished_file_fails_alone(workspace, capsys):
    put(workspace)
    (workspace / "articles" / "gone.txt").symlink_to(workspace / "nowhere.txt")
    assert run("articles") == 1
    assert "gone.txt" in capsys.readouterr().err
    assert po(workspace).exists()


def test_a_corrupt_po_in_the_way_loses_no_byte(workspace, capsys):
    put(workspace)
    put(workspace, "other.txt", "A Title\n\nOne sentence here.\n")
    po(workspace).parent.mkdir(parents=True)
    data = 'msgid ""\nmsgstr ""\n\nmsgid "One."\nmsgstr "壹'.encode()
    po(workspace).write_bytes(data)
    assert run("articles") == 1
    assert "detente.po:5" in capsys.readouterr().err
    assert po(workspace).read_bytes() == data
    assert po(workspace, name="other").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX")
def test_a_full_disk_leaves_the_old_po_whole(workspace):
    put(workspace)
    run("articles")
    before = po(workspace).read_bytes()
    put(workspace, text=ARTICLE.replace("trade", "tariffs and trade"))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500));"
        "from pipeline.cli import main; sys.exit(main(['run', '--jobs', '1', 'articles']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "failed:" in done.stderr
    assert po(workspace).read_bytes() == before
    assert [f.name for f in po(workspace).parent.iterdir()] == ["detente.po"]


def test_a_long_line_does_not_stop_the_batch(workspace):
    put(workspace)
    put(workspace, "long.txt", "A Title\n\n" + "word " * 40_000 + "\n")
    run("articles")
    assert po(workspace).exists()


def test_two_workers_do_what_one_does(workspace):
    put(workspace)
    put(workspace, "other.txt", "A Title\n\nOne sentence here.\n")
    main(["run", "--jobs", "2", "articles"])
    parallel = {(x, n): po(workspace, x, n).read_bytes() for x in LOCALES for n in ("detente", "other")}
    shutil.rmtree(workspace / "locales")
    run("articles")
    assert {(x, n): po(workspace, x, n).read_bytes() for x in LOCALES for n in ("detente", "other")} == parallel
