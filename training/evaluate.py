"""Measure an exported folder: BLEU and chrF, obedience to terms, failures, speed, the price of the vocabulary map.

    python training/evaluate.py FOLDER --pairs heldout.tsv [--sets DIR ...] [--lexicons CORPUS]
        [--table TABLE.npz] [--out RESULTS.json] [--hyp DIR]

A set is a folder with `source.en` and `reference.zh-Hans`; `--pairs` is a file of (source-name TAB) english TAB
chinese. Everything is measured at the folder's default settings on one core; robustness (`robustness.py`) on all sets
together.
"""

import argparse
import json
import random
import re
import time
from pathlib import Path

import robustness
import sacrebleu
from align import Table
from normalise import normalise
from sentencepiece import SentencePieceProcessor as Pieces
from spans import of_pair
from terms import MARKED, Lexicon, annotate, matches, read_lexicons, write
from translate import Translator

from pipeline.config import EngineConfig

WIDE = EngineConfig().beam  # the width of Sanwen's search


def quality(hypotheses: list[str], references: list[str]) -> dict[str, float]:
    """BLEU (tokenizer zh), chrF2, and how long the translations are against the references (BLEU's tokens)."""
    bleu = sacrebleu.corpus_bleu(hypotheses, [references], tokenize="zh")
    return {
        "bleu": round(bleu.score, 2),
        "length": round(bleu.sys_len / bleu.ref_len, 3),
        "chrf": round(sacrebleu.corpus_chrf(hypotheses, [references]).score, 2),
    }


def looping(text: str) -> bool:
    """Whether a stretch of 2 to 12 characters is said three times running, or one character six times."""
    return bool(re.search(r"([\u4e00-\u9fff，、 ]{2,12})\1\1", text) or re.search(r"([\u4e00-\u9fff])\1{5}", text))


def copied(source: str, text: str) -> bool:
    """Whether three words or more running, the first in lower case, were left in English."""
    return any(run in source for run in re.findall(r"\b[a-z]+(?: [A-Za-z]+){2,}", text))


def failures(sources: list[str], hypotheses: list[str], references: list[str]) -> dict[str, float]:
    """Rates in per cent of sentences with each kind of failure."""
    n = len(sources) / 100
    long = [(len(h) + 4) / (len(r) + 4) for h, r in zip(hypotheses, references, strict=True)]
    return {
        "copied English": round(sum(map(copied, sources, hypotheses)) / n, 2),
        "loops": round(sum(map(looping, hypotheses)) / n, 2),
        "empty": round(sum(not h.strip() for h in hypotheses) / n, 2),
        "over twice the reference": round(sum(x > 2 for x in long) / n, 2),
        "under half the reference": round(sum(x < 0.5 for x in long) / n, 2),
        "stray bytes": round(sum("\ufffd" in h for h in hypotheses) / n, 2),
    }


def wrong_terms(english: str, lexicon: Lexicon, keys: list[str], rng: random.Random) -> str:
    """Annotate one word of four letters or more with a translation of something else."""
    words = list(re.finditer(r"\b[a-z]{4,}\b", english))
    if not words:
        return english
    word = rng.choice(words)
    return write(english, [(word.start(), word.end(), rng.choice(lexicon[rng.choice(keys)]))])


def random_pairs(english: str, chinese: str, rng: random.Random, pieces: Pieces, table: Table) -> str:
    """Annotate up to three words or phrases drawn at random with what stands for them in the reference.

    The control of the WMT terminology tasks: words that are no terms, whose translations are right.
    """
    found = of_pair(english, chinese, pieces, table)
    rng.shuffle(found)
    some: list[tuple[int, int, str]] = []
    for s in found:
        if len(some) < 3 and all(s.end <= a or s.start >= b for a, b, _ in some):
            some.append((s.start, s.end, chinese[s.first : s.last]))
    return write(english, sorted(some))


def random_control(translator: Translator, pairs: list[tuple[str, str]], folder: Path, table: Path) -> dict:
    """The translations with random words annotated, beside those without."""
    rng, known = random.Random(6), Table(table)
    pieces = Pieces(model_file=str(next(folder.glob("*.spm"))))
    pairs = [(normalise(e), z) for e, z in pairs]
    given = [random_pairs(e, z, rng, pieces, known) for e, z in pairs]
    plain, with_random = translator.translate([e for e, _ in pairs]), translator.translate(given)
    references = [z for _, z in pairs]
    return {
        "words": sum(len(MARKED.findall(x)) for x in given),
        "in output, not annotated": obeyed(given, plain),
        "in output, annotated": obeyed(given, with_random),
        "not annotated": quality(plain, references),
        "annotated": quality(with_random, references),
    }


def obeyed(annotated: list[str], hypotheses: list[str]) -> float:
    """Share in per cent of the given terms that stand in the output."""
    terms = [(t, h) for a, h in zip(annotated, hypotheses, strict=True) for _, t in MARKED.findall(a)]
    return round(100 * sum(t in h for t, h in terms) / max(len(terms), 1), 2)


def terms(translator: Translator, wide: Translator, pairs: list[tuple[str, str]], lexicon: Lexicon) -> dict:
    """With terms of the reference, without, and with wrong ones (another word's translation); pairs that have terms."""
    rng = random.Random(5)
    pairs = [(e, z) for e, z in pairs if matches(e, z, lexicon)]
    english, references = [e for e, _ in pairs], [z for _, z in pairs]
    given = [annotate(e, z, lexicon, rng, swap=0.0)[0] for e, z in pairs]
    keys = [k for k, v in lexicon.items() if all(2 <= len(t) <= 5 for t in v)]
    odd = [wrong_terms(e, lexicon, keys, rng) for e in english]
    plain, with_terms, with_odd = (translator.translate(x) for x in (english, given, odd))
    searched = wide.translate(given)
    return {
        "sentences": len(pairs),
        "terms": sum(len(MARKED.findall(x)) for x in given),
        "in output, not annotated": obeyed(given, plain),
        "in output, annotated": obeyed(given, with_terms),
        f"in output, annotated, beam {WIDE}": obeyed(given, searched),
        "wrong terms in output": obeyed(odd, with_odd),
        "marks left in output": sum("<" in h for h in with_terms + with_odd),
        "not annotated": quality(plain, references),
        "annotated": quality(with_terms, references),
        f"annotated, beam {WIDE}": quality(searched, references),
        "wrong": quality(with_odd, references),
    }


def speed(folder: Path, sources: list[str], vmap: bool) -> int:
    """Source words a second of processor time: one core, batches of 64."""
    translator = Translator(folder, vmap=vmap)
    translator.translate(sources[:64])
    begun = time.process_time()
    translator.translate(sources)
    return round(sum(len(s.split()) for s in sources) / (time.process_time() - begun))


def masks(translator: Translator) -> float:
    """Share in per cent of mask tokens that come through, over sentences made for it."""
    frames = [
        "See {} for details.",
        "According to {}, exports rose.",
        "The report ({}) was published on {}.",
        "Visit {} or write to {}.",
        "He quoted {} in his speech.",
        "Use {} to open the file.",
        "The data are from {}.",
    ]
    kept = total = 0
    for n in range(1, 13):
        texts = [f.format(f"@{n}@", f"@{n + 1}@") for f in frames]
        for source, text in zip(texts, translator.translate(texts), strict=True):
            found = re.findall(r"@\d+@", source)
            kept, total = kept + sum(text.count(m) == 1 for m in found), total + len(found)
    return round(100 * kept / total, 1)


def read_set(folder: Path) -> tuple[list[str], list[str]]:
    """Sources and references of a test set."""
    source, reference = (
        (folder / f).read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for f in ("source.en", "reference.zh-Hans")
    )
    return source, reference


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path)
    a.add_argument("--pairs", type=Path, required=True)
    a.add_argument("--sets", type=Path, nargs="*", default=[])
    a.add_argument("--lexicons", type=Path)
    a.add_argument("--table", type=Path, help="of align.py: for the control with random words")
    a.add_argument("--out", type=Path)
    a.add_argument("--hyp", type=Path, help="write the translations here, a file a set")
    o = a.parse_args()
    pairs = [tuple(line.split("\t")[-2:]) for line in o.pairs.read_text(encoding="utf-8").splitlines()]
    tests = {o.pairs.stem: ([e for e, _ in pairs], [z for _, z in pairs])} | {f.name: read_set(f) for f in o.sets}
    translator, results = Translator(o.folder), {}
    every: list[tuple[str, str]] = []
    said: list[str] = []
    for name, (sources, references) in tests.items():
        hypotheses = translator.translate(sources)
        every += zip(sources, references, strict=True)
        said += hypotheses
        results[name] = {**quality(hypotheses, references), **failures(sources, hypotheses, references)}
        if translator.vmap:
            results[name]["bleu, all pieces"] = quality(
                Translator(o.folder, vmap=False).translate(sources), references
            )["bleu"]
        if translator.lexicon:
            results[name]["bleu, no lexicon"] = quality(
                Translator(o.folder, lexicon=False).translate(sources), references
            )["bleu"]
        results[name]["bleu, beam 4"] = quality(Translator(o.folder, beam=4).translate(sources), references)["bleu"]
        if o.hyp:
            o.hyp.mkdir(parents=True, exist_ok=True)
            (o.hyp / f"{name}.zh").write_text(
                "\n".join(h.replace("\n", " ") for h in hypotheses) + "\n", encoding="utf-8"
            )
    sources = next(iter(tests.values()))[0]
    results["words a second"] = {
        "vmap": speed(o.folder, sources, True) if translator.vmap else None,
        "all pieces": speed(o.folder, sources, False),
    }
    results["masks kept"] = masks(translator)
    english = [e for e, _ in every]
    results["robustness"] = {
        "forms": robustness.forms(translator, every),
        "lengths": robustness.lengths(translator, every, failures),
        "figures": robustness.figures(english, said),
        "names": robustness.names(english, said),
    }
    if o.lexicons:
        results["terms"] = terms(translator, Translator(o.folder, beam=WIDE), pairs, read_lexicons(o.lexicons))
    if o.table:
        results["random words"] = random_control(translator, pairs, o.folder, o.table)
    text = json.dumps(results, ensure_ascii=False, indent=2)
    print(text)
    if o.out:
        o.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
