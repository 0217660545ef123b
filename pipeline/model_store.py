"""Model folders: where they are, what is in them, whether they are whole.

A model folder holds what its engine reads, a `model.json` that says how to use it, and a
`manifest.sha256` in the format of `sha256sum`, whose own SHA-256 is the model's digest. The format is described in
docs/engines.md.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import SanwenError
from pipeline.model_card import read_card

EMBEDDED = "en-zh"
MANIFEST = "manifest.sha256"
WEIGHTS = {"ctranslate2": ("model.bin",), "transformers": ("model.safetensors", "hf/model.safetensors")}


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder that was found."""

    name: str  # the folder's, by which it is chosen
    folder: Path
    engines: tuple[str, ...]  # that can run it
    size: int  # bytes
    digest: str  # of its manifest, 64 hexadecimal digits; empty without one
    licence: str

    def __str__(self) -> str:
        """One line of a list."""
        digest = f"@{self.digest[:12]}" if self.digest else "(no manifest)"
        parts = (
            self.name,
            digest,
            f"{self.size / 1e6:.0f} MB",
            ", ".join(self.engines),
            self.licence,
            str(self.folder),
        )
        return "  ".join(p for p in parts if p)


def roots(workspace: Path | None = None) -> tuple[Path, ...]:
    """The folders in which models are looked for, first found first taken."""
    packaged = Path(__file__).parent / "models"
    return tuple(p for p in (workspace and workspace / "models", cache_folder(), packaged) if p)


def cache_folder() -> Path:
    """The user's own folder for models: SANWEN_MODELS, or the platform's cache folder."""
    if set_ := os.environ.get("SANWEN_MODELS"):
        return Path(set_)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "sanwen" / "models"


def models(workspace: Path | None = None) -> list[Model]:
    """Every model in the store, by name; of one name the first found only."""
    found: dict[str, Model] = {}
    for root in roots(workspace):
        for folder in sorted(root.iterdir()) if root.is_dir() else ():
            if _engines(folder):
                found.setdefault(folder.name, describe(folder))
    return [found[name] for name in sorted(found)]


def describe(folder: Path) -> Model:
    """What is in one folder. Raises SanwenError if its `model.json` is broken."""
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    card = read_card(folder)
    return Model(folder.name, folder, _engines(folder), size, digest(folder), card.licence)


def find(model: str, workspace: Path | None = None, *, engine: str = "") -> Path:
    """The folder of a model given by path, name or hub id; empty: the embedded one.

    With `engine`, one that this engine can run. Raises SanwenError with the names there are.
    """
    name = model or EMBEDDED
    places = [Path(name).expanduser()] if _is_path(name) else [root / safe_name(name) for root in roots(workspace)]
    there = [place for place in places if place.is_dir()]
    for place in there:
        if not engine or engine in _engines(place):
            return place
    for place in there:
        files = " or ".join(WEIGHTS.get(engine, ()))
        remedy = "Convert it by `sanwen models convert`" if engine == "ctranslate2" else "Give another model or engine"
        raise SanwenError(f"the model has no {files}, which the engine {engine} needs", file=place, remedy=remedy)
    known = ", ".join(m.folder.name for m in models(workspace)) or "none"
    raise SanwenError(
        f"there is no model '{name}'",
        remedy=f"Models here: {known}. One of the Hugging Face hub is fetched by `sanwen models convert NAME`",
    )


def safe_name(name: str) -> str:
    """A folder's name for a hub id: `Helsinki-NLP/opus-mt-en-zh` -> `opus-mt-en-zh`."""
    return PurePosixPath(name.replace("\\", "/")).name


def _is_path(name: str) -> bool:
    return Path(name).is_absolute() or name.startswith((".", "~")) or (Path(name).is_dir() and "/" in name)


def _engines(folder: Path) -> tuple[str, ...]:
    return tuple(engine for engine, files in WEIGHTS.items() if any((folder / f).is_file() for f in files))


def convert(model: str, out: Path, *, quantization: str = "int8") -> Path:
    """Make a model of the Hugging Face hub, or a folder of one, into a model folder for the engine ctranslate2.

    Returns `out`, which is there whole or not at all. Raises SanwenError if it exists, torch is not installed, or the
    model cannot be fetched or is of a family that is not known.
    """
    from pipeline.model_convert import write_converted  # noqa: PLC0415 - rare, and heavy

    if out.exists():
        raise SanwenError("there is something already", file=out, remedy="Remove it, or give another --output")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as scratch:
        made = Path(scratch) / out.name
        made.mkdir()
        write_converted(model, made, quantization)
        write_manifest(made)
        made.replace(out)
    return out


def digest(folder: Path) -> str:
    """SHA-256 of the manifest, in hexadecimal; empty if there is none."""
    path = folder / MANIFEST
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def write_manifest(folder: Path) -> str:
    """Write the checksums of all files of a folder; returns the model's digest."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)
    lines = [f"{file_digest(p)}  {p.relative_to(folder).as_posix()}\n" for p in files]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")
    return digest(folder)


def verify(folder: Path, only: tuple[str, ...] = ()) -> list[SanwenError]:
    """What is wrong with a folder, by its manifest: missing and altered files, and files it does not name.

    `only` limits the check to files of these names. An empty list: the folder is whole.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return [SanwenError("the model has no manifest", file=manifest, remedy="Install it again")]
    problems: list[SanwenError] = []
    named = set()
    for number, name, want in _manifest(manifest, problems):
        named.add(name)
        path = folder / name
        if only and name not in only:
            continue
        again = "Install the model again, or fetch it with git lfs if it is a pointer"
        if not path.is_file():
            problems.append(SanwenError("the file is missing", file=path, remedy=again))
        elif file_digest(path) != want:
            problems.append(SanwenError(f"not the file of line {number} of the manifest", file=path, remedy=again))
    if not only:
        extra = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - named - {MANIFEST}
        problems += [
            SanwenError("not named in the manifest", file=folder / n, remedy="Remove it") for n in sorted(extra)
        ]
    return problems


def _manifest(path: Path, problems: list[SanwenError]) -> Iterator[tuple[int, str, str]]:
    """Line number, name and checksum of each good line; the others go to `problems`."""
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        want, _, name = line.partition(" ")
        name = name.strip().removeprefix("*").removeprefix("./")
        inside = name and ".." not in PurePosixPath(name).parts and not PurePosixPath(name).is_absolute()
        if len(want) == hashlib.sha256().digest_size * 2 and inside:
            yield number, name, want.lower()
        elif line.strip():
            problems.append(SanwenError("not a line of sha256sum", file=path, place=number, remedy="Install it again"))


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
