"""`{% load looks %}`: the small parts of itops.crud.looks as tags, and what forms and charts need."""

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.crud import charts, looks

register = template.Library()

for part in (looks.mark, looks.state, looks.icon, looks.spark, looks.bullet):
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
    return field.as_widget(attrs=attrs)


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
