"""What the same money would do by the rules that people use, beside a plan."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from planning.models import Plan
from planning.optimiser.rules_of_thumb import Thumb


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What the same money does by one way of choosing; `percent` of all that is needed."""

    name: str
    percent: int
    needs: int
    ours: bool = False


def share(part: int, whole: int) -> int:
    """Whole percent of all that is needed; a half goes up."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def ways(plan: Plan, chosen: int) -> list[Way]:
    """The plan first."""
    names = {Thumb.OLDEST_FIRST: _("the oldest first"), Thumb.WORST_FIRST: _("the worst first")}
    ours = Way(name=_("this plan"), percent=share(plan.worth, plan.everything), needs=chosen, ours=True)
    return [
        ours,
        *(
            Way(name=names[Thumb(rule)], percent=share(worth, plan.everything), needs=needs)
            for rule, worth, _fen, needs in plan.compared
        ),
    ]
