"""Ask a large teacher, outside of this repository, for translations of sentences of the corpus, and take its answers.

    python training/teacher.py ask CORPUS FOLDER --sources news_commentary_10k ... [--lines 80] [--least 1] [--most 75]
    python training/teacher.py take FOLDER OUT.tsv

`ask` writes FOLDER/source/000.txt and so on: numbered English sentences, each once. The teacher (a large language model
or a translator, told what `teacher.md` says) answers with files of the same names and numbers in FOLDER/target. `take`
checks them and writes the pairs as a shard of the corpus, whose name is SOURCE_NAME. This is sequence-level
distillation (Kim and Rush 2016, arXiv:1606.07947) with a teacher of which only the text is known.
"""

import argparse
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import Pair, plausible, read_all

SOURCE_NAME = "teacher"
NUMBERED = re.compile(r"\s*(\d+)[\t .、]\s*(\S.*?)\s*$")
HAN = re.compile(r"[\u3400-\u9fff]")


class Answers(NamedTuple):
    """A chunk's pairs, in order, and what is wrong with its answers (a sentence each)."""

    pairs: list[Pair]
    wrong: list[str]


def numbered(text: str) -> dict[int, str]:
    """The texts of numbered lines; empty lines are passed over.

    Raises:
        ValueError: a line without a number, or a number twice.
    """
    found: dict[int, str] = {}
    for line in filter(str.strip, text.splitlines()):
        if not (match := NUMBERED.match(line)):
            raise ValueError(f"no number before: {line[:60]}")
        if int(match[1]) in found:
            raise ValueError(f"{match[1]} twice")
        found[int(match[1])] = match[2]
    return found


def chunks(sentences: Iterable[str], lines: int) -> Iterator[str]:
    """Numbered lines, `lines` of them at a time."""
    every = list(sentences)
    for begin in range(0, len(every), lines):
        yield "".join(f"{n}\t{text}\n" for n, text in enumerate(every[begin : begin + lines], 1))


def answered(asked: str, answer: str) -> Answers:
    """Pair a chunk with the teacher's answer.

    A sentence is left out, and told, if it has no answer, one of an impossible length or one without Chinese.
    """
    try:
        english, chinese = numbered(asked), numbered(answer)
    except ValueError as error:
        return Answers([], [str(error)])
    wrong = [f"{n}: not asked for" for n in chinese if n not in english]
    pairs = []
    for n, source in english.items():
        pair = Pair(SOURCE_NAME, source, chinese.get(n, ""))
        if not pair.chinese:
            wrong.append(f"{n}: no answer")
        elif not HAN.search(pair.chinese) or not plausible(pair):
            wrong.append(f"{n}: hardly a translation: {source[:40]} / {pair.chinese[:40]}")
        else:
            pairs.append(pair)
    return Answers(pairs, wrong)


def ask(o: argparse.Namespace) -> None:
    """Write the questions."""
    fits = lambda text: o.least <= len(text.split()) <= o.most  # noqa: E731
    found = dict.fromkeys(p.english for p in read_all(o.corpus) if p.name in o.sources and fits(p.english))
    sentences = list(found)
    random.Random(o.seed).shuffle(sentences)
    folder = o.folder / "source"
    folder.mkdir(parents=True, exist_ok=True)
    for k, text in enumerate(chunks(sentences, o.lines)):
        (folder / f"{k:03}.txt").write_text(text, encoding="utf-8")
    print(f"{len(sentences)} sentences in {folder}")


def take(o: argparse.Namespace) -> None:
    """Check the answers and write the shard."""
    rows: list[Pair] = []
    lacking = 0
    for path in sorted((o.folder / "source").glob("*.txt")):
        target = o.folder / "target" / path.name
        if not target.exists():
            lacking += 1
            continue
        pairs, wrong = answered(path.read_text(encoding="utf-8"), target.read_text(encoding="utf-8"))
        rows += pairs
        for what in wrong:
            print(f"{target}: {what}")
    o.out.write_text("".join("\t".join(pair) + "\n" for pair in rows), encoding="utf-8")
    print(f"{len(rows)} pairs; {lacking} chunks without an answer")


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = a.add_subparsers(required=True)
    asks = verbs.add_parser("ask", help="write numbered sentences of the corpus")
    asks.add_argument("corpus", type=Path)
    asks.add_argument("folder", type=Path)
    asks.add_argument("--sources", nargs="+", required=True, help="of the corpus")
    asks.add_argument("--lines", type=int, default=80, help="sentences in a file")
    asks.add_argument("--least", type=int, default=1, help="words of a sentence")
    asks.add_argument("--most", type=int, default=75, help="words of a sentence")
    asks.add_argument("--seed", type=int, default=1)
    asks.set_defaults(verb=ask)
    takes = verbs.add_parser("take", help="check the answers, write a shard")
    takes.add_argument("folder", type=Path)
    takes.add_argument("out", type=Path)
    takes.set_defaults(verb=take)
    o = a.parse_args()
    o.verb(o)


if __name__ == "__main__":
    main()
