"""A frozen monthly figure is set beside what business systems say: of one period, unit, definition and office."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from inventory.models import BusinessSystem, StatisticalDefinition, SystemFigure
from itops.database.actor import acting
from itops.organisation.models import Office, User
from itops.organisation.scope import demand
from planning.models import MonthlyFigure
from planning.models.statistic import UNIT_NAMES

ADD = "inventory.add_systemfigure"
STATISTICS = "月度统计"
"""As which these figures stand among those of the systems."""


def set_beside(figure: MonthlyFigure, *, by: User) -> SystemFigure:
    """From then on it is compared with every system's figure of the same; a correction takes its place."""
    value = figure.value
    if not figure.frozen or value is None:
        raise ValidationError(
            _("Only a confirmed figure is compared: the others may still change."), code="open"
        )
    office = reporting_unit(figure)
    demand(by, ADD, office.place)
    with acting(by.actor), transaction.atomic():
        made, _new = SystemFigure.objects.update_or_create(
            definition=_definition(figure),
            system=_statistics(),
            office=office,
            starts=figure.of_month.first,
            ends=figure.of_month.last,
            defaults={"value": value},
        )
    return made


def reporting_unit(figure: MonthlyFigure) -> Office:
    """The office that answers for it where it stands in the place itself, else the only one that does."""
    if figure.office is not None and figure.office.place_id == figure.place_id:
        return figure.office
    found = list(Office.objects.filter(place=figure.place_id, archived=False).select_related("place")[:2])
    if len(found) != 1:
        raise ValidationError(
            _("This place has no office of its own, or several: none reports for it."), code="office"
        )
    return found[0]


def _definition(figure: MonthlyFigure) -> StatisticalDefinition:
    with override("zh-hans"):
        unit = str(UNIT_NAMES[figure.definition.unit])
    found, _new = StatisticalDefinition.objects.get_or_create(
        name=figure.indicator.name, unit=unit, defaults={"definition": figure.definition.text}
    )
    return found


def _statistics() -> BusinessSystem:
    found, _new = BusinessSystem.objects.get_or_create(
        name=STATISTICS, defaults={"name_en": "Monthly statistics", "short": STATISTICS, "run_by": "county"}
    )
    return found
