"""sanwen models: which translation models are here, whether they are whole, and how to get another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline import model_store, plugins
from pipeline.errors import SanwenError
from pipeline.verbs._options import workspace_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """List (default), verify, convert."""
    parser.add_argument("--engines", action="store_true", help="list the engines instead")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    actions.add_parser("list", help="the models that are here (the default)")
    verify = actions.add_parser("verify", help="compare each file with the digest in the model's manifest")
    verify.add_argument("models", nargs="*", metavar="MODEL", help="names or folders (default: all)")
    convert = actions.add_parser(
        "convert", help="make a model of the hub, or a folder, ready for the ctranslate2 engine"
    )
    convert.add_argument("model", metavar="MODEL", help="a hub name such as Helsinki-NLP/opus-mt-en-zh, or a folder")
    convert.add_argument("--output", "-o", metavar="FOLDER", help="where (default: the workspace's models/NAME)")
    convert.add_argument("--quantization", default="int8", help="int8 (default), float16, float32 ...")


def run(options: argparse.Namespace) -> int:
    """List, verify or convert; 1 if a model is damaged."""
    workspace = workspace_of([])
    if options.engines:
        for name in plugins.names("engines"):
            sys.stdout.write(f"{name:14} {plugins.summary('engines', name)}\n")
        return 0
    if options.action == "convert":
        name = options.model.rstrip("/").rpartition("/")[2]
        out = Path(options.output) if options.output else workspace.root / "models" / name
        folder = model_store.convert(options.model, out, quantization=options.quantization)
        sys.stdout.write(f'{folder}\nUse it: [engine] model = "{folder.name}" in sanwen.toml\n')
        return 0
    if options.action == "verify":
        return _verify(options.models, workspace.root)
    for model in model_store.models(workspace.root):
        sys.stdout.write(f"{model}\n")
    return 0


def _verify(wanted: list[str], root: Path) -> int:
    folders = [model_store.find(name, root) for name in wanted] or [m.folder for m in model_store.models(root)]
    if not folders:
        raise SanwenError("there is no model", remedy="Install Sanwen again, or call: sanwen models convert NAME")
    damaged = 0
    for folder in folders:
        problems = list(model_store.verify(folder))
        damaged += bool(problems)
        for problem in problems:
            sys.stderr.write(f"sanwen: {problem}\n")
        if not problems:
            sys.stdout.write(f"whole    {folder}\n")
    return 1 if damaged else 0
