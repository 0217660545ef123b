"""What a translation does that a translator would have to mend, whatever its likeness to the reference."""

from terms import MARKED

from pipeline.text.loops import loop

MISSING, LOOPING = 0.1, 0.2  # in the measure of `likeness.py`, where the translations of a source are some 0.1 apart


def faults(source: str, text: str) -> float:
    """What is to be taken from a translation's likeness, for each term of its source that it lacks and for a loop."""
    said = text.replace(" ", "")
    missing = sum(target.replace(" ", "") not in said for _, target in MARKED.findall(source))
    return MISSING * missing + LOOPING * bool(loop(text))
