"""`sanwen locale`: what reviewers always change becomes an override."""

from __future__ import annotations

import polib
from test_run import po, put, run

from pipeline.cli import main

TEXT = "A Title\n\n" + "\n\n".join(f"Sentence number {n} is about Taiwan." for n in ("one", "two", "three"))


def reviewed(workspace):
    """zh_CN and zh_TW reviewed by hand: the Taipei reviewer writes 台灣 each time."""
    put(workspace, text=TEXT)
    run("articles")
    for locale, word in (("zh_CN", "台湾"), ("zh_TW", "台灣")):
        path = po(workspace, locale)
        file = polib.pofile(str(path), wrapwidth=0)
        for n, entry in enumerate(e for e in file if not e.msgctxt):
            if locale == "zh_CN":
                entry.msgstr = f"第{n}句谈到{word}问题。"
            else:
                entry.msgstr = entry.msgstr.replace("臺灣", word)
            entry.flags = []
        path.write_text(str(file) + "\n", encoding="utf-8")
        run("articles")


def test_it_is_proposed_with_its_count_and_then_used(workspace, capsys):
    main(["init", "."])
    reviewed(workspace)
    capsys.readouterr()
    assert main(["locale", "learn", "zh_TW", "--write"]) == 0
    said = capsys.readouterr().out
    assert "3 × 台湾: 臺灣 → 台灣 (left 0 ×)" in said
    put(workspace, "new.txt", "A Title\n\nAnother sentence.\n")
    run("articles/new.txt")
    path = po(workspace, "zh_CN", "new")
    file = polib.pofile(str(path), wrapwidth=0)
    file[-1].msgstr, file[-1].flags = "台湾当局。", []
    path.write_text(str(file) + "\n", encoding="utf-8")
    run("articles/new.txt")
    assert polib.pofile(str(po(workspace, "zh_TW", "new")))[-1].msgstr.startswith("台灣")


def test_one_change_is_no_preference(workspace, capsys):
    main(["init", "."])
    put(workspace, text="A Title\n\nSentence one.\n")
    run("articles")
    capsys.readouterr()
    assert main(["locale", "learn", "zh_TW"]) == 0
    assert "0 proposals from 0 approved entries" in capsys.readouterr().out


def test_the_list_names_every_locale(workspace, capsys):
    assert main(["locale"]) == 0
    said = capsys.readouterr().out
    for code in ("zh_CN", "zh_TW", "zh_HK"):
        assert code in said
