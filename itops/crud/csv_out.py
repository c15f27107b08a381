"""CSV that spreadsheets open with the right characters and in which no cell is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

from django.http import StreamingHttpResponse

AT_ONCE = 200  # rows
BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
SUSPECT = frozenset((*FORMULA, "'"))


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """Sent part by part, so that a large one needs no memory."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = (part.encode() for part in csv_parts(head, rows))
    return StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def csv_parts(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The file's text, so many rows at a time: handing over each row by itself would cost more than writing it."""
    left = iter(rows)
    yield BYTE_ORDER_MARK + _lines([[defused(cell) for cell in head]])
    while some := list(islice(left, AT_ONCE)):
        yield _lines([defused(cell) for cell in row] for row in some)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


def defused(cell: str) -> str:
    """Text that a spreadsheet would calculate gets an apostrophe, and so does what looks as if it had got one;
    numbers stay numbers."""
    if cell[:1] not in SUSPECT or not cell.lstrip("'").startswith(FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return cell[0] in "-+" and cell[1:2].isdigit()
