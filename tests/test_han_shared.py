"""Conversion measured on the developers' shared data; left out where that is missing."""

from __future__ import annotations

import difflib
import json
import time
from functools import cache
from pathlib import Path

import pytest

from pipeline.locale_data import load
from pipeline.text.han import Converter, back_converter, converter

SHARED = Path(__file__).resolve().parents[2] / "shared" / "eval"
CASES = json.loads((SHARED / "opencc_testcases.json").read_text("utf-8"))["cases"] if SHARED.is_dir() else []
PAIRS = [(config, case["input"], wanted) for case in CASES for config, wanted in case["expected"].items()]

pytestmark = pytest.mark.shared


@cache
def references() -> list[str]:
    lines = [
        line
        for name in ("flores-dev", "wmt20")
        for line in (SHARED / "data" / name / "reference.zh-Hans").read_text("utf-8").splitlines()
    ]
    policy = (SHARED / "heldout-policy.tsv").read_text("utf-8").splitlines()
    return lines + [line.split("\t")[2] for line in policy]


if CASES:

    @pytest.mark.parametrize("config", sorted({config for config, _, _ in PAIRS}))
    def test_every_case_of_opencc(config):
        plain = Converter(config)
        wrong = [
            (text, wanted)
            for name, text, wanted in PAIRS
            if name == config and plain.convert(text).text not in ([wanted] if isinstance(wanted, str) else wanted)
        ]
        assert wrong == []

    def test_every_difference_from_opencc_is_an_override():
        taiwan, official = converter(load("zh_TW")), Converter("s2tw")
        for text in references():
            done, plain = taiwan.convert(text), official.convert(text)
            accounted = {place for override in done.overrides for place in range(override.start, override.end)}
            ours = {span: char for span, char in zip(done.spans, done.text, strict=True) if span[0] not in accounted}
            assert ours.items() <= dict(zip(plain.spans, plain.text, strict=True)).items()

    @pytest.mark.parametrize("code", ["zh_TW", "zh_HK"])
    def test_there_and_back_loses_next_to_nothing(code):
        there, back = converter(load(code)), back_converter(load(code))
        total = lost = 0
        for text in references():
            total += len(text)
            again = back.convert(there.convert(text).text).text
            if again != text:
                changes = difflib.SequenceMatcher(None, text, again, autojunk=False).get_opcodes()
                lost += sum(max(b - a, d - c) for tag, a, b, c, d in changes if tag != "equal")
        assert lost <= total * 0.0005

    def test_a_megabyte_in_four_seconds():
        text = "\n".join(references())
        megabyte = [line for line in (text * 3).encode()[:1_000_000].decode(errors="ignore").split("\n") if line]
        taiwan = converter(load("zh_TW"))
        begin = time.process_time()
        for line in megabyte:
            taiwan.convert(line)
        assert time.process_time() - begin < 4

    def test_doubts_are_few():
        taiwan = converter(load("zh_TW"))
        doubts = [doubt for text in references() for doubt in taiwan.convert(text).doubts]
        assert len(doubts) <= sum(map(len, references())) / 10_000

    def test_hong_kong_as_its_monetary_authority_writes():
        """Its Traditional pages to Simplified and back: characters that come back otherwise, by our data and without."""
        locale = load("zh_HK")
        simplify, ours, plain = Converter("hk2s"), converter(locale), Converter("s2hk")
        house = str.maketrans(dict(locale.variants))
        ours_wrong = plain_wrong = total = 0
        for year in ("2015", "2019"):
            for row in (SHARED / "data/hkma-terms/docs" / f"{year}.jsonl").read_text("utf-8").splitlines():
                for wanted in (value.translate(house) for value in json.loads(row).values()):
                    text = simplify.convert(wanted).text
                    found, without = ours.convert(text), plain.convert(text)
                    if not len(text) == len(wanted) == len(found.text):
                        continue
                    worded = {
                        o.start + i for o in found.overrides if o.origin == "vocabulary" for i in range(len(o.source))
                    }
                    total += len(text)
                    ours_wrong += sum(
                        a != b for i, (a, b) in enumerate(zip(wanted, found.text, strict=True)) if i not in worded
                    )
                    plain_wrong += sum(a != b for a, b in zip(wanted, without.text.translate(house), strict=True))
        assert total > 10_000
        assert ours_wrong < plain_wrong
        assert ours_wrong < total / 500
