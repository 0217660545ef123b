"""What a translation does that a translator would have to mend, whatever its likeness to the reference."""

from terms import MARKED

from pipeline.text.ending import tails
from pipeline.text.loops import loop
from pipeline.text.negation import lost

# In the measure of `likeness.py`, where the translations of a source are some 0.1 apart
MISSING, LOOPING, OPPOSITE, TAIL = 0.1, 0.2, 0.1, 0.1


def faults(source: str, text: str) -> float:
    """What is to be taken from a translation's likeness.

    For each term of its source that it lacks; for a loop; for saying the opposite (no negation, and a source that has
    one); and for a tail: a second sentence, and a source that is one.
    """
    said = text.replace(" ", "")
    missing = sum(target.replace(" ", "") not in said for _, target in MARKED.findall(source))
    tail = bool(tails(MARKED.sub(r"\1", source), text))
    return MISSING * missing + LOOPING * bool(loop(text)) + OPPOSITE * bool(lost(source, text)) + TAIL * tail
