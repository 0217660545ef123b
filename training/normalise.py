"""The one normalisation of English sources: the same before training and before translating.

Pure, exact and small on purpose: a runtime imports or ports `normalise` and its two constants.
The rules, in order:

1. Unicode NFC.
2. Single characters by `PLAIN`: curly quotes to straight ones, no-break space to space, the ellipsis to three dots,
   en dash to hyphen; soft hyphen, zero-width space and byte-order mark are dropped.
3. Runs of white space become one space; no space at the ends.
4. Shouting: a text of three words or more whose letters are nearly all capitals is written in lower case with a
   capital first letter (the tokenizer would cut capitals into single letters). Term marks are left alone.
"""

import re
import unicodedata

PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00a0": " ",
        "\u2026": "...",
        "\u2013": "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)
SHOUT = 0.9  # share of capitals among the ASCII letters from which a text is taken to be shouted


def normalise(text: str) -> str:
    """Return `text` as the model was trained to read it."""
    text = " ".join(unicodedata.normalize("NFC", text).translate(PLAIN).split())
    return quieten(text) if shouted(text) else text


def shouted(text: str) -> bool:
    """Whether `text` is written in capitals throughout: three words or more of two letters or more."""
    if "<term>" in text or len(re.findall(r"[A-Za-z]{2,}", text)) < 3:
        return False
    letters = re.findall(r"[A-Za-z]", text)
    return sum(c.isupper() for c in letters) >= SHOUT * len(letters)


def quieten(text: str) -> str:
    """Lower-case `text`, its first letter excepted."""
    low = text.lower()
    first = next((i for i, c in enumerate(low) if c.isalpha()), 0)
    return low[:first] + low[first : first + 1].upper() + low[first + 1 :]
