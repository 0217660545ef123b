"""The embedded model, and any other that was converted for CTranslate2: fast on a CPU, offline.

Options: `vmap` (use the model's vocabulary map; default true), `lexicon` (suggest to the model what its lexicon knows
of names and rare words; default true).

Greedy or beam search, in int8 unless told otherwise. With a vocabulary map only the likely translations of a batch's
words are weighed at each step, which makes short batches several times faster; a request whose terms it would keep
out is translated without.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import model_store
from pipeline.engine import Constraint, EngineSettings, Request, Result, Supports, Token, checked, validate
from pipeline.engines._shortlist import Shortlist
from pipeline.engines._vocabulary import Vocabulary
from pipeline.errors import SanwenError
from pipeline.model_card import read_card, search

COMPUTE_TYPES = ("int8", "int8_float32", "int16", "float32", "auto", "default")
FILES = ("model.bin", "config.json", "model.json", "shared_vocabulary.json")

# A translation of n source tokens has at most this many: pieces of Chinese are as long as words of English, so twice
# the source is a loop and not a translation.
RATIO, SLACK = 2, 20

# Against loops: no four tokens twice (names of institutions run to three), a mild penalty, and a wider search.
CAREFUL = {"no_repeat_ngram_size": 4, "repetition_penalty": 1.1, "beam_size": 4}


def load(settings: EngineSettings) -> CTranslate2Engine:
    """Load the model that the settings name.

    Raises SanwenError if there is no such model, its folder is broken, or a setting is not known.
    """
    options = checked(settings, vmap=True, lexicon=True)
    compute_type = settings.compute_type or "int8"
    if compute_type not in COMPUTE_TYPES:
        raise SanwenError(
            f"the compute type '{compute_type}' is not known", remedy=f"Use one of {', '.join(COMPUTE_TYPES)}"
        )
    workspace = Path(settings.workspace) if settings.workspace else None
    folder = model_store.find(settings.model, workspace, engine="ctranslate2")
    return CTranslate2Engine(
        folder, settings, compute_type, vmap=bool(options["vmap"]), lexicon=bool(options["lexicon"])
    )


@dataclass(slots=True)
class _Task:
    """A request on its way."""

    index: int
    request: Request
    source: list[str]
    prefix: list[str]
    cut: bool
    most: int  # target tokens
    vmap: bool


class CTranslate2Engine:
    """See the module."""

    def __init__(
        self, folder: Path, settings: EngineSettings, compute_type: str, *, vmap: bool, lexicon: bool = True
    ) -> None:
        """Load the model in `folder`. Raises SanwenError if it is not whole."""
        import ctranslate2  # noqa: PLC0415 - not at import: `sanwen --help` needs none of it

        card = read_card(folder)
        if (folder / model_store.MANIFEST).is_file():
            wanted = (*FILES, card.source_spm, card.target_spm, card.vmap, *card.lexicons)
            for problem in model_store.verify(folder, only=wanted):
                raise problem
        self._vocabulary = Vocabulary(folder, card, lexicon=lexicon)
        entries = _check_vocabulary(folder, self._vocabulary)
        try:
            self._translator = ctranslate2.Translator(
                str(folder), compute_type=compute_type, inter_threads=settings.threads, intra_threads=1
            )
        except (RuntimeError, ValueError) as e:
            raise SanwenError(
                f"CTranslate2 cannot load the model: {e}", file=folder, remedy="Convert or install it again"
            ) from e
        if entries and entries != (size := self._output_size()):
            raise SanwenError(
                f"the vocabulary has {entries} entries and the model {size}",
                file=folder / "shared_vocabulary.json",
                remedy="One of them belongs to another model: install the model again",
            )
        self._shortlist = Shortlist(folder / card.vmap) if vmap and (folder / card.vmap).is_file() else None
        self._settings = settings
        self._suppress = [[mark] for mark in card.terms or ()]
        self._penalty = card.length_penalty
        digest = model_store.digest(folder) or model_store.file_digest(folder / "model.bin")
        mapped = " vmap" if self._shortlist else ""
        suggested = " lexicon" if self._vocabulary.lexicon else ""
        self.signature = (
            f"ctranslate2/{ctranslate2.__version__} {card.name or folder.name}@{digest[:12]}"
            f" {compute_type} {search(card, settings.beam)}{mapped}{suggested}"
        )
        self.limit = card.positions
        self.comfort = card.longest or card.positions // 2
        self.mask = card.mask
        self.supports = Supports(annotation=self._vocabulary.markup is not None, prefix=True, attention=True)

    def _output_size(self) -> int:
        """Entries of the model's own vocabulary; CTranslate2 does not compare it with the file's."""
        source = self._vocabulary.encode(Request("a"))[0]
        raw = self._translator.translate_batch([source], beam_size=1, max_decoding_length=1, return_logits_vocab=True)[
            0
        ]
        return int(raw.logits[0][0].shape[-1])

    def length(self, text: str) -> int:
        """Source tokens of `text`."""
        return self._vocabulary.length(text)

    def suggest(self, text: str, taken: Sequence[tuple[int, int]], *, named: bool = False) -> tuple[Constraint, ...]:
        """What the model's lexicon knows."""
        return self._vocabulary.suggest(text, taken, named=named)

    def translate(self, requests: Sequence[Request], *, attention: bool = False) -> list[Result]:
        """Translate all, in order; batches are of similar lengths and run on all threads."""
        results = [Result("")] * len(requests)
        tasks = [task for i, r in enumerate(requests) if (task := self._task(i, r))]
        running = [(batch, self._start(batch, attention=attention)) for batch in self._batches(tasks)]
        for batch, futures in running:
            most = max(t.most for t in batch)
            for task, future in zip(batch, futures, strict=True):
                results[task.index] = self._finish(task, future.result(), most, attention=attention)
        return results

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """Mean log probability of each target's tokens, its end included, over the whole vocabulary."""
        sources, targets = [], []
        lead = list(self._vocabulary.card.target_prefix)
        for request, target in pairs:
            validate(request)
            sources.append(self._vocabulary.encode(request)[0] or ["</s>"])
            targets.append([*lead, *self._vocabulary.encode_target(target)][: self.limit - 1])
        if not pairs:
            return []
        scored = self._translator.score_batch(
            sources, targets, max_batch_size=self._settings.batch, max_input_length=0, offset=len(lead)
        )
        return [sum(s.log_probs) / max(1, len(s.log_probs)) for s in scored]

    def _task(self, index: int, request: Request) -> _Task | None:
        validate(request)
        source, cut = self._vocabulary.encode(request)
        if not source:
            return None
        card = self._vocabulary.card
        prefix = [*card.target_prefix, *self._vocabulary.encode_target(request.prefix)][: card.positions - 1]
        most = min(card.positions, max(RATIO * len(source) + SLACK, len(prefix) + len(source) + SLACK))
        return _Task(index, request, source, prefix, cut, most, self._mapped(request, source))

    def _mapped(self, request: Request, source: list[str]) -> bool:
        """Whether the vocabulary map may be used; what is annotated must be able to come out.

        Never with a prefix or against loops: CTranslate2 4.8 keeps the places of an earlier batch's candidates, so
        that a forced token fails ("vector::_M_range_check") or becomes another one.
        """
        if self._shortlist is None or request.prefix or request.careful or request.avoid:
            return False
        return self._shortlist.allows(source, self._vocabulary.wanted(request.constraints))

    def _batches(self, tasks: list[_Task]) -> Iterable[list[_Task]]:
        """Tasks of similar lengths that are decoded in the same way."""
        size = self._settings.batch

        def way(t: _Task) -> tuple[bool, bool, bool]:
            return t.request.careful, t.vmap, bool(t.request.avoid)

        for each in sorted({way(t) for t in tasks}):
            same = sorted((t for t in tasks if way(t) == each), key=lambda t: len(t.source))
            for i in range(0, len(same), size):
                yield same[i : i + size]

    def _start(self, batch: list[_Task], *, attention: bool) -> list[Any]:
        options: dict[str, Any] = {"beam_size": self._settings.beam, "length_penalty": self._penalty}
        if batch[0].request.careful:
            options |= CAREFUL | {"beam_size": max(self._settings.beam, CAREFUL["beam_size"])}
        suppress = self._suppress + [list(run) for run in dict.fromkeys(r for t in batch for r in t.request.avoid)]
        if suppress:
            options["suppress_sequences"] = suppress
        futures: list[Any] = self._translator.translate_batch(
            [t.source for t in batch],
            [t.prefix for t in batch] if any(t.prefix for t in batch) else None,
            asynchronous=True,
            use_vmap=batch[0].vmap,
            max_input_length=0,
            max_decoding_length=max(t.most for t in batch),
            disable_unk=True,
            return_scores=True,
            return_attention=attention,
            **options,
        )
        return futures

    def _finish(self, task: _Task, raw: Any, batch_most: int, *, attention: bool) -> Result:
        tokens = raw.hypotheses[0][: task.most]  # what it may have gone on to belongs to a longer neighbour
        text, places = self._vocabulary.decode(tokens)
        # CTranslate2 sums over what follows the prefix, but divides by (a power of) all tokens, the end included
        whole = len(raw.hypotheses[0]) + (len(raw.hypotheses[0]) < batch_most)
        score = raw.scores[0] * whole**self._penalty / max(1, whole - len(task.prefix))
        rows, sources = None, tuple[Token, ...]()
        if attention:
            import numpy as np  # noqa: PLC0415 - 60 ms of a cold start

            rows = np.asarray(raw.attention[0][: len(tokens)], np.float32).reshape(len(tokens), len(task.source))
            sources = self._vocabulary.sources(task.request, task.source)
        return Result(text, score, places, sources, rows, task.cut or len(tokens) >= task.most)


def _check_vocabulary(folder: Path, vocabulary: Vocabulary) -> int:
    """The number of entries of the vocabulary; 0 if that cannot be told.

    Raises SanwenError if the tokenizer does not belong to it.
    """
    path = folder / "shared_vocabulary.json"
    if not path.is_file():  # two vocabularies, or an older format: CTranslate2 judges
        return 0
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        known = set(entries)
    except (OSError, ValueError, TypeError) as e:
        raise SanwenError(f"the vocabulary cannot be read: {e}", file=path, remedy="Install the model again") from e
    pieces = vocabulary.source.id_to_piece(list(range(vocabulary.source.get_piece_size())))
    strange = len(set(pieces) - known)
    if 2 * strange > len(pieces):
        raise SanwenError(
            f"{strange} of the {len(pieces)} pieces of {vocabulary.card.source_spm} are not in the vocabulary",
            file=path,
            remedy="The tokenizer belongs to another model: install the model again",
        )
    return len(entries)
