"""What Sanwen writes into an entry's `# ` comments, and reads back: the lines that begin with `sanwen`.

gettext's tools drop custom flags and `#.` comments on a merge; `# ` lines survive. A person's own comments stand beside
ours and are kept.

    # sanwen: ctranslate2/4.8.5 en-zh@1f3c9a... text=5d41402a
    # sanwen zh_CN: 两国关系缓和。          (the text that a Traditional target was converted from)
    # sanwen note: 87 % like a reviewed sentence: ...
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pipeline.po.catalog import one_line

_MADE = re.compile(r"sanwen: (?P<signature>.*?)(?: text=(?P<digest>[0-9a-f]{8}))?$")
_BASE = re.compile(r"sanwen (?P<locale>[a-z]{2,3}(?:_[A-Z]{2})?): (?P<text>.*)$")
_NOTE = re.compile(r"sanwen note: (?P<text>.*)$")


@dataclass(frozen=True, slots=True)
class Remarks:
    """An entry's translator comment, taken apart. `digest` is of the target as the machine made it; empty: unknown."""

    signature: str = ""
    digest: str = ""
    base_locale: str = ""
    base: str = ""
    notes: tuple[str, ...] = ()
    person: tuple[str, ...] = ()  # everybody else's lines


def digest(target: str) -> str:
    """Eight hex digits that tell whether a target is still the machine's."""
    return hashlib.sha256(target.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def read(comment: str) -> Remarks:
    """Take a translator comment apart."""
    signature = made = locale = base = ""
    notes, person = [], []
    for line in comment.split("\n") if comment else ():
        if match := _NOTE.fullmatch(line):
            notes.append(match["text"])
        elif match := _BASE.fullmatch(line):
            locale, base = match["locale"], match["text"]
        elif match := _MADE.fullmatch(line):
            signature, made = match["signature"], match["digest"] or ""
        else:
            person.append(line)
    return Remarks(signature, made, locale, base, tuple(notes), tuple(person))


def write(remarks: Remarks) -> str:
    """The comment for polib's `tcomment`: a person's lines first, as they were."""
    lines = list(remarks.person)
    signature = one_line(remarks.signature)
    if signature or remarks.digest:
        lines.append(f"sanwen: {signature}" + (f" text={remarks.digest}" if remarks.digest else ""))
    if base := one_line(remarks.base):
        lines.append(f"sanwen {remarks.base_locale}: {base}")
    lines += [f"sanwen note: {note}" for note in map(one_line, remarks.notes) if note]
    return "\n".join(lines)
