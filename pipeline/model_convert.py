"""From a transformers model to the files that CTranslate2 reads; needs the extra [torch]."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SanwenError
from pipeline.model_card import CARD, read_card
from pipeline.model_hub import load_weights, set_languages

QUANTIZATIONS = ("int8", "int8_float32", "int16", "float16", "float32")
SPM = ("source.spm", "target.spm", "sentencepiece.bpe.model")
NEEDS = 'Converting needs PyTorch: pip install "sanwen[torch]". The converted model does not'


def write_converted(model: str, out: Path, quantization: str) -> None:
    """Write into the empty folder `out` everything of a model but its manifest.

    `model` is a folder or the name of a model on the Hugging Face hub, which is then fetched. Raises SanwenError if
    torch or the model cannot be had, or it is of a family that is not known.
    """
    if quantization not in QUANTIZATIONS:
        raise SanwenError(f"the quantization '{quantization}' is not known", remedy=f"Use {', '.join(QUANTIZATIONS)}")
    try:
        import torch  # noqa: F401, PLC0415
        import transformers  # noqa: PLC0415
        from ctranslate2.converters import TransformersConverter  # noqa: PLC0415
    except ImportError as e:
        raise SanwenError(f"models cannot be converted here: {e}", remedy=NEEDS) from e
    logging: Any = transformers.utils.logging
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    with tempfile.TemporaryDirectory() as scratch:
        own = _own(Path(model), Path(scratch)) if (Path(model) / CARD).is_file() else None
        where = str(own or model)
        try:
            converter = TransformersConverter(where)
            loaded = load_weights(where)
            load = converter.load_tokenizer
            converter.load_model = lambda *_, **__: loaded
            converter.load_tokenizer = lambda *a, **k: _WithLanguages(load(*a, **k))
            spec = converter._load()  # noqa: SLF001 - convert() gives no access to the spec
            config = loaded.config
            if config.model_type != "marian":  # Marian trains its first head to align; elsewhere all know a little
                spec.decoder.alignment_heads = spec.decoder.alignment_heads.dtype.type(config.decoder_attention_heads)
            spec.validate()
            spec.optimize(quantization=quantization)
            spec.save(str(out))
            tokenizer = transformers.AutoTokenizer.from_pretrained(where, trust_remote_code=False)
            files = _tokenizer_files(where, out)
        except SanwenError:
            raise
        except Exception as e:  # transformers, safetensors and torch raise what they like over a broken model
            raise SanwenError(
                f"the model cannot be fetched or read: {e}",
                file=model,
                remedy="Check the name and the network (or give the folder of a downloaded model)",
            ) from e
        card = _own_card(Path(model)) if own else _card(model, config, tokenizer, files)
    (out / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


class _WithLanguages:
    """A tokenizer whose languages are among its special tokens, where the converter looks for them.

    M2M100's have their ids after the vocabulary, and transformers 5 no longer lists them there.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tokenizer, name)

    @property
    def special_tokens_map(self) -> dict[str, Any]:
        ids: dict[str, int] = getattr(self._tokenizer, "lang_token_to_id", None) or {}
        found: dict[str, Any] = dict(self._tokenizer.special_tokens_map)
        return found | ({"additional_special_tokens": sorted(ids, key=lambda t: ids[t])} if ids else {})


def _own(folder: Path, scratch: Path) -> Path:
    """One of our own folders as transformers wants it: weights and tokenizer in one place."""
    card = read_card(folder)
    import sentencepiece  # noqa: PLC0415

    shutil.copytree(folder / card.hf, scratch / "hf", ignore=shutil.ignore_patterns("model.bin"))
    hf = scratch / "hf"
    for name, spm in (("source.spm", card.source_spm), ("target.spm", card.target_spm)):
        shutil.copyfile(folder / spm, hf / name)
    sp = sentencepiece.SentencePieceProcessor(model_file=str(folder / card.source_spm))
    pieces = {sp.id_to_piece(i): i for i in range(sp.get_piece_size())}
    pieces["<pad>"] = len(pieces)
    (hf / "vocab.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    settings = {"tokenizer_class": "MarianTokenizer", "source_lang": "en", "target_lang": "zh"}
    (hf / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    config = json.loads((hf / "config.json").read_text(encoding="utf-8"))
    config["dtype"] = "float32"  # quantize from the full numbers
    (hf / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return hf


def _own_card(folder: Path) -> dict[str, Any]:
    """The folder's description, with the names that the tokenizer's files now have."""
    card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
    card["files"] = {"ctranslate2": "model.bin", "tokenizer": "source.spm", "target_tokenizer": "target.spm"}
    return card


def _tokenizer_files(model: str, out: Path) -> list[str]:
    """Copy the SentencePiece models that there are; returns their names. Raises OSError if there are none."""
    found = []
    for name in SPM:
        path = Path(model) / name
        if not Path(model).is_dir():
            from huggingface_hub import hf_hub_download  # noqa: PLC0415
            from huggingface_hub.errors import EntryNotFoundError  # noqa: PLC0415

            try:
                path = Path(hf_hub_download(model, name))
            except EntryNotFoundError:
                continue
        if path.is_file():
            shutil.copyfile(path, out / name)
            found.append(name)
    if not found:
        message = f"it has none of {', '.join(SPM)}"
        raise FileNotFoundError(message)
    return found


@dataclass(frozen=True, slots=True)
class _Affixes:
    """The tokens around texts."""

    source_prefix: list[str]
    source_suffix: list[str]
    target_prefix: list[str]


def _affixes(tokenizer: Any) -> _Affixes:
    """As a tokenizer of transformers puts them, for English to Simplified Chinese."""
    languages = set_languages(tokenizer)
    name = tokenizer.convert_ids_to_tokens
    tokens = name(tokenizer(f"{languages.tag}x")["input_ids"])
    plain = [i for i, token in enumerate(tokens) if token not in languages.marks]
    return _Affixes(tokens[: plain[0]], tokens[plain[-1] + 1 :], name(list(languages.lead)))


def _card(model: str, config: Any, tokenizer: Any, files: list[str]) -> dict[str, Any]:
    around = _affixes(tokenizer)
    return {
        "name": Path(model).name,
        "made_from": model if not Path(model).exists() else Path(model).name,
        "source": "en",
        "target": "zh_CN",
        "licence": "",
        "files": {"ctranslate2": "model.bin", "tokenizer": files[0], "target_tokenizer": files[-1]},
        "tokenizer": {
            "type": "sentencepiece",
            "source_prefix": around.source_prefix,
            "source_suffix": around.source_suffix,
            "target_prefix": around.target_prefix,
        },
        "positions": int(config.max_position_embeddings),
    }
