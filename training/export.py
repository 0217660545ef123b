"""A training run -> the folder that is shipped: CTranslate2 int8, float16 master weights, tokenizer, description.

    python training/export.py RUN SPM.model OUT_FOLDER [--table TABLE.npz --data DATA.npz]
        [--lexicon LEXICON.tsv] [--dictionary DICTIONARY.tsv] [--vocabulary VOCABULARY.tsv] [--version 0.1.0]

The averaged weights are rounded to float16 first and both forms are made from the rounded ones, so that
`hf/model.safetensors` (for transformers) and `model.bin` (for CTranslate2) come from the very same numbers.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import vmap
from ctranslate2.converters import TransformersConverter
from model import write_tokenizer
from safetensors.torch import load_file, save_file
from transformers import MarianMTModel

SPM = "en-zh.spm"
LEXICONS = {"lexicon": "lexicon.tsv", "dictionary": "dictionary.tsv", "vocabulary": "vocabulary.tsv"}
LICENCES = {"dictionary": ("CC-BY-SA-4.0",)}  # that of CC-CEDICT; what is not named has the model's
NEVER = -30_000.0
CONVERTED = ("model.bin", "config.json", "shared_vocabulary.json")


def write_hf(run: Path, out: Path) -> MarianMTModel:
    """Write the float16 weights and their configuration; return the model with the rounded weights."""
    model = MarianMTModel.from_pretrained(run).half()
    model.final_logits_bias[0, model.config.pad_token_id] = NEVER  # CTranslate2 cuts the row off
    out.mkdir(parents=True, exist_ok=True)
    model.config.dtype = "float16"
    model.save_pretrained(out)
    weights = out / "model.safetensors"  # the sinusoids are computed, not stored
    kept = {k: v for k, v in load_file(weights).items() if "embed_positions" not in k}
    save_file(kept, weights, metadata={"format": "pt"})
    return model


def convert(hf: Path, spm: Path, out: Path, quantization: str = "int8") -> None:
    """CTranslate2's form of the weights in `hf`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "hf"
        write_tokenizer(spm, folder)
        MarianMTModel.from_pretrained(hf).float().save_pretrained(folder)
        TransformersConverter(str(folder)).convert(str(Path(scratch) / "ct2"), quantization=quantization)
        for name in CONVERTED:
            shutil.copyfile(Path(scratch) / "ct2" / name, out / name)


def describe(model: MarianMTModel, version: str) -> dict:
    """What a runtime must know, for `model.json`."""
    c = model.config
    return {
        "name": "sanwen-en-zh",
        "version": version,
        "source": "en",
        "target": "zh_CN",
        "licence": "Apache-2.0",
        "architecture": {
            "family": "marian",
            "encoder_layers": c.encoder_layers,
            "decoder_layers": c.decoder_layers,
            "d_model": c.d_model,
            "ffn": c.encoder_ffn_dim,
            "heads": c.encoder_attention_heads,
            "vocabulary": c.vocab_size - 1,
            "parameters": sum(p.numel() for n, p in model.named_parameters() if "embed_positions" not in n),
        },
        "files": {"ctranslate2": "model.bin", "tokenizer": SPM, "vocabulary_map": "vmap.txt", "transformers": "hf"},
        "tokenizer": {
            "type": "sentencepiece",
            "source_suffix": ["</s>"],
            "target_prefix": [],
            "ids": "piece ids are token ids; <pad> is the id after the last piece and starts decoding",
        },
        "normalisation": {
            "function": "training/normalise.py:normalise",
            "unicode": "NFC",
            "characters": {
                "U+2018": "'",
                "U+2019": "'",
                "U+201C": '"',
                "U+201D": '"',
                "U+00A0": " ",
                "U+2026": "...",
                "U+2013": "-",
                "U+00AD": "",
                "U+200B": "",
                "U+FEFF": "",
            },
            "white_space": "runs become one space, none at the ends",
            "shouting": "three or more words of two letters or more, 90% of the ASCII letters capitals, no <term>: "
            "lower case, first letter capital",
            "headlines": "pipeline/text/headline.py:recased: a headline's capitals as running text has them; "
            "names by the tokenizer's unigram model",
        },
        "terms": {
            "open": "<term>",
            "as": "<as>",
            "close": "</term>",
            "suggested": "",  # before the word of a suggestion: the model may take it or leave it
            "example": "a period of <term>détente<as>缓和</term> followed",
            "nesting": False,
            "advice": "up to nine terms a sentence were seen in training",
        },
        "mask": {
            "form": "@{n}@",
            "first": 1,
            "example": "see @1@ for details -> 详见@1@",
            "seen_in_training": "1 to 12, at most two a sentence",
        },
        "max_source_pieces": 120,
        "max_target_pieces": 160,
        "advice_long": "split sentences above 80 words at ; or , before translating",
        "decoding": {
            "beam_size": 1,
            "length_penalty": 2.0,  # of a beam: the model leaves things out rather than adding any
            "repetition_penalty": 1.1,
            "no_repeat_ngram_size": 3,
            "use_vmap": True,
        },
    }


def manifest(folder: Path) -> str:
    """sha256sum lines of every file but the manifest itself."""
    files = sorted(
        p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.sha256" and "__pycache__" not in p.parts
    )
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in files)


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("run", type=Path)
    a.add_argument("spm", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--table", type=Path)
    a.add_argument("--data", type=Path)
    for kind in LEXICONS:
        a.add_argument(f"--{kind}", type=Path, help=f"of {kind}.py [the one that is in OUT_FOLDER, if any]")
    a.add_argument("--version", default="0.1.0")
    a.add_argument("--each", type=int, default=40)
    a.add_argument("--always", type=int, default=2500)
    o = a.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    model = write_hf(o.run, o.out / "hf")
    if o.spm.resolve() != (o.out / SPM).resolve():
        shutil.copyfile(o.spm, o.out / SPM)
    convert(o.out / "hf", o.out / SPM, o.out)
    if o.table and o.data:
        text = vmap.build(o.table, o.data, o.spm, o.each, o.always, 0.001)
        (o.out / "vmap.txt").write_text(text, encoding="utf-8")
    described = describe(model, o.version)
    for kind, name in LEXICONS.items():
        given, own = getattr(o, kind), o.out / name
        if given and given.resolve() != own.resolve():
            shutil.copyfile(given, own)
        if own.is_file():
            described["files"][kind] = name
            described["licence"] = ", ".join([described["licence"], *(f"{name} {x}" for x in LICENCES.get(kind, ()))])
    (o.out / "model.json").write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (o.out / "manifest.sha256").write_text(manifest(o.out), encoding="utf-8")
    print(f"{o.out}: {sum(p.stat().st_size for p in o.out.rglob('*') if p.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
