"""The conditions of a list as HTML: what Django's templates would write, made in one go.

Through the templates of each widget the conditions alone took a quarter of a list's page.
"""

from collections.abc import Collection, Iterable
from html import escape

from django.forms import BoundField, CheckboxInput, Form, Select
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from itops.crud.looks import icon

Column = tuple[str, object, bool, bool]
"""Name, heading, whether it is shown, whether it is shown at first."""


def conditions(form: Form) -> SafeString:
    """All fields of a filter's form: the search first to be found, ticks as chips, the others with their label."""
    return SafeString("".join([_field(field) for field in form]))


def columns(several: Iterable[Column]) -> SafeString:
    """A box to tick for each column."""
    return SafeString("".join([_column(*one) for one in several]))


def widget(field: BoundField, placeholder: object = "") -> SafeString:
    """A form's widget with the theme's class; with aria-invalid and aria-describedby where Django adds them."""
    attrs: dict[str, str | bool] = {"class": _css_class(field)} if not field.use_fieldset else {}
    if placeholder:
        attrs["placeholder"] = str(placeholder)
    plain = not field.errors and not field.help_text
    kind = type(field.field.widget)
    if kind is Select and plain:
        return _select(field, attrs)
    if (
        plain
        and issubclass(kind, Input)
        and kind.template_name == f"django/forms/widgets/{kind.input_type}.html"
    ):
        return _input(field, attrs)
    return field.as_widget(attrs=attrs)


def _field(field: BoundField) -> str:
    if field.is_hidden:
        return _input(field, {})
    said = escape(str(field.label))
    if field.name == "q":
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


def _select(field: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    widget = field.field.widget
    chosen = {str(value) for value in widget.format_value(field.value()) or [""]}
    options = "".join([_option(str(value), name, chosen) for value, name in widget.choices])
    return SafeString(f'<select name="{field.html_name}"{_attributes(field, attrs)}>{options}</select>')


def _option(value: str, name: object, chosen: Collection[str]) -> str:
    selected = " selected" if value in chosen else ""
    return f'<option value="{escape(value)}"{selected}>{escape(str(name))}</option>'


def _input(field: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    widget = field.field.widget
    value = widget.format_value(field.value())
    said = "" if value is None else f' value="{escape(str(value))}"'
    return SafeString(
        f'<input type="{widget.input_type}" name="{field.html_name}"{said}{_attributes(field, attrs)}>'
    )


def _attributes(field: BoundField, attrs: dict[str, str | bool]) -> str:
    widget = field.field.widget
    own = attrs | ({"id": field.auto_id} if field.auto_id and not widget.attrs.get("id") else {})
    built = widget.build_attrs(widget.attrs, field.build_widget_attrs(own, widget))
    return "".join([_attribute(name, value) for name, value in built.items() if value is not False])


def _attribute(name: str, value: object) -> str:
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _css_class(field: BoundField) -> str:
    kind = field.field.widget
    if isinstance(kind, CheckboxInput):
        own = "form-check-input m-0"
    else:
        own = "form-select" if isinstance(kind, Select) else "form-control"
    return f"{kind.attrs.get('class', '')} {own}".strip()
