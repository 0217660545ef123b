"""What a CTranslate2 model says of packed sources, and how alike that and the references are."""

from collections.abc import Iterable, Iterator

import ctranslate2
import numpy as np
import sentencepiece
from likeness import grams, likeness

Hypothesis = list[str]  # pieces without </s>


def limits(settings: dict) -> dict[str, float]:
    """What `model.json` asks of a search, whatever its beam."""
    return {k: settings["decoding"][k] for k in ("repetition_penalty", "no_repeat_ngram_size", "length_penalty")}


def said(
    engine: ctranslate2.Translator,
    sp: sentencepiece.SentencePieceProcessor,
    sources: Iterable[np.ndarray],
    **options: object,
) -> Iterator[list[Hypothesis]]:
    """The translations of each source (piece ids with </s>), with the vocabulary map."""
    results = engine.translate_batch(
        [sp.id_to_piece(ids.tolist()) for ids in sources],
        max_batch_size=64,
        use_vmap=True,
        disable_unk=True,
        **options,
    )
    for result in results:
        yield [[p for p in h if p != "</s>"] for h in result.hypotheses]


def alike(texts: Iterable[str], reference: str, recall: float = 1.0) -> list[float]:
    """The likeness of each text and the reference."""
    wanted = grams(reference)
    return [likeness(text, wanted, recall) for text in texts]
