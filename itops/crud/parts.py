"""What the larger parts of a page are given: plain data that the files of templates/components show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DayKind = Literal["used", "idle", "rest", "off"]
"""In use · observable and not in use · no office day · not observable and therefore not counted."""


@dataclass(frozen=True, slots=True)
class Link:
    """A step the reader can take."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch of a proportion bar, 0-100; `css` is b-brand, b-brand2 or b-gap."""

    percent: int
    label: str
    css: str = "b-brand"


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its unit, what it is compared with, and how it moved (components/tile.html)."""

    title: str
    number: str
    unit: str = ""
    lines: Sequence[str] = ()
    url: str = ""
    mark: str = ""
    history: Sequence[float | None] = ()
    shares: Sequence[Share] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """One of the four cells that prove a finding: what was measured, threshold, window, observable time."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of the strip; `generated` days were made up for the demonstration and say so."""

    on: date
    kind: DayKind
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """A strip of days, oldest first (components/days.html); `used` and `idle` name the two colours."""

    days: Sequence[Day]
    used: str
    idle: str
    title: str = ""
    today: date | None = None

    @property
    def summary(self) -> str:
        count = Counter(day.kind for day in self.days)
        return _("%(days)d days: %(used)s %(n_used)d, %(idle)s %(n_idle)d, not observable %(n_off)d") % {
            "days": len(self.days),
            "used": self.used,
            "n_used": count["used"],
            "idle": self.idle,
            "n_idle": count["idle"],
            "n_off": count["off"],
        }

    @property
    def generated(self) -> bool:
        return any(day.generated for day in self.days)

    @property
    def rested(self) -> bool:
        return any(day.kind == "rest" for day in self.days)


def day_cells(strip: Days) -> SafeString:
    """The strip's cells: through a template a quarter of an asset's page went into ninety of them."""
    return SafeString("".join([_day_cell(day, is_today=day.on == strip.today) for day in strip.days]))


def _day_cell(day: Day, *, is_today: bool) -> str:
    css = f"{day.kind}{' generated' if day.generated else ''}{' today' if is_today else ''}"
    return f'<i class="{css}" title="{day.on}"></i>'


@dataclass(frozen=True, slots=True)
class Verdict:
    """The evidence card (components/verdict.html): a finding as a sentence, its proof, what would undo it.

    `later` is the address of a chart that the page fetches when it has been shown.
    """

    mark: str
    finding: str
    note: str = ""
    proofs: Sequence[Proof] = ()
    days: Days | None = None
    later: str = ""
    undo: str = ""
    rule: str = ""
    policy: str = ""
    sources: str = ""
    links: Sequence[Link] = ()
    waived_until: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a life (components/lifeline.html), newest first."""

    when: date | datetime | str
    what: str
    note: str = ""
    kind: Literal["", "mark", "money"] = ""
    url: str = ""

    @property
    def shown(self) -> str:
        return self.when if isinstance(self.when, str) else date_format(self.when, "Y-m-d")


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to show (components/empty.html): what happened, is my data safe, what to do next."""

    title: str
    text: str
    icon: str = "box"
    links: Sequence[Link] = ()
    alarming: bool = False
