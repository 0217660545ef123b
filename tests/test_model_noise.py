"""What training does to data that are seen many times: pieces that fall in two, neurons left out, blanks."""

import sys
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
SPM = ROOT / "pipeline" / "models" / "en-zh" / "en-zh.spm"
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

from splits import Splits  # noqa: E402

SP = sentencepiece.SentencePieceProcessor(model_file=str(SPM))
SPLITS = Splits(SPM)


def split(text: str, share: float, seed: int = 0) -> list[int]:
    return SPLITS(np.array(SP.encode(text), np.int64), share, np.random.default_rng(seed)).tolist()


@pytest.mark.parametrize(
    "text",
    [
        "The government cannot raise taxes on imports.",
        "Sanctions, tariffs and 1,234 other measures",
        "see @1@ for the <term>trade war<as>贸易战</term> of 2019",
        "",
    ],
)
def test_a_source_whose_pieces_fall_in_two_says_the_same(text: str) -> None:
    assert SP.decode(split(text, 1.0)) == SP.decode(SP.encode(text))


@settings(max_examples=100)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60), st.floats(0, 1))
def test_no_text_is_changed(text: str, share: float) -> None:
    assert SP.decode(split(text, share)) == SP.decode(SP.encode(text))


def test_more_pieces_the_larger_the_share() -> None:
    text = "The government cannot raise taxes on imports without a law."
    whole, some, all_ = (len(split(text, share)) for share in (0.0, 0.3, 1.0))
    assert whole == len(SP.encode(text)) < some < all_


def test_another_time_other_pieces() -> None:
    text = "The government cannot raise taxes on imports without a law."
    assert len({tuple(split(text, 0.3, seed)) for seed in range(8)}) > 4


def test_what_is_to_be_copied_stays_whole() -> None:
    text = "The <term>government<as>政府</term> said"
    ids = split(text, 1.0)
    assert ids[ids.index(3) : ids.index(4)] == SP.encode(text)[SP.encode(text).index(3) : SP.encode(text).index(4)]


@pytest.mark.torch
def test_neurons_are_left_out_alike_at_all_positions_of_a_pair() -> None:
    import torch
    from model import build
    from neurons import Neurons

    torch.manual_seed(0)
    body = build(50, d=32, enc=2, dec=2, ffn=64, heads=2).model
    neurons, seen = Neurons(body, 0.25), []
    body.encoder.layers[0].fc2.register_forward_hook(lambda _, given, __: seen.append(given[0]))
    x = torch.randint(5, 50, (40, 6))
    for neurons.active in (False, True):
        body(input_ids=x, decoder_input_ids=x)
    whole, some = seen
    kept = some != 0
    assert (kept == kept[:, :1]).all()
    assert 0.7 < kept.float().mean() < 0.8
    assert torch.allclose(some[kept], whole[kept] / 0.75)
    assert not torch.equal(kept[0], kept[1])


@pytest.mark.torch
def test_blanks_hide_the_decoders_own_pieces_and_not_what_it_shall_say() -> None:
    import batches
    import torch
    from stream import UNKNOWN, Noise, Stream

    ids = np.arange(5, 2005, dtype=np.int64)
    offsets = np.arange(0, 2001, 20)
    data = batches.Packed(ids, offsets, ids, offsets, np.diff(offsets), np.diff(offsets))
    stream = Stream(data, 3000, 500, None, 1, 0, Noise(SPLITS, 0.0, 0.2))
    noisy, plain = (stream.batch(np.arange(100), data, noisy=noisy) for noisy in (True, False))
    hidden = noisy["shifted"] == UNKNOWN
    assert 0.15 < hidden.float().mean() < 0.25
    assert torch.equal(noisy["shifted"][~hidden], plain["shifted"][~hidden])
    assert torch.equal(noisy["y"], plain["y"])
