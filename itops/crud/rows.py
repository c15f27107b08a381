"""The rows of a django-tables2 table as one string: several times as fast as its bound rows.

Columns are declared as ever: accessor, `render`, `render_NAME`, `linkify`, choices' names. A render function may ask
for value, record, table, column and bound_column. Attributes of cells are those of the column, never of a record.
A TemplateColumn (a DateColumn is one) stays as slow as it is. A table of which very many rows are looked at may have
`cells()`: by a column's name a function, made once a page, from a record to the cell's HTML.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from inspect import signature
from typing import Any

from django.db.models import Field, Model
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django_tables2 import Table
from django_tables2.columns import BoundColumn, TemplateColumn
from django_tables2.data import TableListData
from django_tables2.rows import BoundRow

from itops.crud.paging import KeyPage

Cell = Callable[[Any], str]
"""From a record to what stands in the cell, as HTML."""


class Fetched(TableListData):  # type: ignore[misc]
    """The records of one page, in the order in which the database gave them: the table does not sort them again."""

    def order_by(self, aliases: object) -> None:
        pass


def body(table: Table) -> SafeString:
    """The `<tr>`s of the page."""
    made = table.cells() if hasattr(table, "cells") else {}
    cells = [(_opening(one), made.get(one.name) or _cell(table, one)) for one in table.columns]
    return SafeString("".join([_row(record, cells) for record in _records(table)]))


def _records(table: Table) -> Iterable[Any]:
    """Of a table that holds the whole list, those of the page that was asked for."""
    if isinstance(getattr(table, "page", None), KeyPage):
        return list(table.data)
    return [row.record for row in table.paginated_rows]


def _row(record: Any, cells: list[tuple[str, Cell]]) -> str:
    """HTML lets the end of a row go unsaid where the next one begins."""
    inside = "".join([f"{opening}{cell(record)}</td>" for opening, cell in cells])
    return f"<tr>{inside}"


def _text(shown: Any) -> str:
    if isinstance(shown, SafeString):
        return shown
    return escape(shown) if isinstance(shown, str) else conditional_escape(localize(shown))


def _opening(column: BoundColumn) -> str:
    css = column.column.attrs.get("td", {}).get("class", "")
    return f'<td class="{css}">' if css else "<td>"


def _cell(table: Table, column: BoundColumn) -> Cell:
    """What the column shows of a record; all that is the same for every record is worked out here."""
    if isinstance(column.column, TemplateColumn):
        return lambda record: _text(BoundRow(record, table).get_cell(column.name))
    value_of, empty, default = _value(table, column), column.column.empty_values, column.default
    render, link, given = column.render, column.link, _given(table, column)
    wanted = [name for name, one in signature(render).parameters.items() if one.kind is not one.VAR_KEYWORD]
    if not (empty or link or "value" in wanted):
        fixed = {name: given[name] for name in wanted if name != "record"}
        of_record = "record" in wanted
        return lambda record: _text(render(record=record, **fixed) if of_record else render(**fixed))

    def cell(record: Any) -> str:
        value = value_of(record)
        if value in empty:
            return _text(default)
        known = {**given, "value": value, "record": record}
        shown = render(**{name: known[name] for name in wanted})
        return _text(link(shown, **known) if link else shown)

    return cell


def _given(table: Table, column: BoundColumn) -> dict[str, object]:
    return {"table": table, "column": column.column, "bound_column": column, "bound_row": None}


def _value(table: Table, column: BoundColumn) -> Callable[[Any], object]:
    """The accessor's value; of a field with choices its name."""
    path = str(column.accessor).replace("__", ".").split(".")
    field = field_at(getattr(table._meta, "model", None), path)
    if field is not None and field.choices:
        path = [*path[:-1], f"get_{path[-1]}_display"]

    def value(record: Any) -> object:
        for step in path:
            record = record.get(step) if isinstance(record, dict) else getattr(record, step, None)
        return record() if callable(record) and not isinstance(record, Model) else record

    return value


def field_at(model: type[Model] | None, path: Sequence[str]) -> "Field[Any, Any] | None":
    """The field at the end of the path, where there is a model and the path follows it."""
    at: Any = model
    field: Any = None
    for step in path:
        known = {one.name: one for one in at._meta.fields} if at is not None else {}
        field = known.get(step)
        at = getattr(field, "related_model", None)
    return field if isinstance(field, Field) else None
