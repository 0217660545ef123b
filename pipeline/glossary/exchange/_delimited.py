"""Files of cells between commas or tabs: strict to read, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pipeline.errors import SanwenError
from pipeline.files import decode
from pipeline.glossary import cells

Row = tuple[int, list[str]]


def rows(data: bytes, path: str, delimiter: str = ",", *, quoted: bool = True) -> Iterator[Row]:
    """The line number and cells of each row that is not empty, the escapes of `cells` undone.

    Raises:
        SanwenError: the file is not UTF-8 text, or a quoted cell is broken.
    """
    text, _ = decode(data, path)
    # newline="": the reader itself must see the line ends inside quoted cells
    lines = io.StringIO(text, newline="")
    if quoted:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield reader.line_num, [cells.unescape(cell).strip() for cell in row]
    except csv.Error as error:
        raise SanwenError(
            f"a row is broken ({error})", file=path, place=reader.line_num, remedy="Mend its quotation marks"
        ) from error


def table(rows: Iterable[Sequence[str]], delimiter: str = ",", *, quoted: bool = True) -> bytes:
    """The rows as UTF-8 text, escaped.

    Raises:
        SanwenError: a cell has a tab or a line break and the format has no quotes.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    for row in rows:
        escaped = [cells.escape(cell) for cell in row]
        if quoted:
            writer.writerow(escaped)
            continue
        bad = next((cell for cell in row if any(mark in cell for mark in "\t\r\n")), None)
        if bad is not None:
            raise SanwenError(f"{bad!r} has a tab or a line break, which the format cannot hold", remedy="Take it out")
        out.write(delimiter.join(escaped) + "\n")
    return out.getvalue().encode()
