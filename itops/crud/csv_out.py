"""CSV that spreadsheets open with the right characters and in which no cell is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """Sent row by row, so that a large one needs no memory."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = (line.encode() for line in _lines(head, rows))
    return StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def defused(cell: str) -> str:
    """Text that a spreadsheet would calculate gets an apostrophe; numbers stay numbers."""
    if not cell.startswith(FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return cell[0] in "-+" and cell[1:2].isdigit()


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(head)
    for row in rows:
        yield writer.writerow([defused(cell) for cell in row])
