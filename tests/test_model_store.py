"""Model folders: found in the right order, checked file by file, converted only whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from pipeline import model_store
from pipeline.errors import SanwenError
from pipeline.model_card import Card, read_card

PACKAGED = Path(__file__).parents[1] / "pipeline" / "models"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """No model of this machine's user is seen."""
    monkeypatch.setenv("SANWEN_MODELS", str(tmp_path / "cache"))
    return tmp_path / "cache"


def model(folder, weights="model.bin", **card):
    (folder / weights).parent.mkdir(parents=True, exist_ok=True)
    (folder / weights).write_bytes(b"weights")
    (folder / "model.json").write_text(json.dumps({"name": folder.name, **card}), encoding="utf-8")
    model_store.write_manifest(folder)
    return folder


def test_the_embedded_model_is_whole_and_the_default():
    assert model_store.find("") == model_store.find("en-zh") == PACKAGED / "en-zh"
    assert model_store.verify(PACKAGED / "en-zh") == []
    found = {m.folder.name: m for m in model_store.models()}["en-zh"]
    assert "ctranslate2" in found.engines
    assert found.licence
    assert found.digest[:12] in str(found)


def test_workspace_before_cache_before_package(tmp_path, cache):
    mine, users = model(tmp_path / "ws" / "models" / "en-zh"), model(cache / "en-zh")
    other = model(cache / "opus-mt-en-zh")
    assert model_store.find("en-zh", tmp_path / "ws") == mine
    assert model_store.find("en-zh") == users
    assert model_store.find("Helsinki-NLP/opus-mt-en-zh") == other
    assert [m.folder for m in model_store.models(tmp_path / "ws")] == [mine, other]


def test_by_path(tmp_path, monkeypatch):
    folder = model(tmp_path / "here" / "mine")
    monkeypatch.chdir(tmp_path)
    assert model_store.find(str(folder)) == folder
    assert model_store.find("./here/mine").resolve() == folder
    assert model_store.find("here/mine").resolve() == folder


def test_what_is_not_there_is_said_with_what_is(tmp_path):
    with pytest.raises(SanwenError, match=r"no model 'opus'.*en-zh.*sanwen models convert"):
        model_store.find("opus")
    with pytest.raises(SanwenError, match=r"no model\.bin, which the engine ctranslate2 needs"):
        model_store.find(str(model(tmp_path / "torch", "model.safetensors")), engine="ctranslate2")


def test_weights_for_transformers_may_be_in_a_folder_of_their_own(tmp_path):
    folder = model(tmp_path / "both", "hf/model.safetensors")
    assert model_store.describe(folder).engines == ("transformers",)
    assert model_store.find(str(folder), engine="transformers") == folder


def problems(folder, **only):
    return [str(p) for p in model_store.verify(folder, **only)]


def test_verify_names_each_file(tmp_path):
    folder = model(tmp_path / "m", "hf/model.safetensors")
    assert problems(folder) == []
    (folder / "model.json").write_text("{ }", encoding="utf-8")
    (folder / "hf" / "model.safetensors").unlink()
    (folder / "evil.py").write_text("", encoding="utf-8")
    found = problems(folder)
    assert len(found) == 3
    assert "hf/model.safetensors: the file is missing" in found[0]
    assert "model.json: not the file of line 2" in found[1]
    assert "evil.py: not named in the manifest" in found[2]
    assert len(problems(folder, only=("model.json",))) == 1


@pytest.mark.parametrize(
    "line", ["abc  model.bin", f"{'0' * 64}  ../outside", f"{'0' * 64}  /etc/passwd", f"{'z' * 3}", f"{'0' * 64}"]
)
def test_verify_refuses_strange_lines(tmp_path, line):
    folder = model(tmp_path / "m")
    with (folder / "manifest.sha256").open("a", encoding="utf-8") as f:
        f.write(line + "\n")
    assert any(f"manifest.sha256:{3}: not a line of sha256sum" in p for p in problems(folder))


def test_verify_without_a_manifest(tmp_path):
    (tmp_path / "m").mkdir()
    assert "no manifest" in problems(tmp_path / "m")[0]
    assert model_store.digest(tmp_path / "m") == ""


def test_the_digest_changes_with_any_file(tmp_path):
    folder = model(tmp_path / "m")
    before = model_store.digest(folder)
    assert model_store.write_manifest(folder) == before
    (folder / "vmap.txt").write_text("x", encoding="utf-8")
    assert model_store.write_manifest(folder) != before


def test_a_description_without_anything_means_the_defaults(tmp_path):
    assert read_card(tmp_path) == Card()
    (tmp_path / "model.json").write_text('{"name": null, "colour": "red", "terms": {}}', encoding="utf-8")
    assert read_card(tmp_path) == Card()


@pytest.mark.parametrize(
    ("more", "suggested"), [("", "<term>"), (', "suggested": ""', ""), (', "suggested": "<s>"', "<s>")]
)
def test_what_opens_a_suggestion_is_what_opens_a_term_if_nothing_else_is_said(tmp_path, more, suggested):
    marks = '{"terms": {"open": "<term>", "as": "<as>", "close": "</term>"' + more + "}}"
    (tmp_path / "model.json").write_text(marks, encoding="utf-8")
    assert read_card(tmp_path).suggested == suggested


def test_the_embedded_description():
    card = read_card(PACKAGED / "en-zh")
    assert card.normalised
    assert card.terms == ("<term>", "<as>", "</term>")
    assert card.mask == "@{n}@"
    assert 0 < card.longest < card.positions


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"max_source_pieces": "120"}', "max_source_pieces"),
        ('{"max_source_pieces": -1}', "max_source_pieces"),
        ('{"max_source_pieces": true}', "max_source_pieces"),
        ('{"decoding": {"length_penalty": "2"}}', "decoding.length_penalty"),
        ('{"files": 3}', "files"),
        ('{"files": {"transformers": "/root"}}', "outside"),
        ('{"tokenizer": {"target_prefix": [1]}}', "list of strings"),
        ('{"normalisation": {"function": "normalise", "characters": {}}}', "Update sanwen"),
        ('{"mask": {"form": "@n@"}}', "mask.form"),
        ("3", "no JSON object"),
        ("\ud800", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_a_wrong_description_is_refused(tmp_path, text, says):
    (tmp_path / "model.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(SanwenError, match=says) as e:
        read_card(tmp_path)
    assert e.value.file == str(tmp_path / "model.json")


def test_converting_without_torch_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(SanwenError, match=r'pip install "sanwen\[torch\]"'):
        model_store.convert("Helsinki-NLP/opus-mt-en-zh", tmp_path / "models" / "opus")
    assert list((tmp_path / "models").iterdir()) == []


def test_converting_overwrites_nothing(tmp_path):
    folder = model(tmp_path / "m")
    with pytest.raises(SanwenError, match="something already"):
        model_store.convert("any/thing", folder)
    with pytest.raises(SanwenError, match="int3"):
        model_store.convert("any/thing", tmp_path / "new", quantization="int3")
