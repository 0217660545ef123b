"""What a translation says twice in a row."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.draft.doubles import without_doubles
from pipeline.engine import Request, Result, Token
from pipeline.model import Term, TermHit

MASK = "@{n}@"


def result(pieces: str) -> Result:
    """A translation of these pieces, each attending to itself."""
    tokens, text = [], ""
    for piece in pieces.split("|"):
        tokens.append(Token(piece, len(text), len(text) + len(piece)))
        text += piece
    return Result(text, tokens=tuple(tokens), attention=np.eye(len(tokens), dtype=np.float32))


def once(source: str, pieces: str, *terms: TermHit) -> Result:
    (new,) = without_doubles([Request(source)], [result(pieces)], [terms], "zh_CN", MASK)
    return new


@pytest.mark.parametrize(
    ("source", "pieces", "wanted"),
    [
        ("Military suicides surged.", "军事|军事|自杀|激增|。", "军事自杀激增。"),
        ("the dignity of work", "劳动|尊|严|的|尊|严", "劳动尊严"),
        ("Ben Davis said", "戴维|·|戴维|斯|说", "戴维斯说"),
        ("boots and shoes fit", "适合|鞋子|和|鞋子|。", "适合鞋子。"),
        ("the Navy and Marine Corps", "海军|和|海军|陆战队", "海军和海军陆战队"),  # a list that goes on
        ("Clause 4 was rewritten", "第|4|条|第|4|条|被|改写", "第4条被改写"),
        ("It sounds more like it", "听|起来|越来越|像", "听起来越来越像"),  # no whole piece
        ("It was very, very fast", "非常|快|非常|快", "非常快非常快"),  # as the source does
        ("It ran much faster", "非常|非常|快", "非常非常快"),
        ("She told us we should", "告诉|我们|我们|应该", "告诉我们我们应该"),
        ("the banks of the world", "世界|银行|银行|银行", "世界银行"),
        ("see @1@ for it", "见|@1@|@1@", "见@1@@1@"),
        ("", "", ""),
    ],
)
def test_one_of_two_goes(source: str, pieces: str, wanted: str) -> None:
    new = once(source, pieces)
    assert new.text == wanted
    assert "".join(new.text[t.start : t.end] for t in new.tokens) == wanted
    assert new.attention is not None
    assert new.attention.shape[0] == len(new.tokens)


def test_the_rest_keeps_its_tokens_and_their_attention() -> None:
    new = once("Military suicides surged.", "军事|军事|自杀")
    assert [(t.piece, t.start, t.end) for t in new.tokens] == [("军事", 0, 2), ("自杀", 2, 4)]
    assert new.attention is not None
    assert new.attention.argmax(1).tolist() == [1, 2]


def test_a_term_that_is_wanted_twice_stays() -> None:
    term = Term("US", {"zh_CN": ("美国",)})
    hits = [TermHit(0, 2, term, "美国"), TermHit(4, 6, term, "美国")]
    assert once("US: US wins", "美国|美国|获胜", *hits).text == "美国美国获胜"
    assert once("US: it wins", "美国|美国|获胜", hits[0]).text == "美国获胜"


def test_the_bytes_of_characters_are_no_words() -> None:
    tokens = (Token("孩子", 0, 2), *(Token(f"<0x{byte:02X}>", 2, 4) for byte in "胙嗩".encode()))
    said = Result("孩子胙嗩", tokens=tokens, attention=np.eye(len(tokens), dtype=np.float32))
    assert without_doubles([Request("child molestation")], [said], [()], "zh_CN", MASK) == [said]
