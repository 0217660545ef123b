"""Write what evaluate.py has measured into a model card, and the manifest anew.

    python training/card.py FOLDER RESULTS.json [--lines wmt20=26.57/24.13 flores-dev=24.92/22.87]

Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->` in FOLDER/model-card.md, for the NAMEs of BLOCKS; the
rest of the card is prose. `--lines` is what `benchmarks/lines.py` prints for a set: BLEU and chrF through the pipeline.
"""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from export import manifest

from pipeline.config import EngineConfig

WIDE = EngineConfig().beam  # the width of Sanwen's search
HELD, SETS = "heldout-policy", ("flores-dev", "wmt20")
PEERS = (  # from their published outputs on the same sentences: flores-dev BLEU, chrF2, wmt20 BLEU, chrF2
    ("Google", 48.8, 43.0, 50.1, 44.0),
    ("Microsoft", 47.8, 42.5, 48.2, 42.1),
    ("Firefox (Bergamot) base-memory", 37.9, 32.6, 39.8, 34.8),
    ("Argos", 32.0, 28.8, 31.4, 27.9),
    ("OPUS-MT (78 M parameters)", 31.0, 28.6, 29.4, 26.5),
    ("NLLB-600M", 29.6, 26.5, 30.1, 26.8),
)
FAILURES = (
    ("three English words or more copied", "copied English"),
    ("repetition loop", "loops"),
    ("empty", "empty"),
    ("over twice the reference's length", "over twice the reference"),
    ("under half of it", "under half the reference"),
    ("stray bytes", "stray bytes"),
)

Results = dict[str, Any]  # the JSON of evaluate.py


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(r) + " |" for r in (head, ["---"] * len(head), *rows))


def scores(r: Results, lines: dict[str, tuple[str, str]]) -> str:
    """The model beside its peers, on its own and through the pipeline."""
    rows = [[name, *map(str, figures)] for name, *figures in PEERS]
    own = [f"{r[s][m]:.2f}" for s in SETS for m in ("bleu", "chrf")]
    rows.append([f"**{x}**" for x in ["this model, greedy", *own]])
    if all(s in lines for s in SETS):
        rows.append([f"**{x}**" for x in ["this model in Sanwen", *(x for s in SETS for x in lines[s])]])
    return table(["", "flores-dev BLEU", "chrF2", "wmt20 BLEU", "chrF2"], rows)


def variants(r: Results, _: dict[str, tuple[str, str]]) -> str:
    """The held-out pairs, and what a wider search and the vocabulary map do."""
    rows = [
        [label, *(f"{r[s][key]:.2f}" for s in (HELD, *SETS))]
        for label, key in (
            ("greedy", "bleu"),
            ("greedy, without the vocabulary map", "bleu, all pieces"),
            ("greedy, without the lexicon", "bleu, no lexicon"),
            ("beam 4", "bleu, beam 4"),
        )
    ]
    return table(["BLEU", "held-out policy", *SETS], rows)


def failures(r: Results, _: dict[str, tuple[str, str]]) -> str:
    """Per cent of sentences with each kind of failure."""
    rows = [[label, *(f"{r[s][key]:.2f}" for s in (HELD, *SETS))] for label, key in FAILURES]
    return table(["", "held-out", *SETS], rows)


def terms(r: Results, _: dict[str, tuple[str, str]]) -> str:
    """Given terms, and words at random: how many came out, and at what price."""
    t, w = r["terms"], r["random words"]

    def row(label: str, share: float, quality: dict[str, float]) -> list[str]:
        return [label, f"{share:.2f}%", f"{quality['bleu']:.2f}", f"{quality['chrf']:.2f}"]

    rows = [
        row("terms, not annotated", t["in output, not annotated"], t["not annotated"]),
        row("terms, annotated", t["in output, annotated"], t["annotated"]),
        row(f"terms, annotated, beam {WIDE}", t[f"in output, annotated, beam {WIDE}"], t[f"annotated, beam {WIDE}"]),
        row("a word annotated with another's translation", t["wrong terms in output"], t["wrong"]),
        row("random words, not annotated", w["in output, not annotated"], w["not annotated"]),
        row("random words, annotated", w["in output, annotated"], w["annotated"]),
    ]
    sizes = f"{t['terms']} terms in {t['sentences']} sentences, {w['words']} random words in 1,000 sentences"
    kept = f"marks left over in {t['marks left in output']} sentences; masks kept: {r['masks kept']}%"
    return table(["", "in the output", "BLEU", "chrF2"], rows) + f"\n\n{sizes}; {kept}."


def speed(r: Results, _: dict[str, tuple[str, str]]) -> str:
    """Words a second of processor time."""
    s = r["words a second"]
    return f"{s['vmap']:,} with the vocabulary map, {s['all pieces']:,} without."


def robust(r: Results, _: dict[str, tuple[str, str]]) -> str:
    """Forms, lengths, figures and names, over all sets."""
    x = r["robustness"]
    of_forms = table(["the same sentences", "chrF2"], [[k, f"{v:.2f}"] for k, v in x["forms"].items()])
    rows = [
        [words, str(v["sentences"]), f"{v['chrf']:.2f}", f"{v['length']:.2f}", f"{v['failures']:.2f}"]
        for words, v in x["lengths"].items()
    ]
    head = ["words", "sentences", "chrF2", "length against the reference's", "failures, per cent"]
    figures, names = x["figures"], x["names"]
    said = (
        f"Figures of two digits and more without a scale word: {figures['kept']}% of {figures['figures']} stand in the "
        f"translation. Names in three sentences and more: {names['alike']}% of the sentences treat one as most others "
        f"do ({names['names']} names; {names['in Latin letters']}% in Latin letters)."
    )
    return "\n\n".join((of_forms, table(head, rows), said))


BLOCKS: dict[str, Callable[[Results, dict[str, tuple[str, str]]], str]] = {
    "scores": scores,
    "variants": variants,
    "failures": failures,
    "terms": terms,
    "speed": speed,
    "robustness": robust,
}


def filled(card: str, results: Results, lines: dict[str, tuple[str, str]]) -> str:
    """The card with every block of BLOCKS made anew. Raises SystemExit where a block has no place in it."""
    for name, block in BLOCKS.items():
        place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not place.search(card):
            raise SystemExit(
                f"the card has no place for {name}: write <!-- {name} --> and <!-- /{name} --> where it belongs"
            )
        text = block(results, lines)
        card = place.sub(lambda m, text=text: f"{m[1]}\n{text}\n\n{m[2]}", card, count=1)
    return card


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path)
    a.add_argument("results", type=Path)
    a.add_argument("--lines", nargs="*", default=[], metavar="SET=BLEU/CHRF")
    o = a.parse_args()
    pairs = (x.split("=", 1) for x in o.lines)
    lines = {name: (bleu, chrf) for name, figures in pairs for bleu, chrf in [figures.split("/")]}
    path = o.folder / "model-card.md"
    results = json.loads(o.results.read_text(encoding="utf-8"))
    path.write_text(filled(path.read_text(encoding="utf-8"), results, lines), encoding="utf-8")
    (o.folder / "manifest.sha256").write_text(manifest(o.folder), encoding="utf-8")


if __name__ == "__main__":
    main()
