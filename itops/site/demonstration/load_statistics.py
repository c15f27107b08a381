"""Monthly statistics in the invented county: counted from what is there, some confirmed, some reported otherwise."""

from decimal import Decimal

from django.utils import timezone

from itops.organisation.models import Office, Place, User
from itops.site.demonstration.load_organisation import BUREAU
from itops.site.demonstration.words import COUNTY_CODE
from planning.actions.statistics import confirm, count, ensure_indicators, explain
from planning.models import Indicator, MonthlyFigure, ReportedFigure
from planning.statistics.months import Month, back_from, month_of

BY = "demonstration"
CONFIRMER = "demo-admin"
MONTHS = 4  # with the running one
REPORTED = (  # code, how much more was reported than counted, why
    ("SB01", "0", ""),
    ("SB02", "3.5", ""),
    ("SB03", "-0.12", "上报数含借调人员两名"),
    ("WL01", "0", ""),
)


def count_past_months() -> None:
    """Once: of the last months what the books and the evidence give. Evidence of past days is generated and says so."""
    if MonthlyFigure.objects.exists():
        return
    ensure_indicators(by=BY)
    Indicator.objects.update(office=Office.objects.get(name=BUREAU))
    months = list(back_from(month_of(timezone.localdate()), MONTHS))
    for month in months:
        count(month, by=BY)
    county, user = Place.objects.get(code=COUNTY_CODE), User.objects.get(username=CONFIRMER)
    for month in months[:-2]:
        confirm(month, county, _provable(month), by=user)
    confirm(months[-2], county, Indicator.objects.filter(code__in=["SB01", "SB03"]), by=user)
    _report(months[-2], county, user)


def _provable(month: Month) -> list[Indicator]:
    """What rests on generated days is not confirmed."""
    generated = MonthlyFigure.objects.filter(month=month.first, generated__gt=0).values("indicator")
    return list(Indicator.objects.exclude(pk__in=generated))


def _report(month: Month, county: Place, user: User) -> None:
    """What the office would have typed: some of it as counted, some not."""
    for code, more, why in REPORTED:
        figure = MonthlyFigure.objects.get(indicator__code=code, month=month.first, place=county)
        if figure.value is None:
            continue
        reported = ReportedFigure.objects.create(
            indicator=figure.indicator,
            month=month.first,
            place=county,
            value=figure.value + Decimal(more),
            office=figure.office,
            document="月报（演示）",
        )
        if why:
            explain(reported, figure, text=why, by=user)
