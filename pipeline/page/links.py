"""Which addresses may stand on the page: web pages, mail, relative paths, places on the page; pictures in the file."""

from __future__ import annotations

import re

from pipeline.page.markers import without

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_ALLOWED = ("http:", "https:", "mailto:")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)


def safe_href(address: str, prefix: str) -> str:
    """The address, or "" where it may not be linked to. A place on the page ("#note") gets `prefix`.

    White space and control characters are taken out first, as browsers do: a line break does not hide a scheme.
    """
    address = _INVISIBLE.sub("", without(address))
    scheme = _SCHEME.match(address)
    if scheme and scheme[0].lower() not in _ALLOWED:
        return ""
    if address.startswith("#"):
        return f"#{prefix}{address[1:]}" if len(address) > 1 else ""
    return address


def safe_image(address: str) -> str:
    """The address of a picture that is part of the file itself, else "": the page fetches nothing."""
    address = _INVISIBLE.sub("", address) if ";base64," in address else address.strip()
    return address if _PICTURE.match(address) else ""
