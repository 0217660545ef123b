"""What a translation does that a translator would have to mend, whatever its likeness to the reference."""

from functools import lru_cache

from terms import ADDED, MARKED

from pipeline.engine import Constraint
from pipeline.repair import missing
from pipeline.text.ending import tails
from pipeline.text.figures.numbers import figures, unequal
from pipeline.text.loops import loop
from pipeline.text.negation import lost

# In the measure of `likeness.py`, where the translations of a source are some 0.1 apart
MISSING, LOOPING, OPPOSITE, TAIL, FIGURE = 0.1, 0.2, 0.1, 0.1, 0.1


def faults(source: str, text: str) -> float:
    """What is to be taken from a translation's likeness.

    For each term of its source that it lacks, and each figure that only one side has; for a loop; for saying the
    opposite (no negation, and a source that has one); and for a tail: a second sentence, and a source that is one.
    """
    terms = [Constraint(0, 0, target.replace(" ", "")) for _, target in MARKED.findall(source)]
    plain = ADDED.sub("", source)
    return (
        MISSING * len(missing(text.replace(" ", ""), terms))
        + FIGURE * _figures(plain, text)
        + LOOPING * bool(loop(text))
        + OPPOSITE * bool(lost(source, text))
        + TAIL * bool(tails(plain, text))
    )


def _figures(source: str, text: str) -> int:
    """How many figures differ. Figures of the translation are read only where there can be something to find."""
    wanted = _read(source)
    if not any(figure.sure for figure in wanted) and not any(c.isdecimal() for c in text):
        return 0
    lacking, added = unequal(wanted, figures(text))
    return len(lacking) + len(added)


_read = lru_cache(maxsize=16)(figures)  # a source is asked about once for each of its translations
