"""What users install: the wheel, in an empty environment, does the main job with nothing else at hand."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import polib
import pytest

REPO = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built with the backend that is installed: nothing is fetched."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, REPO]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """The interpreter of an environment that has the wheel and what it asks for, from the package index."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], check=True)
    return python


def test_it_carries_locales_glossaries_and_the_model(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "pipeline/data/locales/zh_TW/locale.toml",
        "pipeline/data/glossaries/policy.csv",
        "pipeline/models/en-zh/model.bin",
        "pipeline/models/en-zh/model-card.md",
        "pipeline/text/abbreviations.txt",
    ):
        assert wanted in names
    assert not [n for n in names if n.endswith(".po") or n.startswith(("tests/", "training/"))]


def test_it_does_the_main_job_without_torch(python, tmp_path):
    sanwen = python.parent / "sanwen"
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    subprocess.run([sanwen, "init", "."], cwd=tmp_path, env=clean, check=True, capture_output=True)
    (tmp_path / "articles" / "a.md").write_text("# The Talks\n\nThe two presidents met in Geneva.\n", encoding="utf-8")
    done = subprocess.run(
        [sanwen, "run", "articles"], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    assert "failed" not in done.stderr
    for locale in ("zh_CN", "zh_TW", "zh_HK"):
        file = polib.pofile(str(tmp_path / "locales" / locale / "LC_MESSAGES" / "a.po"))
        assert [e.msgid for e in file] == ["The Talks", "The two presidents met in Geneva."]
        assert all(e.msgstr and e.fuzzy for e in file)
    command = [sanwen, "publish", "articles", "--drafts"]
    subprocess.run(command, cwd=tmp_path, env=clean, check=True, capture_output=True)
    assert (tmp_path / "published" / "a.html").is_file()
    assert (tmp_path / "published" / "zh_TW" / "a.md").read_text(encoding="utf-8").startswith("# ")
    absent = subprocess.run([python, "-c", "import torch"], env=clean, capture_output=True, check=False)
    assert absent.returncode != 0
