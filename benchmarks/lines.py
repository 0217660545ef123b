"""A test set through the pipeline, line by line, without glossary and cache.

lines.py SOURCE REFERENCE [--out FILE]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from pipeline.config import find
from pipeline.desk import Desk
from pipeline.lines import LineTranslator
from pipeline.text import loops


def main() -> None:
    """Translate, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    source, reference = (
        p.read_text(encoding="utf-8").rstrip("\n").split("\n") for p in (options.source, options.reference)
    )
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(find(Path(folder)), own_glossary=False)
        translate = LineTranslator(desk, desk.locale("zh_CN"), cached=False)
        desk.engine()
        start = time.process_time()
        done = list(translate(source))
        seconds = time.process_time() - start
    if options.out:
        options.out.write_text("\n".join(done) + "\n", encoding="utf-8")
    words = sum(len(s.split()) for s in source)
    latin = sum(any(w.isascii() and w.isalpha() and w.islower() for w in d.split()) for d in done)
    print(f"{len(source)} lines, {words / seconds:.0f} words a CPU-second")
    print(
        f"empty {sum(not d for d in done)}, with small English words {latin}, loops {sum(map(bool, map(loops.loop, done)))}"
    )
    try:
        import sacrebleu  # noqa: PLC0415  not a dependency: the rest is worth having without it
    except ImportError:
        sys.exit("install sacrebleu for BLEU and chrF")
    print(f"BLEU {sacrebleu.corpus_bleu(done, [reference], tokenize='zh').score:.2f}", end="  ")
    print(f"chrF {sacrebleu.corpus_chrf(done, [reference]).score:.2f}")


if __name__ == "__main__":
    main()
