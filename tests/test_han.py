"""Conversion by example (tests/cases/conversion) and its promises for any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SanwenError
from pipeline.locale_data import all_locales, load
from pipeline.text.conversion import lists, rules, words
from pipeline.text.han import Converter, Lock, back_converter, converter

CASES = Path(__file__).parent / "cases" / "conversion"


@cache
def to(code: str) -> Converter:
    return converter(load(code))


@cache
def plain(config: str) -> Converter:
    return Converter(config)


def cases(name: str) -> list[list[str]]:
    lines = [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


@pytest.mark.parametrize("name", ["families.txt", "vocabulary.txt"])
def test_phrases_of_policy_prose(name):
    wrong = [
        (simplified, code, wanted, found)
        for simplified, *targets in cases(name)
        for code, wanted in zip(("zh_TW", "zh_HK"), targets, strict=True)
        if (found := to(code).convert(simplified).text) != wanted
    ]
    assert wrong == []


def test_there_are_enough_phrases():
    assert len(cases("families.txt")) >= 600


@pytest.mark.parametrize(("config", "text", "wanted"), cases("opencc.txt"))
def test_opencc_configurations(config, text, wanted):
    assert plain(config).convert(text).text == wanted


@pytest.mark.parametrize(("origin", "text", "source", "target"), [
    ("words", "美国的军事干涉", "干涉", "干涉"),
    ("phrases", "市场准入", "市场准入", "市場准入"),
    ("rules", "数字主权", "数字", "數位"),
    ("vocabulary", "朝鲜", "朝鲜", "北韓"),
])  # fmt: skip
def test_an_override_says_where_it_comes_from(origin, text, source, target):
    override = to("zh_TW").convert(text).overrides[0]
    assert (override.origin, override.source, override.target) == (origin, source, target)
    assert text[override.start : override.end] == source


HAN = st.sampled_from(
    [
        *"干发后里面系制复历只几谷松征准云冲余斗尽一二三的是在了不与和，。“”（）·a1 \n\U0002000b\uf900\ud800",
        *(
            "军事",
            "干涉",
            "制造",
            "组织",
            "信息",
            "朝鲜",
            "特朗普",
            "网络平台",
            "体系统一",
            "展示了如何",
            "NATO",
            "3D打印",
        ),
    ]
)
TEXTS = st.lists(HAN, max_size=30).map("".join) | st.text(max_size=30)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["zh_TW", "zh_HK", "zh_MO", "zh_CN"]))
def test_every_character_has_a_span(text, code):
    done = to(code).convert(text)
    assert len(done.spans) == len(done.text)
    assert all(0 <= start < end <= len(text) for start, end in done.spans)
    assert list(done.spans) == sorted(done.spans)
    covered = {place for start, end in done.spans for place in range(start, end)}
    assert covered == set(range(len(text)))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_nothing_differs_from_opencc_but_by_an_override(text):
    done, official = to("zh_TW").convert(text), plain("s2tw").convert(text)
    accounted = {place for override in done.overrides for place in range(override.start, override.end)}
    ours = {span: char for span, char in zip(done.spans, done.text, strict=True) if span[0] not in accounted}
    assert ours.items() <= dict(zip(official.spans, official.text, strict=True)).items()


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_a_lock_stands_in_the_output_with_its_span(before, term, after):
    text = f"{before}{term}{after}"
    if not term:
        return
    locks = [Lock(len(before), len(before) + len(term), "⟨詞⟩")]
    done = to("zh_TW").convert(text, locks)
    lock = next(override for override in done.overrides if override.origin == "lock")
    assert (lock.source, lock.target) == (term, "⟨詞⟩")
    first = next(index for index, span in enumerate(done.spans) if span[0] >= len(before))
    assert done.text[first : first + 3] == "⟨詞⟩"
    assert done.spans[first][0] == len(before)
    assert done.spans[first + 2][1] == len(before) + len(term)


def test_locks_take_precedence_and_do_not_overlap():
    done = to("zh_TW").convert("朝鲜的导弹", [Lock(0, 2, "朝鮮")])
    assert done.text == "朝鮮的飛彈"
    with pytest.raises(ValueError, match="overlaps"):
        to("zh_TW").convert("朝鲜的导弹", [Lock(0, 2, "x"), Lock(1, 3, "y")])
    with pytest.raises(ValueError, match="outside"):
        to("zh_TW").convert("朝鲜", [Lock(1, 3, "x")])


@pytest.mark.parametrize(("text", "readings"), [
    ("干", ("幹", "乾")),
    ("阴历新年是算命占卜者繁忙时候", ("佔", "占")),
    ("一座钟楼里面有个钟", ("個鐘", "個鍾")),
])  # fmt: skip
def test_where_two_readings_are_possible_there_is_a_doubt(text, readings):
    done = to("zh_TW").convert(text)
    assert [doubt.readings for doubt in done.doubts] == [readings]
    doubt = done.doubts[0]
    assert done.text[doubt.start : doubt.end] == doubt.text == readings[0]
    assert all(reading in doubt.reason for reading in readings)


@pytest.mark.parametrize(
    "text", ["军事干涉", "若干国家", "这只会让事情更糟", "发展中国家", "王后后来", "政府干预了选举"]
)
def test_where_only_one_is_there_is_none(text):
    assert to("zh_TW").convert(text).doubts == ()


def test_taiwan_has_a_switch_for_tai(tmp_path):
    packaged = Path(load("zh_TW").folder)
    (tmp_path / "zh_TW").mkdir()
    for file in packaged.glob("*.t*"):
        text = file.read_text(encoding="utf-8").replace('tai = "臺"', 'tai = "台"')
        (tmp_path / "zh_TW" / file.name).write_text(text, encoding="utf-8")
    assert converter(load("zh_TW", tmp_path)).convert("台湾的平台").text == "台灣的平台"
    assert to("zh_TW").convert("台湾的平台和天台宗").text == "臺灣的平臺和天台宗"


def test_hong_kong_writes_as_its_papers_do():
    text = "世界卫生组织说：为了这里的群众，沿着线路公布了税收"
    assert to("zh_HK").convert(text).text == "世界衞生組織說：為了這裏的群眾，沿着線路公布了稅收"


def test_a_new_locale_is_a_folder_of_data(tmp_path):
    folder = tmp_path / "zh_SG"
    folder.mkdir()
    (folder / "locale.toml").write_text(
        'code = "zh_SG"\ntag = "zh-Hans-SG"\nname = "简体中文（新加坡）"\nlabel = "简体（新加坡）"\nbase = "zh_CN"\n'
        'stages = ["recall", "terms", "convert", "polish", "check"]\ndefault = false\n',
        encoding="utf-8",
    )
    (folder / "vocabulary.tsv").write_text("出租车\t德士\n新西兰\t纽西兰\n", encoding="utf-8")
    singapore = load("zh_SG", tmp_path)
    assert converter(singapore).convert("新西兰的出租车").text == "纽西兰的德士"
    assert back_converter(singapore).convert("纽西兰的德士").text == "新西兰的出租车"


def test_macau_is_hong_kong_with_words_of_its_own():
    assert not load("zh_MO").default
    assert to("zh_MO").convert("赌场里的里根").text == "娛樂場裏的列根"


@pytest.mark.parametrize(("code", "text"), [
    ("zh_TW", "朝鲜的导弹和网络软件，特朗普与普京在悉尼发出信息"),
    ("zh_HK", "朝鲜的导弹和网络软件，里根与撒切尔在旧金山发出信息"),
    ("zh_MO", "首席执行官了解公布的汇率"),
])  # fmt: skip
def test_the_way_back(code, text):
    there = to(code).convert(text).text
    assert there != text
    assert back_converter(load(code)).convert(there).text == text


def test_a_long_line_takes_no_longer_than_its_length():
    text = "了干发" * 40_000 + "x" * 200_000
    assert len(to("zh_TW").convert(text).text) == len(text)


def test_an_unknown_configuration_is_refused():
    with pytest.raises(SanwenError, match="no configuration 's2xx'"):
        Converter("s2xx").convert("发")


def test_overrides_can_be_given_without_a_locale():
    assert Converter("s2tw", {"发布": "發布"}).convert("他发布了").text == "他發布了"


@pytest.mark.parametrize(("name", "text", "message"), [
    ("phrases.tsv", "发布\n", "not a pair"),
    ("phrases.tsv", "发布\t發布\n发布\t發佈\n", "listed twice"),
    ("rules.tsv", "只\t隻\t(\t-\n", "not a regular expression"),
    ("rules.tsv", "只\t隻\n", "not a rule"),
    ("words.txt", "abc 发布\n", "not a cost"),
    ("words.txt", "-1 发布\n", "not above 0"),
])  # fmt: skip
def test_wrong_data_is_refused_with_its_line(tmp_path, name, text, message):
    (tmp_path / name).write_text(f"# a comment\n{text}", encoding="utf-8")
    read = {"phrases.tsv": lists.read, "rules.tsv": rules.read, "words.txt": words.read}[name]
    with pytest.raises(SanwenError, match=message) as caught:
        read(tmp_path / name)
    assert caught.value.place in (2, 3)


@pytest.mark.parametrize("locale", all_locales().values(), ids=all_locales())
def test_packaged_lists_are_in_order(locale):
    for folder in locale.data:
        phrases, vocabulary = lists.read(Path(folder) / "phrases.tsv"), lists.read(Path(folder) / "vocabulary.tsv")
        assert not phrases.keys() & vocabulary.keys()
        assert all("\t" not in target and target for target in [*phrases.values(), *vocabulary.values()])
