"""What can be wrong with a file as a whole."""

from enum import StrEnum


class Fault(StrEnum):
    TOO_LARGE = "too_large"
    TOO_MUCH_INSIDE = "too_much_inside"  # a small archive that unpacks to a huge one
    NOT_TEXT = "not_text"
    BROKEN_QUOTES = "broken_quotes"
    BROKEN_SPREADSHEET = "broken_spreadsheet"
    PASSWORD = "password"
    TOO_MANY_ROWS = "too_many_rows"
    NO_ROWS = "no_rows"
    NO_HEADING = "no_heading"  # in none of the sheets
    UNKNOWN_HEADINGS = "unknown_headings"  # in a file that has no sheets
    HEADING_TWICE = "heading_twice"


class Unreadable(Exception):
    """The file as a whole cannot be read; `value` is what stands there, `right` what would help."""

    def __init__(self, fault: Fault, *, row: int = 0, value: str = "", right: tuple[str, ...] = ()) -> None:
        super().__init__(fault)
        self.fault, self.row, self.value, self.right = fault, row, value, right
