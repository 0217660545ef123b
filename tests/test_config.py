"""sanwen.toml: what is accepted, and what a mistake is answered with."""

from __future__ import annotations

import pytest

from pipeline.config import Config, find, parse, template
from pipeline.errors import SanwenError


def test_the_template_says_the_defaults():
    assert parse(template()) == Config()


MISTAKES = [
    ('locale = ["zh_CN"]', "unknown setting 'locale'", 1, "'locales'"),
    ("\n[engine]\nbatches = 3", "unknown setting 'engine.batches'", 3, "'engine.batch'"),
    ("[engine]\nbeam = 0", "'engine.beam' is 0", 2, "from 1 to 16"),
    ("[engine]\nbeam = true", "'engine.beam' is True", 2, "a whole number"),
    ('locales = "zh_CN"', "'locales' is 'zh_CN'", 1, "a list of str"),
    ('locales = ["Klingon"]', "'locales'", 1, "codes like zh_TW"),
    ("engine = 3", "'engine' is a table", 1, "[engine]"),
    ("[engine\nbeam = 1", "not valid TOML", 1, "toml.io"),
    ('[memory]\nfuzzy = "high"', "'memory.fuzzy' is 'high'", 2, "a number"),
    ("colour = 1", "unknown setting 'colour'", 1, "Known here"),
    ('engine.modell = "x"', "unknown setting 'engine.modell'", 1, "'engine.model'"),
]


@pytest.mark.parametrize(("text", "message", "line", "remedy"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_remedy(text, message, line, remedy):
    with pytest.raises(SanwenError) as problem:
        parse(text, "sanwen.toml")
    said = str(problem.value)
    assert message in said
    assert f"sanwen.toml:{line}" in said
    assert remedy in said


def test_the_nearest_workspace_upwards_counts(tmp_path):
    (tmp_path / "sanwen.toml").write_text("max_megabytes = 7\n", encoding="utf-8")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find(deep).config.max_megabytes == 7
    assert find(deep).root == tmp_path.resolve()


def test_without_a_workspace_the_defaults_hold(tmp_path):
    assert find(tmp_path).packaged
