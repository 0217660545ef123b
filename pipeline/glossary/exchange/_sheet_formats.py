"""Number formats of a workbook: in which styles of cells a number shows as its digits (ECMA-376, part 1, 18.8.30)."""

from __future__ import annotations

from typing import Any

from pipeline.glossary.exchange._xml import local

_PLAIN_IDS = ("0", "1", "49")  # built in: General, 0, text
_PLAIN_CODES = ("general", "0", "@")


def plain_styles(styles: Any) -> frozenset[str] | None:
    """The numbers of the cell styles that show a number as it is; None where the workbook has no styles.

    `styles` are the children of `styleSheet`.
    """
    codes: dict[str, str] = {}
    used: list[str] | None = None
    for part in styles:
        if local(part) == "numFmts":
            codes = {item.get("numFmtId", ""): item.get("formatCode", "").lower() for item in part}
        elif local(part) == "cellXfs":
            used = [item.get("numFmtId", "0") for item in part]
    if used is None:
        return None
    plain = (codes[name] in _PLAIN_CODES if name in codes else name in _PLAIN_IDS for name in used)
    return frozenset(str(number) for number, is_plain in enumerate(plain) if is_plain)
