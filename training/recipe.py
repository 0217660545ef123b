"""The whole recipe in one command, for a CPU or for one accelerator; run it again and it goes on where it stopped.

    python training/recipe.py CORPUS WORK --for cpu --minutes 120
    python training/recipe.py CORPUS WORK --for accelerator --minutes 25

Encodes, aligns, sifts, annotates, mines the lexicon, chooses from the shards `tech-*`, embeds, trains and exports to
WORK/en-zh; with --teacher it learns from what a large teacher wrote as well (teacher.py), with --back a reverse model
gives the on-domain targets more sources (back-translation), with --risk it trains on its own translations after that,
with --dev it evaluates as well. A step whose file is there is skipped; training writes a checkpoint every four minutes
and resumes from it. To train an existing run for longer, copy WORK/run/stable.pt over WORK/run/state.pt and give more
minutes; to go on from a shipped model, give --begin; to make a larger one of it, `grow.py` it first.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPM = HERE.parent / "pipeline" / "models" / "en-zh" / "en-zh.spm"
WORD_LIST = "lexicon-cedict.tsv.xz"  # in the corpus's folder
TRAINING = {
    "cpu": {
        "d": 256,
        "enc": 4,
        "dec": 2,
        "ffn": 1024,
        "heads": 4,
        "tokens": 6000,
        "lr": 2e-3,
        "warmup": 200,
        "sampled": 1000,
        "frequent": 1500,
        "ema": 0.998,
        "guide": 0.2,
        "smoothing": 0.05,
    },
    "accelerator": {
        "d": 512,
        "enc": 6,
        "dec": 2,
        "ffn": 2048,
        "heads": 8,
        "tokens": 60000,
        "lr": 2e-3,
        "warmup": 500,
        "sampled": 0,
        "ema": 0.999,
        "guide": 0.1,
        "dropout": 0.1,
    },
}
ALIGNED = {"cpu": 400_000, "accelerator": 800_000}
KEEP = {
    "lctt_translateproject": 0.5,
    "taiwan_moj_laws": 0.5,
    "microsoft_docs_sxs": 0.4,
    "microsoft_docs_sxs2": 0.4,
    "python_docs_zh_cn": 0.4,
    "tensorflow_docs_l10n": 0.4,
    "bitcoin_optech_zh": 0.4,
    "news_commentary_10k": 0.9,
    "yummy_nyt_bilingual": 0.9,
    "newsarchive_nyt_world_MT": 0.9,
}
KEEP_LATE = {  # while the learning rate falls: less of what is far from policy articles
    "lctt_translateproject": 0.6,
    "taiwan_moj_laws": 0.25,
    "tatoeba_cmn": 0.5,
    "kajweb_dict_examples": 0.7,
    "quantecon_lectures": 0.4,
    "threeAM_captions": 0.4,
    "microtopia_microblog": 0.5,
    "python_docs_zh_cn": 0.5,
    "microsoft_docs_sxs": 0.5,
}
ON_DOMAIN = (
    "news_commentary_10k",
    "newsarchive_nyt_world_MT",
    "yummy_nyt_bilingual",
    "open_sdg",
    "unity_power_people_book",
)
LEAST_LATE = dict.fromkeys(ON_DOMAIN, 0.66)  # target pieces for a source piece: these say the whole in fewer
BACK = ("--sources", *ON_DOMAIN, "yestoday_invest_letters", "--draws", 3, "--temperature", 0.7, "--least", 0.42)


def step(made: Path | None, name: str, *arguments: object) -> None:
    """Run one command of the recipe unless the file it makes is there."""
    if made and made.exists():
        print(f"{name}: {made} is there", flush=True)
        return
    print(f"{name} ...", flush=True)
    subprocess.run([sys.executable, str(HERE / f"{name}.py"), *map(str, arguments)], check=True)  # noqa: S603


def by_source(option: str, default: float, of: dict[str, float]) -> list[str]:
    """An option of `sift.py` with its default and its values for single sources."""
    each = (text for name, value in of.items() for text in (f"--{option}-of", f"{name}={value}"))
    return [f"--{option}", str(default), *each]


def options(settings: dict[str, object]) -> list[str]:
    """A dictionary as command-line options."""
    return [text for key, value in settings.items() for text in (f"--{key}", str(value))]


def annotated(plain: Path, table: Path, suggested: str, spm: Path) -> Path:
    """Write terms and suggestions into packed pairs, as they are read at translation time; the file that has them."""
    taught, asked, read = (plain.with_stem(f"{plain.stem}-{what}") for what in ("taught", "asked", "read"))
    step(taught, "spans", plain, table, spm, taught)
    step(asked, "hints", taught, suggested, spm, asked)
    step(read, "reading", asked, spm, read)
    return read


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("corpus", type=Path)
    a.add_argument("work", type=Path)
    a.add_argument("--for", dest="machine", choices=sorted(TRAINING), required=True)
    a.add_argument("--minutes", type=float, required=True, help="of training, in all")
    a.add_argument("--back", type=float, default=0, help="minutes that a reverse model is trained for (back.py)")
    a.add_argument("--teacher", type=Path, help="folder of shards teacher-*.tsv, a teacher's answers (teacher.py)")
    a.add_argument("--risk", type=float, default=0, help="minutes more of learning from its own translations (risk.py)")
    a.add_argument("--begin", type=Path, help="weights to begin with, such as pipeline/models/en-zh/hf (same shape)")
    a.add_argument("--spm", type=Path, default=SPM)
    a.add_argument("--dev", type=Path, help="pairs to watch the loss on and to evaluate with; never trained on")
    a.add_argument("--sets", type=Path, nargs="*", default=[])
    o = a.parse_args()
    o.work.mkdir(parents=True, exist_ok=True)
    files = (
        "core.npz",
        "table.npz",
        "sifted.npz",
        "taught.npz",
        "asked.npz",
        "lexicon.tsv",
        "dictionary.tsv",
        "vocabulary.tsv",
        "hinted.npz",
        "late.npz",
        "vectors.npy",
        "confirmed.tsv",
        "near",
        "near.npz",
        "near-asked.npz",
        "books.npz",
    )
    paths = [o.work / f for f in files]
    data, table, sifted, taught, asked, lexicon, dictionary, vocabulary, hinted, late, *paths = paths
    vectors, confirmed, near, plain, plain_asked, books = paths
    run, out = o.work / "run", o.work / "en-zh"
    shape = TRAINING[o.machine]
    step(data, "encode", data, o.spm, o.corpus)
    step(table, "align", data, table, "--pairs", ALIGNED[o.machine])
    step(sifted, "sift", data, table, sifted, *by_source("keep", 0.8, KEEP))
    step(taught, "spans", sifted, table, o.spm, taught)
    listed = o.corpus / WORD_LIST
    step(lexicon, "lexicon", o.corpus, lexicon, *(("--words", listed) if listed.exists() else ()))
    step(vocabulary, "vocabulary", o.corpus, vocabulary)
    lexicons = {"vocabulary": vocabulary, "lexicon": lexicon}
    if listed.exists():
        step(dictionary, "dictionary", o.corpus, listed, dictionary, "--mined", lexicon)
        lexicons = {"dictionary": dictionary} | lexicons
    suggested = ",".join(map(str, lexicons.values()))
    step(None, "correct", "apply", suggested)
    step(asked, "hints", taught, suggested, o.spm, asked)
    step(hinted, "reading", asked, o.spm, hinted)
    seen = [hinted]
    if any(o.corpus.glob("tech-*.tsv*")):
        near.mkdir(exist_ok=True)
        step(near / "core-1.tsv", "nearest", o.corpus, near / "core-1.tsv")
        step(plain, "encode", plain, o.spm, near, "--lexicons", o.corpus, "--longest", 90)
        step(plain_asked, "hints", plain, suggested, o.spm, plain_asked)
        step(books, "reading", plain_asked, o.spm, books)
        seen.append(books)
    lately = [late]
    fuller = [*by_source("least", 0.7, LEAST_LATE), "--most", 1.3]
    step(late, "sift", hinted, table, late, *by_source("keep", 1.0, KEEP_LATE), *fuller)
    if o.teacher:
        wise = o.work / "teacher.npz"
        step(wise, "encode", wise, o.spm, o.teacher, "--shards", "teacher-*.tsv", "--lexicons", o.corpus)
        seen.append(annotated(wise, table, suggested, o.spm))
        lately.append(seen[-1])
    begin = {"begin": o.begin} if o.begin else {"init": vectors}
    step(vectors, "embed", table, vectors, "--d", shape["d"])
    watched = options({"dev": o.dev} if o.dev else {})
    if o.back:
        turned, reverse = o.work / "turned", o.work / "reverse"
        again, kept = o.work / "again.npz", o.work / "again-kept.npz"
        step(turned / "data.npz", "turned", late, table, turned)
        minutes = options({"minutes": o.back, "decay": 0.6 * o.back, "table": turned / "table.npz", "init": vectors})
        step(None, "train", reverse, turned / "data.npz", o.spm, *minutes, *options(shape))
        step(again, "back", sifted, reverse, o.spm, again, *BACK)
        step(kept, "sift", again, table, kept, "--keep", 0.85, "--least", 0.68, "--most", 1.3)
        seen.append(annotated(kept, table, suggested, o.spm))
    lately_seen = ",".join(map(str, lately))
    schedule = options({"minutes": o.minutes, "decay": 0.6 * o.minutes, "late": lately_seen, "table": table} | begin)
    step(None, "train", run, ",".join(map(str, seen)), o.spm, *schedule, *options(shape), *watched)
    made_from = options({"table": table, "data": taught} | lexicons)
    step(None, "export", run, o.spm, out, *made_from)
    step(confirmed, "confirm", o.corpus, out, lexicon, confirmed)
    if o.risk:
        said = o.work / "said"
        also = options({"begin": run, "minutes": o.risk, "decay": 0.7 * o.risk, "table": table})
        step(None, "risk", said, lately_seen, out, *also, *watched)
        run = said
    step(None, "export", run, o.spm, out, "--lexicon", confirmed)
    if o.dev:
        step(None, "parity", out, o.dev)
        files = options({"table": table, "lexicons": o.corpus, "out": o.work / "results.json", "hyp": o.work / "hyp"})
        step(None, "evaluate", out, "--pairs", o.dev, "--sets", *o.sets, *files)


if __name__ == "__main__":
    main()
