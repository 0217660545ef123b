"""Golden cases of the formats: an input, its units as a reader would list them, and perhaps a translation written back.

A case file holds `=== input <format>` and `=== units` (kind, line, source), and may go on with `=== targets` (a line a
unit, "-" for none) and `=== written`, the file that comes of them. Set SANWEN_CASES=write to write the units anew.
"""

from __future__ import annotations

import importlib
import io
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import formats_strategies as make
import pytest

from pipeline.model import Article, Kind, Locale, Unit

CASES = sorted((Path(__file__).parent / "cases" / "formats").glob("*.txt"))
CHINA = Locale("zh_CN", "zh-Hans", "简体中文", "简体", (), "")


def sections(path: Path) -> dict[str, str]:
    pieces = re.split(r"^=== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def dump(article: Article) -> str:
    return "".join(f"{unit.kind:<11} {unit.line:>3} | {unit.source}\n" for unit in article.units())


def with_targets(article: Article, lines: list[str]) -> Article:
    targets = iter(["" if line == "-" else line for line in lines])
    parts = tuple(replace(part, target=next(targets)) if isinstance(part, Unit) else part for part in article.parts)
    assert next(targets, None) is None, "more targets than units"
    return replace(article, parts=parts)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path):
    case = sections(path)
    name = next(key for key in case if key.startswith("input ")).removeprefix("input ")
    module = importlib.import_module(f"pipeline.formats.{name}")
    source = case[f"input {name}"]
    data = make.docx_file(source) if name == "docx" else source.encode()
    article = module.read(data, f"article.{name}")
    assert module.write(article) == data
    written = {"units": dump(article)}
    if "targets" in case:
        made = module.write(with_targets(article, case["targets"].splitlines()), CHINA)
        written["written"] = (
            zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml") if name == "docx" else made
        ).decode()
    if os.environ.get("SANWEN_CASES") == "write":
        text = path.read_text(encoding="utf-8").split("=== ", 1)[0]
        text += "".join(f"=== {key}\n{written.get(key, old)}" for key, old in case.items())
        path.write_text(text, encoding="utf-8")
        return
    for key, found in written.items():
        assert found == case[key]


def test_every_format_has_a_case():
    """A new format comes with a page of the policy site's layout."""
    from pipeline import plugins

    for name in plugins.names("formats"):
        if hasattr(importlib.import_module(f"pipeline.formats.{name}"), "EXTENSIONS"):
            assert (CASES[0].parent / f"{name}-policy-site.txt").is_file(), name


@pytest.mark.shared
def test_the_real_article(shared):
    path = shared / "articles" / "us-russia-detente.txt"
    from pipeline.formats import txt

    article = txt.read(path.read_bytes(), str(path))
    units = article.units()
    assert [(unit.kind, unit.line) for unit in units[:5]] == [
        (Kind.SECTION, 2),
        (Kind.TITLE, 4),
        (Kind.DATE, 6),
        (Kind.AUTHOR, 7),
        (Kind.AFFILIATION, 9),
    ]
    assert units[3].source == "Sun Chenghao"
    assert {unit.kind for unit in units[5:]} == {Kind.SENTENCE}
    assert len({unit.paragraph for unit in units[5:]}) == 12
    assert "You might also like\nBack to Top" in str(article.parts[-1])
    assert txt.write(article) == path.read_bytes()
