"""One worker's tools, each made when first called for: engine, converters, term base, memory, cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.cache import Cache
from pipeline.config import Workspace, data_folder
from pipeline.engine import Engine, EngineSettings
from pipeline.errors import SanwenError
from pipeline.locale_data import load as load_locale
from pipeline.memory import Memory
from pipeline.model import Locale
from pipeline.po.catalog import Catalog
from pipeline.po.catalog import read as read_catalog
from pipeline.termbase import Convert, TermBase

if TYPE_CHECKING:
    from pipeline.text.han import Converter


@dataclass(slots=True)
class Desk:
    """What a worker keeps between articles. `glossaries` are files laid over the workspace's own."""

    workspace: Workspace
    engine_name: str = ""
    glossaries: tuple[str, ...] = ()
    own_glossary: bool = True  # whether the workspace's glossaries count
    _engine: Engine | None = None
    _cache: Cache | None = None
    _terms: TermBase | None = None
    _memories: dict[str, Memory] = field(default_factory=dict)
    _locales: dict[str, Locale] = field(default_factory=dict)
    _converters: dict[str, Converter] = field(default_factory=dict)
    _backs: dict[str, Converter] = field(default_factory=dict)

    def engine(self) -> Engine:
        """The translation engine. Raises SanwenError when it cannot be had."""
        if self._engine is None:
            config = self.workspace.config.engine
            name = self.engine_name or config.name
            settings = EngineSettings(
                name=name,
                model=config.model,
                beam=config.beam,
                batch=config.batch,
                threads=config.threads,
                compute_type=config.compute_type if name == config.name else "",
                extra=config.options if name == config.name else {},
                workspace=str(self.workspace.root),
            )
            self._engine = plugins.load("engines", name).load(settings)
        return self._engine

    def cache(self) -> Cache:
        """What engines said before."""
        if self._cache is None:
            self._cache = Cache(self.workspace.state)
        return self._cache

    def locale(self, code: str) -> Locale:
        """A locale's data: the workspace's folder, else the packaged one."""
        if code not in self._locales:
            own = self.workspace.locales
            folder = own if (own / code / "locale.toml").is_file() else data_folder() / "locales"
            self._locales[code] = load_locale(code, folder)
        return self._locales[code]

    def order(self, codes: Sequence[str]) -> list[Locale]:
        """The locales of `codes`, and those that they are converted from, each behind its base."""
        wanted: dict[str, Locale] = {}

        def add(code: str, trail: tuple[str, ...]) -> None:
            if code in trail:
                raise SanwenError(
                    f"locales are made from each other: {' → '.join((*trail, code))}", remedy="Mend `base`"
                )
            locale = self.locale(code)
            if locale.base:
                add(locale.base, (*trail, code))
            wanted.setdefault(code, locale)

        for code in codes:
            add(code, ())
        return list(wanted.values())

    def converter(self, locale: Locale) -> Converter:
        """The converter from a locale's base to it."""
        if locale.code not in self._converters:
            from pipeline.text.han import converter  # noqa: PLC0415  dictionaries load only where they are needed

            self._converters[locale.code] = converter(locale)
        return self._converters[locale.code]

    def glossary_files(self) -> list[Path]:
        """The workspace's glossaries in the order of its patterns, then those given; later ones win."""
        files: list[Path] = []
        if self.own_glossary:
            root = data_folder() if self.workspace.packaged else self.workspace.root
            for pattern in self.workspace.config.glossaries:
                files += [f for f in sorted(root.glob(pattern)) if f not in files]
        return files + [Path(f) for f in self.glossaries]

    def terms(self) -> TermBase:
        """The layered glossaries. Raises SanwenError for one that cannot be read."""
        if self._terms is None:
            self._terms = TermBase.load(self.glossary_files(), self._forth, self._back)
        return self._terms

    def _forth(self, code: str) -> Convert:
        converter = self.converter(self.locale(code))
        return lambda text: converter.convert(text).text

    def _back(self, code: str) -> Convert:
        if code not in self._backs:
            from pipeline.text.han import back_converter  # noqa: PLC0415  as above

            self._backs[code] = back_converter(self.locale(code))
        converter = self._backs[code]
        return lambda text: converter.convert(text).text

    def memory(self, code: str) -> Memory:
        """The approved translations of a locale, as of the last `refresh`."""
        if code not in self._memories:
            self._memories[code] = Memory(self.workspace.state, code)
        return self._memories[code]

    def refresh_memory(self, codes: Sequence[str]) -> None:
        """Bring the translation memory up to date with the PO files."""
        for code in codes:
            self.memory(code).refresh(sorted(self.po_folder(code).glob("*.po")))

    def po_folder(self, code: str) -> Path:
        """Where a locale's PO files are."""
        return self.workspace.locales / code / "LC_MESSAGES"

    def po_file(self, code: str, name: str) -> Path:
        """The PO file of an article."""
        return self.po_folder(code) / f"{name}.po"

    def catalog(self, code: str, name: str) -> Catalog:
        """The catalog of an article. Raises SanwenError when its file is broken."""
        return read_catalog(self.po_file(code, name))
