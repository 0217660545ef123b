"""Every check is documented and fires on its bad examples and not on its good ones, in its case file and in the docs."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks
from pipeline.model import Kind, Locale, Mark, Term, TermHit, Unit, Use

CASES = Path(__file__).parent / "cases" / "checks"
PAGE = (Path(__file__).parents[1] / "docs" / "checks.md").read_text("utf-8")
RULES = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
LOCALES = {
    code: Locale(code, tag, code, code, stages=(), folder="")
    for code, tag in (("zh_CN", "zh-Hans"), ("zh_TW", "zh-Hant-TW"), ("zh_HK", "zh-Hant-HK"))
}
KINDS = {kind.value: kind for kind in Kind}


def run(rule, unit, locale):
    module = importlib.import_module(f"pipeline.checks.{rule.replace('-', '_')}")
    return list(module.check(unit, locale))


def blocks(text):
    """(good or bad, locale, unit) of blocks of three lines: `bad [options]`, source, target; # begins a comment."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    starts = [i for i, line in enumerate(lines) if re.fullmatch(r"(bad|good)( \[.*\])?", line)]
    for i in starts:
        verdict, _, options = lines[i].partition(" ")
        source, target = (
            line.encode("ascii", "backslashreplace").decode("unicode_escape") for line in lines[i + 1 : i + 3]
        )
        locale, kind, terms = LOCALES["zh_CN"], Kind.SENTENCE, []
        for option in filter(None, options.strip("[]").split(", ")):
            if option in LOCALES:
                locale = LOCALES[option]
            elif option in KINDS:
                kind = KINDS[option]
            else:
                use, _, term = option.partition(" ")
                name, _, forms = term.partition("=")
                wanted, _, forbidden = forms.partition("!")
                entry = Term(name, {locale.code: (wanted,)}, {locale.code: (forbidden,)} if forbidden else {})
                at = source.index(name)
                terms.append(
                    TermHit(at, at + len(name), entry, wanted, {"missing": Use.MISSING, "term": Use.KEPT}[use])
                )
        names = dict.fromkeys(re.findall(r"<([a-z]+\d+)/?>", source))
        marks = tuple(Mark(n, "<", ">" if f"</{n}>" in source else None) for n in names)
        yield verdict, locale, Unit(source, source, kind=kind, marks=marks, target=target, terms=tuple(terms))


def sections():
    return dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def examples():
    for rule in RULES:
        texts = {"cases": (CASES / f"{rule}.txt").read_text("utf-8"), "docs": sections()[rule.replace("_", "-")]}
        for where, text in texts.items():
            for i, block in enumerate(blocks(text)):
                yield pytest.param(rule, *block, id=f"{rule}-{where}-{i}-{block[0]}")


@pytest.mark.parametrize(("rule", "verdict", "locale", "unit"), list(examples()))
def test_bad_is_found_and_good_is_not(rule, verdict, locale, unit):
    found = run(rule, unit, locale)
    assert bool(found) == (verdict == "bad"), found
    assert all(finding.rule == rule.replace("_", "-") and finding.message for finding in found)


@pytest.mark.parametrize(
    ("rule", "verdict", "locale", "unit"), [p for p in examples() if p.values[1] == "good" and "docs" in p.id]
)
def test_what_the_page_calls_good_pleases_every_check(rule, verdict, locale, unit):
    assert [finding for other in RULES for finding in run(other, unit, locale)] == []


@pytest.mark.parametrize("rule", RULES)
def test_every_check_is_documented(rule):
    body = sections()[rule.replace("_", "-")]
    for part in ("**What.**", "**Why.**", "**Remedy.**"):
        assert part in body
    for text in (body, (CASES / f"{rule}.txt").read_text("utf-8")):
        assert {verdict for verdict, *_ in blocks(text)} == {"bad", "good"}
    assert importlib.import_module(f"pipeline.checks.{rule}").__doc__.strip()


def test_every_section_and_case_file_has_its_check():
    assert sorted(title.replace("-", "_") for title in sections()) == RULES
    assert sorted(path.stem for path in CASES.glob("*.txt")) == RULES


TEXT = st.text(max_size=40) | st.text("“”‘’《》<a1>/（）。，.?! \u200b\ud800天\0", max_size=30)


@settings(deadline=None)
@given(TEXT, TEXT, st.sampled_from(sorted(LOCALES)), st.sampled_from(list(Kind)))
def test_no_text_is_too_odd(source, target, locale, kind):
    unit = Unit(source, source, kind=kind, target=target, marks=(Mark("a1", "<a>", "</a>"),))
    for rule in RULES:
        for finding in run(rule, unit, LOCALES[locale]):
            assert "\n" not in finding.message or "\n" in source + target
