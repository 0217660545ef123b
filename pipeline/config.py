"""sanwen.toml: the settings of a workspace, as frozen and validated dataclasses.

The dataclasses below are the schema: a key of the file is a field here. An unknown key is refused with the nearest
known one and its line; a value of the wrong type or range likewise.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from pipeline.errors import SanwenError

FILE = "sanwen.toml"


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """[engine]: what translates."""

    name: str = "ctranslate2"
    model: str = "en-zh"
    beam: int = 6  # on the embedded model 0.2 BLEU more than 3, and more than 1 than greedy search
    batch: int = 8  # with a vocabulary map a quarter faster than 64: fewer candidates, and they stay in the cache
    threads: int = 1
    compute_type: str = ""
    options: Mapping[str, str | int | float | bool] = field(default_factory=dict)  # what only one engine knows


@dataclass(frozen=True, slots=True)
class MemoryConfig:
    """[memory]: what earlier reviewed work is offered."""

    fuzzy: float = 0.75  # the least similarity at which an approved sentence is shown as a suggestion


@dataclass(frozen=True, slots=True)
class PublishConfig:
    """[publish]: where and how finished articles are written."""

    folder: str = "published"
    site: str = ""  # the address the pages will have, for hreflang; empty: relative links


@dataclass(frozen=True, slots=True)
class Config:
    """The whole file. Paths are relative to the workspace."""

    articles: tuple[str, ...] = ("articles",)  # roots that PO files are named from
    locales: tuple[str, ...] = ("zh_CN", "zh_TW", "zh_HK")
    glossaries: tuple[str, ...] = ("glossaries/*.csv",)  # later ones win
    max_megabytes: int = 50  # a larger article is refused
    engine: EngineConfig = field(default_factory=EngineConfig)
    memory: MemoryConfig = field(default_factory=MemoryConfig)
    publish: PublishConfig = field(default_factory=PublishConfig)


_Check = tuple[Callable[[Any], bool], str]
_LIMITS: dict[str, _Check] = {
    "engine.beam": (lambda v: 1 <= v <= 16, "from 1 to 16"),
    "engine.batch": (lambda v: 1 <= v <= 4096, "from 1 to 4096"),
    "engine.threads": (lambda v: 1 <= v <= 256, "from 1 to 256"),
    "memory.fuzzy": (lambda v: 0.5 <= v <= 1, "from 0.5 to 1"),
    "max_megabytes": (lambda v: 1 <= v <= 2048, "from 1 to 2048"),
    "locales": (lambda v: bool(v) and all(re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", c) for c in v), "codes like zh_TW"),
    "articles": (bool, "at least one folder"),
}


def parse(text: str, file: str = FILE) -> Config:
    """The settings that `text` (TOML) gives.

    Raises SanwenError with file, line and remedy.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        raise SanwenError(
            f"not valid TOML: {problem}", file=file, place=int(line[1]) if line else None, remedy="See https://toml.io"
        ) from problem
    config: Config = _build(Config, table, "", text, file)
    return config


def _build(kind: type[Any], table: dict[str, Any], prefix: str, text: str, file: str) -> Any:
    hints, known = get_type_hints(kind), {f.name for f in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if key not in known:
            near = difflib.get_close_matches(key, known, 1, 0.5)
            raise SanwenError(
                f"unknown setting '{name}'",
                file=file,
                place=_line(text, prefix, key),
                remedy=f"Did you mean '{prefix}{near[0]}'?" if near else f"Known here: {', '.join(sorted(known))}",
            )
        values[key] = _value(hints[key], value, name, text, file)
    return kind(**values)


def _value(hint: Any, value: Any, name: str, text: str, file: str) -> Any:
    prefix, _, key = name.rpartition(".")
    line = _line(text, f"{prefix}." if prefix else "", key)
    if is_dataclass(hint):
        if not isinstance(value, dict):
            raise SanwenError(
                f"'{name}' is a table", file=file, place=line, remedy=f"Write [{name}] above its settings"
            )
        return _build(hint, value, f"{name}.", text, file)  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        good = isinstance(value, list) and all(isinstance(v, inner) for v in value)
        value, wanted = (tuple(value), "") if good else (value, f"a list of {inner.__name__}")
    elif get_origin(hint) is Mapping:
        good = isinstance(value, dict) and all(isinstance(v, str | int | float | bool) for v in value.values())
        wanted = "a table of strings, numbers and true or false"
    elif hint is float:
        good, wanted = isinstance(value, int | float) and not isinstance(value, bool), "a number"
    else:
        good, wanted = (
            type(value) is hint,
            {"str": "a string in quotes", "int": "a whole number"}.get(hint.__name__, ""),
        )
    if not good:
        raise SanwenError(f"'{name}' is {value!r}", file=file, place=line, remedy=f"It must be {wanted}")
    if name in _LIMITS and not _LIMITS[name][0](value):
        raise SanwenError(f"'{name}' is {value!r}", file=file, place=line, remedy=f"It must be {_LIMITS[name][1]}")
    return value


def _line(text: str, prefix: str, key: str) -> int | None:
    """Where `key` is set: tomllib keeps no positions, so look for it under its table's header."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        if header:
            table = f"{header[1]}."
            if f"{prefix}{key}." == table:
                return number
        dotted = re.match(r"\s*([\w.\"'-]+)\s*=", line)
        if dotted and f"{table}{dotted[1]}".replace('"', "").replace("'", "") == f"{prefix}{key}":
            return number
    return None


def template() -> str:
    """A sanwen.toml with every setting at its default, for `sanwen init`."""
    config = Config()
    return f"""\
# Settings of this Sanwen workspace. Everything here is at its default; delete what you do not change.

articles = {_toml(config.articles)}        # folders of articles; PO files are named from here
locales = {_toml(config.locales)}
glossaries = {_toml(config.glossaries)}   # later files win
max_megabytes = {config.max_megabytes}           # a larger article is refused

[engine]
name = "{config.engine.name}"           # see `sanwen models --engines`
model = "{config.engine.model}"                # a name that `sanwen models` lists, or a folder
beam = {config.engine.beam}
batch = {config.engine.batch}
threads = {config.engine.threads}                    # for each of --jobs workers
compute_type = ""               # empty: the engine's own default (int8 for ctranslate2)

[engine.options]                # what only one engine knows: docs/engines.md

[memory]
fuzzy = {config.memory.fuzzy}                    # least similarity of an approved sentence shown as a suggestion

[publish]
folder = "{config.publish.folder}"
site = ""                       # the address the pages will have, for hreflang; empty: relative links
"""


def _toml(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{v}"' for v in values) + "]"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with a sanwen.toml, and where its things are."""

    root: Path
    config: Config
    packaged: bool = False  # no sanwen.toml anywhere above: the defaults, with packaged data

    @property
    def locales(self) -> Path:
        """Where locale data and PO files are."""
        return self.root / "locales"

    @property
    def state(self) -> Path:
        """Cache and ledger; deleting it is always safe."""
        return self.root / ".sanwen"


def data_folder() -> Path:
    """The packaged locales and glossaries: inside the wheel, or at the top of the repository in a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent


def find(start: Path) -> Workspace:
    """The workspace that `start` is in: the nearest folder upwards with a sanwen.toml, else the defaults at `start`.

    Raises SanwenError when the file cannot be read or is wrong.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        file = folder / FILE
        if file.is_file():
            try:
                text = file.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as problem:
                raise SanwenError(f"cannot be read: {problem}", file=file, remedy="It must be UTF-8 text") from problem
            return Workspace(folder, parse(text, str(file)))
    return Workspace(start, Config(), packaged=True)
