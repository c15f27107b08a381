"""Fill in the monthly report: a DOCX that the office edits, with Jinja's names and loops in it, run in a sandbox."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planning.statistics.report import Column, Line, MonthReport, UnusableForm


def filled(template: bytes, report: MonthReport) -> bytes:
    """The document; UnusableForm says what in it cannot be carried out."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    written = BytesIO()
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(said_of(report), environment)
        document.save(written)
    except TemplateError as wrong:
        raise UnusableForm(str(wrong.message or type(wrong).__name__)) from wrong
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        ValueError,
        TypeError,
        OSError,
        BadZipFile,
    ) as broken:
        raise UnusableForm(type(broken).__name__) from broken
    return written.getvalue()


def said_of(report: MonthReport) -> Mapping[str, Any]:
    """Plain texts and lists alone: a document can reach nothing else."""
    return {
        "month": report.month,
        "county": report.county,
        "as_of": report.as_of,
        "made_on": report.made_on,
        "townships": len(report.lines),
        "indicators": [
            _indicator(column, report.whole, place) for place, column in enumerate(report.columns)
        ],
        "lines": [_line(line) for line in report.lines],
        "differences": [
            {
                "name": report.columns[one.column].name,
                "place": report.line(one.line).name,
                "reported": one.reported_said,
                "counted": report.line(one.line).cells[one.column].said,
                "explanation": one.explanation,
            }
            for one in report.differences
        ],
    }


def _indicator(column: Column, whole: Line, place: int) -> Mapping[str, Any]:
    cell = whole.cells[place]
    return {
        "code": column.code,
        "name": column.name,
        "unit": column.unit_name,
        "definition": column.definition,
        "version": column.version,
        "office": column.office,
        "state": column.state,
        "part": f"{cell.part:,}",
        "whole": f"{cell.whole:,}",
        "value": cell.said,
        "note": cell.note,
    }


def _line(line: Line) -> Mapping[str, Any]:
    """`values` are the figures in the order of the indicators."""
    return {"place": line.name, "values": [cell.said for cell in line.cells]}
