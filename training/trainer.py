"""A model in training: its optimizers, its running average, its files, one update of its weights."""

import argparse
import random
from pathlib import Path

import batches
import numpy as np
import running
import torch
from guide import guided_loss
from halves import Halves, half_is_faster
from head import Rows, TiedHead
from logits import attentions, bound, largest
from model import build, warm_start
from muon import Muon
from neurons import Neurons
from stream import Stream
from transformers import MarianMTModel


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
        self.neurons = Neurons(self.halves.copy if self.halves else self.model.model, o.neurons)
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
        running.save(self.o.run, name, state, self.model, self.average)

    def averaged(self) -> running.Averaged:
        """A context in which the model has its averaged weights."""
        return running.Averaged(self.model, self.average)

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
        self.neurons.active = True
        states, attention = self.hidden(batch, "links" in batch)
        self.neurons.active = False
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
        running.follow(self.average, self.model, self.o.ema, self.step)
        return loss.detach(), looking.detach()

    def rate(self, left: float) -> float:
        """The learning rate with `left` seconds to go."""
        return running.rate(self.o, self.step, left, 0.01)

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
