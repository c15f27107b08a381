"""Sentences for what is wrong with a file that people hand in."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from inventory.catalogue.device_types import Fault, Problem
from inventory.marks.support_table import Fault as SupportFault
from inventory.marks.support_table import Wrong

FAULTS: dict[Fault, StrOrPromise] = {
    Fault.TOO_LARGE: _("The file is larger than a device type can be."),
    Fault.NOT_TEXT: _("The file is no text in UTF-8."),
    Fault.NOT_YAML: _("The file is no YAML. %(detail)s"),
    Fault.NO_DEVICE_TYPE: _("The file describes no device type."),
    Fault.MISSING: _("“%(key)s” is missing."),
    Fault.NOT_ONE_TEXT: _("“%(key)s” is no text."),
    Fault.TOO_LONG: _("“%(key)s” is too long: %(detail)s"),
    Fault.NOT_A_SLUG: _("“%(key)s” may have letters, digits, - and _ only: %(detail)s"),
    Fault.NOT_A_LIST: _("“%(key)s” is no list."),
    Fault.NOT_A_NUMBER: _("“%(key)s” is no number: %(detail)s"),
    Fault.NOT_YES_OR_NO: _("“%(key)s” must be true or false: %(detail)s"),
    Fault.UNKNOWN_UNIT: _("“%(key)s” is no unit of weight that is known: %(detail)s"),
    Fault.OUT_OF_RANGE: _("“%(key)s” is beyond what can be."),
    Fault.TWO_MODELS: _("Name and short name belong to two models of the catalogue: %(detail)s"),
    Fault.TWICE: _("%(detail)s says otherwise of the same model."),
}
LINE = _("Look at line %(line)s.")
IN_LINE = _("Line %(line)s: %(text)s")


def fault_sentence(problem: Problem) -> str:
    """What is wrong, with the key and what stands there."""
    detail = problem.detail
    if problem.code is Fault.NOT_YAML and detail:
        detail = str(LINE) % {"line": detail}
    return (str(FAULTS[problem.code]) % {"key": problem.key, "detail": detail}).strip()


SUPPORT_FAULTS: dict[Wrong, StrOrPromise] = {
    Wrong.TOO_LARGE: _("The file is larger than a table of support dates can be."),
    Wrong.NOT_TEXT: _("The file is no text in UTF-8."),
    Wrong.NOT_CSV: _("A quotation mark is not closed, or the line is no CSV."),
    Wrong.NO_COLUMN: _("The column “%(column)s” is missing."),
    Wrong.EMPTY: _("The file has no rows."),
    Wrong.TOO_MANY_VALUES: _("The line has more values than there are columns."),
    Wrong.MISSING: _("“%(column)s” is empty."),
    Wrong.TOO_LONG: _("“%(column)s” is too long: %(value)s"),
    Wrong.NOT_WRITABLE: _("“%(column)s” holds characters that cannot be stored."),
    Wrong.NOT_A_DAY: _("“%(column)s”: %(value)s is no day between 1985 and 2100; write YYYY-MM-DD."),
    Wrong.ENDS_BEFORE: _("“%(column)s”: %(value)s lies before the earliest end."),
    Wrong.TWICE: _("“%(column)s”: %(value)s stands in an earlier line of the same family."),
}


def support_fault_sentence(fault: SupportFault) -> str:
    """What is wrong and in which line."""
    text = str(SUPPORT_FAULTS[fault.code]) % {"column": fault.column, "value": fault.value}
    return str(IN_LINE) % {"line": fault.line, "text": text} if fault.line else text
