"""The Marian architecture, and the files by which transformers and CTranslate2 know it.

The row of <pad> in the shared embedding stays zero: Marian starts decoding from it, and CTranslate2 takes a zero
vector there. So nothing may train it: it is never a target nor among the softmax's rows (see `head.py`).
"""

import argparse
import json
import shutil
from pathlib import Path

import sentencepiece
import torch
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

EOS = 0
SHAPE = {"d": 256, "enc": 6, "dec": 2, "ffn": 1024, "heads": 4}


def add_shape(parser: argparse.ArgumentParser) -> None:
    """Add the options that give the model's shape."""
    for name, value in SHAPE.items():
        parser.add_argument(f"--{name}", type=int, default=value)


def build(  # noqa: PLR0917
    pieces: int, d: int, enc: int, dec: int, ffn: int, heads: int, dropout: float = 0.0, attention: str = "eager"
) -> MarianMTModel:
    """A fresh model over `pieces` pieces, and <pad> after them."""
    model = MarianMTModel(
        MarianConfig(
            vocab_size=pieces + 1,
            d_model=d,
            encoder_layers=enc,
            decoder_layers=dec,
            encoder_ffn_dim=ffn,
            decoder_ffn_dim=ffn,
            encoder_attention_heads=heads,
            decoder_attention_heads=heads,
            max_position_embeddings=512,
            activation_function="swish",
            scale_embedding=True,
            pad_token_id=pieces,
            eos_token_id=EOS,
            decoder_start_token_id=pieces,
            forced_eos_token_id=EOS,
            share_encoder_decoder_embeddings=True,
            tie_word_embeddings=True,
            static_position_embeddings=True,
            num_beams=1,
            dropout=dropout,
            attention_dropout=0.0,
            attn_implementation=attention,
        )
    )
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.dim() == 2 and "layers." in name:
                torch.nn.init.xavier_uniform_(p)
                if name.endswith(("out_proj.weight", "fc2.weight")):  # each layer begins near the identity
                    p.mul_(0.2)
        shared = model.model.shared.weight
        torch.nn.init.normal_(shared, std=d**-0.5)
        shared[pieces] = 0
    return model


@torch.no_grad()
def warm_start(model: MarianMTModel, vectors: torch.Tensor, counts: torch.Tensor) -> None:
    """Begin as a translator of bags of words: cross-lingual `vectors`, log frequencies, open cross-attention.

    The decoder's cross-attention passes the source's vectors on as they are, to an output layer that knows how
    frequent each piece is (`final_logits_bias`, fixed) and on which side of the space its translations lie.
    """
    shared = model.model.shared.weight
    known = vectors.norm(dim=1) > 0
    shared[: len(vectors)][known] = vectors[known]
    model.final_logits_bias[0, : len(counts)] = ((counts + 0.5) / counts.sum()).log().clamp(min=-14)
    layers = model.model.decoder.layers
    for layer in layers:
        layer.encoder_attn.v_proj.weight.copy_(torch.eye(shared.shape[1]))
        layer.encoder_attn.out_proj.weight.copy_(torch.eye(shared.shape[1]))
    layers[-1].final_layer_norm.weight.fill_(0.3)  # the output begins unsure: its input is a vector of length d ** 0.5


def write_tokenizer(spm: Path, folder: Path) -> None:
    """Write what transformers' MarianTokenizer reads; both languages share one SentencePiece model."""
    folder.mkdir(parents=True, exist_ok=True)
    sp = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    n = sp.get_piece_size()
    vocabulary = {**{sp.id_to_piece(i): i for i in range(n)}, "<pad>": n}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    for side in ("source", "target"):
        shutil.copy(spm, folder / f"{side}.spm")
    paths = [str(folder / f) for f in ("source.spm", "target.spm", "vocab.json")]
    MarianTokenizer(*paths, source_lang="en", target_lang="zh").save_pretrained(folder)
