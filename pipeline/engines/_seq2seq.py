"""Decoding, scoring and looking with a sequence-to-sequence model of transformers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.engine import Constraint, EngineSettings, Request, Result, Supports, Token, validate
from pipeline.engines._codec import Codec
from pipeline.model_card import Card
from pipeline.repair import force, missing

RATIO, SLACK = 2, 20  # bounds of a translation's length, as in the engine ctranslate2
CAREFUL = {"no_repeat_ngram_size": 4, "repetition_penalty": 1.1}
CAREFUL_BEAMS = 4
STOPS = "。！？"


@dataclass(slots=True)
class _Task:
    """A request on its way."""

    index: int
    request: Request
    source: list[int]
    prefix: list[int]
    cut: bool
    most: int  # target tokens


class TransformersEngine:
    """The engine behind pipeline.engines.transformers."""

    def __init__(
        self, model: Any, codec: Codec, card: Card, settings: EngineSettings, signature: str, *, hard: bool
    ) -> None:
        """Take a loaded model in evaluation mode and its codec; with `hard` every term's target occurs."""
        self._model, self._codec, self._settings = model, codec, settings
        self.signature = signature
        self.limit = int(getattr(model.config, "max_position_embeddings", card.positions))
        self.comfort = card.longest or self.limit // 2
        self.mask = card.mask
        self._penalty = card.length_penalty
        self._hard = hard
        self.supports = Supports(annotation=card.terms is not None, hard=self._hard, prefix=True, attention=True)

    def length(self, text: str) -> int:
        """Source tokens of `text`."""
        return len(self._codec.encode(Request(text)))

    def suggest(self, text: str, taken: Sequence[tuple[int, int]], *, named: bool = False) -> tuple[Constraint, ...]:
        """What the model's lexicon knows."""
        return self._codec.suggest(text, taken, named=named)

    def translate(self, requests: Sequence[Request], *, attention: bool = False) -> list[Result]:
        """Translate all, in order. What lacks terms is decoded again, by `force` and at last with them required."""
        results = self._decode(requests, attention=attention)
        if not self._hard:
            return results
        todo = [i for i, (q, r) in enumerate(zip(requests, results, strict=True)) if _lacks(q, r)]
        if todo:
            mild = force(_Soft(self), [requests[i] for i in todo], [results[i] for i in todo])
            results = _with(results, todo, mild)
            todo = [i for i in todo if _lacks(requests[i], results[i])]
            results = _with(
                results, todo, self._decode([requests[i] for i in todo], attention=attention, required=True)
            )
        return results

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """Mean log probability of each target's tokens, its end included."""
        out = []
        for request, target in pairs:
            task = self._task(0, replace(request, prefix=""))
            ids = [*self._codec.lead, *self._codec.encode_target(target)][: self.limit - 1]
            source = task.source if task else [self._codec.eos]
            scores, _ = self._look([source], [[*ids, self._codec.eos]], [len(self._codec.lead)])
            out.append(scores[0])
        return out

    def _decode(self, requests: Sequence[Request], *, attention: bool, required: bool = False) -> list[Result]:
        results = [Result("")] * len(requests)
        for batch in self._batches([t for i, r in enumerate(requests) if (t := self._task(i, r))]):
            made = self._generate(batch, required=required)
            scores, looks = self._look(
                [t.source for t in batch], [ids for ids, _ in made], [len(t.prefix) for t in batch]
            )
            for task, (ids, ended), score, look in zip(batch, made, scores, looks, strict=True):
                said = ids[: len(ids) - ended]
                text, tokens = self._codec.decode(said)
                rows, sources = None, tuple[Token, ...]()
                if attention:
                    rows, sources = look[: len(said)], self._codec.sources(task.request, task.source)
                results[task.index] = Result(text, score, tokens, sources, rows, task.cut or not ended)
        return results

    def _task(self, index: int, request: Request) -> _Task | None:
        validate(request)
        source = self._codec.encode(request)
        if not source:
            return None
        cut = len(source) > self.limit
        source = source[: self.limit - 1] + source[-1:] if cut else source
        prefix = [*self._codec.lead, *self._codec.encode_target(request.prefix)][: self.limit - 1]
        most = min(self.limit, max(RATIO * len(source) + SLACK, len(prefix) + len(source) + SLACK))
        return _Task(index, request, source, prefix, cut, most)

    def _batches(self, tasks: list[_Task]) -> Iterator[list[_Task]]:
        """Tasks of similar lengths that are decoded in the same way."""
        size = self._settings.batch

        def way(t: _Task) -> tuple[bool, bool]:
            return t.request.careful, bool(t.request.avoid)

        for each in sorted({way(t) for t in tasks}):
            same = sorted((t for t in tasks if way(t) == each), key=lambda t: len(t.source))
            for i in range(0, len(same), size):
                yield same[i : i + size]

    def _generate(self, batch: list[_Task], *, required: bool) -> list[tuple[list[int], bool]]:
        """The target ids of each task, and whether the last of them is the end."""
        import torch  # noqa: PLC0415
        import transformers  # noqa: PLC0415

        from pipeline.engines._constrain import ForcedPrefix  # noqa: PLC0415

        processing: Any = transformers  # partly typed
        careful = batch[0].request.careful
        beams = max(self._settings.beam, CAREFUL_BEAMS) if careful else self._settings.beam
        processors: list[Any] = [self._required(batch, beams)] if required else []
        avoid = [self._codec.ids(run) for run in dict.fromkeys(r for t in batch for r in t.request.avoid)]
        processors.append(ForcedPrefix([t.prefix for t in batch], beams))
        config = self._model.config
        start = getattr(config, "decoder_start_token_id", None)
        x, mask = self._padded([t.source for t in batch])
        with torch.inference_mode():
            y = self._model.generate(
                input_ids=x,
                attention_mask=mask,
                logits_processor=processing.LogitsProcessorList(processors),
                generation_config=processing.GenerationConfig(
                    num_beams=beams,
                    length_penalty=self._penalty,
                    do_sample=False,
                    max_new_tokens=max(t.most for t in batch),
                    decoder_start_token_id=self._codec.eos if start is None else start,
                    eos_token_id=self._codec.eos,
                    pad_token_id=self._codec.pad,
                    suppress_tokens=self._codec.barred,
                    bad_words_ids=avoid or None,
                    **(CAREFUL if careful else {}),
                ),
            )
        return [self._ended(row, task) for row, task in zip(y[:, 1:].tolist(), batch, strict=True)]

    def _ended(self, row: list[int], task: _Task) -> tuple[list[int], bool]:
        """A row without padding; what it may have gone on to belongs to a longer neighbour."""
        row = row[: task.most]
        after = len(task.prefix)
        end = next((i for i, id_ in enumerate(row) if id_ == self._codec.eos and i >= after), None)
        return (row, False) if end is None else (row[: end + 1], True)

    def _required(self, batch: list[_Task], beams: int) -> Any:
        from pipeline.engines._constrain import RequiredTerms  # noqa: PLC0415

        wanted = [sorted(t.request.required, key=lambda c: c.start) for t in batch]

        def lacking(b: int, ids: Sequence[int]) -> list[int]:
            left = missing(self._codec.decode(ids)[0], wanted[b])
            return [k for k, c in enumerate(wanted[b]) if c in left]

        terms = [[tuple(self._codec.encode_target(c.target, inside=True)) for c in cs] for cs in wanted]
        stops = [self._codec.encode_target(stop, inside=True) for stop in STOPS]
        return RequiredTerms(
            terms,
            lacking,
            starts=[len(t.prefix) for t in batch],
            most=[t.most for t in batch],
            beams=beams,
            ends=[self._codec.eos, *(ids[0] for ids in stops if len(ids) == 1)],
        )

    def _padded(self, rows: list[list[int]]) -> tuple[Any, Any]:
        import torch  # noqa: PLC0415

        width = max(map(len, rows))
        x = torch.tensor([row + [self._codec.pad] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        return x, mask

    def _look(
        self, sources: list[list[int]], targets: list[list[int]], forced: list[int]
    ) -> tuple[list[float], list[Any]]:
        """Of each target, given whole, the mean log probability and the attention (target ids by source ids).

        The first `forced` ids of a target do not count for its probability. The last decoder layer is looked at: of
        Marian models the first head, which is trained to align; else all.
        """
        import torch  # noqa: PLC0415

        x, mask = self._padded(sources)
        y, _ = self._padded(targets)
        start = getattr(self._model.config, "decoder_start_token_id", None)
        shifted = torch.cat([torch.full((len(y), 1), self._codec.eos if start is None else start), y[:, :-1]], 1)
        with torch.inference_mode():
            out = self._model(input_ids=x, attention_mask=mask, decoder_input_ids=shifted, output_attentions=True)
            logits = out.logits.float()
            logits[:, :, self._codec.pad] = float("-inf")  # untrained in Marian models, and in none a translation
            logs = torch.log_softmax(logits, -1).gather(2, y[:, :, None])[:, :, 0]
        heads = out.cross_attentions[-1].float()
        look = heads[:, 0] if self._model.config.model_type == "marian" else heads.mean(1)
        rows = [look[b, : len(t), : len(s)].numpy() for b, (s, t) in enumerate(zip(sources, targets, strict=True))]
        counted = [logs[b, n : len(t)] for b, (t, n) in enumerate(zip(targets, forced, strict=True))]
        scores = [c.mean().item() if len(c) else 0.0 for c in counted]
        return scores, rows


class _Soft:
    """The same engine without its guarantee, for `force`."""

    def __init__(self, engine: TransformersEngine) -> None:
        self._engine = engine
        self.signature, self.limit, self.comfort = engine.signature, engine.limit, engine.comfort
        self.mask, self.length, self.score, self.suggest = engine.mask, engine.length, engine.score, engine.suggest
        self.supports = replace(engine.supports, hard=False)

    def translate(self, requests: Sequence[Request], *, attention: bool = False) -> list[Result]:
        return self._engine._decode(requests, attention=attention)  # noqa: SLF001 - one thing in two classes


def _lacks(request: Request, result: Result) -> bool:
    return bool(result.text and missing(result.text, request.required))


def _with(results: list[Result], places: list[int], new: list[Result]) -> list[Result]:
    changed = dict(zip(places, new, strict=True))
    return [changed.get(i, r) for i, r in enumerate(results)]
