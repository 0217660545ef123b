"""What many tests share: a workspace in a temporary folder, and the developers' shared data where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says something about the machine, not about the code; what must be quick has tests that
# measure it.
settings.register_profile("sanwen", deadline=None)
settings.load_profile("sanwen")

REPO = Path(__file__).parent.parent


def _shared() -> Path | None:
    for folder in REPO.parents:
        place = folder / "shared"
        if (place / "eval").is_dir():
            return place
    return None


def pytest_collection_modifyitems(config, items):
    """Tests that use shared data are left out, with a word, where there is none."""
    if _shared() is not None:
        return
    out = [i for i in items if i.get_closest_marker("shared")]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [i for i in items if i not in out]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared development data."""
    place = _shared()
    assert place is not None, "mark the test with `shared`"
    return place


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> Path:
    """An empty workspace that uses the packaged locales; the working folder is in it."""
    (tmp_path / "sanwen.toml").write_text('articles = ["articles"]\n', encoding="utf-8")
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path
