"""The trilingual page as HTML: languages, links, states, nothing fetched, nothing unescaped, no sentence lost."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from page_case import case, locales

from pipeline.errors import SanwenError
from pipeline.model import Article, Kind, Locale, State, Unit
from pipeline.page import build
from pipeline.page.assemble import short_label
from pipeline.page.styles import stack
from pipeline.page.words import words
from pipeline.text import tags

ARTICLE, TARGETS = case("treaty")
TAGS = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant-TW", "zh_HK": "zh-Hant-HK"}


@pytest.fixture(scope="module")
def text() -> str:
    return build(ARTICLE, TARGETS, locales())


@pytest.fixture(scope="module")
def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def article_of(page: html.HtmlElement, tag: str) -> html.HtmlElement:
    return page.get_element_by_id(tag)


def units_of(page: html.HtmlElement, tag: str) -> dict[int, html.HtmlElement]:
    return {int(e.get("data-unit")): e for e in article_of(page, tag).iter() if e.get("data-unit")}


def test_every_language_has_an_article_with_its_language(page: html.HtmlElement) -> None:
    assert [(a.get("id"), a.get("lang")) for a in page.findall(".//main/article")] == [
        (tag, tag) for tag in ("en", *TAGS.values())
    ]
    assert page.get("lang") == "zh-Hans"


@pytest.mark.parametrize("tag", ["en", *TAGS.values()])
def test_every_unit_stands_once_in_every_language(page: html.HtmlElement, tag: str) -> None:
    found = Counter(int(e.get("data-unit")) for e in article_of(page, tag).iter() if e.get("data-unit"))
    wanted = [number for number, unit in enumerate(ARTICLE.units()) if unit.kind is not Kind.META]
    assert found == Counter(wanted)


@pytest.mark.parametrize("code", TAGS)
def test_the_text_is_the_target_and_its_order_the_articles(page: html.HtmlElement, code: str) -> None:
    shown = units_of(page, TAGS[code])
    for number, unit in enumerate(TARGETS[code].units()):
        if unit.kind is not Kind.META:
            assert shown[number].text_content() == tags.strip(unit.target or unit.source)
    assert list(shown) == sorted(shown)


def test_english_is_the_source(page: html.HtmlElement) -> None:
    for number, element in units_of(page, "en").items():
        assert element.text_content() == tags.strip(ARTICLE.units()[number].source)
        assert element.get("data-state") is None


def test_no_space_between_chinese_sentences_but_between_english_ones(page: html.HtmlElement) -> None:
    first = article_of(page, "zh-Hans").findall("p")[0].text_content()
    assert first.startswith("再过十五个月，限制美国和俄罗斯核武库的最后一项条约就将到期。这份名为")
    assert "will expire. The text" in article_of(page, "en").findall("p")[0].text_content()
    assert "这一切都不需要信任。 It requires" in article_of(page, "zh-Hans").text_content()


def test_the_switch_names_each_language_in_itself(page: html.HtmlElement) -> None:
    labels = page.xpath("//fieldset//label")
    assert [(label.get("lang"), label.text_content()) for label in labels] == [
        ("en", "English"),
        ("zh-Hans", "简体"),
        ("zh-Hant-TW", "繁體（台灣）"),
        ("zh-Hant-HK", "繁體（香港）"),
    ]
    radios = page.xpath("//fieldset//input[@type='radio'][@name='language']")
    assert [radio.get("value") for radio in radios if "checked" in radio.attrib] == ["zh-Hans"]
    assert page.xpath("//fieldset/legend")[0].text_content() == "语言"


def test_one_traditional_edition_needs_no_region_in_its_label() -> None:
    known = locales()
    assert short_label(known["zh_TW"], [known["zh_CN"], known["zh_TW"]]) == "繁體"
    assert short_label(known["zh_TW"], list(known.values())) == "繁體（台灣）"


def test_the_language_shown_first_can_be_chosen() -> None:
    page = html.document_fromstring(build(ARTICLE, TARGETS, locales(), initial="zh_HK"))
    assert page.get("lang") == "zh-Hant-HK"
    assert page.findtext(".//title") == "條約之後：還有甚麼依然有效？"
    assert page.xpath("//meta[@name='description']/@content") == ["條約終止之後，軍備控制還剩下甚麼。"]
    assert html.document_fromstring(build(ARTICLE, TARGETS, locales(), initial="en")).get("lang") == "en"


def alternates(text: str) -> dict[str, str]:
    return {e.get("hreflang"): e.get("href") for e in html.document_fromstring(text).xpath("//link[@rel='alternate']")}


def test_hreflang_names_every_edition(text: str) -> None:
    assert alternates(text) == {
        "en": "#en",
        "zh-Hans": "#zh-Hans",
        "zh-Hant-TW": "#zh-Hant-TW",
        "zh-Hant-HK": "#zh-Hant-HK",
        "x-default": "#en",
    }
    at_a_site = alternates(build(ARTICLE, TARGETS, locales(), name="the treaty", site="https://example.org/zh/"))
    assert at_a_site["zh-Hant-TW"] == "https://example.org/zh/the%20treaty.html#zh-Hant-TW"
    assert at_a_site["x-default"] == "https://example.org/zh/the%20treaty.html"


def test_nothing_is_fetched(text: str, page: html.HtmlElement) -> None:
    assert not page.xpath("//link[@rel='stylesheet'] | //script[@src] | //iframe | //object | //embed")
    assert not page.xpath("//*[@src][not(starts-with(@src, 'data:'))]")
    assert "@import" not in text
    assert "url(" not in text
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    for name in ("style", "script"):
        content = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert len(content) == 1
        digest = base64.b64encode(hashlib.sha256(content[0].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@style")


def test_drafts_and_gaps_are_marked_and_counted(page: html.HtmlElement) -> None:
    article = article_of(page, "zh-Hant-TW")
    drafts = [int(e.get("data-unit")) for e in article.xpath(".//*[@data-state='draft']")]
    assert drafts == [n for n, unit in enumerate(TARGETS["zh_TW"].units()) if unit.state is State.DRAFT]
    missing = article.xpath(".//*[@data-state='new']")
    assert [(e.get("lang"), e.text_content()) for e in missing] == [
        ("en", "It requires only the recognition that ignorance is dangerous.")
    ]
    assert article.xpath(".//*[@class='notice']")[0].text_content() == "機器譯文：共18處，其中3處未經審校"


def test_an_approved_edition_says_nothing_of_states() -> None:
    units = tuple(replace(u, target=u.target or "完。", state=State.APPROVED) for u in TARGETS["zh_CN"].units())
    text = build(ARTICLE, {"zh_CN": replace(ARTICLE, parts=units)}, locales())
    page = html.document_fromstring(text)
    assert not page.xpath("//*[@data-state]")
    assert not page.xpath("//*[@class='notice']")


def test_where_all_is_draft_one_notice_says_so() -> None:
    units = tuple(replace(u, target=u.target or "完。", state=State.DRAFT) for u in TARGETS["zh_CN"].units())
    page = html.document_fromstring(build(ARTICLE, {"zh_CN": replace(ARTICLE, parts=units)}, locales()))
    article = article_of(page, "zh-Hans")
    assert article.xpath(".//*[@class='notice']")[0].text_content() == "机器译文，未经审校"
    assert article.get("class") == "unreviewed"
    assert article.xpath(".//*[@data-state='draft']")
    assert not article.xpath(".//@title")
    assert article_of(page, "en").get("class") is None


def test_emphasis_in_han_is_dots_or_kai(page: html.HtmlElement) -> None:
    emphasis = article_of(page, "zh-Hans").xpath(".//em")
    assert [(e.get("class"), e.text_content()) for e in emphasis] == [
        ("dots", "更为重要"),
        ("kai", "而毫无准备的终结通常比有序的终结更糟糕"),
    ]
    assert [e.get("class") for e in article_of(page, "en").xpath(".//em")] == [None, None]


def test_the_head_of_the_article(page: html.HtmlElement) -> None:
    head = article_of(page, "zh-Hans").find("header")
    assert head.findtext("p[@class='section']/span") == "外交政策"
    assert head.find("h1").text_content() == "条约之后：还有什么依然有效？"
    assert head.find(".//address").text_content() == "玛丽安·霍尔特示例研究所高级研究员"
    assert head.find(".//p[@class='date']").text_content() == "2024年11月12日"
    assert len(article_of(page, "zh-Hans").xpath(".//h1")) == 1


def test_the_editions_stand_level(page: html.HtmlElement) -> None:
    shapes = [[block.tag for block in article] for article in page.findall(".//main/article")]
    assert all(shape == shapes[0] for shape in shapes)
    assert shapes[0] == ["header", "p", "h2", "p", "blockquote", "ul", "figure", "p", "section"]


def test_titles_that_the_file_repeats_are_shown_once() -> None:
    units = (
        Unit("Title | Site", "", Kind.TITLE, paragraph=1),
        Unit("Ann Holt", "", Kind.AUTHOR, paragraph=2),
        Unit("Title", "", Kind.TITLE, paragraph=3),
        Unit("Ann Holt", "", Kind.AUTHOR, paragraph=4),
        Unit("Text.", "", paragraph=5),
        Unit("Another Title", "", Kind.TITLE, paragraph=6),
    )
    page = html.document_fromstring(build(Article("a.units", "units", units), {}, {}))
    assert [e.text_content() for e in page.iter("h1", "h2")] == ["Title", "Another Title"]
    assert [e.text_content() for e in page.iter("address")] == ["Ann Holt"]
    assert page.findtext(".//title") == "Title"


def test_words_fall_back_to_the_parent_language() -> None:
    assert words("zh-Hant-MO") == words("zh-Hant")
    assert words("fr-CA") == words("en")
    assert all(words(tag).keys() == words("en").keys() for tag in ("zh-Hans", "zh-Hant"))


def test_fonts_cannot_leave_their_string() -> None:
    assert stack(["Noto Sans CJK SC", 'a"; } body { display: none', "</style>", "sans-serif"]) == (
        '"Noto Sans CJK SC", "a  body  display none", "style", sans-serif'
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: build(ARTICLE, TARGETS, locales("zh_CN")), "there is no locale 'zh_TW'"),
        (lambda: build(ARTICLE, TARGETS, locales(), initial="fr"), "no edition 'fr'"),
        (
            lambda: build(ARTICLE, {"zh_CN": replace(ARTICLE, parts=ARTICLE.parts[1:])}, locales()),
            "zh_CN edition is of another text",
        ),
    ],
)
def test_what_does_not_fit_is_refused(change: object, message: str) -> None:
    with pytest.raises(SanwenError, match=message):
        change()


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        (
            "</script><script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "]]>",
            "<!--",
            "&lt;b&gt;",
            "<b1>",
            "<a1>x",
            "\ud800",
            "\x00\x1b",
            "\U000f0010\U000f0001",
            "$title ${x} $$",
            "</style>",
            "\u202e",
            "\ufdd0",
        )
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, st.sampled_from(list(Kind))), min_size=1, max_size=6))
def test_hostile_text_stays_text(rows: list[tuple[str, str, Kind]]) -> None:
    units = tuple(Unit(source, source, kind, paragraph=n) for n, (source, _, kind) in enumerate(rows))
    article = Article("x.units", "units", units)
    edition = replace(article, parts=tuple(replace(u, target=t) for u, (_, t, _) in zip(units, rows, strict=True)))
    locale = Locale("zh_CN", "zh-Hans", "简体", "简体", (), "", fonts=("</style>",))
    text = build(article, {"zh_CN": edition}, {"zh_CN": locale})
    text.encode("utf-8")
    page = html.document_fromstring(text)
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//img")
    for number, unit in enumerate(edition.units()):
        if unit.kind in {Kind.SENTENCE, Kind.HEADING, Kind.ITEM} and not tags.names(unit.target or unit.source):
            wanted = tags.strip(unit.target or unit.source)
            shown = page.xpath(f"//article[@id='zh-Hans']//*[@data-unit='{number}']")
            assert len(shown) == 1
            if wanted.isprintable() and "\U000f0010" not in wanted:
                assert shown[0].text_content() == wanted
