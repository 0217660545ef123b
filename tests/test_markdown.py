"""Markdown's tokens and their places: what CommonMark says, where mistletoe on its own says otherwise too."""

from __future__ import annotations

import html as standard
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from mistletoe import block_token, core_tokens, span_token, token

from pipeline.errors import SanwenError
from pipeline.formats import md
from pipeline.model import Unit
from pipeline.page.bodies.md import body
from pipeline.text.markdown.document import Document, walk
from pipeline.text.markdown.spans import spans

SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def outline(text: str) -> list[str]:
    """The blocks of a text, each with the depth at which it stands, its line and its content."""
    return [
        f"{'  ' * len(around)}{type(block).__name__} {block.line_number} {getattr(block, 'content', '')!r}"
        for block, around in walk(Document(text.splitlines()))
        if not isinstance(block, block_token.TableRow | block_token.ListItem)
    ]


def found(text: str, definitions: dict[str, tuple[str, str]] | None = None) -> list[tuple[str, str]]:
    return [(each.cls.__name__, text[each.start : each.end]) for each in spans(text, definitions or {})]


def units(text: str) -> list[str]:
    article = md.read(text.encode(), "a.md")
    assert md.write(article) == text.encode()
    return [unit.source for unit in article.units()]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("> Title\n> =====\n", ["Quote 1 ''", "  SetextHeading 1 'Title'"]),
        ("> # Title\ntext\n", ["Quote 1 ''", "  Heading 1 'Title'", "Paragraph 2 'text'"]),
        ("> text\nlazy\n---\n", ["Quote 1 ''", "  Paragraph 1 'text\\nlazy'", "ThematicBreak 3 ''"]),
        ("> a >\tb\n", ["Quote 1 ''", "  Paragraph 1 'a >\\tb'"]),
        ("(one\n) two\n", ["Paragraph 1 '(one\\n) two'"]),
        ("in\n2014. It\n", ["Paragraph 1 'in\\n2014. It'"]),
        ("-\n  one\n\n  two\n", ["List 1 ''", "    Paragraph 2 'one'", "    Paragraph 4 'two'"]),
        ("- a\n\tb\n\n\tc\n", ["List 1 ''", "    Paragraph 1 'a\\nb'", "    Paragraph 4 'c'"]),
        ("```\n```python\ncode\n```\ntext\n", ["CodeFence 1 '```python\\ncode\\n'", "Paragraph 5 'text'"]),
        ("a | b\n---\n", ["SetextHeading 1 'a | b'"]),
        ("\u00a0\n\n\u00a0 a\n", ["Paragraph 1 '\\xa0'", "Paragraph 3 '\\xa0 a'"]),
        ("\u00a0<div>text</div>\n", ["Paragraph 1 '\\xa0<div>text</div>'"]),
        ("# a #b #\n", ["Heading 1 'a #b'"]),
        ("<PRE>\n\ntext</pre>\nmore\n", ["HtmlBlock 1 '<PRE>\\n\\ntext</pre>'", "Paragraph 4 'more'"]),
        ("[^1]: one\n    two\n\n    three\nfour\n", ["Note 1 ''", "  Paragraph 1 'one\\ntwo'", "  Paragraph 4 'three\\nfour'"]),
        ("text\n[^1]: note\n", ["Paragraph 1 'text'", "Note 2 ''", "  Paragraph 2 'note'"]),
        ('[a]: <b c>\n  "d\n  e"\ntext\n', ["Paragraph 4 'text'"]),
    ],
)  # fmt: skip
def test_blocks(text, blocks):
    assert outline(text) == blocks


def test_definitions_are_those_of_the_whole_text():
    document = Document(['> [One]: <b c> "d &amp; e"', "", "- [two]: x\\*y?a=1&copy=2", "  [ONE]: other"])
    assert document.footnotes == {"one": ("b c", "d & e"), "two": ("x*y?a=1&copy=2", "")}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a *b **c** d*", [("Emphasis", "*b **c** d*"), ("Strong", "**c**")]),
        ("***a** b*", [("Emphasis", "***a** b*"), ("Strong", "**a**")]),
        ("*a `b* c` d*", [("Emphasis", "*a `b* c` d*"), ("InlineCode", "`b* c`")]),
        ('*a <i title="*"> b*', [("Emphasis", '*a <i title="*"> b*'), ("HtmlSpan", '<i title="*">')]),
        ("~~a `b~~ c` d~~", [("Strikethrough", "~~a `b~~ c` d~~"), ("InlineCode", "`b~~ c`")]),
        ("~~ a ~~ b ~c~", []),
        (r"\\`a` \`b`", [("EscapeSequence", r"\\"), ("InlineCode", "`a`"), ("EscapeSequence", r"\`")]),
        ("!`a`[b](c)", [("InlineCode", "`a`"), ("Link", "[b](c)")]),
        ("[a](b(c)d) [e](f(g)", [("Link", "[a](b(c)d)")]),
        ("[a [b](c) d](e)", [("Link", "[b](c)")]),
        ("[R] [r][] [x][R] [R][x]", [("Link", "[R]"), ("Link", "[r][]"), ("Link", "[x][R]")]),
        # a label ends at its first bracket, within code or not, and what it follows is no reference of its own
        ("[r][a`b](c)` d", [("InlineCode", "`b](c)`")]),
        ("[a[^1] b](c) no![^2]", [("Link", "[a[^1] b](c)"), ("FootnoteReference", "[^1]"), ("FootnoteReference", "[^2]")]),
        ("![a *b*](c)", [("Image", "![a *b*](c)"), ("Emphasis", "*b*")]),
        ("&amp; &copyright; &#228;", [("Entity", "&amp;"), ("Entity", "&#228;")]),
        ("a  \nb \\\nc\nd", [("LineBreak", "  \n"), ("LineBreak", " \\\n"), ("LineBreak", "\n")]),
        ("<http://a.b/_c_> <a\n@b.c>", [("AutoLink", "<http://a.b/_c_>"), ("LineBreak", "\n")]),
        ("他说**“重启”**是 **重启**是", [("Strong", "**重启**")]),
    ],
)  # fmt: skip
def test_inline_tokens(text, tokens):
    assert found(text, {"r": ("x", "")}) == tokens


def test_what_a_translator_reads():
    assert units("See [the report[^1] of May](x), now.\n") == ["See <a1>the report<x2/> of May</a1>, now."]
    assert units("![A map\nof <b>Asia</b>](x)\n") == ["A map of Asia"]
    assert units("- | One | Two |\n  |-----|-----|\n  | Three | Four |\n") == ["One", "Two", "Three", "Four"]
    assert units("| One | Two |\u00a0\n|---|---|\n\u00a0| Three |\u00a0Four\u00a0|\n") == [
        "One",
        "Two",
        "Three",
        "Four",
    ]
    assert units("#\n\nOne two. Three four.\n") == ["One two.", "Three four."]


@pytest.mark.parametrize(
    ("source", "target", "written"),
    [
        ("One\n---\n", "甲|乙", "甲&#124;乙\n---\n"),
        ("One *is*.\r\n  ---  \r\n", "甲<i1>乙|丙</i1>", "甲*乙&#124;丙*\r\n  ---  \r\n"),
        ("> One\n> ---", "|", "> &#124;\n> ---"),
        ("# One\n\n---\n", "甲|乙", "# 甲|乙\n\n---\n"),
        ("One\n===\n", "甲|乙", "甲|乙\n===\n"),
    ],
)
def test_a_bar_makes_no_table_of_a_heading(source, target, written):
    article = md.read(source.encode(), "a.md")
    parts = tuple(replace(part, target=target) if isinstance(part, Unit) else part for part in article.parts)
    assert md.write(replace(article, parts=parts)).decode() == written
    assert b"<table" not in etree.tostring(body(written.encode(), "utf-8"))


def shape(tree) -> list[object]:
    """Elements with their addresses, and words, in order."""
    shown: list[object] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment")):
        if event == "comment":
            shown.append("comment")
        elif element.tag != "tbody":
            name = {"del": "s"}.get(element.tag, element.tag)
            shown.append((event, name, element.get("href"), element.get("src")))
        text = element.text if event == "start" else element.tail
        shown.extend((text or "").split())
    return shown


def check_same(text: str):
    """What the page shows is what markdown-it, by others and in another way, makes of the text."""
    other = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    assert shape(body(text.encode(), "utf-8")) == shape(html.fragment_fromstring(other, create_parent="div"))


MARKS = st.sampled_from(["*", "**", "_", "__", "~~", "***"])
ATOMS = st.sampled_from(
    ["word", "word ", " ", "“", "”", "。", "重", "€", "5", "a_b", "`x*y`", "``a ` b``", "`", "<http://a.b/c_d>", "<x@y.z>",
     "&amp;", "&copy;", "\\*", "\\[", "*", "**", "_", "~~", "~", "!", "<br>", "<!-- * -->", "\n", "  \n", "[x]", "[r]", "[r][]"]
)  # fmt: skip
INLINE = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5).map("".join),
        st.builds(lambda mark, text: mark + text + mark, MARKS, inner),
    ),
    max_leaves=12,
)
LINKED = st.builds(
    lambda before, text, after: (
        f"{before}[a{text}a](u(v) 't'){after}"
    ),  # letters: to the other, a bracket is no punctuation
    INLINE,
    INLINE.filter(lambda text: "[" not in text),
    INLINE,
)


CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
LABEL = re.compile(r"\[r\]\[[^\]]*\]")


def label_ends_in_code(text: str) -> bool:
    """Whether a label after a reference ends within code: the other skips that bracket, CommonMark and a case above do not."""
    codes = list(CODE.finditer(text))
    return any(
        label.start() < code.start() < label.end() - 1 < code.end() for label in LABEL.finditer(text) for code in codes
    )


@SETTINGS
@given(st.one_of(INLINE, LINKED))
def test_inline_tokens_are_those_of_another_parser(text):
    assume(not label_ends_in_code(text))
    check_same(f"a{text}a\n\n[r]: /url 'title'\n")


BLOCK_LINES = st.sampled_from(
    ["text", "text", "", "", "- item", "+ item", "1. item", "2. item", "10) item", "> quote", "> > quote", "> - item", "- > quote", "- - item",
     "  text", "   text", ">", "# Head", "## Head ##", "===", "---", "***", "```", "    code", "> ```", "| a | b |\n|---|:-:|\n| c |",
     "<div>", "</div>", "<!--", "-->", "[r]: /u", "- # Head", "  - item", "      text", "1. - item", "> # Head", "\ttext", "-\titem"]
)  # fmt: skip


@SETTINGS
@given(st.lists(BLOCK_LINES, min_size=1, max_size=12).map("\n".join))
def test_blocks_are_those_of_another_parser(text):
    check_same(f"\n{text}\n")  # an empty line first: no front matter


def state() -> object:
    """All that mistletoe changes, of its own and of the standard library's, while it parses and renders."""
    return (
        list(block_token._token_types), list(span_token._token_types), token._root_node, list(core_tokens._code_matches),
        standard._charref.pattern, block_token.Paragraph.parse_setext, block_token.Heading.content,
        block_token.CodeFence._open_info, block_token.HtmlBlock._end_cond,
    )  # fmt: skip


TEXT = "# One\n\n> two\n> ===\n\n```py\nx\n```\n\n<div>\n&amp; three\n</div>\n\n| a | b |\n|---|---|\n| `c` | [d] |\n\n[d]: e\n"


def test_nothing_global_changes():
    before = state()
    body(TEXT.encode(), "utf-8")
    md.read(TEXT.encode(), "a.md")
    assert state() == before


def test_threads_do_not_disturb_each_other():
    texts = [TEXT.replace("One", f"Head {number}").replace("```", "`" * (3 + number % 4)) for number in range(40)]
    alone = [json.dumps(outline(text)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: json.dumps(outline(text)), texts * 5)) == alone * 5


@pytest.mark.parametrize(
    "text",
    [
        ">" * 400 + "a",
        "- " * 400 + "a",
        "".join("  " * depth + "- a\n" for depth in range(300)),
        "*a **b " * 300 + "c** d*" * 300,
        "![" * 300 + "a" + "](x)" * 300,
    ],
    ids=["quotes", "bullets", "lists", "emphasis", "images"],
)
def test_depth_is_no_matter(text):
    units(text + "\n")
    assert body(text.encode(), "utf-8") is not None


@pytest.mark.parametrize(
    ("source", "target", "written"),
    [
        ("The<div>The", "<x1/>中国", None),
        ("- The<div>The", "<x1/>中国", None),
        ("The<div>The", "中国<x1/>", "中国<div>"),
        ("# The<div>The", "<x1/>中国", "# <div>中国"),
        ("The<span>The", "<x1/>中国", "<span>中国"),
    ],
)
def test_a_tag_moved_to_the_front_makes_no_block_of_html(source, target, written):
    article = md.read(source.encode(), "a.md")
    article = replace(
        article, parts=tuple(replace(p, target=target) if isinstance(p, Unit) else p for p in article.parts)
    )
    if written is None:
        with pytest.raises(SanwenError, match="renders"):
            md.write(article)
    else:
        assert md.write(article).decode() == written
