"""`sanwen glossary` on the command line; the rules themselves are tested with the package."""

from __future__ import annotations

import json
import subprocess

import polib
from test_run import po, put, run

from pipeline.cli import main

HEAD = "source,pos,match,zh_CN,zh_TW,zh_HK,not_zh_CN,not_zh_TW,not_zh_HK,context,domain,status,note\n"


def glossary(workspace, *rows, name="own.csv"):
    folder = workspace / "glossaries"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(HEAD + "".join(f"{r}\n" for r in rows), encoding="utf-8")
    return path


def test_a_sound_glossary_passes(workspace, capsys):
    glossary(workspace, "détente,noun,,缓和,緩和,緩和,松动,,,,,,")
    assert main(["glossary", "check"]) == 0


def test_a_bad_one_is_named_by_file_line_and_rule(workspace, capsys):
    path = glossary(workspace, "détente,noun,,緩和,,,,,,,,,", "broken,row")
    assert main(["glossary", "check"]) == 1
    said = capsys.readouterr().out
    assert f"{path}:2" in said
    assert "[script]" in said
    assert f"{path}:3" in said
    assert "[malformed-row]" in said


def test_the_json_form_is_one_object_a_line(workspace, capsys):
    glossary(workspace, "détente,noun,,緩和,,,,,,,,,")
    main(["glossary", "check", "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"file", "line", "rule", "hint"} <= rows[0].keys()


def test_unused_entries_are_found_in_the_articles(workspace, capsys):
    put(workspace)
    glossary(
        workspace, "Geneva,name,,日内瓦,日內瓦,日內瓦,,,,,,,", "Atlantis,name,,亚特兰蒂斯,亞特蘭提斯,亞特蘭提斯,,,,,,,"
    )
    main(["glossary", "check", "--usage"])
    said = capsys.readouterr().out
    assert "Atlantis" in said
    assert "Geneva" not in said


def test_a_changed_term_makes_approved_entries_stale_and_keeps_them(workspace, capsys):
    path = glossary(workspace, "Geneva,name,,日内瓦,日內瓦,日內瓦,,,,,,,")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=workspace, check=True)
    put(workspace)
    run("articles")
    file = polib.pofile(str(po(workspace)), wrapwidth=0)
    entry = file.find("The two presidents met in Geneva.")
    entry.msgstr, entry.flags = "两位总统在日内瓦会晤。", []
    po(workspace).write_text(str(file) + "\n", encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("日内瓦", "日内瓦市"), encoding="utf-8")
    assert main(["glossary", "impact"]) == 1
    assert "日内瓦市" in capsys.readouterr().out
    assert main(["glossary", "impact", "--refuzzy"]) == 0
    entry = polib.pofile(str(po(workspace))).find("The two presidents met in Geneva.")
    assert (entry.msgstr, entry.fuzzy) == ("两位总统在日内瓦会晤。", True)
    assert "stale: glossary" in entry.tcomment
    run("articles")
    entry = polib.pofile(str(po(workspace))).find("The two presidents met in Geneva.")
    assert entry.msgstr == "两位总统在日内瓦会晤。"


def test_what_goes_out_comes_back(workspace, capsys):
    path = glossary(workspace, "détente,noun,,缓和,緩和,緩和,松动,,,,,,", "Geneva,name,,日内瓦,日內瓦,日內瓦,,,,,,,")
    for name in ("terms.tbx", "terms.xlsx"):
        assert main(["glossary", "export", name, "--format", name.partition(".")[2]]) == 0
        back = workspace / f"{name}.csv"
        assert main(["glossary", "import", name, str(back), "--format", name.partition(".")[2]]) == 0
        assert main(["glossary", "fmt", str(path)]) == 0
        assert back.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_fmt_check_says_what_is_not_canonical(workspace, capsys):
    glossary(workspace, "b term,noun,,乙,乙,乙,,,,,,,", "a term,noun,,甲,甲,甲,,,,,,,")
    assert main(["glossary", "fmt", "--check"]) == 1
    assert main(["glossary", "fmt"]) == 0
    assert main(["glossary", "fmt", "--check"]) == 0
