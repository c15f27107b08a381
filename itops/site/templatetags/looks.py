"""`{% load looks %}`: the small parts of itops.crud.looks as tags, and what forms and charts need."""

from html import escape

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.crud import charts, looks
from itops.crud.grid import grid_cell

register = template.Library()

for part in (looks.mark, looks.state, looks.icon, looks.spark, looks.bullet, grid_cell):
    register.simple_tag(part)


@register.inclusion_tag("components/chart.html")
def chart(drawn: charts.Chart) -> dict[str, object]:
    """A chart with its title, its finding in words, and the table behind it."""
    return {
        "chart": drawn,
        "data": charts.as_json(drawn, generated=_("generated for the demonstration")),
        "data_id": f"{drawn.key}-data",
        "rows": list(charts.rows(drawn)),
        "grouped": charts.grouped(drawn),
    }


@register.simple_tag
def widget(field: BoundField, placeholder: str = "") -> SafeString:
    """A form's widget with the theme's class; Django adds aria-invalid and aria-describedby itself."""
    attrs: dict[str, str | bool] = {"class": _css_class(field)} if not field.use_fieldset else {}
    if placeholder:
        attrs["placeholder"] = placeholder
    if type(field.field.widget) is Select and not field.errors and not field.help_text:
        return _select(field, attrs)
    return field.as_widget(attrs=attrs)


def _select(field: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    """What the widget's own template would write; through that a list's conditions took a seventh of the page."""
    widget = field.field.widget
    built = widget.build_attrs(widget.attrs, field.build_widget_attrs(attrs, widget) | {"id": field.auto_id})
    chosen = {str(value) for value in widget.format_value(field.value()) or [""]}
    options = "".join(
        f"<option{_attribute('value', value)}{' selected' if str(value) in chosen else ''}>{escape(str(name))}</option>"
        for value, name in widget.choices
    )
    said = "".join(_attribute(name, value) for name, value in built.items() if value is not False)
    return SafeString(f'<select name="{field.html_name}"{said}>{options}</select>')


def _attribute(name: str, value: object) -> str:
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


@register.filter
def ticks(field: BoundField) -> bool:
    """Whether the field is one tick box, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


def _css_class(field: BoundField) -> str:
    kind = field.field.widget
    if isinstance(kind, CheckboxInput):
        own = "form-check-input m-0"
    else:
        own = "form-select" if isinstance(kind, Select) else "form-control"
    return f"{kind.attrs.get('class', '')} {own}".strip()


@register.filter
def glyph(code: str) -> str:
    """The one character of a mark's badge."""
    return str(looks.MARKS[code].glyph)
