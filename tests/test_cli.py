"""The command line: quick, and plain about mistakes."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from pipeline.cli import VERBS, main


def test_help_is_quick():
    best = min(_seconds(["--help"]) for _ in range(3))
    assert best < 0.3, f"{best:.2f} s"


def _seconds(arguments):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pipeline", *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb, capsys):
    with pytest.raises(SystemExit) as end:
        main([verb, "--help"])
    assert end.value.code == 0
    assert f"sanwen {verb}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["run", "--jobs", "0"],
        ["run", "--nonsense"],
        ["translate", "--to", "zh_XX"],
        ["run", "--engine", "bogus", "."],
        ["run", "--locale", "zh_XX", "."],
    ],
)
def test_wrong_usage_is_one_line_and_status_2(arguments, capsys, workspace):
    try:
        status = main(arguments)
    except SystemExit as end:
        status = end.code
    assert status == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said


def test_an_error_is_one_line_with_a_remedy(workspace, capsys):
    assert main(["run", "nothing.txt"]) == 1
    assert "nothing.txt: no such file or folder. Check the path" in capsys.readouterr().err


def test_debug_shows_the_traceback(workspace):
    from pipeline.errors import SanwenError

    with pytest.raises(SanwenError):
        main(["--debug", "translate", "--to", "zh_XX"])
