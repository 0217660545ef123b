"""What of a written article comes through to the trilingual page: golden cases, and properties for hostile pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.page import spans
from pipeline.page.bodies.html import body, fragment
from pipeline.page.clean import clean
from pipeline.page.links import safe_href, safe_image
from pipeline.page.markers import CLOSING, opening

CASES = (Path(__file__).parent / "cases" / "page" / "clean.txt").read_text("utf-8").split("\n=== ")[1:]
BODY = range(1, 9)


def marked(text: str) -> str:
    return re.sub(r"⟦(\d+) ", lambda match: opening(int(match[1])), text).replace("⟧", CLOSING)


def cleaned(text: str) -> str:
    result = clean(body(marked(text).encode(), "utf-8"), BODY, keep_ids="en-")
    spans.place(result, lambda _: {})
    return "\n".join(html.tostring(block, encoding="unicode", with_tail=False) for block in result)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.partition("\n")[0])
def test_case(case: str) -> None:
    given_text, _, wanted = case.partition("\n")[2].partition("\n--->\n")
    assert cleaned(given_text) == wanted.strip()


ALLOWED = {
    *(
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
    ),
    *(
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "strong",
        "em",
        "cite",
        "q",
        "code",
        "kbd",
        "samp",
    ),
    *("sup", "sub", "s", "del", "ins", "u", "mark", "small", "abbr", "dfn", "var", "a", "span", "br", "img"),
}
ATTRIBUTES = {"href", "src", "alt", "id", "class", "colspan", "rowspan", "start", "data-unit"}
PIECES = st.sampled_from(
    (
        *(
            "<script>x</script>",
            "<img src=x onerror=y>",
            "<a href='javascript:x'>",
            "</a>",
            "<p>",
            "</p>",
            "<div onclick=z>",
        ),
        *(
            "</div>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<li>",
            "<ul>",
            "</ul>",
            "<svg onload=x>",
            "</svg>",
            "<math>",
        ),
        *(
            "<style>*{}</style>",
            "<b>",
            "</b>",
            "&lt;script&gt;",
            "text",
            "⟦1 ",
            "⟧",
            "⟦2 ",
            "<h1>",
            "</h1>",
            "<!--",
            "-->",
        ),
        *("<![CDATA[", "]]>", "<base href=//x>", "<meta http-equiv=refresh>", "<a href=' data:text/html,x'>"),
        *("<p>⟦3 words⟧", "<template>", "</template>", "<noscript>", "<plaintext>", "<textarea>", "<title>"),
        *("\x00", "\x1b", "\ud800", "\U000f0010", "\uffff"),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_only_what_is_allowed_comes_through(text: str) -> None:
    tree = fragment(cleaned(text.encode("utf-8", "replace").decode("utf-8")))
    for element in tree.iterdescendants():
        assert element.tag in ALLOWED
        assert set(element.keys()) <= ATTRIBUTES
        assert not re.match(r"(?i)\s*(javascript|data|vbscript):", element.get("href", ""))


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://example.org/a b", "https://example.org/ab"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("mailto:a@example.org?subject=x", "mailto:a@example.org?subject=x"),
        ("../data/x.csv", "../data/x.csv"),
        ("/path:with/colon", "/path:with/colon"),
        ("?a:b", "?a:b"),
        ("#note-1", "#en-note-1"),
        ("#", ""),
        ("javascript:alert(1)", ""),
        (" \x01JaVaScRiPt:alert(1)", ""),
        ("java\tscript\n:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("blob:x", ""),
    ],
)
def test_addresses(address: str, wanted: str) -> None:
    assert safe_href(address, "en-") == wanted


def test_pictures_are_never_fetched() -> None:
    assert safe_image("https://example.org/a.png") == ""
    assert safe_image("a.png") == ""
    assert safe_image("data:text/html;base64,AAAA") == ""
    assert safe_image("data:image/png;base64,AA\nAA") == "data:image/png;base64,AAAA"
