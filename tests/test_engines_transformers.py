"""The engine transformers: without torch it says what to install; with it (`make test-torch`) it keeps its promises."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import model_store
from pipeline.engine import Constraint, EngineSettings, Request
from pipeline.engines import ctranslate2
from pipeline.engines import transformers as engine
from pipeline.errors import SanwenError
from pipeline.repair import missing

MODEL = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh"
TERMS = (
    "缓和",
    "特郎普",
    "普亭",
    "新型大国关系",
    "NATO",
    "北大西洋公约组织",
    "龘龘",
    "1972年",
    "世界卫生组织",
    "俄罗斯",
)


def test_without_torch_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(SanwenError, match=r'pip install "sanwen\[torch\]".*CPU build'):
        engine.load(EngineSettings(name="transformers"))


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ({"terms": "maybe"}, "hard or soft"),
        ({"term": "hard"}, "Did you mean 'terms'"),
        ({"trust_remote_code": True}, "no option"),
    ],
)
def test_wrong_options_are_named(extra, says):
    with pytest.raises(SanwenError, match=says):
        engine.load(EngineSettings(name="transformers", extra=extra))


def sentences(count):
    """Different sentences of policy prose from a small grammar; every tenth in capitals, every fourth with a quote."""
    who = (
        "The president",
        "Moscow",
        "The Chinese foreign ministry",
        "NATO",
        "A senior U.S. official",
        "Mr. Putin",
        "Europe",
    )
    does = ("rejected", "welcomed", "signed", "did not mention", "has repeatedly criticised", "may yet accept")
    what = (
        "the agreement",
        "new sanctions",
        "a period of détente",
        "the 2015 nuclear deal",
        "37.5 percent tariffs",
        "@1@",
    )
    when = (
        "",
        " in Geneva",
        " on Jan. 16, 2017",
        ", saying “it is over”",
        " despite warnings from its allies and partners",
    )
    ends = (".", "; nothing else was agreed.", ", and talks will continue next week in Beijing.", "?")
    every = itertools.product(who, does, what, when, ends)
    picked = ["".join((f"{a} {b} {c}", d, e)) for a, b, c, d, e in itertools.islice(every, 0, None, 10)][:count]
    assert len(set(picked)) == count
    return [s.upper() if i % 10 == 0 else s for i, s in enumerate(picked)]


def with_terms(text, *targets):
    """A request in which the first words of `text` have the `targets`."""
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append((start, at))
    return Request(text, tuple(Constraint(a, b, t) for (a, b), t in zip(words, targets, strict=False)))


@pytest.fixture(scope="module")
def soft():
    return engine.load(EngineSettings(name="transformers", extra={"terms": "soft"}))


@pytest.fixture(scope="module")
def hard():
    return engine.load(EngineSettings(name="transformers"))


@pytest.fixture(scope="module")
def float32(tmp_path_factory):
    """The embedded model's full weights for CTranslate2."""
    folder = model_store.convert(str(MODEL), tmp_path_factory.mktemp("float32") / "model", quantization="float32")
    assert model_store.verify(folder) == []
    return ctranslate2.load(EngineSettings(model=str(folder), compute_type="float32"))


@pytest.mark.torch
@pytest.mark.slow
def test_500_sentences_come_out_the_same_from_both_engines(soft, float32):
    asks = [Request(s) for s in sentences(500)]
    a, b = float32.translate(asks), soft.translate(asks)
    different = [(q.text, x.text, y.text) for q, x, y in zip(asks, a, b, strict=True) if x.text != y.text]
    assert different == []
    assert [x.truncated for x in a] == [y.truncated for y in b]


@pytest.mark.torch
def test_terms_prefixes_attention_and_scores_agree_too(soft, float32):
    asks = [with_terms(s, "缓和", "特朗普") for s in sentences(24)] + [Request(s, prefix="总统") for s in sentences(6)]
    for x, y in zip(float32.translate(asks, attention=True), soft.translate(asks, attention=True), strict=True):
        assert (x.text, x.tokens, x.sources) == (y.text, y.tokens, y.sources)
        assert abs(x.attention - y.attention).max() < 1e-3
        assert x.truncated or x.score == pytest.approx(y.score, abs=1e-3)
    pairs = [(Request(s), "他说，缓和时期结束了。") for s in sentences(5)]
    assert soft.score(pairs) == pytest.approx(float32.score(pairs), abs=1e-3)
    assert [soft.length(s) for s in sentences(20)] == [float32.length(s) for s in sentences(20)]


@pytest.mark.torch
def test_every_term_comes_out(hard):
    asks = [with_terms(s, *TERMS[i % 7 : i % 7 + 1 + i % 3]) for i, s in enumerate(sentences(9))]
    for ask, result in zip(asks, hard.translate(asks), strict=True):
        assert missing(result.text, ask.constraints) == (), result.text
    assert hard.supports.hard


@pytest.mark.torch
def test_odd_texts(hard):
    asks = [Request(t) for t in ("", " \n", "a\0b \ud800", "word " * 600, "</s><pad>")] + [
        Request("very " * 40, careful=True)
    ]
    results = hard.translate(asks, attention=True)
    assert [r.text == "" for r in results[:2]] == [True, True]
    assert results[3].truncated
    assert all(len(r.tokens) <= hard.limit for r in results)


@pytest.fixture(scope="module")
def marian(tmp_path_factory):
    """A Marian model of random weights as it would come from the hub, with a tag for the target language."""
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder = tmp_path_factory.mktemp("hub") / "opus-mt-tiny"
    folder.mkdir()
    pieces = json.loads((MODEL / "shared_vocabulary.json").read_text(encoding="utf-8"))
    vocabulary = {p: i for i, p in enumerate([*pieces, ">>cmn_Hans<<", ">>yue<<", "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    for side in ("source.spm", "target.spm"):
        shutil.copyfile(MODEL / "en-zh.spm", folder / side)
    names = [str(folder / n) for n in ("source.spm", "target.spm", "vocab.json")]
    MarianTokenizer(*names, source_lang="en", target_lang="zh").save_pretrained(folder)
    pad = len(vocabulary) - 1
    torch.manual_seed(3)
    model = MarianMTModel(
        MarianConfig(
            vocab_size=pad + 1, d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
            decoder_attention_heads=4, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=96,
            scale_embedding=True, pad_token_id=pad, eos_token_id=0, decoder_start_token_id=pad, forced_eos_token_id=0,
            static_position_embeddings=True, num_beams=1, init_std=0.3,
        )
    )  # fmt: skip
    with torch.no_grad():
        model.model.shared.weight[pad] = 0
        model.final_logits_bias.normal_()
        model.final_logits_bias[:, pad - 2 :] = -1e4  # no tags in translations
    model.save_pretrained(folder)
    return folder


@pytest.mark.torch
@pytest.mark.parametrize("beam", [1, 4])
def test_17_terms_of_a_random_model_all_come_out(marian, beam):
    hub = engine.load(EngineSettings(model=str(marian), beam=beam))
    asks = [with_terms(s, t) for s, t in zip(sentences(17), itertools.cycle(TERMS), strict=False)]
    results = hub.translate(asks)
    assert [missing(r.text, q.constraints) for q, r in zip(asks, results, strict=True)] == [()] * 17
    assert not hub.supports.annotation


@pytest.mark.torch
def test_a_converted_model_works_like_the_original(marian, tmp_path):
    folder = model_store.convert(str(marian), tmp_path / "models" / "tiny", quantization="float32")
    assert [p.name for p in folder.parent.iterdir()] == ["tiny"]
    assert model_store.verify(folder) == []
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    assert card["tokenizer"]["source_prefix"] == [">>cmn_Hans<<"]
    assert card["tokenizer"]["source_suffix"] == ["</s>"]
    fast = ctranslate2.load(EngineSettings(model=str(folder), compute_type="float32"))
    slow = engine.load(EngineSettings(model=str(marian), extra={"terms": "soft"}))
    assert fast.limit == slow.limit == 96
    asks = [Request(s) for s in sentences(40)] + [Request("word " * 200), Request("“quotes” — and …")]
    for x, y in zip(fast.translate(asks, attention=True), slow.translate(asks, attention=True), strict=True):
        assert (x.text, x.tokens, x.sources, x.truncated) == (y.text, y.tokens, y.sources, y.truncated)
    assert model_store.find("tiny", tmp_path, engine="ctranslate2") == folder


@pytest.mark.torch
def test_weights_must_be_safetensors(marian, tmp_path):
    folder = tmp_path / "pickled"
    shutil.copytree(marian, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    import torch

    torch.save({"x": torch.zeros(1)}, folder / "pytorch_model.bin")
    with pytest.raises(SanwenError, match=r"model\.safetensors"):
        engine.load(EngineSettings(model=str(folder)))


@pytest.mark.torch
def test_code_of_a_model_is_never_run(marian, tmp_path):
    folder = tmp_path / "evil"
    shutil.copytree(marian, folder)
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", encoding="utf-8")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "evil", "auto_map": {"AutoConfig": "evil.C", "AutoModelForSeq2SeqLM": "evil.M"}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    for attempt in (
        lambda: engine.load(EngineSettings(model=str(folder))),
        lambda: model_store.convert(str(folder), tmp_path / "out"),
    ):
        with pytest.raises(SanwenError):
            attempt()
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.torch
@pytest.mark.parametrize("family", ["m2m_100", "nllb"])
def test_models_of_many_languages(family, tmp_path):
    folder = many_languages(family, tmp_path / family)
    english, chinese = {"m2m_100": ("__en__", "__zh__"), "nllb": ("eng_Latn", "zho_Hans")}[family]
    slow = engine.load(EngineSettings(model=str(folder), extra={"terms": "soft"}))
    converted = model_store.convert(str(folder), tmp_path / "converted", quantization="float32")
    tokens = json.loads((converted / "model.json").read_text(encoding="utf-8"))["tokenizer"]
    assert (tokens["source_prefix"], tokens["target_prefix"]) == ([english], [chinese])
    fast = ctranslate2.load(EngineSettings(model=str(converted), compute_type="float32"))
    asks = [Request(s) for s in sentences(12)] + [Request("Yes.", prefix="是")]
    for x, y in zip(fast.translate(asks), slow.translate(asks), strict=True):
        assert chinese not in x.text + y.text
        assert (
            x.text == y.text or family == "nllb"
        )  # whose tokenizer here has no merges, unlike the SentencePiece model
    assert y.text.startswith("是")
    results = engine.load(EngineSettings(model=str(folder))).translate([with_terms(asks[0].text, "缓和")])
    assert "缓和" in results[0].text
    with pytest.raises(SanwenError, match="does not know the language 'tlh'"):
        engine.load(EngineSettings(model=str(folder), extra={"target": "tlh"}))


def many_languages(family, folder):
    """A model of random weights with the embedded model's pieces and the languages of its family."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer, NllbTokenizer

    folder.mkdir()
    shutil.copyfile(MODEL / "en-zh.spm", folder / "sentencepiece.bpe.model")
    pieces = json.loads((MODEL / "shared_vocabulary.json").read_text(encoding="utf-8"))[5:]
    vocabulary = {p: i for i, p in enumerate(["<s>", "<pad>", "</s>", "<unk>", *pieces])}
    if family == "m2m_100":
        (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
        tokenizer = M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
    else:
        tokenizer = NllbTokenizer(vocab=vocabulary, merges=[])
    tokenizer.save_pretrained(folder)
    torch.manual_seed(5)
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=max(tokenizer.get_vocab().values()) + 1 + (108 if family == "m2m_100" else 0), d_model=32,
            encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64,
            max_position_embeddings=128, scale_embedding=True, pad_token_id=1, bos_token_id=0, eos_token_id=2,
            decoder_start_token_id=2, init_std=0.3,
        )
    )  # fmt: skip
    model.save_pretrained(folder)
    return folder


@pytest.mark.torch
def test_without_a_network_the_hub_is_a_clear_error(monkeypatch, tmp_path):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(SanwenError, match="Check the name and the network"):
        engine.load(EngineSettings(model="Helsinki-NLP/opus-mt-en-xx-none"))
    with pytest.raises(SanwenError, match="Check the name and the network"):
        model_store.convert("Helsinki-NLP/opus-mt-en-xx-none", tmp_path / "models" / "none")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.torch
def test_a_model_of_the_hub_by_its_name(marian, tmp_path):
    """From the hub's cache, as the first use would have left it; a process of its own, for the cache's place is fixed."""
    cached = tmp_path / "home" / "hub" / "models--Helsinki-NLP--opus-mt-tiny"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("0" * 40, encoding="utf-8")
    shutil.copytree(marian, cached / "snapshots" / ("0" * 40))
    code = (
        "import sys; from pathlib import Path\n"
        "from pipeline import model_store\n"
        "from pipeline.engine import EngineSettings, Request\n"
        "from pipeline.engines import ctranslate2, transformers\n"
        "name, out = 'Helsinki-NLP/opus-mt-tiny', Path(sys.argv[1])\n"
        "slow = transformers.load(EngineSettings(model=name, extra={'terms': 'soft'}))\n"
        "model_store.convert(name, out / 'models' / 'opus-mt-tiny', quantization='float32')\n"
        "fast = ctranslate2.load(EngineSettings(model=name, compute_type='float32', workspace=str(out)))\n"
        "print(slow.signature, *(e.translate([Request('Talks ended.')])[0].text for e in (slow, fast)), sep='|')"
    )
    env = {**os.environ, "HF_HOME": str(tmp_path / "home"), "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(MODEL.parents[2])}
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, env=env
    )
    signature, slow, fast = run.stdout.strip().split("|")
    assert " opus-mt-tiny@000000000000 float32 beam1 soft" in signature
    assert slow == fast
    assert "Helsinki-NLP/opus-mt-tiny" in (tmp_path / "models" / "opus-mt-tiny" / "model.json").read_text(
        encoding="utf-8"
    )


@pytest.mark.torch
def test_a_tokenizer_of_another_model_is_refused(tmp_path):
    folder = tmp_path / "mixed"
    shutil.copytree(MODEL, folder, ignore=shutil.ignore_patterns("manifest.sha256", "model.bin"))
    config = json.loads((folder / "hf" / "config.json").read_text(encoding="utf-8"))
    (folder / "hf" / "config.json").write_text(json.dumps(config | {"vocab_size": 23_000}), encoding="utf-8")
    with pytest.raises(SanwenError):
        engine.load(EngineSettings(model=str(folder)))
    (folder / "hf" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert engine.load(EngineSettings(model=str(folder))).translate([Request("Talks ended.")])[0].text
    (folder / "en-zh.spm").unlink()
    with pytest.raises(SanwenError, match=r"en-zh\.spm"):
        engine.load(EngineSettings(model=str(folder)))


@pytest.mark.torch
@pytest.mark.parametrize("damage", [b"", b"\x08\0\0\0\0\0\0\0{}      ", b"no weights at all"])
def test_broken_weights_are_a_clear_error(marian, tmp_path, damage):
    folder = tmp_path / "broken"
    shutil.copytree(marian, folder)
    (folder / "model.safetensors").write_bytes(damage)
    for attempt in (
        lambda: engine.load(EngineSettings(model=str(folder))),
        lambda: model_store.convert(str(folder), tmp_path / "out"),
    ):
        with pytest.raises(SanwenError, match="broken"):
            attempt()
    assert not (tmp_path / "out").exists()


@pytest.mark.torch
def test_what_is_to_be_avoided_does_not_come(soft):
    text = "The two presidents met in Geneva."
    (first,) = soft.translate([Request(text)])
    run = (first.tokens[0].piece,)
    (again,) = soft.translate([Request(text, avoid=(run,))])
    assert run[0] not in [t.piece for t in again.tokens]
