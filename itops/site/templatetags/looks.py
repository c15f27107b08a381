"""`{% load looks %}`: the small parts of itops.crud.looks as tags, and what forms and charts need."""

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.translation import gettext as _

from itops.crud import charts, conditions_form, looks
from itops.crud.grid import grid_cells
from itops.crud.parts import day_cells

register = template.Library()

for part in (
    *(looks.mark, looks.state, looks.icon, looks.spark, looks.bullet, grid_cells),
    day_cells,
    *(conditions_form.conditions, conditions_form.columns, conditions_form.widget),
):
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


@register.filter
def ticks(field: BoundField) -> bool:
    """Whether the field is one tick box, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def glyph(code: str) -> str:
    """The one character of a mark's badge."""
    return str(looks.MARKS[code].glyph)
