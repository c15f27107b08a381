"""The least that is an XLS (BIFF8 in a compound file), made in memory: texts, numbers and days."""

import struct
from collections.abc import Sequence
from datetime import date

SECTOR = 512
SMALLEST = 4096  # a shorter stream would have to lie elsewhere
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
PLAIN, DAY = 0, 1
DAYS_BEGIN = date(1899, 12, 30)

Cell = str | float | date


def old_workbook(rows: Sequence[Sequence[Cell]], *, name: str = "台账") -> bytes:
    """One sheet."""
    return _compound(_stream(rows, name).ljust(SMALLEST, b"\0"))


def _stream(rows: Sequence[Sequence[Cell]], name: str) -> bytes:
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    formats = b"".join(_record(0x00E0, struct.pack("<HH16x", 0, number)) for number in (0, 14))
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    sheet_at = len(begin) + len(formats) + 4 + 6 + len(title) + 4
    sheet = _record(0x0085, struct.pack("<IBB", sheet_at, 0, 0) + title)
    cells = b"".join(_cell(n, at, cell) for n, row in enumerate(rows) for at, cell in enumerate(row))
    begin_sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    return begin + formats + sheet + _record(0x000A) + begin_sheet + cells + _record(0x000A)


def _cell(row: int, column: int, cell: Cell) -> bytes:
    if isinstance(cell, str):
        head = struct.pack("<HHHHB", row, column, PLAIN, len(cell), 1)
        return _record(0x0204, head + cell.encode("utf-16-le"))
    looks = DAY if isinstance(cell, date) else PLAIN
    number = float((cell - DAYS_BEGIN).days) if isinstance(cell, date) else cell
    return _record(0x0203, struct.pack("<HHHd", row, column, looks, number))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """Sector 0 is the allocation table, sector 1 the directory, the stream follows."""
    sectors = -(-len(stream) // SECTOR)
    chain = [*range(3, 2 + sectors), END]
    table = struct.pack(f"<{SECTOR // 4}I", *[FAT, END, *chain, *[FREE] * (SECTOR // 4 - 2 - sectors)])
    head = struct.pack(
        "<8s16xHHHHH6xIII4xIIIII109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1),
        *(SMALLEST, END, 0, END, 0, 0, *[FREE] * 108),
    )
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    return head + table + directory.ljust(SECTOR, b"\0") + stream.ljust(sectors * SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    said = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", said, len(said) + 2, kind, 1, FREE, FREE, child, start, size)
