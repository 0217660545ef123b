"""Broken and hostile articles: refused with a reason, or read in time that grows with their size alone."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from dataclasses import replace

import formats_strategies as make
import pytest

from pipeline.errors import SanwenError
from pipeline.formats import docx, html, md, txt
from pipeline.model import Article, Kind, Locale, Unit
from pipeline.text import tags

CHINA = Locale("zh_CN", "zh-Hans", "简体中文", "简体", (), "")
TAIWAN = Locale("zh_TW", "zh-Hant-TW", "繁體中文", "繁體", (), "")
SENTENCE = "The U.S. policy is clear, said Mr. Xi in 2014. "
TEXT = "<w:p><w:r><w:t>Hello there.</w:t></w:r></w:p>"


def translated(article: Article, target: str) -> Article:
    parts = tuple(replace(part, target=target) if isinstance(part, Unit) else part for part in article.parts)
    return replace(article, parts=parts)


@pytest.mark.parametrize(
    ("module", "data"),
    [
        (txt, b"T\n\n" + SENTENCE.encode() * 8_000),
        (txt, b"\n" * 300_000),
        (txt, b"a" * 1_000_000),
        (txt, b" " * 999_000 + b"x"),
        (txt, b"- a b c d\n" * 3_000),
        (md, b"[" * 5_000),
        (md, b"**a " * 10_000),
        (md, b"`a ``b " * 3_000),
        (md, b">" * 5_000 + b"a"),
        (md, b"<a " * 10_000),
        (md, b"![a" * 2_000),
        (md, b"[a](b) " * 8_000),
        (md, b"[a][" * 8_000),
        (md, b"*a _b~~c " * 5_000 + b"d* " * 5_000),
        (md, b"# a" + b" " * 200_000 + b"b"),
        (md, b"".join(b"  " * depth + b"- a\n" + b"  " * depth + b"+ b\n" for depth in range(60))),
        (md, b"> # a\nfoo\n" * 4_000),
        (md, b"".join(b"[a%d]: b\n" % number for number in range(10_000))),
        (md, b"| a | b |\n|--|--|\n" + b"| c d | e f |\n" * 1_000),
        (html, b"<div>" * 10_000 + b"<p>Hello there world</p>" + b"</div>" * 10_000),
        (html, b"<p>" + b"<b>x " * 10_000),
        (html, b"<a x=\"' " * 50_000),
        (html, b"<!-" * 200_000),
        (html, b"<" * 500_000 + b"x"),
        (html, b"&" * 500_000),
        (html, b"<script>" * 50_000),
        (html, b"<p>x</b></i>" * 2_000),
        (html, b"<table><tr><td>" * 2_000 + b"Text here"),
        (html, b"<b><i>word </b></i>" * 5_000),
        (html, b"<p>" + b"One <b>two. Three</b> four. " * 2_000),
        (html, b"<code>" * 20_000),
    ],
    ids=lambda value: str(value[:24]) if isinstance(value, bytes) else value.__name__.rsplit(".", 1)[1],
)
def test_time_grows_with_size_alone(module, data):
    start = time.perf_counter()
    article = module.read(data, "a")
    assert module.write(article) == data
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("module", [md, txt], ids=["md", "txt"])
def test_a_line_that_no_person_wrote_is_named(module):
    with pytest.raises(SanwenError, match=r"a:3: .* characters.*Break it into paragraphs"):
        module.read(b"Title\n\n" + b"x" * 1_000_001 + b"\n", "a")


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "data",
    [
        page("<p>Policy <b>is <i>clear</b> here.</i> And more"),
        page("<table><tr><td><table><tr><td>Nested text is here.</table></table>"),
        b"Plain words without any markup at all.",
        page("<p>Before <![CDATA[ x ]]> after the section.</p>"),
        page("<!--[if IE]><p>old</p><![endif]--><p>This is new text.</p>"),
        page("<p>Unclosed comment is next. <!-- gone"),
        page("<p>Unclosed tag is next. <a href='x"),
        page("<nav><p>All of the text is in the menu, for want of any other place.</p></nav>"),
    ],
)
def test_broken_pages_still_give_their_text(data):
    article = html.read(data, "a.html")
    assert article.units()
    assert html.write(article) == data
    parts = [
        replace(part, target="中文" + "".join(tags.names(part.source))) if isinstance(part, Unit) else part
        for part in article.parts
    ]
    written = html.write(replace(article, parts=tuple(parts))).decode()
    assert written.count("中文") == len(article.units())


def test_a_page_in_another_encoding_becomes_utf8_when_translated():
    text = '<html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"></head><p>“Détente” is here.</p>'
    data = text.encode("cp1252")
    article = html.read(data, "a.html")
    assert [unit.source for unit in article.units()] == ["“Détente” is here."]
    assert html.write(article) == data
    written = html.write(translated(article, "“缓和”在此。"), CHINA).decode("utf-8")
    assert "charset=utf-8" in written
    assert '<html lang="zh-Hans">' in written
    assert "<p>“缓和”在此。</p>" in written


def test_a_page_that_lies_about_its_encoding_is_refused():
    data = '<meta charset="utf-8"><p>Russia’s “deal” is near, they say.</p>'.encode("cp1252")
    with pytest.raises(SanwenError, match="encoded in Windows-1252, not in UTF-8"):
        html.read(data, "a.html")


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("<html>", '<html lang="zh-Hant-TW">'),
        ("<html dir=ltr lang=en class=x>", '<html dir=ltr lang="zh-Hant-TW" class=x>'),
        ("<HTML lang='en' xml:lang=\"en\">", '<HTML lang="zh-Hant-TW" xml:lang="zh-Hant-TW">'),
    ],
)
def test_the_language_of_a_page_is_set(tag, written):
    article = html.read(f"{tag}<body><p>Text is here.</p>".encode(), "a.html")
    assert html.write(article, TAIWAN).decode().startswith(written)


def test_attributes_are_quoted_when_written():
    data = page(
        "<p>Body text is here.</p><img alt=Map src=x><img alt='It&#39;s' src=y>",
        "<meta name=description content=Short>",
    )
    article = html.read(data, "a.html")
    assert [(u.kind, u.source) for u in article.units()] == [
        (Kind.META, "Short"),
        (Kind.SENTENCE, "Body text is here."),
        (Kind.CAPTION, "Map"),
        (Kind.CAPTION, "It's"),
    ]
    written = html.write(translated(article, "“甲\" & '乙'<")).decode()
    assert "content=\"“甲&quot; &amp; '乙'&lt;\">" in written
    assert "alt='“甲\" &amp; &#39;乙&#39;&lt;'" in written


def zipped(**members: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name, text)
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    """The same zip with the encryption bit set everywhere."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            flags = struct.unpack_from("<H", changed, place + offset)[0]
            struct.pack_into("<H", changed, place + offset, flags | 1)
            place = changed.find(signature, place + 4)
    return bytes(changed)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
GOOD = make.docx_file(TEXT)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE, "old .doc file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (b"plain text", "no DOCX file"),
        (GOOD[: len(GOOD) // 2], "no DOCX file, or it is cut off"),
        (encrypted(GOOD), "encrypted"),
        (zipped(a="b"), "zip archive, but no DOCX file"),
        (zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "no Word document"),
        (make.docx_file(TEXT + "<w:p>"), "broken XML"),
        (
            zipped(**{"[Content_Types].xml": "<T/>", "word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "entities",
        ),
        (zipped(**{"[Content_Types].xml": "<T/>", "word/document.xml": "<x/>".encode("utf-16")}), "not in UTF-8"),
        (make.docx_file("<w:ins>" * 400 + "</w:ins>" * 400), "broken XML"),
        (
            GOOD.replace(b"Hello", b"Hxllo") if b"Hello" in GOOD else GOOD[:60] + b"\xff" + GOOD[61:],
            "no DOCX file|damaged",
        ),
    ],
)
def test_what_is_no_sound_docx_is_refused(data, said):
    with pytest.raises(SanwenError, match=said):
        docx.read(data, "a.docx")


def test_a_zip_bomb_is_refused_without_unpacking_it(monkeypatch):
    from pipeline.formats import _docx_package

    monkeypatch.setattr(_docx_package, "_UNPACKED", 1_000_000)
    bomb = make.docx_file(TEXT, **{"word/media/bomb": "0" * 2_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(SanwenError, match="absurd size"):
        docx.read(bomb, "a.docx")


def test_a_member_that_is_larger_than_it_says_is_refused(monkeypatch):
    from pipeline.formats import _docx_package

    monkeypatch.setattr(_docx_package, "_XML", 1_000)
    with pytest.raises(SanwenError, match="unpacks to more than"):
        docx.read(make.docx_file(TEXT * 100), "a.docx")


def test_other_members_of_a_docx_are_kept_and_in_order():
    article = docx.read(GOOD, "a.docx")
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (GOOD, docx.write(translated(article, "你好。"), CHINA)))
    for one, other in zip(old.infolist(), new.infolist(), strict=True):
        assert (one.filename, one.compress_type, one.date_time) == (
            other.filename,
            other.compress_type,
            other.date_time,
        )
        assert (old.read(one) == new.read(other)) is (one.filename != "word/document.xml")


def test_word_itself_would_read_what_was_written():
    """python-docx, which knows the schema, reads the translation, its formatting and its language."""
    docx_library = pytest.importorskip("docx")
    document = docx_library.Document()
    document.core_properties.title = "A report"
    paragraph = document.add_paragraph("The U.S. is ")
    paragraph.add_run("very").bold = True
    paragraph.add_run(" big.")
    out = io.BytesIO()
    document.save(out)
    article = docx.read(out.getvalue(), "a.docx")
    assert [unit.source for unit in article.units()][:1] == ["The U.S. is <b1>very</b1> big."]
    parts = [replace(p, target="美国<b1>非常</b1>大。") if p in article.units()[:1] else p for p in article.parts]
    written = docx_library.Document(io.BytesIO(docx.write(replace(article, parts=tuple(parts)), TAIWAN)))
    runs = written.paragraphs[0].runs
    assert [(run.text, bool(run.bold)) for run in runs] == [("美国", False), ("非常", True), ("大。", False)]
    assert all('w:eastAsia="zh-TW"' in run._r.xml and 'w:eastAsia="PMingLiU"' in run._r.xml for run in runs)
    assert written.core_properties.title == "A report"
