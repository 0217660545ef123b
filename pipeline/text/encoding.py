"""What bytes are: UTF-8 text, text in some other encoding, or no text at all.

Only what a person may meet when an article was saved on an older or a Chinese machine is told apart. The guesses rest
on byte statistics: in Chinese encodings bytes above 0x7F come in pairs of known ranges, in Western ones singly, among
ASCII letters; UTF-16 English has a NUL in every second byte.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (or an Office file: .docx, .xlsx, .odt)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls) or an encrypted one"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"7z\xbc\xaf'\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "an ELF program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"bplist00", "a binary property list (Safari web archive)"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.01  # of the bytes: a stray one is a typing accident, many are a binary file
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_GB_FOUR = re.compile(rb"[\x81-\x84][0-9][\x81-\xfe][0-9]")
_BIG5 = re.compile(rb"(?:[\xa1-\xf9][\x40-\x7e\xa1-\xfe])+")
_SJIS_KANA = re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]")
_WESTERN_ONLY = re.compile(rb"[\x80-\x9f]")
_MAC_QUOTES = re.compile(rb"\xd5(?=[a-z ])|\xd2(?=[A-Z])|[a-z.,]\xd3|\xd1")
_SAMPLE = 1 << 20  # bytes: more would say nothing new
_MOSTLY = 0.9
_ODD_RUNS = 0.25  # of the runs of high bytes; rare characters of GBK have a low second byte, a third of Big5's
_HIGH = 0x80


@dataclass(frozen=True, slots=True)
class Problem:
    """Why bytes are no UTF-8 text: a clause, what to do about it, and the line where there is one (from 1)."""

    message: str
    remedy: str
    line: int | None = None


def problem(data: bytes) -> Problem | None:
    """Say what keeps `data` from being read as UTF-8 text (a byte order mark is fine); None where nothing does."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return Problem(f"this is {name}, not text", "Save the article as text, Markdown, HTML or DOCX")
    wide = _wide(data)
    if wide:
        return _foreign(wide)
    controls = len(_CONTROL.findall(data))
    if controls > max(1, _CONTROL_SHARE * len(data)):
        return Problem("this is a binary file, not text", "Save the article as text, Markdown, HTML or DOCX")
    nul = data.find(b"\0")
    if nul >= 0:
        return Problem("a NUL byte stands in the text", "Remove it, e.g. with: tr -d '\\000'", _line(data, nul))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    return None


def _wide(data: bytes) -> str | None:
    """UTF-32 or UTF-16, by its byte order mark, or by the NULs that it makes of ASCII."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "UTF-32LE"),
        (codecs.BOM_UTF32_BE, "UTF-32BE"),
        (codecs.BOM_UTF16_LE, "UTF-16"),
        (codecs.BOM_UTF16_BE, "UTF-16"),
    ):
        if data.startswith(mark):
            return name
    sample = data[: _SAMPLE & ~1]
    even, odd = sample[0::2], sample[1::2]
    nuls = even.count(0), odd.count(0)
    if min(nuls) > len(sample) / 100 or max(nuls) < len(odd) / 2:
        return None
    return "UTF-16LE" if nuls[1] > nuls[0] else "UTF-16BE"


def _foreign(name: str) -> Problem:
    return Problem(
        f"the text is encoded in {name}, not in UTF-8", f"Convert it, e.g. with: iconv -f {name.upper()} -t UTF-8"
    )


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Problem:
    line = _line(data, error.start)
    surrogate = _SURROGATE.search(data)
    if surrogate and surrogate.start() <= error.start:
        return Problem(
            "half of a surrogate pair is encoded as a character (CESU-8, or a broken export)",
            "Export the text again as UTF-8",
            line,
        )
    sample = data[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2]
    if _damaged_utf8(sample):
        return Problem(
            f"the text is UTF-8, but damaged: byte 0x{data[error.start]:02X} does not belong there",
            "Correct this line, or export the text again",
            line,
        )
    return _foreign(guess(sample))


def _damaged_utf8(sample: bytes) -> bool:
    """Whether most of what is not ASCII is sound UTF-8: then a few bytes were hit, and the encoding is UTF-8."""
    high = sum(len(run) for run in _HIGH_RUN.findall(sample))
    sound = sum(len(char.encode()) for char in sample.decode("utf-8", "ignore") if char > "\x7f")
    return sound > 0 and sound >= high / 2


def guess(sample: bytes) -> str:
    """The most likely encoding of text that is not UTF-8, by the name that iconv knows."""
    runs = _HIGH_RUN.findall(sample)
    high = sum(map(len, runs))
    paired = sum(len(run) for run in runs if len(run) > 1)
    if high and paired >= high / 2:
        return _eastern(sample, high)
    if len(_MAC_QUOTES.findall(sample)) > high / 2:
        return "MACINTOSH"
    return "Windows-1252" if _WESTERN_ONLY.search(sample) else "ISO-8859-1"


def _eastern(sample: bytes, high: int) -> str:
    """Tell GB18030, Big5 and Shift JIS apart: both bytes of a common character are high only in the first."""
    if len(_SJIS_KANA.findall(sample)) * 2 > high / 4:
        return "SHIFT_JIS"
    runs = _HIGH_RUN.findall(_GB_FOUR.sub(b" ", sample))
    odd = sum(len(run) % 2 for run in runs)
    if odd <= len(runs) * _ODD_RUNS:
        return "GB18030"
    big5 = sum(sum(byte >= _HIGH for byte in run) for run in _BIG5.findall(sample))
    return "Big5" if big5 >= _MOSTLY * high else "GB18030"


def _line(data: bytes, offset: int) -> int:
    before = data[:offset]
    return 1 + before.count(b"\n") + len(re.findall(rb"\r(?!\n)", before))
