"""Character references and escapes, as CommonMark has them.

mistletoe puts a pattern of its own into the standard library's `html` while it parses, and even so reads `&copyright;`
as a sign and letters.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = re.compile(rf"\\(?P<char>[!-/:-@\[-`{{-~])|{ENTITY.pattern}")


def known(reference: str) -> bool:
    """Whether a reference (`&...;`) stands for a character."""
    return reference[1] == "#" or reference[1:] in html5


def decoded(reference: str) -> str:
    """What a reference stands for; itself, if for nothing."""
    return html.unescape(reference) or "\ufffd" if known(reference) else reference


def unescape(text: str) -> str:
    """The text of a link's address or title, without escapes and references."""
    return _ESCAPED.sub(lambda match: match["char"] or decoded(match[0]), text)
