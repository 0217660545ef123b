"""Properties of all formats: nothing of a file is lost, and nothing that is written breaks it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace

import formats_strategies as make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import SanwenError
from pipeline.formats import docx, html, md, txt
from pipeline.model import Article, Kind, Locale, Unit
from pipeline.text import tags

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
CHINA = Locale("zh_CN", "zh-Hans", "简体中文", "简体", (), "")


def read(module, data: bytes):
    """The article; None where the file is refused, which must be said in the proper way."""
    try:
        return module.read(data, "article")
    except SanwenError:
        return None


def check_units(article: Article):
    for unit in article.units():
        assert unit.source.strip() == unit.source
        assert "\n" not in unit.source
        assert "\t" not in unit.source
        assert any(map(str.isalpha, unit.source)) or unit.kind is Kind.DATE, unit
        assert tags.misnested(unit.source) == []
        assert sorted(m.name for m in unit.marks) == sorted(
            p.name for p in tags.split(unit.source) if p.role in {tags.Role.OPEN, tags.Role.ALONE}
        )
        assert unit.line >= 1
        assert unit.paragraph >= 1


def check_identity(module, text: str):
    data = text.encode()
    article = read(module, data)
    if article is None:
        return None
    joined = "".join(map(str, article.parts))
    assert joined.encode(article.encoding) == data
    assert module.write(article) == data
    check_units(article)
    return article


@SETTINGS
@given(make.joined(make.TXT_LINES))
def test_txt_gives_back_every_byte(text):
    check_identity(txt, text)


@SETTINGS
@given(make.joined(make.MD_LINES))
def test_md_gives_back_every_byte(text):
    check_identity(md, text)


@SETTINGS
@given(st.one_of(make.joined(make.HTML_PIECES), st.lists(make.HTML_PIECES, max_size=25).map("".join)))
def test_html_gives_back_every_byte(text):
    if text:
        check_identity(html, text)


@SETTINGS
@given(make.DOCX_BODIES)
def test_docx_gives_back_every_byte(body):
    data = make.docx_file(body)
    article = docx.read(data, "a.docx")
    assert docx.write(article) == data
    check_units(article)
    document = "".join(map(str, article.parts))
    assert document.encode() == zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")


@SETTINGS
@given(make.joined(make.TXT_LINES), st.data())
def test_txt_holds_every_target(text, data):
    article = read(txt, text.encode())
    if article is None:
        return
    article = data.draw(make.translated(article))
    written = txt.write(article, CHINA).decode(article.encoding)
    for unit in article.units():
        assert not unit.target or " ".join(tags.render(unit.target, unit.marks, str).split()) in written


def structure(text: str) -> Counter[str]:
    """What another parser makes of a Markdown text, counted. It knows no footnotes: they are paragraphs to it."""
    from markdown_it import MarkdownIt

    found: Counter[str] = Counter()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text.replace("[^1]:", "Note:")):
        found[token.type + token.tag] += 1
        for child in token.children or []:
            if child.type not in {"text", "softbreak", "hardbreak", "text_special"}:
                found[{"strong_open": "b", "em_open": "i", "s_open": "s"}.get(child.type, child.type)] += 1
    return found


@SETTINGS
@given(make.joined(make.MD_LINES), st.data())
def test_md_renders_what_it_is_told(text, data):
    """The blocks of a translated file are those of the original, and so are its links, code and emphasis."""
    article = read(md, text.encode())
    if article is None:
        return
    _, body = md.front_matter.split("".join(map(str, article.parts)))
    article = data.draw(make.translated(article, share=1.0))
    try:
        written = md.write(article, CHINA).decode(article.encoding)
    except SanwenError as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert "renders" in refused
        return
    _, new = md.front_matter.split(written)
    blocks = [
        {
            k: n
            for k, n in structure(each).items()
            if k.endswith(("h1", "h2", "h3", "li", "p", "td", "th", "code", "ol", "ul", "blockquote"))
        }
        for each in (body, new)
    ]
    assert blocks[0] == blocks[1]


@SETTINGS
@given(st.lists(make.HTML_PIECES, min_size=1, max_size=25).map("".join), st.data())
def test_html_changes_nothing_but_text(text, data):
    """The tags of a translated page are those of the original, in any order within a unit, but for empty dress."""
    article = read(html, text.encode())
    if article is None:
        return
    article = data.draw(make.translated(article))
    written = html.write(article).decode()
    from pipeline.formats._html_tokens import Sort, tokens

    def shape(page):
        return Counter((t.sort, t.name) for t in tokens(page) if t.sort in {Sort.OPEN, Sort.CLOSE} and t.name != "o:p")

    assert shape(written) == shape(text)


@pytest.mark.parametrize("translated", [0, 1])
def test_a_sentence_that_begins_with_a_hyphen_of_word_is_written(translated):
    text = '<w:t xml:space="preserve">'
    body = f"<w:p><w:pPr><w:numPr/></w:pPr><w:r>{text}U.S. </w:t><w:noBreakHyphen/>{text}The rest</w:t></w:r></w:p>"
    article = docx.read(make.docx_file(body), "a.docx")
    units = list(article.units())
    assert [unit.source for unit in units] == ["U.S.", "-The rest"]
    parts = [replace(part, target="译文") if part is units[translated] else part for part in article.parts]
    written = zipfile.ZipFile(io.BytesIO(docx.write(replace(article, parts=tuple(parts)), CHINA)))
    shown = "".join(etree.fromstring(written.read("word/document.xml")).itertext())
    assert shown == ("译文 The rest", "U.S. 译文")[translated]  # the hyphen is no text


@SETTINGS
@given(make.DOCX_BODIES, st.data())
def test_docx_stays_sound(body, data):
    article = docx.read(make.docx_file(body), "a.docx")
    article = data.draw(make.translated(article))
    written = zipfile.ZipFile(io.BytesIO(docx.write(article, CHINA)))
    before = zipfile.ZipFile(io.BytesIO(article.blob))
    assert written.namelist() == before.namelist()
    for name in written.namelist():
        if name != "word/document.xml":
            assert written.read(name) == before.read(name)
    root = etree.fromstring(written.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for run in root.iter(f"{w}r"):  # no run in a run, no text outside of one
        assert run.getparent().tag != f"{w}r"
    for text in root.iter(f"{w}t"):
        assert text.getparent().tag == f"{w}r"
    shown = "".join(root.itertext())
    old = etree.fromstring(before.read("word/document.xml"))
    for name in ("footnoteReference", "bookmarkStart", "commentReference", "hyperlink", "drawing", "p", "fldChar"):
        assert len(list(root.iter(w + name))) == len(list(old.iter(w + name))), name
    for unit in article.units():
        for piece in tags.split(" ".join(unit.target.split())):
            if piece.role is tags.Role.TEXT:
                assert piece.text in shown


@pytest.mark.parametrize("module", [txt, md, html])
@pytest.mark.parametrize(
    "text",
    [
        "x",
        "\n",
        "\r\n\r\n",
        "\ufeff",
        "\ufeff\ufeffTitle\n",
        "A title\r\n\r\nText one. Text two.  \r\n\tTabbed\u00a0text.\r\n",
        "no end of line",
        "\u2028\u2029\x85\x1c\x0b\x0c a",
        "<<<>>>&&&;;;",
    ],
)
def test_odd_files_are_given_back(module, text):
    check_identity(module, text)


def test_tags_of_a_target_must_be_sound():
    article = md.read(b"See **the** [report](x) of `May`.\n", "a.md")
    assert len(article.units()) == 1
    for target, wrong in (
        ("见<b1>该<a2>报告</b1></a2><code3/>。", "</b1>"),
        ("见<a2>报告<code3/>。", "</a2>"),
        ("见<a2>报告</a2>。", "<code3/>"),
        ("见<a2>报告</a2><code3/><x4/>。", "<x4/>"),
    ):
        bad = replace(
            article, parts=tuple(replace(p, target=target) if isinstance(p, Unit) else p for p in article.parts)
        )
        with pytest.raises(SanwenError, match=r"a\.md:1: .*See .*" + wrong):
            md.write(bad)
