"""Hypothesis strategies for articles of every format, sound and broken; imported by the tests of the formats."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from pipeline.model import Article, Unit
from pipeline.text import tags

WORDS = st.sampled_from(
    [
        "The", "U.S.", "policy", "of", "Beijing", "is", "clear", "in", "2014.[1]", "Washington,", "D.C.", "They", "said",
        "“no”", "(yes)", "a.m.", "Mr.", "Xi", "détente", "—", "R&D", "<a1>", "&lt;", "x<y", "AT&T", "end.", "Stop!", "Why?",
        "…", "naïve", "10%", "$5", "`c`", "*", "_", "**b**", "[x]", "~~", "|", "#", "1.", "-", "\u00a0", "\u00ad", "中", "😀",
    ]
)  # fmt: skip
SPACES = st.sampled_from([" ", " ", " ", "  ", "\t", "\u00a0"])
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])


@st.composite
def sentences(draw, most=14):
    words = draw(st.lists(WORDS, min_size=1, max_size=most))
    return "".join(word + draw(SPACES) for word in words).rstrip() if draw(st.booleans()) else " ".join(words)


@st.composite
def joined(draw, pieces):
    """Pieces with line ends between them, of one sort or mixed, and perhaps a byte order mark."""
    end = draw(st.one_of(ENDS.map(st.just), st.just(ENDS)))
    text = "".join(
        piece + draw(end) * draw(st.integers(0, 3)) for piece in draw(st.lists(pieces, min_size=1, max_size=12))
    )
    return ("\ufeff" if draw(st.booleans()) else "") + text


TXT_LINES = st.one_of(
    sentences(),
    sentences(most=60),
    st.sampled_from(
        [
            "Language : English 简体 繁體", "Foreign Policy", "Is a Détente Imminent?", "Jan 16 , 2017", "  • Sun Chenghao",
            "    Research Fellow, China Institutes", "By Jane Doe | Jan. 16, 2017", "You might also like", "Back to Top",
            "Share", "* * *", "===", "[1] A note.", "> quoted", "1. one", "- item", "THE PAST", "Notes", "\t", "   ", "\x0c",
        ]
    ),
    st.text(max_size=60).filter(lambda t: "\0" not in t),
)  # fmt: skip

MD_LINES = st.one_of(
    sentences(),
    st.sampled_from(
        [
            "---", 'title: "A b"', "# Heading *one* ##", "Setext", "===", "> quote", "> - item", "- [ ] task", "1. first",
            "   para", "    code", "```", "| a | b |", "|---|---|", "| c `x` | **d** |", '[ref]: http://x.y "T"', "[^1]: Note.",
            'See [ref] and [x](y "t") and [ref][].', "![Alt text](p.png)", "<div>", "</div>", "<!-- c -->", "**bold. Two**",
            "*a **b** c*", "***x***", "hard  ", "break\\", "text[^1] here", "<b>x</b> &amp; \\*", "~~no~~ <http://a.b>", "`a", "b`",
            "[a", "b](c)", "***", "+ x", "2) y", "\t- tab", "\ttab", "| x", "a|b", "", "  ", "_i_", "[[[", "]]]", "](", "![",
        ]
    ),
    st.text(max_size=40).filter(lambda t: "\0" not in t),
)  # fmt: skip

HTML_PIECES = st.one_of(
    sentences().map(escape),
    st.sampled_from(
        [
            "<p>", "</p>", "<div class='body'>", "</div>", "<h1>", "</h1>", "<h2>", "</h2>", "<b>", "</b>", "<i>", "</i>",
            "<a href='x'>", "</a>", "<br>", "<br/>", '<img src=a alt="A picture">', "<img alt=photo>", "<ul><li>", "</li></ul>",
            "<li>", "<table><tr><td>", "<td>", "</table>", "<blockquote>", "</blockquote>", "<script>if (a<b) '</p>'</script>",
            "<style>p{}</style>", "<!-- c -->", "<!--[if IE]><p>x</p><![endif]-->", "<![CDATA[x]]>", "<!DOCTYPE html>",
            "<html lang=en>", "<head><title>T &amp; x</title>", "<meta name=description content='D e'>", "</head>", "<body>",
            "</body>", "</html>", "<nav>", "</nav>", "<sup>1</sup>", "<code>a.b</code>", "<code>", "</code>", "<sup>", "<figure>",
            "<figcaption>", "<", ">", "<<", "</", "<a b='", "<!--", "&", "&nbsp;", "&#8217;", "&#xD800;", "&bogus;", "&copy2",
            "<article>", "</article>", "<footer>", "<pre> x\n</pre>", "<svg><text>t</text></svg>", "<o:p></o:p>", "<span></span>",
        ]
    ),
    st.text(max_size=30).filter(lambda t: "\0" not in t),
)  # fmt: skip

PROPERTIES = st.sampled_from(
    ["", "", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>", "<w:rPr/>", '<w:rPr><w:lang w:val="en-US"/></w:rPr>',
     '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>', '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>',
     '<w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>',
     '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>']
)  # fmt: skip


def xml_text(text: str) -> str:
    return escape("".join(c for c in text if c >= " " or c == "\t"))


@st.composite
def docx_runs(draw):
    properties = draw(PROPERTIES)
    inner = draw(
        st.lists(
            st.one_of(
                sentences(most=6).map(lambda t: f'<w:t xml:space="preserve">{xml_text(t)} </w:t>'),
                sentences(most=3).map(lambda t: f"<w:t>{xml_text(t)}</w:t>"),
                st.sampled_from(
                    ["<w:tab/>", "<w:br/>", '<w:footnoteReference w:id="2"/>', "<w:t/>", "<w:t></w:t>", "<w:noBreakHyphen/>",
                     "<w:softHyphen/>", "<w:lastRenderedPageBreak/>", '<w:commentReference w:id="0"/>', "<w:drawing><a/></w:drawing>"]
                ),
            ),
            max_size=3,
        )
    )  # fmt: skip
    return f"<w:r>{properties}{''.join(inner)}</w:r>"


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return mark("begin") + f"<w:r><w:instrText> {code} </w:instrText></w:r>" + mark("separate") + result + mark("end")


def inline(runs):
    inner = st.lists(runs, max_size=3).map("".join)
    return st.one_of(
        inner.map(lambda x: f'<w:hyperlink r:id="rId1">{x}</w:hyperlink>'),
        inner.map(lambda x: f'<w:ins w:id="3" w:author="A">{x}</w:ins>'),
        inner.map(lambda x: f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{x}</w:sdtContent></w:sdt>"),
        inner.map(lambda x: f"<w:smartTag>{x}</w:smartTag>"),
        inner.map(lambda x: field('HYPERLINK "http://a.b"', x)),
        inner.map(lambda x: field("PAGE", x)),
        inner.map(lambda x: f'<w:fldSimple w:instr="DATE">{x}</w:fldSimple>'),
    )


PARTS = st.recursive(docx_runs(), inline, max_leaves=5)
DOCX_PARAGRAPHS = st.builds(
    lambda style, parts: f"<w:p>{style}{''.join(parts)}</w:p>",
    st.sampled_from(["", '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', "<w:pPr><w:numPr/></w:pPr>", '<w:pPr><w:pStyle w:val="Title"/></w:pPr>']),
    st.lists(
        st.one_of(
            PARTS,
            st.sampled_from(
                ['<w:bookmarkStart w:id="7" w:name="b"/>', '<w:bookmarkEnd w:id="7"/>', "<w:proofErr/>", '<w:commentRangeStart w:id="0"/>',
                 "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", "<m:oMath><m:r/></m:oMath>",
                 "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box. Two.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"]
            ),
        ),
        max_size=6,
    ),
)  # fmt: skip

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def docx_file(body: str, **members: str) -> bytes:
    """A DOCX file around the content of a body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/media/picture.png", b"\x89PNG\r\n", zipfile.ZIP_STORED)
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>\r\n<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>',
        )
        for name, text in members.items():
            package.writestr(name, text)
    return out.getvalue()


DOCX_BODIES = st.lists(DOCX_PARAGRAPHS, min_size=1, max_size=5).map("".join)

CHINESE = st.sampled_from(
    [
        "中国",
        "“重启”",
        "美国政策。",
        "《公报》",
        "和 NATO ",
        "（二）",
        "A*b_c",
        "<一>",
        "1. 第",
        "#",
        "[x]",
        "&amp;",
        "|",
        "好！",
        "\\",
    ]
)


@st.composite
def targets(draw, source):
    """A translation with the source's tags: its text Chinese, its top-level pieces in any order."""
    groups: list[str] = []
    depth = 0
    for piece in tags.split(source):
        if piece.role is tags.Role.TEXT:
            shown = tags.escape(draw(CHINESE)) if any(map(str.isalnum, piece.text)) else piece.text
        else:
            shown = piece.text
        if depth and groups:
            groups[-1] += shown
        else:
            groups.append(shown)
        depth += (piece.role is tags.Role.OPEN) - (piece.role is tags.Role.CLOSE)
    text = "".join(draw(st.permutations(groups)))
    return text if tags.strip(text).strip() else text + "中"


@st.composite
def translated(draw, article: Article, share=0.8):
    """The article with targets for most of its units."""
    parts = []
    for part in article.parts:
        if isinstance(part, Unit) and draw(st.floats(0, 1)) < share:
            parts.append(replace(part, target=draw(targets(part.source))))
        else:
            parts.append(part)
    return replace(article, parts=tuple(parts))
