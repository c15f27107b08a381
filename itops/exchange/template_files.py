"""Templates to fill in: the headings, what each column takes, and the values that are allowed, in both languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from itops.crud.naming import Reference
from itops.crud.reading import expected
from itops.crud.resource import Resource
from itops.exchange.columns import ID, LANGUAGES, Column, columns
from itops.exchange.xlsx import sheet_name, write_head
from itops.extras.custom_fields import expected_of
from itops.organisation.models import User

MOST_NAMES = 1_000
ROWS_TO_FILL = 5_000


@dataclass(frozen=True, slots=True)
class Explained:
    """One column as a person must know it, in one language."""

    heading: str
    required: bool
    takes: str


def explained(resource: Resource) -> list[Explained]:
    """Every column but the record's id, in the reader's language."""
    return [Explained(one.heading(), one.required, takes(one)) for one in columns(resource) if one.name != ID]


def takes(column: Column) -> str:
    """What would be right in the column, in words."""
    if column.name == ID:
        return _("given by the program; leave it empty to add a record")
    if column.own is not None:
        return str(expected_of(column.own))
    if column.several is not None:
        return _("names, with ; between them")
    return (
        _("yuan with at most two decimals, such as 4200.00") if column.money else str(expected(column.field))
    )


def head(resource: Resource) -> list[str]:
    """The headings to fill in below."""
    return [one.heading() for one in columns(resource) if one.name != ID]


def workbook_template(resource: Resource, user: User) -> IO[bytes]:
    """A sheet to fill in, one of allowed values, one that explains every column."""
    written = BytesIO()
    known = [one for one in columns(resource) if one.name != ID]
    with xlsxwriter.Workbook(written) as book:
        page = book.add_worksheet(sheet_name(resource.plural))
        write_head(book, page, [one.heading() for one in known])
        values = book.add_worksheet(sheet_name(_("Allowed values")))
        _offer_values(
            book,
            page,
            values,
            [(place, one, _allowed(resource, one, user)) for place, one in enumerate(known)],
        )
        _explain(book, book.add_worksheet(sheet_name(_("Explanation"))), known)
    written.seek(0)
    return written


def _allowed(resource: Resource, column: Column, user: User) -> list[str]:
    """Choices and the names of what may be referred to, where a list is of use."""
    if column.choices:
        return column.choices
    if not column.refers:
        return []
    reference = Reference.of(resource, column.field, user)
    if not reference.natural:
        return []
    names = reference.among.order_by(reference.natural[0]).values_list(reference.natural[0], flat=True)
    found = list(dict.fromkeys(names[: MOST_NAMES + 1]))
    return found if len(found) <= MOST_NAMES else []


def _offer_values(
    book: Any, page: Any, values: Any, allowed: Sequence[tuple[int, Column, list[str]]]
) -> None:
    """Each list stands in a column of its own; the sheet to fill in offers it as a drop-down list."""
    lists = [(place, column, names) for place, column, names in allowed if names]
    titles = [_("Allowed: %(heading)s") % {"heading": column.heading()} for _place, column, _names in lists]
    write_head(book, values, titles)
    for at, (place, _column, names) in enumerate(lists):
        for row, name in enumerate(names, start=1):
            values.write_string(row, at, name)
        source = xlsxwriter.utility.xl_range_abs(1, at, len(names), at)
        page.data_validation(
            1,
            place,
            ROWS_TO_FILL,
            place,
            {
                "validate": "list",
                "source": f"='{values.get_name()}'!{source}",
                "error_type": "warning",
            },
        )


def _explain(book: Any, page: Any, known: Sequence[Column]) -> None:
    rows = list(zip(*(_in_language(known, language) for language in LANGUAGES), strict=True))
    write_head(book, page, [_("Column"), _("Required"), _("What it takes")] * len(LANGUAGES))
    page.set_column(0, 3 * len(LANGUAGES) - 1, 28)
    for number, languages in enumerate(rows, start=1):
        for place, cell in enumerate(cell for one in languages for cell in one):
            page.write_string(number, place, cell)


def _in_language(known: Sequence[Column], language: str) -> Iterator[tuple[str, str, str]]:
    with override(language):
        yield from [
            (f"“{one.heading()}”", _("required") if one.required else "", takes(one)) for one in known
        ]
