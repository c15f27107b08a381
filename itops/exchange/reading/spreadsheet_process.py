"""A program of its own that opens one spreadsheet with bounded memory and time, and prints it as JSON.

A hostile file can make any reader of spreadsheets ask for more memory than there is: here that ends this process
alone. Run as `python spreadsheet_process.py FILE MEGABYTES SECONDS`; exit status 3: password, 4: broken, 5: too much.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

PASSWORD, BROKEN, TOO_MUCH = 3, 4, 5
MOST_SHEETS = 20
LONGEST_EXACT = 10**15
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\bt="e"[^>]*>.*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"\b\w+:id=\"([^\"]*)\"")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")


def main(path: str, megabytes: int, seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        json.dump(list(_sheets(path)), sys.stdout, ensure_ascii=False)
    except PasswordError:
        return PASSWORD
    except MemoryError:
        return TOO_MUCH
    except (CalamineError, OSError, ValueError):
        return BROKEN
    return 0


def _sheets(path: str) -> Iterator[dict[str, Any]]:
    workbook = CalamineWorkbook.from_path(path)
    hidden = {one.name for one in workbook.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
    parts = _parts(path)
    for position, name in enumerate(workbook.sheet_names[:MOST_SHEETS]):
        if name in hidden:
            continue
        sheet = workbook.get_sheet_by_index(position)
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
        before = sheet.start[0] if sheet.start else 0
        rows = [[] for _ in range(before - _leading(sheet, rows))] + rows
        _say_errors(rows, path, parts[position] if position < len(parts) else "")
        yield {"name": name, "rows": rows, "merged": _downward(sheet)}


def _leading(sheet: CalamineSheet, rows: list[list[str]]) -> int:
    """How many of the empty rows above the first cell are among the rows already."""
    return len(rows) - sheet.height if sheet.start else 0


def _downward(sheet: CalamineSheet) -> list[tuple[int, int, int]]:
    """First row, last row and column (from 0) of cells that are merged over several rows."""
    return [
        (top, bottom, left) for (top, left), (bottom, _) in sheet.merged_cell_ranges or [] if bottom > top
    ]


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < LONGEST_EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ").removesuffix(" 00:00:00")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _say_errors(rows: list[list[str]], path: str, part: str) -> None:
    """The reader gives nothing for a formula that failed; nothing would empty a field."""
    if not part:
        return
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    for found in _ERROR_CELL.finditer(content):
        place = _REFERENCE.search(found[0])
        if place is None:
            raise ValueError
        row, column = int(place[2]) - 1, _column(place[1])
        if row < len(rows):
            rows[row].extend([""] * (column + 1 - len(rows[row])))
            rows[row][column] = found[1].decode()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _parts(path: str) -> list[str]:
    """The files of an XLSX's sheets in their order; nothing for other kinds."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return []
        targets = dict(_targets(archive.read("xl/_rels/workbook.xml.rels")))
        sheets = _SHEET.findall(archive.read("xl/workbook.xml"))
    relations = [found[1] if (found := _RELATION.search(sheet)) else b"" for sheet in sheets]
    return [part if (part := targets.get(one, "")) in names else "" for one in relations]


def _targets(relations: bytes) -> Iterator[tuple[bytes, str]]:
    for one in _TARGET.findall(relations):
        identity, target = re.search(rb'\bId="([^"]*)"', one), re.search(rb'\bTarget="([^"]*)"', one)
        if identity and target:
            path = target[1].decode(errors="replace")
            yield identity[1], path.removeprefix("/") if path.startswith("/") else f"xl/{path}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
