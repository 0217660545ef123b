"""A trained model that learns from its own translations: one update of its weights, and its files."""

import argparse
from pathlib import Path

import batches
import numpy as np
import running
import torch
from guide import Guide, guided_loss
from halves import half_is_faster
from head import Chosen, Rows, TiedHead, log_probabilities
from rounding import round_layers
from samples import Sampled
from transformers import MarianMTModel


def worths(scores: list[np.ndarray], rewards: list[np.ndarray], sharpness: float) -> list[np.ndarray]:
    """How much more likely each translation is to become, a source's translations at a time.

    `scores` are mean log probabilities of a piece. The expected reward of a source's translations, each weighed by
    exp(sharpness * score), has this derivative by the scores; it vanishes where the model has made its choice.
    """
    out = []
    for score, reward in zip(scores, rewards, strict=True):
        share = np.exp(sharpness * (score - score.max()))
        share /= share.sum()
        out.append(sharpness * share * (reward - share @ reward))
    return out


class Learner:
    """The model, its optimizer, its running average and its files."""

    def __init__(self, o: argparse.Namespace, counts: torch.Tensor) -> None:
        """Load everything: the state of the run if there is one, else the model to begin with."""
        self.o, self.pad = o, len(counts)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.half = half_is_faster() if self.device == "cpu" else True
        begin = MarianMTModel.from_pretrained(o.begin, dtype=torch.float32, attn_implementation="eager")
        self.model = begin.to(self.device).train()
        if not o.exact:
            round_layers(self.model.model)
        adam = {"lr": o.lr, "betas": (0.9, 0.98), "weight_decay": 0.0, "fused": True}
        self.optimizer = torch.optim.AdamW(self.model.parameters(), **adam)
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.step, self.spent, self.round = 0, 0.0, 0
        if (o.run / "state.pt").exists():
            self.load(o.run / "state.pt")
        self.rows = Rows(self.pad, counts.argsort(descending=True)[: o.frequent].to(self.device), o.sampled)
        self.guide = Guide(o.table, self.pad) if o.table else None

    def load(self, path: Path) -> None:
        """Go on from a state."""
        state = torch.load(path, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average = state["average"]
        self.step, self.spent, self.round = (state[k] for k in ("step", "spent", "round"))

    def save(self) -> None:
        """Write the state, the weights of the moment (folder `now`), and their average as a model of its own."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "step": self.step,
            "spent": self.spent,
            "round": self.round,
        }
        self.model.save_pretrained(self.o.run / "now")
        running.save(self.o.run, "state.pt", state, self.model, self.average)

    def scores(self, states: torch.Tensor, chosen: Chosen, pieces: torch.Tensor, lengths: torch.Tensor) -> np.ndarray:
        """Mean log probability of a piece, for each translation; `states` (pieces of all of them, d)."""
        weights, bias = self.model.model.shared.weight, self.model.final_logits_bias[0]
        each = log_probabilities(states, weights, bias, pieces, chosen)
        return np.array([float(p.mean()) for p in each.split(lengths.tolist())])

    def learn(self, part: list[Sampled]) -> float:
        """One update on a batch; the norm of its gradient. The references are learned as usual, with a small weight."""
        x, y = (
            torch.from_numpy(batches.filled(rows, self.pad))
            for rows in ([r.source for r in part], [row for r in part for row in (r.reference, *r.said)])
        )
        of = torch.tensor([k for k, r in enumerate(part) for _ in range(1 + len(r.said))])
        first = torch.tensor(np.cumsum([0] + [1 + len(r.said) for r in part[:-1]]))  # the rows of the references
        links = self.guide.links(x, y[first]).to(self.device) if self.guide else None
        x, y, of, first = (tensor.to(self.device) for tensor in (x, y, of, first))
        real, mask, body = y != self.pad, (x != self.pad).long(), self.model.model
        with torch.autocast(self.device, torch.bfloat16, enabled=self.half):
            read = body.encoder(input_ids=x, attention_mask=mask).last_hidden_state
            out = body(
                encoder_outputs=(read[of],),
                attention_mask=mask[of],
                decoder_input_ids=torch.cat([torch.full_like(y[:, :1], self.pad), y[:, :-1]], 1),
                output_attentions=self.guide is not None,
                use_cache=False,
            )
        states, lengths = out.last_hidden_state[real].float(), real.sum(1)
        chosen, pieces = self.rows.choose(y[real], whole=False)
        parts = np.split(self.scores(states, chosen, pieces, lengths), first.cpu().numpy()[1:])
        found = worths([p[1:] for p in parts], [r.reward for r in part], self.o.sharpness)
        worth = torch.from_numpy(np.concatenate([[0.0, *values] for values in found])).float().to(self.device)
        worth = worth / lengths / len(part)
        worth[first] = self.o.likelihood / lengths[first].sum()
        each = worth[:, None].expand_as(y)[real] * len(states)
        bias, shared = self.model.final_logits_bias[0], body.shared.weight
        dtype = torch.bfloat16 if self.half else torch.float32
        loss = TiedHead.apply(states, shared, bias, pieces, chosen, 0.0, dtype, each)
        if links is not None:
            loss = loss + self.o.guide * guided_loss(out.cross_attentions[-1][first].float(), links)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = running.rate(self.o, self.step, self.o.minutes * 60 - self.spent, 0.02)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        running.follow(self.average, self.model, self.o.ema, self.step)
        return float(norm)
