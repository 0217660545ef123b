"""locales/<code>/locale.toml: a target locale as data, read into a `model.Locale` and validated.

A new locale is a new folder; no code names one. Every mistake in the file is one error with the line it is on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipeline.errors import SanwenError
from pipeline.model import Locale, Typography

FILE = "locale.toml"
SHARED = "shared"  # the key that names folders beside the locale's own, with conversion data that several share


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a value must be: a test, and how a reader is told."""

    fits: Callable[[Any], bool]
    wanted: str
    required: bool = False


def _text(pattern: str, wanted: str, *, required: bool = False) -> _Rule:
    return _Rule(lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value)), wanted, required)


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _quotes(value: Any) -> bool:
    return _strings(value) and len(value) == len(set(value)) == 4 and all(len(item) == 1 for item in value)


def _variants(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(new, str) and len(old) == len(new) == 1 for old, new in value.items()
    )


def _names(value: Any) -> bool:
    return isinstance(value, dict) and all(key and isinstance(name, str) and name for key, name in value.items())


_FLAG = _Rule(lambda value: isinstance(value, bool), "true or false")
_NAME = r"[A-Za-z0-9_]*"
_KEYS = {
    "code": _text(r"[a-z]{2,3}(_[A-Z]{2})?", 'a gettext code, such as "zh_TW"', required=True),
    "tag": _text(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", 'a language tag for HTML, such as "zh-Hant-TW"', required=True),
    "name": _text(r".+", "a name in quotes", required=True),
    "label": _text(r".+", "a short name in quotes", required=True),
    "stages": _Rule(lambda value: _strings(value) and bool(value), "a list of names of stages", required=True),
    "base": _text(r"([a-z]{2,3}(_[A-Z]{2})?)?", 'the code of the locale it is made from, such as "zh_CN"'),
    "opencc": _text(_NAME, 'the name of an OpenCC configuration, such as "s2tw"'),
    "back": _text(_NAME, 'the name of an OpenCC configuration, such as "tw2s"'),
    "date": _text(r".+", 'a CLDR date pattern, such as "y年M月d日"'),
    "territory": _text(r"([A-Z]{2}|\d{3})?", 'the code of a territory, such as "TW"'),
    "fonts": _Rule(_strings, "a list of font names"),
    "default": _FLAG,
    "tai": _text(r"[臺台]?", '"臺" or "台"'),
    "variants": _Rule(_variants, "a table of single characters"),
    "typography": _Rule(lambda value: isinstance(value, dict), "a table: write [typography] above its settings"),
    SHARED: _Rule(_strings, "a list of names of folders beside this one"),
}
_TYPOGRAPHY = {
    "quotes": _Rule(_quotes, "four different marks: the outer pair, then the inner pair"),
    "space": _FLAG,
    "rules": _Rule(_strings, "a list of names of rules"),
    "units": _Rule(lambda value: _strings(value) and len(value) == 3, "three units: for 10⁴, 10⁸ and 10¹²"),
    "currencies": _Rule(_names, "a table of signs and names"),
}


def packaged() -> Path:
    """The locales that come with the program: inside the wheel, or at the top of the repository in a checkout."""
    inside = Path(__file__).parent / "data" / "locales"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "locales"


def load(code: str, folder: Path | None = None) -> Locale:
    """The locale of that code: from `folder` (a workspace's locales/), or the packaged one where that has none.

    Raises SanwenError with file, line and remedy when the locale is not known or its file is wrong.
    """
    places = [packaged()] if folder is None else [folder, packaged()]
    for place in places:
        file = place / code / FILE
        if file.is_file():
            return _read(file, code)
    known = sorted({path.parent.name for place in places for path in place.glob(f"*/{FILE}")})
    near = get_close_matches(code, known, 1, 0.5)
    raise SanwenError(
        f"no locale {code!r}",
        file=places[0],
        remedy=f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known) or 'none'}",
    )


def all_locales(folder: Path | None = None) -> dict[str, Locale]:
    """Every locale of `folder` and every packaged one that it does not replace, by code.

    Raises SanwenError for the first that is wrong.
    """
    places = [packaged()] if folder is None else [folder, packaged()]
    codes = sorted({path.parent.name for place in places for path in place.glob(f"*/{FILE}")})
    return {code: load(code, folder) for code in codes}


def _read(file: Path, code: str) -> Locale:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise SanwenError(f"cannot be read: {problem}", file=file, remedy="It must be UTF-8 text") from problem
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        raise SanwenError(
            f"not valid TOML: {problem}", file=file, place=int(line[1]) if line else None, remedy="See https://toml.io"
        ) from problem
    _validate(table, _KEYS, "", text, file)
    inner: dict[str, Any] = table.pop("typography", {})
    _validate(inner, _TYPOGRAPHY, "typography", text, file)
    marks: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in inner.items()}
    if table["code"] != code:
        raise SanwenError(
            f"'code' is {table['code']!r}",
            file=file,
            place=_line(text, "", "code"),
            remedy=f"It must be the folder's name, {code!r}",
        )
    shared = tuple(_shared(name, file, text) for name in table.pop(SHARED, ()))
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Locale(
        **values,
        folder=str(file.parent),
        data=(*shared, str(file.parent)),
        typography=Typography(**marks),
    )


def _validate(table: Mapping[str, Any], rules: Mapping[str, _Rule], header: str, text: str, file: Path) -> None:
    prefix = f"{header}." if header else ""
    for key, value in table.items():
        line = _line(text, header, key)
        if key not in rules:
            near = get_close_matches(key, rules, 1, 0.5)
            raise SanwenError(
                f"unknown setting '{prefix}{key}'",
                file=file,
                place=line,
                remedy=f"Did you mean '{prefix}{near[0]}'?" if near else f"Known here: {', '.join(sorted(rules))}",
            )
        if not rules[key].fits(value):
            raise SanwenError(
                f"'{prefix}{key}' is {value!r}", file=file, place=line, remedy=f"It must be {rules[key].wanted}"
            )
    for key, rule in rules.items():
        if rule.required and key not in table:
            raise SanwenError(f"'{prefix}{key}' is missing", file=file, remedy=f"It must be {rule.wanted}")


def _shared(name: str, file: Path, text: str) -> str:
    """The folder of shared conversion data: beside the locale's own, else the packaged one."""
    for place in (file.parent.parent, packaged()):
        if re.fullmatch(r"\w+", name) and (place / name).is_dir():
            return str(place / name)
    raise SanwenError(
        f"no folder {name!r} beside {file.parent.name}/",
        file=file,
        place=_line(text, "", SHARED),
        remedy="Take it out of 'shared', or make the folder",
    )


def _line(text: str, header: str, key: str) -> int | None:
    """The line on which a key is set: tomllib keeps no positions, so look for it under its table's header."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        opened = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if opened:
            table = opened[1]
            if not header and table == key:
                return number
        assigned = re.match(r"""\s*["']?([^"'=\s]+)["']?\s*=""", line)
        if assigned and table == header and assigned[1] == key:
            return number
    return None
