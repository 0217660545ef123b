"""English left standing in a translation: what counts, and that the engine can be kept from it."""

from __future__ import annotations

import pytest

from pipeline.engine import EngineSettings, Request
from pipeline.engines.ctranslate2 import load
from pipeline.text.leftover import leftovers


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("He may have to sacrifice some agendas.", "他可能不得不sacrifice一些议程。", ["sacrifice"]),
        ("It might be wishful thinking.", "这可能更wish思维。", ["wish"]),
        ("by building cozy relations", "建立zy关系", ["zy"]),
        ("Rex Tillerson and Geely", "雷克斯·蒂勒son和地ee", ["son", "ee"]),
        ("Producer", "ducer Pro", ["ducer"]),
        ("The Producer", "The Producer", []),
        ("the bin Laden raid by the Cabinet", "对bin Laden的突袭", []),
        ("sacrifice after sacrifice", "sacrifice之后sacrifice", ["sacrifice", "sacrifice"]),
        ("The IMF and NATO met in Geneva.", "IMF和NATO在Geneva会晤。", []),
        ("a road of 5 km", "5 km的路", []),
        ("We use the word détente (détente).", "我们使用缓和（détente）一词。", []),
        ("an iPhone and eBay", "iPhone和eBay", []),
        ("See https://example.org/sacrifice for more.", "见https://example.org/sacrifice。", []),
        ("the “sacrifice”", "“sacrifice”", []),
        ("Senior Fellow, Example Institute", "高级研究员Seniorlow，示例研究所", ["Seniorlow"]),
        ("and twelve abstained", "12个Bstain", ["Bstain"]),
        ("Spain abstained.", "西班牙bstainbstained。", ["bstainbstained"]),
        ("A Space X rocket and Boeing's", "SpaceX的火箭和Boeing的", []),
        ("Two iPhones from Li Wei", "李薇的两部iPhone", []),
        ("Nothing is left.", "什么也没留下。", []),
        ("", "", []),
    ],
)
def test_leftovers(source, target, left):
    assert [target[a:b] for a, b in leftovers(source, target)] == left


def test_a_form_that_was_asked_for_is_no_wreckage():
    assert leftovers("The Bell Boeing plane", "Osprey飞机") == ((0, 6),)
    assert leftovers("The Bell Boeing plane", "Osprey飞机", ["Osprey"]) == ()


def test_what_is_to_be_avoided_does_not_come():
    engine = load(EngineSettings())
    text = "The two presidents met in Geneva."
    first, other = engine.translate([Request(text), Request("Growth is slowing.")])
    run = (first.tokens[0].piece,)
    again, same = engine.translate([Request(text, avoid=(run,)), Request("Growth is slowing.")])
    assert run[0] not in [t.piece for t in again.tokens]
    assert same.text == other.text  # nobody else is kept from it
