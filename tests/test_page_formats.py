"""The page of the examples, one a format: what the file's markup says is still there, in every language."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import html
from page_case import locales

from pipeline import plugins
from pipeline.model import Article, Kind, State, Unit
from pipeline.page import build
from pipeline.page.header import read
from pipeline.text import tags

EXAMPLES = {file.suffix[1:]: file for file in sorted((Path(__file__).parent.parent / "examples").iterdir())}


def translated(article: Article) -> Article:
    """Stands in for a translation: tags stay, each stretch of text becomes Chinese of about its length."""

    def target(source: str) -> str:
        pieces = (
            p.text if p.role is not tags.Role.TEXT else "文" * max(1, len(p.text) // 3) for p in tags.split(source)
        )
        return "".join(pieces)

    def part(each: Unit | str) -> Unit | str:
        return replace(each, target=target(each.source), state=State.APPROVED) if isinstance(each, Unit) else each

    return replace(article, parts=tuple(map(part, article.parts)))


@cache
def example(name: str) -> tuple[Article, html.HtmlElement]:
    file = EXAMPLES[name]
    article = plugins.load("formats", name).read(file.read_bytes(), file.name)
    known = locales()
    return article, html.document_fromstring(build(article, dict.fromkeys(known, translated(article)), known, name="x"))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Hant-TW", "zh-Hant-HK"])
def test_no_sentence_is_lost_or_doubled(name: str, tag: str) -> None:
    article, page = example(name)
    found = Counter(int(e.get("data-unit")) for e in page.get_element_by_id(tag).iter() if e.get("data-unit"))
    head = read(article.units())
    shown = [*head.section, *head.title, *head.subtitle, *head.dates, *(n for person in head.people for n in person)]
    assert found == Counter([*shown, *head.body])


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_head(name: str) -> None:
    article, page = example(name)
    assert len(page.xpath("//article[@id='en']//h1")) == 1
    assert page.xpath("//article[@id='en']//address")
    assert len(page.xpath("//article[@id='en']//*[@class='date']")) == 1
    assert any(u.kind is Kind.HEADING for u in article.units()) == bool(page.xpath("//article[@id='en']/h2"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_editions_have_the_same_blocks(name: str) -> None:
    shapes = [[block.tag for block in article] for article in example(name)[1].findall(".//main/article")]
    assert all(shape == shapes[0] for shape in shapes)


def texts(page: html.HtmlElement, path: str, tag: str = "zh-Hans") -> list[str]:
    return [e.text_content().strip() for e in page.xpath(f"//article[@id='{tag}']{path}")]


def test_markdown_keeps_its_table_lists_and_links() -> None:
    page = example("md")[1]
    assert texts(page, "//tr/td[2]") == ["7.8%", "17.0%", "18.8%", "20.7%", "35.3%", "35.3%"]
    assert len(texts(page, "//ol/li")) == 3
    assert len(texts(page, "//blockquote")) == 1
    assert page.xpath("//article[@id='zh-Hans']//a/@href") == [
        "https://commission.europa.eu/",
        "https://example.org/brandy",
        "mailto:tessa.lindqvist@example.org",
        "../data/eu-china-trade.csv",
    ]


def test_html_keeps_the_article_and_leaves_the_site_out() -> None:
    page = example("html")[1]
    assert len(texts(page, "//ul/li")) == 3
    assert len(texts(page, "//ol/li")) == 3
    assert texts(page, "//sup/a") == ["1"]
    assert page.xpath("//article[@id='zh-Hans']//sup/a/@href") == ["#zh-Hans-note-1"]
    assert page.xpath("//article[@id='zh-Hans']//*[@id='zh-Hans-note-1']")
    assert len(page.xpath("//article[@id='en']//figure/img[starts-with(@src, 'data:image/svg')]")) == 1
    english = page.get_element_by_id("en").text_content()
    for site in ("Skip to content", "Newsletter", "Subscribe", "You might also like", "All rights reserved", "Email"):
        assert site not in english


def test_docx_keeps_its_table_list_notes_and_links() -> None:
    page = example("docx")[1]
    assert texts(page, "//tr[last()]/td")[1:] == ["83.3", "89.6", "115.9"]
    assert len(texts(page, "//table//th")) == 4
    assert len(texts(page, "/p[@class='caption']")) == 2
    assert len(texts(page, "/ol/li")) == 3
    assert texts(page, "//sup/a") == ["1", "2"]
    assert len(texts(page, "/section[@class='notes']//li")) == 2
    assert set(page.xpath("//article[@id='zh-Hans']//a/@href")) >= {
        "https://www.oecd.org/",
        "https://unfccc.int/",
        "mailto:ines.okonjo-vance@example.org",
    }


def test_html_editions_are_linked_as_pages() -> None:
    page = example("html")[1]
    links = {e.get("hreflang"): e.get("href") for e in page.xpath("//link[@rel='alternate']")}
    assert links["zh-Hant-TW"] == "zh_TW/x.html"
    assert links["en"] == "#en"


MARKDOWN = """# Title

Talks resumed.[^1] They may ~~fail~~ succeed.[^long-name] Code: `[^1]`

[^1]: Source: SIPRI.
[^long-name]: See above.

The end.
"""


def test_footnotes_of_markdown_are_linked_and_at_the_end() -> None:
    article = plugins.load("formats", "md").read(MARKDOWN.encode(), "a.md")
    page = html.document_fromstring(build(article, {}, {}))
    assert texts(page, "//sup/a", "en") == ["1", "long-name"]
    assert texts(page, "/section[@class='notes']//li", "en") == ["Source: SIPRI.", "See above."]
    for link in page.xpath("//sup/a/@href"):
        assert page.get_element_by_id(link[1:]).tag == "li"
    assert texts(page, "//code", "en") == ["[^1]"]
    assert texts(page, "/p", "en")[-1] == "The end."
