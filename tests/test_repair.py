"""Repairing missing terms: which are missing, where they belong, and what is taken and what refused.

The engine here is a word-for-word dictionary with a perfect attention, so that every step can be read.
"""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.engine import Constraint, Request, Result, Supports, Token
from pipeline.repair import force, missing, repeated, slot

WORDS = {
    "détente": "松动",
    "ends": "结束",
    "war": "战争",
    "and": "和",
    "the": "",
    "NATO": "北约",
    "@1@": "@1@",
    "big": "大",
}


class Dictionary:
    """Renders word by word; what a prefix renders already is not rendered again."""

    signature = "dictionary"
    supports = Supports(prefix=True, attention=True)
    limit = comfort = 100
    mask = "@{n}@"

    def __init__(self, tail=lambda _, text: text):
        self.tail = tail
        self.calls = 0

    def length(self, text):
        return len(text.split())

    def translate(self, requests, *, attention=False):  # noqa: ARG002
        self.calls += 1
        return [self._one(r) for r in requests]

    def score(self, pairs):
        return [-float(len(text)) for _, text in pairs]

    def _one(self, request):
        starts = np.cumsum([0] + [len(w) + 1 for w in request.text.split()])
        sources = tuple(Token(w, int(a), int(a) + len(w)) for w, a in zip(request.text.split(), starts, strict=False))
        done = request.prefix
        text, tokens, rows = "", [], []
        for i, source in enumerate(sources):
            said = WORDS[source.piece]
            for c in request.constraints:
                if (c.start, c.end) == (source.start, source.end) and done[len(text) :].startswith(c.target):
                    said = c.target
            if not said:
                continue
            tokens.append(Token(said, len(text), len(text) + len(said)))
            rows.append(np.eye(len(sources), dtype=np.float32)[i])
            text += said
        text = self.tail(request, text)
        return Result(text, -1.0, tuple(tokens), sources, np.array(rows))


def request(text, **terms):
    return Request(text, tuple(Constraint(text.index(k), text.index(k) + len(k), v) for k, v in terms.items()))


def test_a_missing_term_is_put_in_where_it_belongs():
    done = force(Dictionary(), [request("the war and détente ends", détente="缓和")])
    assert done[0].text == "战争和缓和结束"


def test_several_terms_in_several_rounds():
    ask = request("NATO and the war and détente ends", NATO="北大西洋公约组织", war="交战", détente="缓和")
    assert force(Dictionary(), [ask])[0].text == "北大西洋公约组织和交战和缓和结束"


def test_what_lacks_nothing_comes_back_as_it_is():
    engine = Dictionary()
    asks = [request("the war ends", war="战争"), request("big war"), Request("")]
    given = engine.translate(asks)
    assert force(engine, asks, given) == given


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(lambda q, t: t + t if q.prefix and t != q.prefix else t, id="twice as long"),
        pytest.param(lambda q, t: t.replace("@1@", "") if "缓和" in q.prefix else t, id="a mask lost"),
        pytest.param(lambda q, t: t.replace("战争", "") if "缓和" in q.prefix else t, id="another term lost"),
    ],
)
def test_bad_repairs_are_refused(tail):
    ask = request("big war and détente and @1@ ends", war="战争", détente="缓和")
    assert force(Dictionary(tail), [ask])[0].text == "大战争和松动和@1@结束"


def test_an_engine_without_prefixes_is_left_alone():
    engine = Dictionary()
    engine.supports = Supports()
    ask = [request("the war", war="交战")]
    assert [r.text for r in force(engine, ask)] == ["战争"]


def test_missing_counts_occurrences():
    text = "Xi met Xi's aides"
    both = [Constraint(0, 2, "习近平"), Constraint(7, 9, "习近平")]
    assert missing("习近平会见习近平的助手", both) == ()
    assert missing("习近平会见其助手", both) == (both[1],), text
    inside = [Constraint(0, 2, "美国"), Constraint(3, 4, "美国政府")]
    assert missing("美国政府说", inside) == (inside[0],)
    assert missing("美国的美国政府", inside) == ()


@pytest.mark.parametrize(
    ("wanted", "text", "there"),
    [
        ("1110万", "共1110万人", True),
        ("1110万", "共11110万人", False),
        ("1974年", "于1974年，1974年", True),
        ("380", "有6,380人", False),
        ("3", "增长3.5%", False),
        ("3", "为3.", True),
        ("RAND", "BRAND公司", False),
        ("RAND", "与RAND公司", True),
    ],
)
def test_a_part_of_a_number_or_word_does_not_count(wanted, text, there):
    constraint = Constraint(0, 4, wanted)
    assert missing(text, [constraint]) == (() if there else (constraint,))


def test_slot_is_where_a_rendering_begins():
    sources = (Token("a", 0, 1), Token("dé", 2, 4), Token("tente", 4, 9), Token("</s>", 0, 0))
    attention = np.array([[0.9, 0.1, 0, 0], [0.3, 0.5, 0.1, 0.1], [0.1, 0.1, 0.8, 0], [0, 0, 0.1, 0.9]], np.float32)
    assert slot(attention, (2, 9), sources) == 1
    with pytest.raises(ValueError, match="no token"):
        slot(attention, (20, 22), sources)


def test_repeated():
    assert repeated("中华人民共和国和中国") == 1
    assert repeated("他说他说得对") == 1
    assert repeated("两国关系的两国关系的两国关系的") == 3
    assert repeated("两国关系，两国关系，两国关系") == 3
