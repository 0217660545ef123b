"""The default engine with the embedded model: what it promises whatever the model's quality."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline import model_store
from pipeline.engine import Constraint, EngineSettings, Request
from pipeline.engines.ctranslate2 import load
from pipeline.errors import SanwenError
from pipeline.model_card import read_card
from pipeline.repair import force, missing

MODEL = Path(__file__).parents[1] / "pipeline" / "models" / "en-zh"
TEXTS = (
    "The period of détente between the United States and Russia ended abruptly.",
    "He said, “It’s over.”",
    "SANCTIONS ON IRAN ARE BACK",
    "In 2017 the two countries signed an agreement on trade in agricultural goods worth $1.5 billion.",
    "Read more at @1@.",
    "No.",
)


@pytest.fixture(scope="module")
def engine():
    return load(EngineSettings())


@pytest.fixture(scope="module")
def whole_vocabulary():
    return load(EngineSettings(extra={"vmap": False}))


def request(text, **terms):
    return Request(text, tuple(Constraint(text.index(k), text.index(k) + len(k), v) for k, v in terms.items()))


def test_signature_names_everything_that_matters(engine):
    name = read_card(MODEL).name
    digest = model_store.digest(MODEL)[:12]
    assert re.fullmatch(rf"ctranslate2/[\d.]+ {name}@{digest} int8 beam1 vmap lexicon", engine.signature)
    assert load(EngineSettings(beam=3, extra={"vmap": False})).signature.endswith("int8 beam3 length2 lexicon")


def test_properties(engine):
    assert engine.mask == "@{n}@"
    assert engine.supports.annotation
    assert engine.supports.prefix
    assert engine.supports.attention
    assert not engine.supports.hard
    assert 0 < engine.comfort <= engine.limit == 512
    assert engine.length("") == engine.length(" \n") == 0
    assert engine.length("word " * 50) >= 51


def test_translates_in_order_and_the_same_alone(whole_vocabulary):
    together = whole_vocabulary.translate([Request(t) for t in TEXTS])
    alone = [whole_vocabulary.translate([Request(t)])[0] for t in TEXTS]
    assert [r.text for r in together] == [r.text for r in alone]
    assert all(r.text and r.score < 0 for r in together)
    assert all(re.search(r"[\u4e00-\u9fff]", r.text) for r in together[:4])


def test_batches_and_threads_change_nothing():
    asks = [Request(t) for t in TEXTS * 5]
    results = [
        [r.text for r in load(EngineSettings(batch=b, threads=t, extra={"vmap": False})).translate(asks)]
        for b, t in ((64, 1), (3, 2))
    ]
    assert results[0] == results[1]


def test_nothing_in_nothing_out(engine):
    assert engine.translate([]) == []
    assert engine.score([]) == []
    for result in engine.translate([Request(""), Request(" \t\n"), Request("\u200b")], attention=True):
        assert (result.text, result.score, result.tokens, result.truncated) == ("", 0.0, (), False)


@pytest.mark.parametrize("text", ["word " * 2000, "x" * 10_000, "龘" * 5000, "😀" * 3000])
def test_far_too_long_texts_are_cut_and_say_so(engine, text):
    result = engine.translate([Request(text)])[0]
    assert result.truncated
    assert len(result.tokens) <= engine.limit


@pytest.mark.parametrize(
    "text", ["a\0b", "lone \ud800 surrogate", "\x1b[31mred", "\ufffe", "<term><as></term></s>", "\u202ertl"]
)
def test_odd_characters_are_no_problem(engine, text):
    result = engine.translate([Request(text)], attention=True)[0]
    result.text.encode()
    assert not re.search("[\0\x1b]|</?term>|<as>|</s>", result.text)


def test_prefix_is_obeyed_after_other_batches(engine):
    """CTranslate2 with a vocabulary map takes the prefix for other tokens, or fails, after an earlier larger batch."""
    engine.translate([Request(t) for t in TEXTS * 4])
    for prefix in ("缓和时期", "特郎普与普亭", "The 龘"):
        results = engine.translate([Request(t, prefix=prefix) for t in TEXTS] + [Request(TEXTS[0])])
        assert all(r.text.startswith(prefix) for r in results[:-1])
        assert results[-1].text == engine.translate([Request(TEXTS[0])])[0].text


def test_attention_on_demand(engine):
    ask = request(TEXTS[0], détente="缓和")
    assert engine.translate([ask])[0].attention is None
    result = engine.translate([ask, Request("No.")], attention=True)[0]
    assert result.attention.shape == (len(result.tokens), len(result.sources))
    assert np.allclose(result.attention.sum(axis=1), 1, atol=1e-3)
    assert {ask.text[s.start : s.end] for s in result.sources if s.piece == "<as>"} == {"détente"}
    assert "".join(result.text[t.start : t.end] for t in result.tokens if not t.piece.startswith("<0x")) == result.text


@pytest.mark.parametrize("beam", [1, 3])  # in a beam the embedded model's length penalty is not 1
def test_scores_are_mean_log_probabilities(beam):
    # in int8 a text scored at once is rounded otherwise than one decoded step by step
    whole_vocabulary = load(EngineSettings(beam=beam, compute_type="float32", extra={"vmap": False}))
    results = whole_vocabulary.translate([Request(t) for t in TEXTS])
    again = whole_vocabulary.score([(Request(t), r.text) for t, r in zip(TEXTS, results, strict=True)])
    for r, score in zip(results, again, strict=True):
        respelled = whole_vocabulary._vocabulary.encode_target(r.text) != [t.piece for t in r.tokens]
        assert respelled or r.score == pytest.approx(score, abs=0.001)
    nonsense = whole_vocabulary.score([(Request(TEXTS[1]), "龘" * 8)])[0]
    assert nonsense < again[1]


def test_careful_decoding_runs_in_no_circles(engine):
    result = engine.translate([Request("very " * 60 + "good", careful=True)])[0]
    pieces = [t.piece for t in result.tokens]
    runs = [tuple(pieces[i : i + 4]) for i in range(len(pieces) - 3)]
    assert len(runs) == len(set(runs))


def test_missing_terms_are_put_in(engine):
    """Even terms that no model would think of, most of the time; and never at the price of others."""
    asks = [
        request("Russia and the United States will talk next week.", Russia="毛里求斯"),
        request("The president of France met the chancellor of Germany.", France="瓦努阿图", Germany="莱索托"),
        request("China has become the largest market for cars.", China="圣卢西亚"),
        request("He said that Japan would raise taxes.", Japan="马尔代夫"),
        request("India and Pakistan are neighbours.", India="汤加", Pakistan="图瓦卢"),
        request("The talks with Iran have failed.", Iran="斐济"),
    ]
    before = engine.translate(asks)
    after = force(engine, asks, before)
    lacking = [[len(missing(r.text, q.constraints)) for q, r in zip(asks, rs, strict=True)] for rs in (before, after)]
    assert all(b <= a for a, b in zip(*lacking, strict=True))
    assert sum(lacking[1]) <= 3, [r.text for r in after]
    assert [b for a, b, n in zip(before, after, lacking[0], strict=True) if not n] == [
        a for a, n in zip(before, lacking[0], strict=True) if not n
    ]


def copy(tmp_path, **changed):
    """The embedded model without its weights for transformers; `changed` files (dots as in names) are replaced."""
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder, ignore=shutil.ignore_patterns("hf", "manifest.sha256"))
    for name, text in changed.items():
        (folder / name.replace("_txt", ".txt").replace("_json", ".json")).write_text(text, encoding="utf-8")
    model_store.write_manifest(folder)
    return folder


def test_a_term_that_the_vocabulary_map_keeps_out_still_comes(tmp_path):
    engine = load(EngineSettings(model=str(copy(tmp_path, vmap_txt="\t的 。 </s>\n"))))
    plain, term = engine.translate([Request(TEXTS[0]), request(TEXTS[0], détente="缓和")])
    assert set(plain.text) <= set("的。")
    assert set(term.text) - set("的。")


@pytest.mark.parametrize("name", ["model.bin", "en-zh.spm", "shared_vocabulary.json", "vmap.txt", "config.json"])
@pytest.mark.parametrize("damage", ["missing", "altered"])
def test_a_broken_folder_is_refused_by_the_file(tmp_path, name, damage):
    folder = copy(tmp_path)
    if damage == "missing":
        (folder / name).unlink()
    else:
        with (folder / name).open("ab") as f:
            f.write(b"\n")
    with pytest.raises(SanwenError) as e:
        load(EngineSettings(model=str(folder)))
    assert name in str(e.value)
    assert e.value.remedy


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"shared_vocabulary_json": '["a", "b"]'}, "not in the vocabulary"),
        ({"shared_vocabulary_json": "{"}, "cannot be read"),
        ({"model_json": "[]"}, "no JSON object"),
        ({"model_json": "{"}, "cannot be read"),
        ({"model_json": '{"tokenizer": {"source_suffix": "</s>"}}'}, "source_suffix"),
        ({"model_json": '{"files": {"tokenizer": "../en-zh.spm"}}'}, "outside"),
        ({"model_json": '{"normalisation": {"function": "x:other"}}'}, "normalisation"),
        ({"model_json": '{"mask": {"form": "@@"}}'}, "mask.form"),
        ({"model_json": '{"files": {"tokenizer": "config.json"}}'}, "not a SentencePiece model"),
        ({"model_json": "{}"}, "source.spm"),
    ],
)
def test_a_wrong_file_is_refused_even_with_its_checksum(tmp_path, changed, says):
    with pytest.raises(SanwenError, match=says):
        load(EngineSettings(model=str(copy(tmp_path, **changed))))


def test_a_models_length_penalty_makes_a_beam_say_more(tmp_path):
    description = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))
    sizes, signatures = [], []
    for penalty in (0.0, 1.0, 4.0):
        description["decoding"] = {"length_penalty": penalty}
        folder = copy(tmp_path / str(penalty), model_json=json.dumps(description))
        wide = load(EngineSettings(model=str(folder), beam=4, extra={"vmap": False}))
        sizes.append(sum(len(r.tokens) for r in wide.translate([Request(t) for t in TEXTS])))
        signatures.append(wide.signature.split("beam4")[1])
    assert sizes[0] < sizes[2]
    assert sizes == sorted(sizes)
    assert signatures == [" length0 lexicon", " lexicon", " length4 lexicon"]


def test_a_vocabulary_of_the_wrong_size(tmp_path):

    pieces = json.loads((MODEL / "shared_vocabulary.json").read_text(encoding="utf-8"))
    folder = copy(tmp_path, shared_vocabulary_json=json.dumps(pieces[:-3]))
    with pytest.raises(SanwenError, match="23997 entries and the model 24000"):
        load(EngineSettings(model=str(folder)))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"extra": {"vmpa": True}}, "Did you mean 'vmap'"),
        ({"extra": {"vmap": "yes"}}, "vmap"),
        ({"compute_type": "int3"}, "int3"),
        ({"beam": 0}, "beam is 0"),
        ({"batch": True}, "batch is True"),
        ({"model": "no-such-model"}, "en-zh"),
        ({"model": "./nowhere"}, "nowhere"),
    ],
)
def test_wrong_settings_are_named(settings, says):
    with pytest.raises(SanwenError, match=says):
        load(replace(EngineSettings(), **settings))


@pytest.mark.parametrize(
    "constraints",
    [
        (Constraint(0, 99, "x"),),
        (Constraint(-1, 2, "x"),),
        (Constraint(3, 3, "x"),),
        (Constraint(0, 3, "x"), Constraint(2, 5, "y")),
        (Constraint(0, 3, " "),),
    ],
)
def test_impossible_constraints_are_refused(engine, constraints):
    with pytest.raises(SanwenError):
        engine.translate([Request("a short text", constraints)])


def test_cold_start():
    """Process start to first sentence: no torch, transformers or numpy, and well under half a second of work."""
    code = (
        "import sys, time\n"
        "from pipeline.engine import EngineSettings, Request\n"
        "from pipeline.engines.ctranslate2 import load\n"
        "load(EngineSettings()).translate([Request('The talks ended.')])\n"
        "print(time.process_time(), *[m for m in ('torch', 'transformers', 'numpy') if m in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(MODEL.parents[2])}
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
        for _ in range(3)
    ]
    said = [run.stdout.split() for run in runs]
    assert all(len(words) == 1 for words in said), said
    assert min(float(words[0]) for words in said) < 0.5
