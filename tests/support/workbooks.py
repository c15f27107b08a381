"""Spreadsheets for tests, made in memory: good ones, and ones that mean harm."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from tests.support.samples import archive

Also = Callable[[Any, Any], None]


def workbook(rows: Sequence[Sequence[Any]], *, name: str = "台账", also: Also | None = None) -> bytes:
    """An XLSX of one sheet; `also` gets the workbook and the sheet for whatever else shall be in them."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
        if also:
            also(book, sheet)
    return written.getvalue()


def with_sheet(content: str) -> bytes:
    """An XLSX whose sheet is this XML."""
    source = zipfile.ZipFile(io.BytesIO(workbook([["名称"]])))
    members = {name: source.read(name) for name in source.namelist()}
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    members["xl/worksheets/sheet1.xml"] = f"{head}{content}</sheetData></worksheet>".encode()
    return archive(members)


def sparse() -> bytes:
    """Two cells at opposite corners: a reader that keeps what lies between needs hundreds of gigabytes."""
    cell = '<row r="{row}"><c r="{at}" t="inlineStr"><is><t>名称</t></is></c></row>'
    return with_sheet(cell.format(row=1, at="A1") + cell.format(row=1_048_576, at="XFD1048576"))


def open_document(rows: Sequence[Sequence[str]]) -> bytes:
    """The least that is an ODS."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="台账">{lines}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>'
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )
