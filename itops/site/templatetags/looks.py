"""`{% load looks %}`: the small parts of itops.crud.looks as tags, and what forms and charts need."""

from html import escape

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.crud import charts, conditions_form, looks, widgets
from itops.crud.grid import grid_cells
from itops.crud.parts import day_cells

register = template.Library()

for part in (
    *(looks.mark, looks.state, looks.icon, looks.spark, looks.bullet, grid_cells),
    day_cells,
    *(conditions_form.conditions, conditions_form.refused, conditions_form.columns),
    *(widgets.widget, widgets.form_field, widgets.form_fields),
):
    register.simple_tag(part)


@register.inclusion_tag("components/chart.html")
def chart(drawn: charts.Chart) -> dict[str, object]:
    """A chart with its title, its finding in words, and the table behind it."""
    return {
        "chart": drawn,
        "data": charts.as_json(drawn, generated=_("generated for the demonstration")),
        "data_id": f"{drawn.key}-data",
        "rows": rows_behind(drawn),
        "grouped": charts.grouped(drawn),
    }


def rows_behind(drawn: charts.Chart) -> SafeString:
    """The lines of the table behind: a hundred of them through a template took a third of an asset's page."""
    grouped = charts.grouped(drawn)
    nothing = f'<td class="num muted" colspan="{3 if grouped else 1}">{escape(_("not observed"))}</td>'
    return SafeString("".join([_row_behind(row, nothing, grouped=grouped) for row in charts.rows(drawn)]))


def _row_behind(row: charts.Row, nothing: str, *, grouped: bool) -> str:
    told = (row.lowest, row.mean, row.highest) if grouped else (row.mean,)
    cells = nothing if row.mean is None else "".join([f'<td class="num">{one}</td>' for one in told])
    return f'<tr><td class="nowrap">{escape(row.start)}</td>{cells}</tr>'


@register.filter
def ticks(field: BoundField) -> bool:
    """Whether the field is one tick box, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def glyph(code: str) -> str:
    """The one character of a mark's badge."""
    return str(looks.MARKS[code].glyph)
