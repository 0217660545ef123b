"""Ranks before names in full: `Rep. Jamie Raskin` is read as `Representative Jamie Raskin`.

A small model has met few of these abbreviations. It took `Rep.` for a reply (回复, 再次), `Sen.` for a name (洪森) and
left `Capt.` in English; the full words it knows. Those that it translates well as they are (`Gen.`, `Gov.`, `Dr.`), or
no better in full, are not here.
"""

from __future__ import annotations

import re

_FULL = {
    "Rep.": "Representative",
    "Reps.": "Representatives",
    "Sen.": "Senator",
    "Sens.": "Senators",
    "Lt. Gov.": "Lieutenant Governor",
    "Atty. Gen.": "Attorney General",
    "Amb.": "Ambassador",
    "Asst.": "Assistant",
    "Prof.": "Professor",
    "Profs.": "Professors",
    "Maj. Gen.": "Major General",
    "Brig. Gen.": "Brigadier General",
    "Lt. Col.": "Lieutenant Colonel",
    "Col.": "Colonel",
    "Capt.": "Captain",
    "Cmdr.": "Commander",
    "Sgt.": "Sergeant",
    "Vice Adm.": "Vice Admiral",
    "Rear Adm.": "Rear Admiral",
}
_RANK = re.compile(rf"(?:(?<![\w'’@/.-])|(?<=[Tt]hen-))(?:{'|'.join(map(re.escape, _FULL))})(?= [A-Z])")

SHORT = frozenset(word[:-1] for rank in _FULL for word in rank.split())
"""The words of these ranks, without their periods."""


def ranks(text: str) -> list[tuple[int, int, str]]:
    """The ranks of `text` that stand before a word with a capital, short: start, end and the full words, in order."""
    return [(*rank.span(), _FULL[rank[0]]) for rank in _RANK.finditer(text)]
