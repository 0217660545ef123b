"""The pure parts of the training recipe: normalising, annotating, varying, mixing, batching; some with torch."""

import hashlib
import json
import random
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "pipeline" / "models" / "en-zh"
sys.path.append(str(ROOT / "training"))  # the recipe is scripts; last, so that its names hide no package

import corpus  # noqa: E402
import synthetic  # noqa: E402
import terms  # noqa: E402
import vary  # noqa: E402
from normalise import normalise, shouted  # noqa: E402

LEXICON = {"trade war": ("贸易战",), "trade": ("贸易", "交易"), "reform": ("改革", "革新")}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("“Don’t”…", '"Don\'t"...'),
        ("a\u00a0b \t c\u200b", "a b c"),
        ("2010\u20132019", "2010-2019"),
        ("e\u0301lan", "élan"),
        ("JAPAN'S ECONOMY IS SLOWING", "Japan's economy is slowing"),
        ("IMF AND WTO", "Imf and wto"),
        ("The IMF and the WTO", "The IMF and the WTO"),
        ("GDP UP", "GDP UP"),
        ("", ""),
    ],
)
def test_normalise(given: str, wanted: str) -> None:
    assert normalise(given) == wanted


def test_normalise_is_idempotent() -> None:
    for text in ("“A” – b…", "THE WORLD BANK SAYS NO", "x\ufeffy", "<term>IMF<as>基金</term> AND WTO RULES"):
        assert normalise(normalise(text)) == normalise(text)


def test_marked_text_is_not_taken_for_shouting() -> None:
    assert not shouted("THE <term>IMF<as>基金</term> AND THE WTO")


def test_longest_match_is_found_and_written() -> None:
    found = terms.matches("The trade war goes on", "贸易战在继续", LEXICON)
    assert (found[0].start, found[0].end, found[0].target) == (4, 13, "贸易战")
    assert terms.write("The trade war", [(4, 13, "贸易战")]) == "The <term>trade war<as>贸易战</term>"


def test_annotations_are_obeyed_by_the_target() -> None:
    rng = random.Random(0)
    for _ in range(200):
        source, target = terms.annotate("A reform of trade", "贸易改革", LEXICON, rng, swap=0.5)
        marks = [part.split("<as>") for part in source.split("<term>")[1:]]
        assert 1 <= len(marks) <= 2
        assert all(chinese.split("</term>")[0] in target for _, chinese in marks)


def test_swapped_terms_differ_from_the_reference() -> None:
    rng = random.Random(0)
    assert {terms.annotate("reform", "改革", LEXICON, rng, swap=1.0) for _ in range(9)} == {
        ("<term>reform<as>革新</term>", "革新")
    }


def test_annotating_keeps_the_words() -> None:

    rng = random.Random(3)
    for _ in range(50):
        english, chinese = synthetic.pair(rng)
        source, target = terms.annotate(english, chinese, {"reform": ("改革",), "budget": ("预算",)}, rng)
        assert re.sub(r"<term>(.*?)<as>.*?</term>", r"\1", source) == english
        assert target == chinese


def test_masks_stand_on_both_sides() -> None:
    rng = random.Random(1)
    for _ in range(50):
        english, chinese = vary.with_masks(
            "See NASA at https://nasa.gov in 2019", "2019年见NASA：https://nasa.gov", rng
        )
        masks = re.findall(r"@\d+@", english)
        assert masks
        assert sorted(masks) == sorted(re.findall(r"@\d+@", chinese))


def test_masks_need_something_in_common() -> None:
    assert vary.with_masks("Hello there", "你好", random.Random(1)) == ("Hello there", "你好")


def test_headings_lose_the_period_on_both_sides() -> None:
    assert vary.as_heading("Growth slows.", "增长放缓。") == ("Growth slows", "增长放缓")
    assert vary.as_heading("Does it?", "是吗？") == ("Does it?", "是吗？")


def test_mix_caps_and_repeats(tmp_path: Path) -> None:
    rows = [f"{name}\tsentence number {i}\t第{i}句话\n" for name in ("a", "b") for i in range(20)]
    (tmp_path / "core-1.tsv").write_text("".join(rows), encoding="utf-8")
    pairs = corpus.mixed([tmp_path / "core-1.tsv"], {"a": {"cap": 5}, "b": {"repeat": 2}}, random.Random(1))
    assert sum(p.name == "a" for p in pairs) == 5
    assert sum(p.name == "b" for p in pairs) == 40


def test_bad_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("a\tb\tc\na\tb\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv:2"):
        list(corpus.read(tmp_path / "x.tsv"))


def test_implausible_lengths_are_left_out() -> None:
    long = "This is a rather long sentence about the economy of a country."
    assert corpus.plausible(corpus.Pair("a", long, "这是一个关于一国经济的相当长的句子。"))
    assert not corpus.plausible(corpus.Pair("a", long, "短。"))
    assert not corpus.plausible(corpus.Pair("a", "", "空"))


def test_mix_names_are_read() -> None:
    assert corpus.load_mix()["news_commentary_10k"]["repeat"] > 1


def test_batches_hold_every_pair_once_and_keep_to_the_limit() -> None:
    np = pytest.importorskip("numpy")
    import batches

    rng = np.random.default_rng(1)
    ls, lt = rng.integers(2, 60, 3000), rng.integers(2, 60, 3000)
    made = list(batches.groups(ls, lt, rng.permutation(3000), 600, rng))
    assert sorted(np.concatenate(made)) == list(range(3000))
    assert all(len(b) * max(ls[b].max(), lt[b].max()) <= 600 for b in made)


def test_padding() -> None:
    np = pytest.importorskip("numpy")
    import batches

    ids, offsets = np.array([1, 2, 3, 4, 5]), np.array([0, 2, 5])
    assert batches.padded(ids, offsets, np.diff(offsets), np.array([0, 1]), 9).tolist() == [[1, 2, 9], [3, 4, 5]]
    assert batches.padded(ids, offsets, np.diff(offsets), np.array([0]), 9, 4).tolist() == [[1, 2, 9, 9]]


def test_synthetic_corpus_is_reproducible() -> None:
    assert synthetic.corpus(5, seed=4) == synthetic.corpus(5, seed=4)
    assert all(len(line.split("\t")) == 3 for line in synthetic.corpus(5).splitlines())


def test_shipped_folder_matches_its_manifest() -> None:
    listed = dict(
        reversed(line.split("  ")) for line in (MODEL / "manifest.sha256").read_text(encoding="utf-8").splitlines()
    )
    present = {p.relative_to(MODEL).as_posix() for p in MODEL.rglob("*") if p.is_file()} - {"manifest.sha256"}
    assert present == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == digest, name
    engine = [name for name in present if not name.startswith("hf/")]  # what CTranslate2 runs on; hf/ are the masters
    assert sum((MODEL / name).stat().st_size for name in engine) <= 48_000_000
    assert sum((MODEL / name).stat().st_size for name in present) <= 70_000_000


def test_description_agrees_with_the_code() -> None:
    model = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))
    assert model["mask"]["form"].format(n=7) == vary.mask(7)
    for code, wanted in model["normalisation"]["characters"].items():
        assert normalise(f"a{chr(int(code.removeprefix('U+'), base=16))}b") == f"a{wanted}b"


@pytest.mark.torch
def test_softmax_head_agrees_with_autograd() -> None:
    import torch
    from head import Chosen, TiedHead

    torch.manual_seed(0)
    h, w, y = torch.randn(7, 8, requires_grad=True), torch.randn(20, 8, requires_grad=True), torch.randint(0, 19, (7,))
    loss = TiedHead.apply(h, w, torch.zeros(20), y, Chosen(torch.arange(19), torch.ones(19)), 0.1, torch.float32)
    assert loss.item() == pytest.approx(
        torch.nn.functional.cross_entropy(h @ w[:19].T, y, label_smoothing=0.1).item(), rel=1e-5
    )
    loss.backward()
    ours = h.grad.clone(), w.grad.clone()
    h.grad = w.grad = None
    torch.nn.functional.cross_entropy(h @ w[:19].T, y, label_smoothing=0.1).backward()
    assert torch.allclose(ours[0], h.grad, atol=1e-5)
    assert torch.allclose(ours[1], w.grad, atol=1e-5)
    assert not w.grad[19].any()


@pytest.mark.torch
def test_softmax_head_weighs_its_positions() -> None:
    import torch
    from head import Chosen, TiedHead

    torch.manual_seed(0)
    h, w, y = torch.randn(7, 8, requires_grad=True), torch.randn(20, 8, requires_grad=True), torch.randint(0, 19, (7,))
    worth = torch.tensor([1.0, -2.0, 0.0, 0.5, 3.0, -0.1, 0.0])
    every = Chosen(torch.arange(19), torch.ones(19))
    loss = TiedHead.apply(h, w, torch.zeros(20), y, every, 0.1, torch.float32, worth)
    loss.backward()
    ours = h.grad.clone(), w.grad.clone()
    h.grad = w.grad = None
    each = torch.nn.functional.cross_entropy(h @ w[:19].T, y, label_smoothing=0.1, reduction="none")
    (worth * each).mean().backward()
    assert loss.item() == pytest.approx((worth * each).mean().item(), rel=1e-4)
    assert torch.allclose(ours[0], h.grad, atol=1e-5)
    assert torch.allclose(ours[1], w.grad, atol=1e-5)


@pytest.mark.torch
def test_worths_are_the_derivative_of_the_expected_reward() -> None:
    import torch
    from learner import worths

    scores, reward = [-0.5, -0.9, -0.7], [0.4, 0.8, 0.1]
    leaf = torch.tensor(scores, dtype=torch.float64, requires_grad=True)
    (torch.softmax(4.0 * leaf, 0) @ torch.tensor(reward, dtype=torch.float64)).backward()
    found = worths([leaf.detach().numpy()], [torch.tensor(reward, dtype=torch.float64).numpy()], 4.0)[0]
    assert found.tolist() == pytest.approx(leaf.grad.tolist())
    assert sum(found) == pytest.approx(0)


@pytest.mark.torch
def test_the_worst_and_the_best_translations_are_kept() -> None:
    import numpy as np
    from samples import extremes

    assert extremes(np.array([0.5, 0.1, 0.9, 0.4, 0.2, 0.8]), 4).tolist() == [1, 4, 5, 2]
    assert extremes(np.array([0.5, 0.1, 0.9]), 4).tolist() == [1, 0, 2]
    assert extremes(np.array([0.5, 0.1, 0.9]), 1).tolist() == [2]


@pytest.mark.torch
def test_batches_of_translations_hold_each_source_once_and_keep_to_the_limit() -> None:
    import numpy as np
    from samples import Sampled, grouped

    rng = np.random.default_rng(0)
    rows = [
        Sampled(
            np.full(3, k), np.zeros(rng.integers(1, 30)), [np.zeros(n) for n in rng.integers(1, 30, 4)], np.zeros(4), 0
        )
        for k in range(50)
    ]
    parts = list(grouped(rows, 400, rng))
    assert sorted(r.source[0] for part in parts for r in part) == list(range(50))
    for part in parts:
        longest = max(len(row) for r in part for row in (r.reference, *r.said))
        assert len(part) == 1 or longest * 5 * len(part) <= 400


def test_likeness_by_hand() -> None:
    from likeness import grams, likeness

    reference = grams("经济增长")
    assert likeness("经济增长", reference) == likeness("经济 增长", reference, recall=2.0) == 1
    assert likeness("和平", reference) == 0
    # one: 2 of 2 and 4; two: 1 of 1 and 3; longer ones: none of 0 and 2, 0 and 1
    assert likeness("经济", reference) == pytest.approx((4 / 6 + 2 / 4) / 4)
    assert likeness("经济", reference, recall=2.0) == pytest.approx((6 / 10 + 3 / 7) / 4)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("Visas are restricted.", "visas are restricted."),
        ("<term>Visas<as>Visa签证</term> are here.", "<term>visas<as>Visa签证</term> are here."),
        (
            "The <term>Category<as>类别</term> 4 <term>storm<as>风暴</term> passed.",
            "The <term>category<as>类别</term> 4 <term>storm<as>风暴</term> passed.",
        ),
        ("NATO met.", "NATO met."),
        ("Visas<as>签证</term> of <term>NATO<as>北约</term>", "visas<as>签证</term> of <term>NATO<as>北约</term>"),
        ("A <term>programme<as>programme方案</term> of honour", "A <term>program<as>programme方案</term> of honor"),
    ],
)
def test_a_source_is_written_as_the_runtime_has_it_read(source: str, wanted: str) -> None:
    from pipeline.engines._vocabulary import load_spm, weight

    pieces = load_spm(MODEL / "en-zh.spm")
    new = terms.read(source, lambda word: weight(pieces, word))
    assert new == wanted


@pytest.mark.parametrize(
    ("source", "text", "wanted"),
    [
        ("Growth is slowing.", "增长正在放缓。", 0),
        ("A <term>détente<as>缓和</term> followed.", "缓和随之而来。", 0),
        ("A <term>détente<as>缓和</term> followed.", "和缓随之而来。", 0.1),
        ("<term>Russell 2000<as>罗素2000指数</term> and <term>détente<as>缓和</term>", "罗素 2000 指数", 0.1),
        ("A détente<as>缓和</term> followed.", "和缓随之而来。", 0),  # a suggestion is not required
        ("<term>$3 million<as>300万美元</term>", "耗资300万美元", 0),
        ("<term>$3 million<as>300万美元</term>", "耗资3300万美元", 0.3),  # no term, a figure missing, one too many
        ("Five left in 2014.", "五人在2014年离开。", 0),
        ("Five left in 2014.", "他们离开了。", 0.2),
        ("They left.", "他们5人离开了。", 0.1),
        ("It was said.", "他说，他说，他说，他说。", 0.2),
        ("It was not said.", "这是说过的。", 0.1),
        ("<term>Mr. Li<as>李先生</term> came.", "李先生来了。他来了。", 0.1),
        ("He came. He went.", "他来了。他走了。", 0),
    ],
)
def test_faults_cost_likeness(source: str, text: str, wanted: float) -> None:
    from faults import faults

    assert faults(source, text) == pytest.approx(wanted)


@pytest.mark.torch
def test_drawn_rows_stand_for_those_that_were_not_drawn() -> None:
    import torch
    from head import Rows, TiedHead

    torch.manual_seed(0)
    pieces, y = 3000, torch.tensor([7, 1500, 2999])
    h, w = torch.randn(3, 8), 0.3 * torch.randn(pieces, 8)  # so small that the logarithm of a mean is near the mean
    chosen, at = Rows(pieces, torch.arange(100), 400).choose(y, whole=False)
    assert chosen.rows[at].tolist() == y.tolist()
    assert chosen.weight[at].tolist() == [1, 1, 1]  # what is always among the rows stands for itself alone
    assert chosen.weight[:100].tolist() == [1] * 100
    assert chosen.weight.sum().item() == pytest.approx(pieces)

    def loss(frequent: int, drawn: int) -> float:
        chosen, at = Rows(pieces, torch.arange(frequent), drawn).choose(y, whole=False)
        return TiedHead.apply(h, w, torch.zeros(pieces), at, chosen, 0.1, torch.float32).item()

    exact = torch.nn.functional.cross_entropy(h @ w.T, y, label_smoothing=0.1).item()
    assert sum(loss(100, 400) for _ in range(200)) / 200 == pytest.approx(exact, abs=0.02)


@pytest.mark.torch
def test_halves_agree_with_the_whole() -> None:
    import torch
    from halves import Halves
    from model import build

    torch.manual_seed(0)
    body = build(50, d=32, enc=2, dec=2, ffn=64, heads=2).model
    x, shifted = torch.tensor([[5, 6, 7, 0], [7, 0, 50, 50]]), torch.tensor([[50, 8, 9], [50, 9, 50]])
    batch = {"input_ids": x, "attention_mask": (x != 50).long(), "decoder_input_ids": shifted}
    pull = torch.randn(2, 3, 32) * (shifted != 50)[:, :, None]  # nothing is asked of what stands for no piece
    halves, grads = Halves(body), []
    for run, finish in ((body, lambda: None), (halves, halves.gather)):
        (run(**batch).last_hidden_state.float() * pull).sum().backward()
        finish()
        grads.append({n: p.grad for n, p in body.named_parameters() if p.grad is not None})
        body.zero_grad()
    assert grads[0].keys() == grads[1].keys()
    for name, ours in grads[0].items():
        if not name.endswith("k_proj.bias"):  # whose gradient is nothing but rounding
            assert torch.cosine_similarity(ours.flatten(), grads[1][name].flatten(), 0) > 0.98, name
    assert not grads[1]["shared.weight"][50].any()


@pytest.mark.torch
def test_heads_whose_logits_go_too_far_are_scaled_back() -> None:
    import torch
    from logits import attentions, bound, largest
    from model import build

    torch.manual_seed(0)
    body = build(50, d=32, enc=2, dec=1, ffn=64, heads=2).model
    body.encoder.layers[1].self_attn.q_proj.weight.data[:16] *= 400  # the first of the two heads
    x = torch.tensor([[5, 6, 7, 0]])
    heads = attentions(body, body)
    assert len(heads) == 4  # two of the encoder; one on either side of the decoder's layer
    forward = lambda: body(input_ids=x, decoder_input_ids=x)  # noqa: E731
    before = largest(heads, forward)
    assert before[1][0] > 30 > before[1][1]
    assert bound(heads, before, 30.0) == 1
    after = largest(heads, forward)
    assert after[1][0].item() == pytest.approx(30, rel=1e-3)
    assert after[1][1].item() == pytest.approx(before[1][1].item(), rel=1e-3)
    assert bound(heads, after, 31.0) == 0


@pytest.mark.torch
def test_orthogonal_brings_singular_values_near_one() -> None:
    import torch
    from muon import orthogonal

    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonal(torch.randn(3, 16, 40)))
    assert values.min() > 0.5
    assert values.max() < 1.5


@pytest.mark.torch
def test_pad_row_is_never_trained() -> None:
    import torch
    from head import Chosen, TiedHead
    from model import build

    model = build(50, d=16, enc=1, dec=1, ffn=32, heads=2)
    shared = model.model.shared.weight
    x = torch.tensor([[5, 6, 0], [7, 0, 50]])
    out = model.model(
        input_ids=x, attention_mask=(x != 50).long(), decoder_input_ids=torch.tensor([[50, 8], [50, 9]])
    ).last_hidden_state
    every = Chosen(torch.arange(50), torch.ones(50))
    TiedHead.apply(
        out.flatten(0, 1), shared, torch.zeros(51), torch.tensor([8, 0, 9, 0]), every, 0.1, torch.float32
    ).backward()
    assert not shared[50].any()
    assert not shared.grad[50].any()


@pytest.mark.torch
def test_links_explain_only_real_pieces(tmp_path: Path) -> None:
    import numpy as np
    import torch
    from guide import Guide

    np.savez(
        tmp_path / "t.npz",
        source=np.array([5], np.uint16),
        target=np.array([8], np.uint16),
        count=np.array([4.0], np.float32),
        size=10,
    )
    links = Guide(tmp_path / "t.npz", pad=10).links(torch.tensor([[5, 6, 0, 10]]), torch.tensor([[9, 8, 0]]))
    assert links.shape == (1, 3, 4)
    assert links[0, 1].argmax() == 0
    assert links[0, 1, 0] > 0.9
    assert not links[0, 2].any()
    assert not links[0, :, 2:].any()


@pytest.mark.torch
def test_a_phrase_pair_is_consistent_and_terms_are_written_on_both_sides() -> None:
    import numpy as np
    import spans

    pieces = [["▁The", "▁trade", "▁war", "▁ended", "."], ["▁", "贸易", "战", "结束了", "。"]]
    (source, sp), (target, tp) = map(spans.places, pieces)
    assert (source, target) == ("The trade war ended.", "贸易战结束了。")
    linked = np.zeros((5, 5), bool)
    linked[1, 1] = linked[2, 2] = linked[3, 3] = linked[4, 4] = True
    found = {(source[s.start : s.end], target[s.first : s.last]) for s in spans.spans(source, sp, target, tp, linked)}
    assert ("trade war", "贸易战") in found
    assert ("war ended", "战结束了") not in found  # a term does not end in 了
    linked[3, 1] = True  # 结束了 belongs to "trade" as well: nothing that ends between them is a term now
    found = {source[s.start : s.end] for s in spans.spans(source, sp, target, tp, linked)}
    assert "trade war" not in found


@pytest.mark.torch
def test_figures_are_taken_only_where_the_target_has_their_form() -> None:
    import spans

    found = spans.figures("It fell from $34 billion to $23 billion in 2014.", "2014年从340亿美元降到200亿美元。")
    assert len(found) == 2


@pytest.mark.torch
def test_a_swapped_term_is_the_same_on_both_sides() -> None:
    import spans

    rng, pool = random.Random(1), spans.Pool()
    for english, chinese in (("Geneva", "日内瓦"), ("Tehran", "德黑兰"), ("Oslo", "奥斯陆")):
        pool.other(english, chinese, rng)
    term = spans.Span(0, 5, 0, 2)
    for _ in range(100):
        source, target = spans.annotated("Paris said so.", "巴黎这样说。", [term], pool, rng)
        form = re.search("<as>(.*?)</term>", source)[1]
        assert target == f"{form}这样说。"


@pytest.mark.torch
def test_runs_are_averaged_tensor_by_tensor() -> None:
    import torch
    from average import average

    one = {"a": torch.tensor([1.0, 3.0]), "b": torch.zeros(2, 2)}
    two = {"a": torch.tensor([3.0, 5.0]), "b": torch.ones(2, 2)}
    mean = average([(one, 0.75), (two, 0.25)])
    assert mean["a"].tolist() == [1.5, 3.5]
    assert mean["b"].eq(0.25).all()
    with pytest.raises(ValueError, match="sum to 1"):
        average([(one, 0.75), (two, 0.75)])
    with pytest.raises(ValueError, match="one shape"):
        average([(one, 0.5), ({"a": two["a"]}, 0.5)])


@pytest.mark.torch
def test_lengths_without_annotations_tell_how_full_a_translation_is() -> None:
    import numpy as np
    from fullness import full, plain_lengths

    ids = np.array([10, 2, 11, 12, 3, 13, 14, 4, 15, 0, 2, 16, 3, 17, 4, 0, 18, 0])  # a <term>b c<as>d e</term> f
    assert plain_lengths(ids, np.array([0, 10, 16, 18])).tolist() == [4, 1, 1]
    source, target = np.array([20, 20, 20, 5]), np.array([12, 16, 30, 1])
    assert full(source, target, 0.7, 1.3).tolist() == [False, True, False, True]
    assert full(source, target, np.array([0.5, 0.9, 0.5, 0.5]), 2.0).tolist() == [True, False, True, True]


@pytest.mark.torch
def test_likeness_is_that_of_characters_in_both_directions() -> None:
    from likeness import grams, likeness

    reference = grams("各国政府 同意恢复谈判。")
    assert likeness("各国政府同意恢复谈判。", reference) == 1.0
    assert likeness("天气很好", reference) == 0.0
    near, brief = (likeness(text, reference) for text in ("各国政府同意重启谈判。", "同意谈判。"))
    assert 0 < brief < near < 1


@pytest.mark.torch
def test_robustness_is_measured_on_what_a_translator_says() -> None:
    import robustness

    pairs = [(f"Word {'and more ' * k}here.", f"{'话' * (k + 3)}。") for k in range(60)]
    known = dict(pairs)

    class Same:
        """Says the reference of what it is given, if it is given the plain sentence."""

        def translate(self, texts: list[str]) -> list[str]:
            return [known.get(t, "天") for t in texts]

    forms = robustness.forms(Same(), pairs)
    assert forms["as they are"] == 100.0
    assert forms["in capitals"] < 10.0
    long = robustness.joined(pairs, 61, 120)
    assert all(61 <= len(e.split()) <= 120 for e, _ in long)
    assert [z for e, z in long if e in known] == [known[e] for e, _ in long if e in known]
    rates = ("copied English", "loops", "empty", "over twice the reference")
    found = robustness.lengths(Same(), pairs, lambda *_: dict.fromkeys(rates, 0.5))
    assert found["61-120"] == {"sentences": 30, "chrf": 100.0, "length": 1.0, "failures": 2.0}
    said = ["2016年有1,550枚", "三枚"]
    assert robustness.figures(["In 2016, 1,550 of 3 billion", "Only 15% and 12"], said) == {"figures": 3, "kept": 66.7}
    told = ["We met Petrov.", "he met Petrov", "saw Petrov", "saw Volkov"]
    assert robustness.names(told, ["见彼得罗夫", "见Petrov", "见彼得罗夫", "Volkov"])["alike"] == 66.7


@pytest.mark.torch
def test_a_grown_model_says_nearly_the_same() -> None:
    import torch
    from grow import grown, sources
    from transformers import MarianMTModel

    assert sources(4, 6) == [0, 1, None, 2, 3, None]
    assert sources(4, 4) == [0, 1, 2, 3]
    old = MarianMTModel.from_pretrained(MODEL / "hf", dtype=torch.float32).eval()
    c = old.config
    torch.manual_seed(1)
    new = grown(old, c.encoder_layers + 2, c.encoder_ffn_dim + 512).eval()
    x = torch.randint(10, 20_000, (32, 20))
    before, after = (m(input_ids=x, decoder_input_ids=x).logits.log_softmax(-1) for m in (old, new))
    assert (before.argmax(-1) == after.argmax(-1)).float().mean() > 0.8
    assert (before.exp() * (before - after)).sum(-1).mean() < 0.1
    with pytest.raises(ValueError, match=r"grow"):
        grown(old, c.encoder_layers, c.encoder_ffn_dim - 512)
    with pytest.raises(ValueError, match="layers"):
        grown(old, c.encoder_layers - 1, c.encoder_ffn_dim)


@pytest.mark.torch
def test_layers_compute_as_in_int8_and_learn_as_before() -> None:
    import torch
    from rounding import round_layers, rounded

    x = torch.randn(5, 400, requires_grad=True)
    steps = (rounded(x) / (x.abs().amax(-1, keepdim=True) / 127)).detach()
    assert torch.allclose(steps, steps.round(), atol=1e-3)
    assert steps.abs().amax(-1).tolist() == pytest.approx([127] * 5)
    assert (rounded(x) - x).abs().max() <= x.abs().max() / 127 / 2 + 1e-6
    rounded(x).sum().backward()
    assert x.grad is not None
    assert (x.grad == 1).all()
    assert (rounded(torch.zeros(2, 3)) == 0).all()

    torch.manual_seed(1)
    net = torch.nn.Sequential(torch.nn.Linear(64, 32), torch.nn.SiLU(), torch.nn.Linear(32, 8))
    given, names = torch.randn(16, 64), list(net.state_dict())
    exact = net(given)
    round_layers(net)
    close = net(given)
    assert list(net.state_dict()) == names
    assert 0 < (close - exact).abs().max() < 0.1 * exact.std()
    close.square().mean().backward()
    assert all(p.grad is not None and p.grad.abs().max() > 0 for p in net.parameters())


@pytest.mark.torch
def test_new_neurons_that_look_at_what_a_runs_do_change_nothing_that_is_said() -> None:
    import torch
    from average import average
    from grow import grown, look_alike
    from transformers import MarianMTModel

    old = MarianMTModel.from_pretrained(MODEL / "hf", dtype=torch.float32).eval()
    c, x = old.config, torch.randint(10, 20_000, (4, 20))
    width = c.encoder_ffn_dim
    torch.manual_seed(1)
    again, run = (grown(old, c.encoder_layers, width + 64).eval() for _ in range(2))
    for layer in (*run.model.encoder.layers, *run.model.decoder.layers):  # as after some training of the new neurons
        torch.nn.init.normal_(layer.fc2.weight[:, width:], std=0.02)
    look_alike(again, run, width)
    said = lambda m: m(input_ids=x, decoder_input_ids=x).logits.detach()  # noqa: E731
    assert torch.allclose(said(again), said(old), atol=1e-4)
    assert not torch.allclose(said(run), said(old), atol=1e-1)
    mean = average([(m.state_dict(), 0.5) for m in (run, again)])
    layer = "model.encoder.layers.0."
    assert torch.equal(mean[layer + "fc1.weight"], run.state_dict()[layer + "fc1.weight"])
    assert torch.allclose(mean[layer + "fc2.weight"][:, width:], run.state_dict()[layer + "fc2.weight"][:, width:] / 2)
    with pytest.raises(ValueError, match="shape"):
        look_alike(again, old, width)


@pytest.mark.torch
def test_the_card_is_filled_between_its_marks_and_nowhere_else() -> None:
    from card import BLOCKS, WIDE, filled

    quality = {"bleu": 20.0, "chrf": 19.0, "bleu, all pieces": 20.1, "bleu, no lexicon": 19.0, "bleu, beam 4": 21.0}
    rates = dict.fromkeys(
        ("copied English", "loops", "empty", "over twice the reference", "under half the reference", "stray bytes"), 0.1
    )
    shares = {"in output, not annotated": 60.0, "in output, annotated": 90.0}
    both = {"not annotated": quality, "annotated": quality}
    results = {
        **dict.fromkeys(("heldout-policy", "flores-dev", "wmt20"), quality | rates),
        "words a second": {"vmap": 12000, "all pieces": 9000},
        "masks kept": 99.0,
        "terms": shares
        | both
        | {"wrong": quality, "wrong terms in output": 50.0}
        | {"terms": 7, "sentences": 5}
        | {f"in output, annotated, beam {WIDE}": 95.0, f"annotated, beam {WIDE}": quality},
        "random words": shares | both | {"words": 9},
        "robustness": {
            "forms": {"as they are": 24.0, "in capitals": 22.0},
            "lengths": {"1-5": {"sentences": 9, "chrf": 30.0, "length": 0.9, "failures": 0.5}},
            "figures": {"figures": 50, "kept": 90.0},
            "names": {"names": 8, "alike": 95.0, "in Latin letters": 5.0},
        },
    }
    results["terms"]["marks left in output"] = 0
    empty = "Prose.\n" + "".join(f"<!-- {name} -->\n<!-- /{name} -->\nMore.\n" for name in BLOCKS)
    card = filled(empty, results, {"wmt20": ("26.1", "24.0"), "flores-dev": ("25.1", "23.0")})
    assert filled(card, results, {"wmt20": ("26.1", "24.0"), "flores-dev": ("25.1", "23.0")}) == card
    assert card.startswith("Prose.\n")
    assert card.count("More.\n") == len(BLOCKS)
    for figure in ("**26.1**", "12,000", "90.00%", "| 0.10 |"):
        assert figure in card
    with pytest.raises(SystemExit, match="no place for scores"):
        filled("Prose.", results, {})


def test_the_nearest_pairs_are_those_that_talk_alike() -> None:
    from nearest import Bigrams, nearest, ordinary

    news = [corpus.Pair("yummy_nyt_bilingual", "The government said that the talks had failed.", "政府说会谈失败了。")]
    said = corpus.Pair("books", "The minister said that the government had failed again.", "部长说政府又一次失败了。")
    code = corpus.Pair("books", "The compiler reads the function and calls it again.", "编译器读取函数并再次调用它。")
    other = corpus.Pair("books", "Click the button in the window to open the project.", "单击窗口中的按钮以打开项目。")
    given = Bigrams.of([said, code, other])
    assert nearest([code, said, other, said], Bigrams.of(news, {"yummy_nyt_bilingual": 4.0}), given, 5)[0] == said
    assert Bigrams.of([code], {"yummy_nyt_bilingual": 4.0}) == ({}, {})
    assert ordinary(said)
    for text in (
        "Call f() and see what the function has returned to you.",
        "see what the function has returned to you.",
        "Too short.",
    ):
        assert not ordinary(said._replace(english=text))
    assert not ordinary(said._replace(chinese="Visual Studio Code 与 Windows 一起用"))
