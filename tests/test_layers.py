"""Imports point down, as docs/architecture.md says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pipeline

ROOT = Path(pipeline.__file__).parent


def layers() -> list[list[str]]:
    text = (ROOT.parent / "docs/architecture.md").read_text(encoding="utf-8")
    block = re.search(r"## Layers.*?```\n(.*?)```", text, re.DOTALL)
    assert block
    return [re.sub(r"\(.*?\)", "", line).split() for line in block[1].splitlines()]


def part(module: str) -> str:
    """`pipeline.text.han` -> `text`."""
    return module.split(".")[1] if "." in module else "package"


def imports(file: Path):
    """Modules of ours that a file imports, those under `if TYPE_CHECKING` too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "pipeline" else [f"pipeline.{a.name}" for a in node.names]
        else:
            continue
        yield from (n for n in names if n.startswith("pipeline."))


def test_imports_point_down():
    rank = {name: i for i, line in enumerate(layers()) for name in line}
    wrong = []
    for file in ROOT.rglob("*.py"):
        own = file.relative_to(ROOT).parts[0].removesuffix(".py")
        if own in ("__init__", "__main__"):
            continue
        assert own in rank, f"docs/architecture.md does not say which layer {own} is in"
        for module in imports(file):
            other = part(module)
            if other in {"__version__", own}:
                continue
            if rank[other] <= rank[own]:
                wrong.append(f"{file.relative_to(ROOT)} imports {module}")
    assert not wrong


def test_no_part_is_listed_that_is_not_there():
    here = {
        f.name.removesuffix(".py") for f in ROOT.iterdir() if f.suffix == ".py" or (f.is_dir() and any(f.glob("*.py")))
    }
    assert {name for line in layers() for name in line} <= here
