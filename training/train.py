"""Train a Marian model from packed pieces: warm-up, a constant rate, a decay at the end; resumes where it stopped.

    python training/train.py RUN DATA.npz[,MORE.npz] SPM.model --minutes 120 --decay 30
        [--table TABLE.npz] [--init EMBEDDING.npy] [--dev PAIRS.tsv] [--tokens 4800] [--lr 2e-3] [--sampled 1500]

RUN/state.pt is written every four minutes; running the same command again goes on from it (the schedule counts the
minutes trained, whichever call they fell in). RUN/stable.pt is the state before the decay: a later, longer run goes
on from a copy of it. RUN/model.safetensors holds the running average of the weights. The learning rate is that of
AdamW; the layers' matrices are trained by Muon with the same rate (--optimizer adamw turns it off).
"""

import argparse
import queue
import random
import shutil
import threading
import time
from pathlib import Path

import batches
import numpy as np
import sentencepiece
import torch
from guide import Guide, guided_loss
from halves import Halves
from head import Rows, TiedHead
from logits import attentions, bound, largest
from model import add_shape, build, warm_start, write_tokenizer
from muon import Muon
from normalise import normalise
from transformers import MarianMTModel

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
    a.add_argument("--dropout", type=float, default=0.0)
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


def half_is_faster() -> bool:
    """Whether this CPU multiplies matrices faster in bfloat16: five times with AVX-512 BF16 or AMX, slower without."""
    spent = {}
    for dtype in (torch.float32, torch.bfloat16):
        a, b = torch.randn(3000, 256, dtype=dtype), torch.randn(256, 1024, dtype=dtype)
        for k in range(40):
            if k == 10:
                begun = time.perf_counter()
            a @ b
        spent[dtype] = time.perf_counter() - begun
    return spent[torch.bfloat16] < spent[torch.float32]


class Stream(threading.Thread):
    """Makes batches in the background, for ever."""

    def __init__(  # noqa: PLR0917
        self, data: batches.Packed, pad: int, tokens: int, guide: Guide | None, multiple: int, seed: int
    ) -> None:
        """Begin to make batches."""
        super().__init__(daemon=True)
        self.data, self.pad, self.tokens, self.guide, self.multiple = data, pad, tokens, guide, multiple
        self.rng, self.ready = np.random.default_rng(seed), queue.Queue(8)
        self.start()

    def batch(self, b: np.ndarray, d: batches.Packed) -> dict[str, torch.Tensor]:
        """The tensors of one batch."""
        x = torch.from_numpy(batches.padded(d.s, d.so, d.ls, b, self.pad, self.multiple))
        y = torch.from_numpy(batches.padded(d.t, d.to, d.lt, b, self.pad, self.multiple))
        out = {
            "x": x,
            "shifted": torch.cat([torch.full((len(y), 1), self.pad), y[:, :-1]], 1),
            "at": (y != self.pad).flatten().nonzero().squeeze(1),
            "y": y[y != self.pad],
        }
        if self.guide:
            out["links"] = self.guide.links(x, y)
        return {k: v.pin_memory() for k, v in out.items()} if torch.cuda.is_available() else out

    def run(self) -> None:
        """Fill the queue, epoch after epoch, until other data are to be used."""
        while True:
            data = self.data
            order = self.rng.permutation(len(data.ls))
            for b in batches.groups(data.ls, data.lt, order, self.tokens, self.rng):
                if self.data is not data:
                    break
                self.ready.put(self.batch(b, data))

    def turn_to(self, data: batches.Packed) -> None:
        """Go on with other data."""
        self.data = data


class Trainer:
    """The model, its optimizers, its running average and its files."""

    def __init__(self, o: argparse.Namespace, counts: torch.Tensor) -> None:
        """Build or load everything."""
        self.o = o
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.gpu = self.device == "cuda"
        self.half = self.gpu or (half_is_faster() if o.half == "auto" else o.half == "on")
        torch.manual_seed(o.seed)
        random.seed(o.seed)
        torch.set_float32_matmul_precision("high")
        self.pad = len(counts)
        attention = "eager" if o.table or not self.gpu else "sdpa"  # on a CPU the backward pass of sdpa is slow
        self.model = build(self.pad, o.d, o.enc, o.dec, o.ffn, o.heads, o.dropout, attention)
        if o.init:
            warm_start(self.model, torch.from_numpy(np.load(o.init)), counts)
        if o.begin:
            self.model.load_state_dict(MarianMTModel.from_pretrained(o.begin, dtype=torch.float32).state_dict())
        self.model.to(self.device).train()
        hidden = [p for n, p in self.model.named_parameters() if p.dim() == 2 and "layers." in n]
        ids = {id(p) for p in hidden}
        rest = [p for p in self.model.parameters() if id(p) not in ids]
        adam = {"lr": o.lr, "betas": (0.9, 0.98), "fused": True}
        if o.optimizer == "muon":
            self.optimizers = [
                torch.optim.AdamW(rest, weight_decay=0.0, **adam),
                Muon(hidden, lr=o.lr, rounds=o.rounds, dtype=torch.bfloat16 if self.half else torch.float32),
            ]
        else:
            self.optimizers = [torch.optim.AdamW(self.model.parameters(), weight_decay=0.01, **adam)]
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.step = self.seen = 0
        self.spent = 0.0  # seconds trained
        self.decaying = False
        if (o.run / "state.pt").exists():
            self.load(o.run / "state.pt")
        self.halves = Halves(self.model.model) if self.half and not self.gpu else None
        self.body = torch.compile(self.model.model, dynamic=True) if o.compile else self.halves or self.model.model
        self.rows = Rows(self.pad, counts.argsort(descending=True)[: o.frequent].to(self.device), o.sampled)

    def load(self, path: Path) -> None:
        """Go on from a state."""
        state = torch.load(path, map_location=self.device)
        self.model.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.average = [p.to(self.device) for p in state["average"]]
        self.step, self.seen, self.spent, self.decaying = (state[k] for k in ("step", "seen", "spent", "decaying"))

    def save(self, name: str = "state.pt") -> None:
        """Write the state and, as a model that transformers loads, the averaged weights."""
        state = {
            "model": self.model.state_dict(),
            "optimizers": [x.state_dict() for x in self.optimizers],
            "average": self.average,
            "step": self.step,
            "seen": self.seen,
            "spent": self.spent,
            "decaying": self.decaying,
        }
        torch.save(state, self.o.run / "state.tmp")
        (self.o.run / "state.tmp").replace(self.o.run / name)
        with self.averaged():
            self.model.save_pretrained(self.o.run / "new")
        for file in (self.o.run / "new").iterdir():
            file.replace(self.o.run / file.name)

    def averaged(self) -> "Averaged":
        """A context in which the model has its averaged weights."""
        return Averaged(list(self.model.parameters()), self.average)

    def hidden(
        self, batch: dict[str, torch.Tensor], attentions: bool = False
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """The decoder's states at the target positions, and the last layer's cross-attention."""
        with torch.autocast(self.device, torch.bfloat16, enabled=self.half and not self.halves):
            out = self.body(
                input_ids=batch["x"],
                attention_mask=(batch["x"] != self.pad).long(),
                decoder_input_ids=batch["shifted"],
                output_attentions=attentions,
                use_cache=False,
            )
        states = out.last_hidden_state.flatten(0, 1)[batch["at"]].float()
        return states, out.cross_attentions[-1].float() if attentions else None

    def bound_logits(self, batch: dict[str, torch.Tensor], limit: float) -> int:
        """Scale back the attention heads whose logits on this batch are beyond the limit; how many those were."""
        heads = attentions(self.model.model, self.halves.copy if self.halves else self.model.model)
        return bound(heads, largest(heads, lambda: self.hidden(batch)), limit)

    def train_batch(self, batch: dict[str, torch.Tensor], whole: bool) -> tuple[torch.Tensor, torch.Tensor]:
        """One update; returns the loss of the words and that of the attention."""
        states, attention = self.hidden(batch, "links" in batch)
        chosen, y = self.rows.choose(batch["y"], whole)
        dtype = torch.bfloat16 if self.half else torch.float32
        loss = TiedHead.apply(
            states, self.model.model.shared.weight, self.model.final_logits_bias[0], y, chosen, self.o.smoothing, dtype
        )
        looking = guided_loss(attention, batch["links"]) if attention is not None else torch.zeros(())
        (loss + self.o.guide * looking).backward()
        if self.halves:
            self.halves.gather()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.step += 1
        torch._foreach_lerp_(
            self.average,
            [p.detach() for p in self.model.parameters()],
            1 - min(self.o.ema, (self.step + 1) / (self.step + 10)),
        )
        return loss.detach(), looking.detach()

    def rate(self, left: float) -> float:
        """The learning rate with `left` seconds to go."""
        falling = min(1.0, left / (self.o.decay * 60)) if self.o.decay else 1.0
        return self.o.lr * min(1.0, (self.step + 1) / self.o.warmup) * max(falling, 0.01)

    @torch.no_grad()
    def dev_loss(self, data: batches.Packed, stream: Stream) -> float:
        """Plain cross entropy per target piece of the averaged weights."""
        total, count = 0.0, 0
        with self.averaged():
            self.model.eval()
            for b in batches.groups(data.ls, data.lt, np.arange(len(data.ls)), 3000, None):
                batch = {k: v.to(self.device) for k, v in stream.batch(b, data).items()}
                states, _ = self.hidden(batch)
                logits = (
                    states @ self.model.model.shared.weight[: self.pad].float().T
                    + self.model.final_logits_bias[0, : self.pad]
                )
                total += torch.nn.functional.cross_entropy(logits, batch["y"], reduction="sum").item()
                count += len(batch["y"])
            self.model.train()
        return total / count


class Averaged:
    """Swaps averaged weights in and, at the end, out again."""

    def __init__(self, params: list[torch.Tensor], average: list[torch.Tensor]) -> None:
        """Take the parameters and their averages."""
        self.params, self.average = params, average

    def __enter__(self) -> None:
        self.kept = [p.detach().clone() for p in self.params]
        for p, q in zip(self.params, self.average, strict=True):
            p.data.copy_(q)

    def __exit__(self, *_: object) -> None:
        for p, q in zip(self.params, self.kept, strict=True):
            p.data.copy_(q)


def dev_data(path: Path, sp: sentencepiece.SentencePieceProcessor, most: int = 400) -> batches.Packed:
    """The first pairs of a development set, packed."""
    pairs = [line.split("\t")[-2:] for line in path.read_text(encoding="utf-8").splitlines()[:most]]
    x, y = (
        [np.array([*sp.encode(text)[:200], 0], np.int64) for text in side]
        for side in ([normalise(e) for e, _ in pairs], [z for _, z in pairs])
    )
    offsets = lambda side: np.cumsum([0] + [len(ids) for ids in side])  # noqa: E731
    return batches.Packed(
        np.concatenate(x),
        offsets(x),
        np.concatenate(y),
        offsets(y),
        np.array([len(i) for i in x]),
        np.array([len(i) for i in y]),
    )


def main() -> None:
    """Train until the minutes are spent."""
    o = options()
    write_tokenizer(o.spm, o.run)
    sp = sentencepiece.SentencePieceProcessor(model_file=str(o.spm))
    data, late = (batches.load([Path(p) for p in x.split(",")]) if x else None for x in (o.data, o.late))
    t = Trainer(o, torch.from_numpy(np.bincount(data.t[:20_000_000], minlength=sp.get_piece_size())))
    guide = Guide(o.table, t.pad) if o.table else None
    stream = Stream(late if late and t.decaying else data, t.pad, o.tokens, guide, 16 if t.gpu else 1, o.seed + t.step)
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
