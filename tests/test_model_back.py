"""Back-translation in the recipe: sides exchanged, each target once, which translations are kept."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import sentencepiece

ROOT = Path(__file__).resolve().parents[1]
SPM = ROOT / "pipeline" / "models" / "en-zh" / "en-zh.spm"
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

import batches  # noqa: E402
from turned import turned  # noqa: E402

SP = sentencepiece.SentencePieceProcessor(model_file=str(SPM))
PAIRS = [
    ("The <term>trade war<as>贸易战</term> goes on.", "贸易战在继续。"),
    ("Growth slows.", "增长放缓。"),
    ("The trade war continues.", "贸易战在继续。"),
]
PLAIN = ["The trade war goes on.", "Growth slows.", "The trade war continues."]


def packed() -> dict[str, np.ndarray]:
    rows = [[np.array([*SP.encode(text), 0], np.uint16) for text in pair] for pair in PAIRS]
    sides = {}
    for side, ids, offsets in ((0, "s", "so"), (1, "t", "to")):
        of = [row[side] for row in rows]
        sides |= {ids: np.concatenate(of), offsets: np.cumsum([0, *map(len, of)])}
    return {**sides, "name": np.zeros(len(rows), np.uint8), "names": np.array(["press"])}


def texts(ids: np.ndarray, offsets: np.ndarray) -> list[str]:
    return [SP.decode(ids[a : b - 1].tolist()) for a, b in pairwise(offsets)]


def test_sides_are_exchanged_and_annotations_go() -> None:
    z = turned(packed())
    assert texts(z["s"], z["so"]) == [chinese for _, chinese in PAIRS]
    assert texts(z["t"], z["to"]) == PLAIN
    assert (z["t"][z["to"][1:] - 1] == 0).all()  # each still ends in </s>


@pytest.mark.torch
def test_each_chinese_sentence_is_translated_once(tmp_path: Path) -> None:
    from back import unlike

    batches.save(tmp_path / "data.npz", **packed())
    data = batches.load([tmp_path / "data.npz"])
    assert unlike(data, np.arange(3)).tolist() == [0, 1]
    assert unlike(data, np.array([1, 2])).tolist() == [1, 2]


@pytest.mark.torch
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The trade war is going on.", True),
        ("The trade war goes on.", False),  # what the corpus has
        ("The 贸易 war goes on today.", False),
        ("Rain is expected in Lima.", False),
    ],
)
def test_a_translation_is_kept_that_is_like_the_corpus_s_and_not_it(text: str, kept: bool) -> None:
    from back import chosen

    assert chosen([text, text], "The trade war goes on.", 0.3) == [text] * kept
