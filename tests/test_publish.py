"""Chinese articles back out of PO files."""

from __future__ import annotations

import polib
import pytest
from test_run import ARTICLE, approve, entries, po, put, run  # noqa: F401

from pipeline.cli import main


def approve_all(workspace, locale):
    path = po(workspace, locale)
    file = polib.pofile(str(path), wrapwidth=0)
    for entry in file:
        entry.flags = [f for f in entry.flags if f != "fuzzy"]
    path.write_text(str(file) + "\n", encoding="utf-8")


def test_drafts_are_refused_until_they_are_approved(workspace, capsys):
    put(workspace)
    run("articles")
    assert main(["publish", "articles"]) == 1
    assert "units are drafts in zh_CN, the first at line 2" in capsys.readouterr().err
    assert not (workspace / "published").exists()
    for locale in ("zh_CN", "zh_TW", "zh_HK"):
        approve_all(workspace, locale)
    assert main(["publish", "articles"]) == 0
    assert (workspace / "published" / "zh_HK" / "detente.txt").is_file()


def test_the_article_keeps_its_layout(workspace):
    put(workspace)
    run("articles")
    assert main(["publish", "articles", "--drafts", "--locale", "zh_CN"]) == 0
    text = (workspace / "published" / "zh_CN" / "detente.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == "Language : English 简体 繁體"
    assert lines[5] == "2017年1月16日"
    assert lines[-2:] == ["You might also like", "Back to Top"]
    assert len(lines) == len(ARTICLE.splitlines())


def test_the_page_has_all_languages(workspace):
    put(workspace)
    run("articles")
    assert main(["publish", "articles", "--drafts"]) == 0
    page = (workspace / "published" / "detente.html").read_text(encoding="utf-8")
    for tag in ('lang="en"', 'lang="zh-Hans"', 'lang="zh-Hant-TW"', 'lang="zh-Hant-HK"', "hreflang"):
        assert tag in page


def test_without_a_po_file_it_says_what_to_call(workspace, capsys):
    put(workspace)
    assert main(["publish", "articles"]) == 1
    assert "Call: sanwen run" in capsys.readouterr().err


def test_a_missing_sentence_is_refused(workspace, capsys):
    put(workspace)
    run("articles")
    for locale in ("zh_CN", "zh_TW", "zh_HK"):
        approve_all(workspace, locale)
    put(workspace, text=ARTICLE.replace("See https", "A new one. See https"))
    assert main(["publish", "articles"]) == 1
    assert "have no translation" in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["<a1>坏", "坏</a1>", "<a1><a1>坏</a1>", "没有标签"])
def test_broken_tags_never_make_broken_markup(workspace, broken, capsys):
    put(workspace, "linked.md", "# Talks\n\nThe [two presidents](https://example.org/a) met in Geneva.\n")
    run("articles")
    file = entries(workspace, name="linked")
    sentence = file[-1]
    assert "<a1>" in sentence.msgid
    sentence.msgstr, sentence.flags = broken, []
    po(workspace, name="linked").write_text(str(file) + "\n", encoding="utf-8")
    assert main(["publish", "articles/linked.md", "--locale", "zh_CN", "--drafts"]) == 1
    assert "a1" in capsys.readouterr().err
