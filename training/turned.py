"""Exchange the sides of packed data, alignments and development pairs: what a reverse model is trained with.

    python training/turned.py DATA.npz TABLE.npz OUT_FOLDER [--dev DEV.tsv]

Writes `data.npz`, `table.npz` and, if there are any, development pairs `dev.tsv` to OUT_FOLDER. Annotations of terms
go: both sides are then as they were written, but for the variations of `vary.py`.
"""

import argparse
from pathlib import Path

import numpy as np
from batches import plain, save


def turned(data: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Packed data from targets to sources, without annotations."""
    kept = plain(data["s"])
    before = np.concatenate([[0], kept.cumsum()])
    return {
        "s": data["t"],
        "so": data["to"],
        "t": data["s"][kept],
        "to": before[data["so"]],
        "name": data["name"],
        "names": data["names"],
    }


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("data", type=Path)
    a.add_argument("table", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--dev", type=Path)
    o = a.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    table = np.load(o.table)
    save(o.out / "table.npz", source=table["target"], target=table["source"], count=table["count"], size=table["size"])
    if o.dev:
        rows = [line.split("\t") for line in o.dev.read_text(encoding="utf-8").splitlines()]
        text = "".join(f"{name}\t{chinese}\t{english}\n" for name, english, chinese in rows)
        (o.out / "dev.tsv").write_text(text, encoding="utf-8")
    save(o.out / "data.npz", **turned(dict(np.load(o.data))))  # last: who finds it finds all


if __name__ == "__main__":
    main()
