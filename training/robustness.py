"""How a model takes what articles bring: short and long sentences, headings, capitals, quotes, figures, names.

Every form is made from the pairs of a development set, so that its score can be held against that of the plain
sentences; the model alone is measured, without what Sanwen does before and after it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Protocol

import sacrebleu
from vary import title_case

Pairs = list[tuple[str, str]]
LENGTHS = ((1, 5), (6, 15), (16, 30), (31, 60), (61, 120))  # words
FIGURE = re.compile(r"(?<![\w.,$€£-])\d[\d,]*(?:\.\d+)?(?![\w%,.]*\d)(?!\s*(?:%|thousand|million|billion|trillion))")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
SEEN = 3  # sentences that a name must stand in to be judged


class Translates(Protocol):
    """What is measured."""

    def translate(self, texts: list[str]) -> list[str]:
        """Translations in order."""


def quoted(english: str) -> str:
    """As a quotation with its speaker."""
    return f"“{english.rstrip('.')},” he said."


FORMS: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "as they are": lambda e, z: (e, z),
    "without the final period": lambda e, z: (e.rstrip("."), z.rstrip("。")),
    "as a headline": lambda e, z: (title_case(e.rstrip(".")), z.rstrip("。")),
    "in capitals": lambda e, z: (e.upper(), z),
    "as a list item": lambda e, z: (f"(2) {e}", f"（2）{z}"),
    "quoted": lambda e, z: (quoted(e), f"他说：“{z}”"),
}


def chrf(hypotheses: list[str], references: list[str]) -> float:
    """Of the whole set."""
    return round(sacrebleu.corpus_chrf(hypotheses, [references]).score, 2)


def forms(translator: Translates, pairs: Pairs) -> dict[str, float]:
    """chrF2 of the same sentences in each form; those of one sentence with a final period."""
    plain = [(e, z) for e, z in pairs if e.endswith(".") and z.endswith("。") and not re.search(r"[\"“”(]", e)]
    out = {}
    for name, form in FORMS.items():
        made = [form(e, z) for e, z in plain]
        out[name] = chrf(translator.translate([e for e, _ in made]), [z for _, z in made])
    return out


def joined(pairs: Pairs, least: int, most: int) -> Pairs:
    """Neighbours strung together to texts of `least` to `most` words: few sentences are that long."""
    out: Pairs = []
    words, english, chinese = 0, [], []
    for e, z in pairs:
        n = len(e.split())
        if words + n > most:
            words, english, chinese = 0, [], []
        if n > most:
            continue
        words, english, chinese = words + n, [*english, e], [*chinese, z]
        if words >= least:
            out.append((" ".join(english), "".join(chinese)))
            words, english, chinese = 0, [], []
    return out


def lengths(
    translator: Translates, pairs: Pairs, fails: Callable[[list[str], list[str], list[str]], dict[str, float]]
) -> dict[str, dict[str, float]]:
    """For sources of so many words: how many, chrF2, length against the reference's, failures in per cent."""
    out = {}
    for least, most in LENGTHS:
        some = [(e, z) for e, z in pairs if least <= len(e.split()) <= most]
        some = some if len(some) >= 20 else joined(pairs, least, most)
        english, references = [e for e, _ in some], [z for _, z in some]
        said = translator.translate(english)
        size = sum(map(len, said)) / max(1, sum(map(len, references)))
        found = fails(english, said, references)
        out[f"{least}-{most}"] = {
            "sentences": len(some),
            "chrf": chrf(said, references) if some else 0.0,
            "length": round(size, 3),
            "failures": round(
                sum(found[k] for k in ("copied English", "loops", "empty", "over twice the reference")), 2
            ),
        }
    return out


def figures(sources: list[str], hypotheses: list[str]) -> dict[str, float]:
    """Share in per cent of the plain figures of two digits and more that stand in the translation."""
    pairs = [
        (f.replace(",", ""), h.replace(",", ""))
        for s, h in zip(sources, hypotheses, strict=True)
        for f in FIGURE.findall(s)
    ]
    pairs = [(f, h) for f, h in pairs if len(f) > 1]
    return {"figures": len(pairs), "kept": round(100 * sum(f in h for f, h in pairs) / max(1, len(pairs)), 1)}


def names(sources: list[str], hypotheses: list[str]) -> dict[str, float]:
    """Of the names in at least SEEN sentences: share in per cent of sentences that treat one as most others do.

    A name is treated alike if it is kept in Latin letters each time, or written in Chinese each time.
    """
    kept: dict[str, Counter[bool]] = defaultdict(Counter)
    for source, said in zip(sources, hypotheses, strict=True):
        for name in set(NAME.findall(source)):
            kept[name][name in said] += 1
    judged = [c for c in kept.values() if c.total() >= SEEN]
    total = sum(c.total() for c in judged)
    return {
        "names": len(judged),
        "alike": round(100 * sum(max(c.values()) for c in judged) / max(1, total), 1),
        "in Latin letters": round(100 * sum(c[True] for c in judged) / max(1, total), 1),
    }
