"""How alike two Chinese texts are, by the n-grams of their characters."""

from collections import Counter

ORDER = 4  # the longest n-grams


def grams(text: str) -> list[Counter[str]]:
    """How often each n-gram of characters stands in `text`, n from 1 to ORDER; spaces do not count."""
    text = text.replace(" ", "")
    return [Counter(text[i : i + n] for i in range(len(text) - n + 1)) for n in range(1, ORDER + 1)]


def likeness(text: str, reference: list[Counter[str]], recall: float = 1.0) -> float:
    """Mean F of the n-grams of characters, 0 to 1 (as chrF, whose recall has a weight of 4 where precision has 1)."""
    found = []
    for mine, theirs in zip(grams(text), reference, strict=True):
        total = mine.total() + recall * theirs.total()
        found.append((1 + recall) * (mine & theirs).total() / total if total else 1.0)
    return sum(found) / len(found)
