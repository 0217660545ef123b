"""Back-translations: other English sources for the Chinese targets of packed data.

    python training/back.py DATA.npz RUN SPM.model OUT.npz [--sources news_commentary_10k ...] [--draws 3]

RUN is a run of `train.py` on data that `turned.py` made (Chinese to English). Each Chinese sentence, once, gets the
translation of a beam and `--draws` that are drawn at random from the likeliest pieces (Edunov et al. 2018,
"Understanding back-translation at scale"): the target stays what a person wrote, and its source is never the one that
the model has learned by heart (Nguyen et al. 2020, "Data diversification"). Translations far from the English that the
corpus has for the sentence are left out, as are copies of it, what has Chinese left and what the search did not end.
"""

import argparse
import multiprocessing
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import batches
import ctranslate2
import numpy as np
import sentencepiece
from encode import EOS
from export import convert, write_hf
from hypotheses import Hypothesis, alike

PART = 4096  # sentences that are translated in one call
LIKELIEST = 10  # pieces that are drawn from
LONGEST = 160  # pieces
NONE = np.zeros(0, np.uint16)
HAN = re.compile(r"[\u3400-\u9fff]")


def opened(run: Path, spm: Path) -> ctranslate2.Translator:
    """The run as an int8 engine."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_hf(run, folder / "hf")
        convert(folder / "hf", spm, folder)
        return ctranslate2.Translator(
            scratch, device="cpu", inter_threads=multiprocessing.cpu_count(), intra_threads=1, compute_type="int8"
        )


def unlike(data: batches.Packed, possible: np.ndarray) -> np.ndarray:
    """Of these pairs the first of each target."""
    first: dict[bytes, int] = {}
    for k in possible:
        first.setdefault(data.t[data.to[k] : data.to[k + 1]].tobytes(), int(k))
    return np.array(sorted(first.values()))


def drawn(
    engine: ctranslate2.Translator, sources: list[list[str]], draws: int, temperature: float
) -> Iterator[list[Hypothesis]]:
    """The translations of each source: a beam's, then those that are drawn; without </s>, those unended left out."""
    common = {"max_batch_size": 64, "max_decoding_length": LONGEST, "disable_unk": True, "return_end_token": True}
    best = engine.translate_batch(sources, beam_size=4, length_penalty=1.0, no_repeat_ngram_size=6, **common)
    others = engine.translate_batch(
        sources,
        beam_size=1,
        num_hypotheses=draws,
        sampling_topk=LIKELIEST,
        sampling_temperature=temperature,
        **common,
    )
    for one, more in zip(best, others, strict=True):
        yield [h[:-1] for h in (*one.hypotheses, *more.hypotheses) if h[-1:] == ["</s>"] and len(h) > 1]


def chosen(texts: list[str], had: str, least: float) -> list[str]:
    """The texts, once each, that are like the one that the sentence had, and not it; no Chinese is left in them."""
    scores = dict(zip(texts, alike(texts, had), strict=True))
    return [text for text, score in scores.items() if score >= least and text != had and not HAN.search(text)]


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("run", type=Path)
    a.add_argument("spm", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--sources", nargs="*", default=[], help="of the corpus [all]")
    a.add_argument("--pairs", type=int, default=1_000_000, help="at most")
    a.add_argument("--draws", type=int, default=3)
    a.add_argument("--temperature", type=float, default=0.8)
    a.add_argument("--least", type=float, default=0.25, help="likeness below which a translation is left out")
    a.add_argument("--minutes", type=float, default=float("inf"), help="stop here with what is done")
    a.add_argument("--seed", type=int, default=3)
    o = a.parse_args()
    z = np.load(o.data)
    data = batches.load([o.data])
    wanted = [i for i, n in enumerate(z["names"]) if not o.sources or n in o.sources]
    possible = unlike(data, np.flatnonzero(np.isin(z["name"], wanted) & (data.ls > 1) & (data.lt > 1)))
    order = np.random.default_rng(o.seed).permutation(possible)[: o.pairs]
    sp = sentencepiece.SentencePieceProcessor(model_file=str(o.spm))
    engine = opened(o.run, o.spm)
    rows: list[np.ndarray] = []
    of: list[int] = []
    begun = time.time()
    for first in range(0, len(order), PART):
        part = order[first : first + PART]
        english, chinese = batches.sentences(data, part)
        found = drawn(engine, [sp.id_to_piece(ids.tolist()) for ids in chinese], o.draws, o.temperature)
        for k, had, hypotheses in zip(part, english, found, strict=True):
            texts = [sp.decode(h) for h in hypotheses]
            for text in chosen(texts, sp.decode(had[batches.plain(had)][:-1].tolist()), o.least):
                rows.append(np.array([*sp.encode(text), EOS], np.uint16))
                of.append(int(k))
        done, spent = first + len(part), time.time() - begun
        print(f"{done} of {len(order)} sentences, {len(rows)} translations, {spent:.0f} s", flush=True)
        if spent > 60 * o.minutes:
            break
    targets = [data.t[data.to[k] : data.to[k + 1]] for k in of]
    offsets = lambda side: np.cumsum([0, *map(len, side)])  # noqa: E731
    batches.save(
        o.out,
        s=np.concatenate([NONE, *rows]),
        so=offsets(rows),
        t=np.concatenate([NONE, *targets]),
        to=offsets(targets),
        name=z["name"][of],
        names=z["names"],
    )
    print(f"{len(rows)} pairs, {sum(map(len, targets)) / 1e6:.1f} M target pieces")


if __name__ == "__main__":
    main()
