"""The whole recipe on about 2,000 pairs, as a test: from encoding to evaluation, with a training that is resumed.

    python training/smoke.py [--corpus FOLDER] [--seconds 20]

Takes pairs of FOLDER's first shard if there is one, else makes pairs of its own. Nothing is left behind. Fails if a
step fails, if a file is missing, or if CTranslate2 and transformers differ.
"""

import argparse
import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import synthetic
from corpus import lines
from teacher import numbered

HERE = Path(__file__).resolve().parent
SPM = HERE.parent / "pipeline" / "models" / "en-zh" / "en-zh.spm"
SHIPPED = (
    "model.bin",
    "config.json",
    "shared_vocabulary.json",
    "en-zh.spm",
    "vmap.txt",
    "lexicon.tsv",
    "dictionary.tsv",
    "vocabulary.tsv",
    "model.json",
    "manifest.sha256",
    "hf/model.safetensors",
)


def step(name: str, *arguments: object) -> str:
    """Run one command of the recipe and say how long it took."""
    begun = time.time()
    done = subprocess.run(  # noqa: S603
        [sys.executable, HERE / f"{name}.py", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stdout}\n{done.stderr}")
    last = (done.stdout.strip().splitlines() or [""])[-1]
    print(f"{name:9} {time.time() - begun:5.1f} s  {last[:150]}", flush=True)
    return done.stdout


def rows_of(folder: Path | None, n: int) -> list[str]:
    """`n` lines of the corpus, or of a made-up one."""
    shards = sorted(folder.glob("core-*.tsv*")) if folder and folder.is_dir() else []
    if not shards:
        return synthetic.corpus(n).splitlines()
    return list(itertools.islice(lines(shards[0]), n))


def answer(folder: Path, chinese: dict[str, str]) -> None:
    """Answer for the teacher what the corpus has."""
    (folder / "target").mkdir()
    for path in (folder / "source").glob("*.txt"):
        texts = numbered(path.read_text(encoding="utf-8"))
        said = "".join(f"{n}\t{chinese[text]}\n" for n, text in texts.items())
        (folder / "target" / path.name).write_text(said, encoding="utf-8")


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--corpus", type=Path)
    a.add_argument("--pairs", type=int, default=2000)
    a.add_argument("--seconds", type=float, default=20)
    a.add_argument("--spm", type=Path, default=SPM)
    o = a.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        at = Path(scratch)
        rows = rows_of(o.corpus, o.pairs)
        (at / "core-1.tsv").write_text("\n".join(rows[100:]) + "\n", encoding="utf-8")
        (at / "dev.tsv").write_text("\n".join(rows[:100]) + "\n", encoding="utf-8")
        (at / "lexicon-countries.tsv").write_text(
            "China\t中国\t中國\ngovernment\t政府\t政府\ngrowth\t增长\t增長\n", encoding="utf-8"
        )
        step("encode", at / "data.npz", o.spm, at)
        step("nearest", at, at / "near.tsv", "--shards", "core-*.tsv", "--pairs", 500)
        step("align", at / "data.npz", at / "table.npz", "--rounds", 3)
        step("sift", at / "data.npz", at / "table.npz", at / "sifted.npz", "--keep", 0.9, "--least", 0.3)
        step("spans", at / "sifted.npz", at / "table.npz", o.spm, at / "taught.npz")
        step("lexicon", at, at / "lexicon.tsv")
        (at / "words.tsv").write_text("locksmith\t锁匠\t鎖匠\nharbour/port\t港口\t港口\n", encoding="utf-8")
        step("dictionary", at, at / "words.tsv", at / "dictionary.tsv", "--mined", at / "lexicon.tsv")
        step("vocabulary", at, at / "vocabulary.tsv")
        lexicons = {name: at / f"{name}.tsv" for name in ("dictionary", "vocabulary", "lexicon")}
        (at / "wise").mkdir()
        step("teacher", "ask", at, at / "asked", "--sources", *{row.split("\t")[0] for row in rows}, "--lines", 50)
        answer(at / "asked", dict(row.split("\t")[1:] for row in rows))
        step("teacher", "take", at / "asked", at / "wise" / "teacher-1.tsv")
        step("encode", at / "wise.npz", o.spm, at / "wise", "--shards", "teacher-*.tsv", "--lexicons", at)
        known = ",".join(map(str, lexicons.values()))
        step("correct", "list", known, at / "wise" / "teacher-1.tsv", at / "doubts.tsv")
        step("correct", "apply", known)
        step("hints", at / "taught.npz", known, o.spm, at / "asked.npz")
        step("reading", at / "asked.npz", o.spm, at / "hinted.npz")
        step("embed", at / "table.npz", at / "embedding.npy", "--d", 64)
        shape = ("--d", 64, "--ffn", 128, "--enc", 2, "--dec", 1, "--heads", 2)
        train = (
            at / "run",
            at / "hinted.npz",
            o.spm,
            "--table",
            at / "table.npz",
            "--init",
            at / "embedding.npy",
            "--dev",
            at / "dev.tsv",
            "--late",
            f"{at / 'data.npz'},{at / 'wise.npz'}",
            "--tokens",
            1500,
            "--sampled",
            500,
            "--warmup",
            20,
            "--log",
            20,
            "--ema",
            0.95,
            *shape,
        )
        step("train", *train, "--minutes", o.seconds / 120)
        step("train", *train, "--minutes", o.seconds / 60, "--decay", o.seconds / 120)  # goes on from the first call
        made_from = {"table": at / "table.npz", "data": at / "data.npz"} | lexicons
        step("export", at / "run", o.spm, at / "out", *(x for k, v in made_from.items() for x in (f"--{k}", v)))
        missing = [f for f in SHIPPED if not (at / "out" / f).exists()]
        if missing:
            sys.exit(f"not exported: {missing}")
        step("confirm", at, at / "out", at / "lexicon.tsv", at / "confirmed.tsv")
        step("parity", at / "out", at / "dev.tsv", "--pairs", 20)
        step("evaluate", at / "out", "--pairs", at / "dev.tsv", "--lexicons", at, "--table", at / "table.npz")
        step("turned", at / "taught.npz", at / "table.npz", at / "turned", "--dev", at / "dev.tsv")
        turned = at / "turned"
        other = ("--table", turned / "table.npz", "--dev", turned / "dev.tsv", "--init", at / "embedding.npy")
        fast = ("--tokens", 1500, "--sampled", 500, "--warmup", 20, "--ema", 0.95, "--minutes", o.seconds / 80, *shape)
        step("train", at / "reverse", turned / "data.npz", o.spm, *other, *fast)
        step("back", at / "taught.npz", at / "reverse", o.spm, at / "back.npz", "--pairs", 100, "--least", 0)
        step("distill", at / "taught.npz", at / "out", at / "distilled.npz", "--pairs", 200, "--least", 0)
        step("grow", at / "out" / "hf", at / "grown", "--enc", 3, "--ffn", 160)
        wider = ("--d", 64, "--ffn", 160, "--enc", 3, "--dec", 1, "--heads", 2)
        step("train", at / "more", *train[1:3], "--begin", at / "grown", "--tokens", 1500, "--minutes", 0.03, *wider)
        risk = (at / "said", at / "taught.npz", at / "out", "--begin", at / "run", "--table", at / "table.npz")
        step("risk", *risk, "--dev", at / "dev.tsv", "--pairs", 64, "--check", 1, "--minutes", 0.03)
        step("export", at / "said", o.spm, at / "out")
    print("smoke: ok")


if __name__ == "__main__":
    main()
