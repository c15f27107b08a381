"""Serial numbers out of the supplier's list: the column that is headed so, else the first."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from itops.exchange.reading.faults import Unreadable
from itops.exchange.reading.sheets import Sheet, meant, read
from itops.exchange.said import of_file

HEADINGS = frozenset(
    ("序列号", "产品序列号", "设备序列号", "出厂编号", "serial number", "serial", "s/n", "sn")
)


def serials_of_file(data: bytes) -> list[str]:
    """One a row; ValidationError says why the file cannot be read."""
    try:
        sheets = read(data)
        return _in_column(sheets) or _first(sheets[0])
    except Unreadable as unreadable:
        problem = of_file(unreadable)
        raise ValidationError(f"{problem.reason} {problem.right}".strip(), code="unreadable") from unreadable


def _in_column(sheets: Sequence[Sheet]) -> list[str]:
    try:
        found = meant(sheets, lambda cell: True if cell.strip().casefold() in HEADINGS else None)
    except Unreadable:
        return []
    column = found.heading.columns[True]
    return [
        cells[column].strip() for _row, cells in found.rows if column < len(cells) and cells[column].strip()
    ]


def _first(sheet: Sheet) -> list[str]:
    return [cells[0].strip() for _row, cells in sheet.rows if cells and cells[0].strip()]
