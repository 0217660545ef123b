"""Sentences full of terms, through the shipped model: every promised form is in its place, whatever it costs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.config import find
from pipeline.desk import Desk
from pipeline.lines import LineTranslator

TERMS = {  # forms that no model would choose by itself
    "prudential supervision": "审慎护理",
    "payment council": "给付理事院",
    "coin drive": "收银币行动",
    "clearing house": "划账所",
    "stress test": "抗压试验",
    "capital buffer": "本钱垫",
    "settlement risk": "清账风险",
    "bridge bank": "摆渡银行",
}
SENTENCES = [
    "The payment council adopted a capital buffer, a stress test, a bridge bank, and rules on settlement risk.",
    "Prudential supervision, the coin drive, the clearing house and the stress test were reviewed.",
    "Under the settlement risk programme the clearing house asked the bridge bank about its capital buffer.",
    "The coin drive of the payment council ended in 2014, when the stress test of the bridge bank began.",
    "Settlement risk",
    "No term of the list is in this sentence.",
]


@pytest.fixture(scope="module")
def translate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terms")
    with (folder / "own.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "zh_CN"), *TERMS.items()])
    desk = Desk(find(Path(folder)), glossaries=(str(folder / "own.csv"),), own_glossary=False)
    return LineTranslator(desk, desk.locale("zh_CN"), cached=False)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_term_is_there(translate, sentence):
    (target,) = translate([sentence])
    for source, form in TERMS.items():
        assert target.count(form) >= sentence.lower().count(source), target


def test_a_figure_has_its_form_by_rule(translate):
    (target,) = translate(["The fund grew from $34 billion in 2014 to $230 million."])
    assert "340亿美元" in target
    assert "2.3亿美元" in target
    assert "2014年" in target
