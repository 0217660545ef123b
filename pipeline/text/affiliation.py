"""What an author is and where: English begins with the rank, Chinese with the largest institution, without commas.

"Senior Fellow, Arms Control Programme, Example Institute" is 示例研究所军控计划高级研究员.
"""

from __future__ import annotations

import re

_RANK = re.compile(
    r"\b(?:advis[eo]r|ambassador|analyst|associate|chair(?:man|woman|person)?|columnist|commissioner|correspondent|counsel"
    r"|dean|director|economist|editor|expert|fellow|founder|head|historian|lecturer|manager|member|minister|officer"
    r"|partner|president|professor|reporter|representative|researcher|scholar|scientist|secretary|specialist|strategist)s?\b",
    re.IGNORECASE,
)
COMMA = re.compile(r"\s*,\s+")  # what parts the English
_MARK = re.compile(r"[，、]")  # what parts a translation
MOST = 4  # parts; what has more is a life's story


def is_place(part: str) -> bool:
    """Whether a part may be where a rank is held: it has a capital and is no second rank."""
    return part[:1].isupper() and _RANK.search(part) is None


def largest_first(source: str, target: str) -> str:
    """The target with its parts turned about, where the source is one rank and then where it is held.

    As it is, where it may be anything else: a second rank, a sentence, parts that the target does not have.
    """
    rank, *held = COMMA.split(source)
    parts = [part.strip() for part in _MARK.split(target)]
    turned = (
        0 < len(held) < MOST
        and len(parts) == len(held) + 1
        and all(parts)
        and _RANK.search(rank) is not None
        and all(map(is_place, held))
    )
    return "".join(reversed(parts)) if turned else target
