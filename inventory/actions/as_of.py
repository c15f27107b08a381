"""A day and the assets asked about: statements read the tables as they are, or as they stood at the end of that day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from itops.audit.past import standing_at
from itops.database.statements import Row, array, kept_rows, rows

AS_IT_STOOD = standing_at(
    (
        "inventory.asset",
        "inventory.devicemodel",
        "inventory.network",
        "inventory.fact",
        "inventory.sighting",
        "inventory.waiver",
        "inventory.repair",
        "inventory.endpoint",
        "inventory.binding",
    ),
    opening="inventory.asset",
)
OR_ALL = "%(assets)s::bigint[] IS NULL OR "
FEW = 10  # assets, as a page asks of them


@dataclass(frozen=True, slots=True)
class AsOf:
    """`assets` None is all of them."""

    day: date
    assets: Sequence[int] | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(settings.TIME_ZONE))

    def rows(self, question: str, *queries: str, **more: object) -> list[Row]:
        """%(day)s, %(end)s (of the day), %(zone)s and %(assets)s are known to each question."""
        past = [AS_IT_STOOD] if self.day < timezone.localdate() else []
        parameters = {
            "day": self.day,
            "end": self.starts(self.day + timedelta(days=1)),
            "zone": self.zone.key,
            "assets": None if self.assets is None else array(self.assets),
        }
        before = [*past, *queries]
        statement = f"WITH {', '.join(before)} {question}" if before else question
        if self.assets is None or len(self.assets) > FEW or past:
            return rows(statement, parameters | more)
        return kept_rows(statement.replace(OR_ALL, ""), parameters | more)

    def starts(self, day: date) -> datetime:
        """The moment at which a local day begins."""
        return datetime.combine(day, time(), tzinfo=self.zone)
