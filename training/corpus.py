"""Read the parallel corpus: `source-name TAB english TAB chinese` lines in .tsv or .tsv.xz shards."""

import lzma
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

MIX = Path(__file__).with_name("mix.toml")


class Pair(NamedTuple):
    """One aligned sentence pair and the name of the source it comes from."""

    name: str
    english: str
    chinese: str


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file, compressed (.xz) or not, without their ends."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def read(path: Path) -> Iterator[Pair]:
    """Yield the pairs of one shard; a line without three fields is an error that names the line."""
    for number, line in enumerate(lines(path), 1):
        fields = line.split("\t")
        if len(fields) != 3:
            raise ValueError(f"{path}:{number}: {len(fields)} fields, not 3")
        yield Pair(*fields)


def read_all(folder: Path, shards: str = "core-*.tsv*") -> Iterator[Pair]:
    """Yield the pairs of a corpus folder, shard by shard."""
    for shard in sorted(folder.glob(shards)):
        yield from read(shard)


def write_entries(path: Path, found: Mapping[str, str]) -> None:
    """Write the lines of a lexicon, sorted: an English word, a tab, its target."""
    path.write_text("".join(f"{key}\t{target}\n" for key, target in sorted(found.items())), encoding="utf-8")


def plausible(pair: Pair) -> bool:
    """Whether the two sides have lengths that translations of each other can have."""
    x, y = len(pair.english), len(pair.chinese)
    return x > 0 and y > 0 and (max(x, 3 * y) < 40 or 0.12 <= y / x <= 0.8)


def load_mix(path: Path = MIX) -> dict[str, dict[str, int]]:
    """The `cap` and `repeat` of each source."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def mixed(shards: Iterable[Path], mix: dict[str, dict[str, int]], rng: random.Random) -> list[Pair]:
    """Read the shards, cap and repeat each source as `mix` says, and shuffle."""
    by_name: dict[str, list[Pair]] = defaultdict(list)
    for shard in shards:
        for pair in read(shard):
            if plausible(pair):
                by_name[pair.name].append(pair)
    chosen: list[Pair] = []
    for name, pairs in sorted(by_name.items()):
        rule = mix.get(name, {})
        cap = rule.get("cap", len(pairs))
        chosen += (rng.sample(pairs, cap) if cap < len(pairs) else pairs) * rule.get("repeat", 1)
    rng.shuffle(chosen)
    return chosen
