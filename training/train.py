"""Train a Marian model from packed pieces: warm-up, a constant rate, a decay at the end; resumes where it stopped.

    python training/train.py RUN DATA.npz[,MORE.npz] SPM.model --minutes 120 --decay 30
        [--table TABLE.npz] [--init EMBEDDING.npy] [--dev PAIRS.tsv] [--tokens 4800] [--lr 2e-3] [--sampled 1500]

RUN/state.pt is written every four minutes; running the same command again goes on from it (the schedule counts the
minutes trained, whichever call they fell in). RUN/stable.pt is the state before the decay: a later, longer run goes
on from a copy of it. RUN/model.safetensors holds the running average of the weights. The learning rate is that of
AdamW; the layers' matrices are trained by Muon with the same rate (--optimizer adamw turns it off).
"""

import argparse
import shutil
import time
from pathlib import Path

import batches
import sentencepiece
import torch
from guide import Guide
from model import add_shape, write_tokenizer
from splits import Splits
from stream import Noise, Stream, dev_data
from trainer import Trainer

SAVE_EVERY = 240  # seconds
MEASURE_EVERY = 20  # steps between measurements of the attention logits


def options() -> argparse.Namespace:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("run", type=Path)
    a.add_argument("data", help="data files of encode.py, comma-separated")
    a.add_argument("spm", type=Path)
    a.add_argument("--late", default="", help="data files for the time of the decay [the same]")
    a.add_argument("--minutes", type=float, required=True, help="of training in all, over all calls")
    a.add_argument("--decay", type=float, default=0.0, help="the last minutes, in which the rate falls to nothing")
    a.add_argument(
        "--whole", type=float, default=None, help="the last minutes with the whole softmax [half of the decay]"
    )
    a.add_argument("--tokens", type=int, default=4800, help="padded pieces a side in a batch")
    a.add_argument("--lr", type=float, default=2e-3)
    a.add_argument("--warmup", type=int, default=300, help="steps")
    a.add_argument("--optimizer", choices=("muon", "adamw"), default="muon")
    a.add_argument("--rounds", type=int, default=5, help="Newton-Schulz rounds of Muon")
    a.add_argument("--smoothing", type=float, default=0.1)
    a.add_argument("--dropout", type=float, default=0.0, help="between layers; from a fresh start only")
    a.add_argument("--neurons", type=float, default=0.0, help="share of the feed-forward neurons left out for a pair")
    a.add_argument("--split", type=float, default=0.0, help="share of the sources' pieces that fall in two")
    a.add_argument("--blank", type=float, default=0.0, help="share of the decoder's own pieces that it does not see")
    a.add_argument("--sampled", type=int, default=0, help="random rows of the softmax; 0: all rows, always")
    a.add_argument("--frequent", type=int, default=2000)
    a.add_argument("--logits", type=float, default=30.0, help="bound of the attention logits; 0: none")
    a.add_argument("--ema", type=float, default=0.999)
    a.add_argument("--table", type=Path, help="guide the attention by this table of align.py")
    a.add_argument("--guide", type=float, default=0.2, help="weight of the guided attention's loss")
    a.add_argument("--init", type=Path, help="embeddings of embed.py to begin with")
    a.add_argument(
        "--begin", type=Path, help="folder of a trained model to begin with, such as pipeline/models/en-zh/hf"
    )
    a.add_argument("--dev", type=Path, help="pairs (source-name TAB) english TAB chinese")
    a.add_argument("--log", type=int, default=200)
    a.add_argument("--half", choices=("auto", "on", "off"), default="auto", help="compute in bfloat16 [where faster]")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--compile", action="store_true", help="torch.compile the model (accelerators)")
    add_shape(a)
    return a.parse_args()


def main() -> None:
    """Train until the minutes are spent."""
    o = options()
    write_tokenizer(o.spm, o.run)
    sp = sentencepiece.SentencePieceProcessor(model_file=str(o.spm))
    data, late = (batches.load([Path(p) for p in x.split(",")]) if x else None for x in (o.data, o.late))
    t = Trainer(o, torch.from_numpy(batches.frequencies(data, sp.get_piece_size())))
    guide = Guide(o.table, t.pad) if o.table else None
    stream = Stream(
        late if late and t.decaying else data,
        t.pad,
        o.tokens,
        guide,
        16 if t.gpu else 1,
        o.seed + t.step,
        Noise(Splits(o.spm), o.split, o.blank) if o.split or o.blank else None,
    )
    dev = dev_data(o.dev, sp) if o.dev else None
    whole_from = o.minutes * 60 - 60 * (o.decay / 2 if o.whole is None else o.whole)
    saved, first, before = time.time(), t.seen, t.spent
    words = looks = torch.zeros((), device=t.device)
    count = bounded = 0
    begun = time.time()
    while (left := o.minutes * 60 - t.spent) > 0:
        batch = {k: v.to(t.device, non_blocking=True) for k, v in stream.ready.get().items()}
        if o.decay and left <= o.decay * 60 and not t.decaying:
            t.save("stable.pt")
            t.decaying = True
            if late:
                stream.turn_to(late)
        for optimizer in t.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = t.rate(left)
        if o.logits and t.step % MEASURE_EVERY == 0:
            bounded += t.bound_logits(batch, o.logits)
        loss, looking = t.train_batch(batch, t.spent >= whole_from)
        n = len(batch["y"])
        words, looks, count, t.seen = words + loss * n, looks + looking * n, count + n, t.seen + n
        t.spent = before + time.time() - begun
        if t.step % o.log == 0:
            note = f"  dev {t.dev_loss(dev, stream):.3f}" if dev and t.step % (5 * o.log) == 0 else ""
            print(
                f"{t.spent / 60:.1f} min  step {t.step}  loss {words.item() / count:.3f}  "
                f"attention {looks.item() / count:.2f}, heads bounded {bounded}{note}  "
                f"{(t.seen - first) / (t.spent - before):.0f} target pieces/s  {t.seen / 1e6:.1f} M",
                flush=True,
            )
            words = looks = torch.zeros((), device=t.device)
            count = bounded = 0
        if time.time() - saved > SAVE_EVERY:
            t.save()
            saved = time.time()
    t.save()
    shutil.rmtree(o.run / "new", ignore_errors=True)
    print(
        f"step {t.step}, {t.seen / 1e6:.2f} M target pieces, {t.spent / 60:.1f} min"
        + (f", dev {t.dev_loss(dev, stream):.3f}" if dev else "")
    )


if __name__ == "__main__":
    main()
