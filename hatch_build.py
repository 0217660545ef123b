"""Put the data that lives at the top of the repository into the wheel: locales and glossaries.

A locale is a folder of data, so the list is read from the disk: a new folder needs no change here. The PO files under
LC_MESSAGES are a workspace's own work and stay out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg, misc]
    """Adds `locales/**` (without LC_MESSAGES) and `glossaries/*.csv` under `pipeline/data/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Fill in what hatchling copies; an editable install reads the repository itself."""
        root = Path(self.root)
        include: dict[str, str] = build_data["force_include"]
        for folder in ("locales", "glossaries"):
            for file in sorted((root / folder).rglob("*")):
                if file.is_file() and "LC_MESSAGES" not in file.parts:
                    include[str(file)] = f"pipeline/data/{file.relative_to(root).as_posix()}"
