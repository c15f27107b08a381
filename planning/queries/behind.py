"""What stands behind a figure of a day: the shortfalls and the assets whose marks it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, QuerySet

from inventory.marks.kind import Kind
from inventory.models import Asset, Mark
from inventory.queries.assets import GRID_KINDS
from inventory.queries.cells import Cells, Tally
from itops.organisation.models import User
from itops.organisation.scope import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An asset and the findings that counted, the one that has stood longest first."""

    asset: Asset
    findings: Sequence[Mark]


def stood_on(user: User, day: date, mark: str, places: Sequence[int]) -> QuerySet[Mark]:
    """Findings of one mark about assets that counted at the end of the day."""
    seen = visible(Mark.objects.all(), user, "inventory.view_mark").filter(
        place__in=places, asset__isnull=False
    )
    open_then = Q(closed=None) | Q(closed__gt=day)
    return seen.filter(open_then, opened__lte=day, mark=mark, marking=True, waived=False, kind__in=GRID_KINDS)


def assets_of(found: QuerySet[Mark]) -> QuerySet[Mark, int]:
    """The keys of their assets, each once, those that have stood longest first."""
    return (
        found.values("asset")
        .annotate(first=Min("since"))
        .order_by("first", "asset")
        .values_list("asset", flat=True)
    )


def marked(found: QuerySet[Mark], keys: Sequence[int]) -> list[Marked]:
    """These assets with their findings. One statement."""
    findings: dict[int, list[Mark]] = {key: [] for key in keys}
    for finding in found.filter(asset__in=keys).select_related("asset", "place").order_by("since", "rule"):
        findings[finding.asset_id or 0].append(finding)
    return [Marked(asset=one[0].asset, findings=one) for one in findings.values() if one and one[0].asset]


def lacking(cells: Cells) -> list[tuple[int, Kind, Tally]]:
    """Places below their standard, the most lacking first."""
    found = [(place, kind, tally) for (place, kind), tally in cells.items() if tally.gap]
    return sorted(found, key=lambda one: (-one[2].gap, one[0], one[1]))
