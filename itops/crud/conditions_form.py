"""The conditions of a list and its columns as HTML, made in one go."""

from collections.abc import Iterable
from html import escape

from django.forms import BoundField, CheckboxInput, Form
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.crud.looks import icon
from itops.crud.widgets import widget

Column = tuple[str, object, bool, bool]
"""Name, heading, whether it is shown, whether it is shown at first."""
SEARCH = "q"


def conditions(form: Form) -> SafeString:
    """All fields of a filter's form: the search alone, the others beside one another with their labels."""
    alone = "".join([_field(field) for field in form if _stands_alone(field)])
    others = "".join([_field(field) for field in form if not _stands_alone(field)])
    return SafeString(f'{alone}<div class="picks">{others}</div>')


def refused(form: Form) -> SafeString:
    """What cannot be applied: in a view that somebody shares, a place that lies outside the reader's."""
    said = [
        f"{form.fields[name].label or name}: {' '.join(map(str, why))}" for name, why in form.errors.items()
    ]
    if not said:
        return SafeString()
    lines = escape(" · ".join([*said, _("Nothing is shown until this condition is changed or cleared.")]))
    return SafeString(
        f'<div class="notice notice-error" role="alert">{icon("warning")}<span>{lines}</span></div>'
    )


def columns(several: Iterable[Column]) -> SafeString:
    """A box to tick for each column."""
    return SafeString("".join([_column(*one) for one in several]))


def _stands_alone(field: BoundField) -> bool:
    return field.is_hidden or field.name == SEARCH


def _field(field: BoundField) -> str:
    if field.is_hidden:
        return widget(field)
    said = escape(str(field.label))
    if field.name == SEARCH:
        hint, field.help_text = field.help_text or field.label, ""  # it stands in the field, nowhere else
        shown = widget(field, placeholder=hint)
        named = f'<label class="visually-hidden" for="{field.auto_id}">{said}</label>'
        return f'<div class="search">{icon("search")}{named}{shown}</div>'
    on = " on" if field.value() else ""
    if isinstance(field.field.widget, CheckboxInput):
        return f'<label class="chip{on}">{widget(field)}{said}</label>'
    return f'<label class="pick{on}"><span>{said}</span>{widget(field)}</label>'


def _column(name: str, heading: object, shown: bool, usual: bool) -> str:
    box = f'<input class="form-check-input m-0" type="checkbox" name="columns" value="{escape(name)}"'
    ticked = " checked" if shown else ""
    return f'<label>{box} data-usual="{int(usual)}"{ticked}>{escape(str(heading))}</label>'
