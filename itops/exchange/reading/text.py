"""CSV in whatever encoding and with whatever delimiter: UTF-8, UTF-16, GB 18030; comma, semicolon, tab."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from itops.exchange.reading.faults import Fault, Unreadable

HEAD = 10  # lines that tell the delimiter
Row = tuple[int, list[str]]


def decoded(data: bytes) -> str:
    """The text; Unreadable when no encoding fits."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff")
    raise Unreadable(Fault.NOT_TEXT)


def rows(text: str, *, most: int) -> Iterator[Row]:
    """Numbered as a spreadsheet shows them, cells without blanks around them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if row > most:
                raise Unreadable(Fault.TOO_MANY_ROWS)
            yield row, [cell.strip() for cell in cells]
    except csv.Error as broken:
        raise Unreadable(Fault.BROKEN_QUOTES, row=row + 1) from broken


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if b"\0" in data:  # UTF-16 that lost its mark: the zero bytes of commas and line ends tell the order
        odd, even = data[1::2].count(0), data[::2].count(0)
        return ["utf-16-le"] if odd > even else ["utf-16-be"]
    return ["utf-8", "gb18030"]


def _delimiter(text: str) -> str:
    """Whichever parts the heading into the most cells."""
    lines = [line for line in islice(text.splitlines(), HEAD) if line.strip()]
    return max(",\t;，", key=lambda delimiter: max((line.count(delimiter) for line in lines), default=0))
