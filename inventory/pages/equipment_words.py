"""Which words in a list of equipment mean which kind and township, and what is wrong with it in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from inventory.equipment_list import MOST_ROWS, OTHER_WORDS, Column, Known, Problem, Trouble
from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from itops.exchange.reading.words import key
from itops.organisation.models import Place
from itops.organisation.models.place import short_form

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem as people read it."""

    row: int
    column: str
    value: str
    reason: str
    right: str


def known_words(places: Iterable[Place]) -> Known:
    """Kinds by every name the screens use and the usual others; places by name, short name, pinyin and code."""
    by_word: dict[str, set[int]] = {}
    names = _distinct_names(list(places))
    for place, name in names.items():
        for word in (
            name,
            place.name,
            short_form(place.name),
            place.name_en,
            _short_english(place),
            place.code,
        ):
            by_word.setdefault(key(word), set()).add(place.pk)
    return Known(
        kinds=_kinds(),
        places={word: frozenset(ids) for word, ids in by_word.items() if word},
        kind_names=[str(name) for name in KIND_NAMES.values()],
        place_names={place.pk: name for place, name in names.items()},
    )


def complaint(problem: Problem) -> Complaint:
    return Complaint(
        row=problem.row,
        column=_column(problem.column) if problem.column else "",
        value=problem.value,
        reason=_reason(problem.trouble),
        right=_right(problem),
    )


def enumerated(words: Iterable[str]) -> str:
    """Words with the comma of the reader's language between them."""
    return pgettext("between things of a list", ", ").join(words)


def _kinds() -> dict[str, Kind]:
    kinds = {key(word): kind for kind, words in OTHER_WORDS.items() for word in words}
    kinds |= {key(kind.value): kind for kind in Kind}
    for language in LANGUAGES:
        with override(language):
            kinds |= {key(str(name)): kind for kind, name in KIND_NAMES.items()}
    return kinds


def _distinct_names(places: list[Place]) -> dict[Place, str]:
    """Names as the reader sees them; of two with the same name each says which county it lies in."""
    often = [str(place) for place in places]
    return {
        place: f"{place.parent} {place}" if often.count(str(place)) > 1 and place.parent else str(place)
        for place in places
    }


def _short_english(place: Place) -> str:
    return place.name_en.rpartition(" ")[0]


def _column(column: Column) -> str:
    return {Column.NAME: _("name"), Column.KIND: _("kind"), Column.TOWNSHIP: _("township")}[column]


def _reason(trouble: Trouble) -> str:
    return {
        Trouble.TOO_LARGE: _("The file is larger than 5 MB."),
        Trouble.SPREADSHEET: _("This is a spreadsheet, not a CSV."),
        Trouble.NOT_TEXT: _("The characters cannot be read."),
        Trouble.BROKEN_QUOTES: _("A quotation mark is opened and not closed properly."),
        Trouble.TOO_MANY_ROWS: _("There are too many rows."),
        Trouble.NO_ROWS: _("There is no equipment in the file."),
        Trouble.NO_HEADING: _("A column is missing."),
        Trouble.HEADING_TWICE: _("A column stands there twice."),
        Trouble.TOO_MANY_CELLS: _("The row has more cells than the headings."),
        Trouble.EMPTY: _("The cell is empty."),
        Trouble.TOO_LONG: _("The text is too long."),
        Trouble.LINE_BREAK: _("There is a line break or a control character in the cell."),
        Trouble.UNKNOWN_KIND: _("No such kind of equipment."),
        Trouble.UNKNOWN_TOWNSHIP: _("No such township in your scope."),
        Trouble.SEVERAL_TOWNSHIPS: _("More than one township is called so."),
        Trouble.REPEATED: _("The same name, kind and township stand in an earlier row."),
        Trouble.ON_THE_BOOKS: _("This equipment is on the books already."),
    }[trouble]


def _right(problem: Problem) -> str:
    if problem.trouble == Trouble.UNKNOWN_TOWNSHIP and not problem.right:
        return _("Use one of the townships listed on this page.")
    return _what_is_right(problem.trouble) % {"given": _given(problem)}


def _given(problem: Problem) -> str:
    if problem.trouble == Trouble.NO_HEADING:
        return enumerated(_column(Column(name)) for name in problem.right)
    return str(MOST_ROWS) if problem.trouble == Trouble.TOO_MANY_ROWS else enumerated(problem.right)


def _what_is_right(trouble: Trouble) -> str:
    return {
        Trouble.TOO_LARGE: _("Divide it into several files."),
        Trouble.SPREADSHEET: _("Open it and save it as CSV (UTF-8)."),
        Trouble.NOT_TEXT: _("Save it as CSV in UTF-8 or GBK."),
        Trouble.BROKEN_QUOTES: _("Remove the quotation marks, or write each one inside a text twice."),
        Trouble.TOO_MANY_ROWS: _("At most %(given)s rows in one file."),
        Trouble.NO_ROWS: _("A heading, then one row for each piece: name, kind, township."),
        Trouble.NO_HEADING: _("Add headings: %(given)s."),
        Trouble.HEADING_TWICE: _("One column each: name, kind, township."),
        Trouble.TOO_MANY_CELLS: _("Put a text that contains a comma in quotation marks."),
        Trouble.EMPTY: _("Fill it in. Merged cells must be divided, and every row filled."),
        Trouble.TOO_LONG: _("At most %(given)s characters."),
        Trouble.LINE_BREAK: _("Write it in one line."),
        Trouble.UNKNOWN_KIND: _("For example: %(given)s."),
        Trouble.UNKNOWN_TOWNSHIP: _("Did you mean: %(given)s?"),
        Trouble.SEVERAL_TOWNSHIPS: _("Write the county too: %(given)s."),
        Trouble.REPEATED: _(
            "If it is another piece, give it another name, such as a number; see row %(given)s."
        ),
        Trouble.ON_THE_BOOKS: _("Remove the row; it is recorded as %(given)s."),
    }[trouble]
