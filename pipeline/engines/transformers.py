"""Any Marian, NLLB, M2M100 or mBART model of the Hugging Face hub or a folder; needs the extra [torch].

Options: `source` and `target` (the languages as the model calls them; default: English and Simplified Chinese),
`revision` (of a model on the hub), `terms` ("hard", the default: every term's target occurs, by constrained decoding
where nothing milder works; "soft": annotation only), `lexicon` (of a folder's model: suggest what its lexicon knows of
names and rare words; default true).

Weights are read from safetensors alone and code that comes with a model is never run.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pipeline import model_store
from pipeline.engine import EngineSettings, checked
from pipeline.engines._codec import Codec, FolderCodec, HubCodec
from pipeline.engines._seq2seq import TransformersEngine
from pipeline.engines._vocabulary import Vocabulary
from pipeline.errors import SanwenError
from pipeline.model_card import Card, read_card, search
from pipeline.model_hub import load_weights

TYPES = ("float32", "bfloat16", "float16")
INSTALL = (
    'Install it with: pip install "sanwen[torch]" (on Linux without a graphics card install the CPU build of PyTorch '
    "first, as pytorch.org says: it is a tenth of the size)"
)


def load(settings: EngineSettings) -> TransformersEngine:
    """Load the model that the settings name.

    Raises SanwenError if torch is not installed, there is no such model or not of a known family, or a setting is
    not known.
    """
    options = checked(settings, source="", target="", revision="", terms="hard", lexicon=True)
    if options["terms"] not in ("hard", "soft"):
        raise SanwenError(f"the option 'terms' is {options['terms']!r}", remedy="Use hard or soft")
    dtype = settings.compute_type or "float32"
    if dtype not in TYPES:
        raise SanwenError(f"the compute type '{dtype}' is not known", remedy=f"Use one of {', '.join(TYPES)}")
    suggested = ""
    torch, transformers = _modules()
    torch.set_num_threads(settings.threads)
    where, card, folder = _locate(settings)
    revision = {"revision": str(options["revision"])} if options["revision"] and folder is None else {}
    try:
        model = load_weights(
            where,
            dtype=getattr(torch, dtype),
            use_safetensors=True,
            attn_implementation="eager",  # the only one that gives cross-attention
            **revision,
        )
        model.generation_config = transformers.GenerationConfig()  # what it says of beams and ends is not wanted
        codec: Codec
        if folder is not None and not (Path(where) / "tokenizer_config.json").is_file():
            vocabulary = _vocabulary(folder, card, model, lexicon=bool(options["lexicon"]))
            suggested = " lexicon" if vocabulary.lexicon else ""
            codec = FolderCodec(vocabulary, model.config.eos_token_id, model.config.pad_token_id)
        else:
            tokenizer = transformers.AutoTokenizer.from_pretrained(where, trust_remote_code=False, **revision)
            codec = HubCodec(tokenizer, str(options["source"]), str(options["target"]))
    except SanwenError:
        raise
    except Exception as e:  # transformers, safetensors and torch raise what they like over a broken model
        raise SanwenError(
            f"transformers cannot load the model: {e}",
            file=where,
            remedy="Check the name and the network; weights must be model.safetensors",
        ) from e
    name = card.name or model_store.safe_name(settings.model)
    digest = _digest(folder, Path(where)) if folder else _commit(where, **revision)
    signature = f"transformers/{transformers.__version__} {name}@{digest[:12]} {dtype} {search(card, settings.beam)}"
    hard = options["terms"] == "hard"
    return TransformersEngine(model, codec, card, settings, f"{signature} {options['terms']}{suggested}", hard=hard)


def _vocabulary(folder: Path, card: Card, model: Any, *, lexicon: bool) -> Vocabulary:
    """The folder's own tokenizer. Raises SanwenError if it is not the model's."""
    vocabulary = Vocabulary(folder, card, lexicon=lexicon)
    pieces, entries = vocabulary.source.get_piece_size(), model.config.vocab_size
    if entries != pieces + 1:
        raise SanwenError(
            f"{card.source_spm} has {pieces} pieces, which with <pad> is not the model's vocabulary of {entries}",
            file=folder,
            remedy="One of them belongs to another model: install the model again",
        )
    return vocabulary


def _digest(folder: Path, weights: Path) -> str:
    """Of a model folder the manifest's, of another one that of its weights."""
    if digest := model_store.digest(folder):
        return digest
    parts = [model_store.file_digest(p) for p in sorted(weights.glob("*.safetensors"))]
    return parts[0] if len(parts) == 1 else hashlib.sha256("".join(parts).encode()).hexdigest()


def _commit(name: str, revision: str = "main") -> str:
    """The commit of a model of the hub that lies in its cache; 'unversioned' if it does not."""
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415

    path = try_to_load_from_cache(name, "config.json", revision=revision)
    return Path(path).parent.name if isinstance(path, str) else "unversioned"


def _modules() -> tuple[Any, Any]:
    """Import torch and transformers, seconds of work. Raises SanwenError if they are not installed."""
    try:
        import torch  # noqa: PLC0415
        import transformers  # noqa: PLC0415
    except ImportError as e:
        raise SanwenError(f"the engine transformers needs PyTorch: {e}", remedy=INSTALL) from e
    logging: Any = transformers.utils.logging
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    return torch, transformers


def _locate(settings: EngineSettings) -> tuple[str, Card, Path | None]:
    """What `from_pretrained` is given, the model's description, and its folder if it is a local one."""
    workspace = Path(settings.workspace) if settings.workspace else None
    try:
        folder = model_store.find(settings.model, workspace, engine="transformers")
    except SanwenError:
        if (
            settings.model.count("/") == 1
            and not settings.model.startswith((".", "~", "/"))
            and not Path(settings.model).exists()
        ):
            return settings.model, Card(), None
        raise
    card = read_card(folder)
    for problem in model_store.verify(folder) if (folder / model_store.MANIFEST).is_file() else ():
        raise problem
    return str(folder / card.hf), card, folder
