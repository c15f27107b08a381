"""Monthly figures in words: values with their unit, how they were counted, why there is none, the month asked for."""

from decimal import Decimal

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from planning.models import MonthlyFigure
from planning.models.statistic import LACKING_NAMES, UNIT_NAMES
from planning.statistics.months import Month, month_named
from planning.statistics.rules import Counted, Lacking
from planning.statistics.values import Unit, rounded


def value_said(value: Decimal | None, unit: Unit) -> str:
    """90.5%, or 0.80 people to a computer without its words."""
    if value is None:
        return "–"
    return f"{rounded(value, unit)}%" if unit is Unit.PERCENT else f"{rounded(value, unit)}"


def figure_said(figure: MonthlyFigure) -> str:
    return value_said(figure.value, figure.definition.unit)


def division_said(counted: Counted) -> str:
    """How it was counted: 19 ÷ 21, or why that makes no figure."""
    if counted.lacking:
        return str(LACKING_NAMES[Lacking(counted.lacking)])
    return f"{counted.part:,} ÷ {counted.whole:,}"


def counted_said(counted: Counted) -> str:
    """The same with how many could not be told."""
    if not counted.untold:
        return division_said(counted)
    untold = _("%(count)s cannot be told") % {"count": f"{counted.untold:,}"}
    return f"{division_said(counted)} · {untold}"


def unit_said(unit: Unit) -> str:
    return str(UNIT_NAMES[unit])


def month_said(month: Month) -> str:
    """2026年9月 in Chinese, 2026-09 elsewhere."""
    in_chinese = (get_language() or "").startswith("zh")
    return f"{month.year}年{month.number}月" if in_chinese else str(month)


def month_in(text: str) -> Month:
    """404 for what is no month."""
    try:
        return month_named(text)
    except ValueError:
        raise Http404 from None


def month_asked(request: HttpRequest, otherwise: Month) -> Month:
    """?month=2026-10"""
    asked = request.GET.get("month", "")
    return month_in(asked) if asked else otherwise
