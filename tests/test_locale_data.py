"""locale.toml: what is read, and how a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SanwenError
from pipeline.locale_data import all_locales, load, packaged
from pipeline.text.typography.order import RULES

GOOD = """code = "zh_XX"
tag = "zh-Hans-XX"
name = "名"
label = "名"
stages = ["recall", "check"]

[typography]
space = true
"""


def written(folder: Path, text: str) -> Path:
    (folder / "zh_XX").mkdir(exist_ok=True)
    (folder / "zh_XX" / "locale.toml").write_text(text, encoding="utf-8")
    return folder


def test_packaged_locales_are_complete():
    locales = all_locales()
    assert {code for code, locale in locales.items() if locale.default} == {"zh_CN", "zh_TW", "zh_HK"}
    for code, locale in locales.items():
        assert locale.code == code
        assert "check" in locale.stages
        assert locale.fonts[-1] == "sans-serif"
        assert not locale.base or locale.base in locales
        assert ("translate" in locale.stages) != ("convert" in locale.stages) == bool(locale.base)
        assert set(locale.typography.rules) <= set(RULES)
        assert all(Path(folder).is_dir() for folder in locale.data)


@pytest.mark.parametrize(("code", "tag", "quotes"), [
    ("zh_CN", "zh-Hans", "“”‘’"),
    ("zh_TW", "zh-Hant-TW", "「」『』"),
    ("zh_HK", "zh-Hant-HK", "「」『』"),
])  # fmt: skip
def test_what_the_three_are(code, tag, quotes):
    locale = load(code)
    assert locale.tag == tag
    assert "".join(locale.typography.quotes) == quotes


def test_a_workspace_comes_before_the_packaged_data(tmp_path):
    own = GOOD.replace("zh_XX", "zh_TW")
    (tmp_path / "zh_TW").mkdir()
    (tmp_path / "zh_TW" / "locale.toml").write_text(own, encoding="utf-8")
    assert load("zh_TW", tmp_path).name == "名"
    assert load("zh_HK", tmp_path) == load("zh_HK")
    assert all_locales(tmp_path)["zh_TW"].typography.space
    assert set(all_locales(tmp_path)) == set(all_locales())


def test_shared_folders_come_first_and_may_be_packaged(tmp_path):
    locale = load("zh_XX", written(tmp_path, 'shared = ["zh_Hant"]\n' + GOOD))
    assert locale.data == (str(packaged() / "zh_Hant"), str(tmp_path / "zh_XX"))


@pytest.mark.parametrize(("wrong", "place", "message"), [
    (GOOD.replace("label", "lable"), 4, "unknown setting 'lable'. Did you mean 'label'?"),
    (GOOD.replace("space", "spaces"), 8, "unknown setting 'typography.spaces'. Did you mean 'typography.space'?"),
    (GOOD.replace("true", '"yes"'), 8, "'typography.space' is 'yes'. It must be true or false"),
    (GOOD.replace('code = "zh_XX"', 'code = "zh_YY"'), 1, "'code' is 'zh_YY'. It must be the folder's name, 'zh_XX'"),
    (GOOD.replace('label = "名"\n', ""), None, "'label' is missing"),
    (GOOD + 'quotes = ["“", "”"]\n', 9, "It must be four different marks"),
    ('tai = "太"\n' + GOOD, 1, 'It must be "臺" or "台"'),
    ('shared = ["nowhere"]\n' + GOOD, 1, "no folder 'nowhere' beside zh_XX/"),
    ('shared = ["../.."]\n' + GOOD, 1, "no folder '../..' beside"),
    ("code = \n", 1, "not valid TOML"),
    (GOOD + '\n[variants]\n"説" = "說明"\n', 10, "It must be a table of single characters"),
])  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path, wrong, place, message):
    with pytest.raises(SanwenError) as caught:
        load("zh_XX", written(tmp_path, wrong))
    assert message in str(caught.value)
    assert caught.value.place == place
    assert str(caught.value.file).endswith("locale.toml")


def test_an_unknown_locale_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(SanwenError, match="Did you mean zh_TW"):
        load("zh_tw", tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "zh_XX").mkdir()
    (tmp_path / "zh_XX" / "locale.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SanwenError, match="cannot be read"):
        load("zh_XX", tmp_path)
