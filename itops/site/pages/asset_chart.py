"""The quantity that tells most about an asset, over the last days, with office hours and what was not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrOrPromise

from inventory.actions.observed import seen
from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.crud.amounts import lasted
from itops.crud.charts import Chart, Gap, Level
from itops.database.kept import Given, Kept
from itops.organisation.calendars import office_hours
from itops.organisation.hours import OfficeHours
from itops.organisation.models import Office, Place
from monitoring.models import Outcome
from monitoring.probes.profiles_file import profiles
from monitoring.queries.series import Series, Unseen, layout_of, series, span
from monitoring.queries.states import Now

WEEK = timedelta(days=7)
NAMED_FROM = 6  # a gap is named when it takes this part of the chart
FEWEST = 2  # known points that make a line


Size = Literal["", "sm", "lg"]
Bands = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number worth a chart: as the layout calls it, how it is said, and what it is divided by."""

    name: str
    title: StrOrPromise
    unit: StrOrPromise
    per: float = 1.0
    adds_up: bool = False


IN_KBIT = Quantity(name="in_bps", title=gettext_lazy("Traffic in"), unit="kbit/s", per=1_000)
IN_MBIT = Quantity(name="in_bps", title=gettext_lazy("Traffic in"), unit="Mbit/s", per=1_000_000)
USERS = Quantity(name="users", title=gettext_lazy("Signed-in users"), unit=pgettext_lazy("unit", "people"))
LOAD = Quantity(name="load_percent", title=gettext_lazy("Load"), unit="%")
PAGES = Quantity(
    name="pages", title=gettext_lazy("Pages printed"), unit=pgettext_lazy("unit", "pages"), adds_up=True
)
POWER = Quantity(name="panel_power", title=gettext_lazy("Screen on"), unit="1 / 0")
HTTP = Quantity(name="http_ms", title=gettext_lazy("Time to answer"), unit="ms")
PING = Quantity(name="rtt_ms", title=gettext_lazy("Time to answer"), unit="ms")
CHARTED: dict[str, tuple[Quantity, ...]] = {
    Kind.COMPUTER: (USERS, IN_KBIT),
    Kind.SERVER: (LOAD, IN_KBIT),
    Kind.CONFERENCE_ROOM: (IN_KBIT,),
    Kind.VIDEO_ENDPOINT: (IN_KBIT,),
    Kind.NOTICE_BOARD: (POWER,),
    Kind.DISPLAY: (POWER,),
    Kind.NETWORK_LINK: (IN_MBIT,),
    Kind.NETWORK_DEVICE: (IN_MBIT,),
    Kind.PRINTER: (PAGES,),
    Kind.UPS: (LOAD,),
}
OTHERWISE = (IN_KBIT, HTTP, PING)


def chart(
    asset: Asset,
    now: Now | None,
    key: str,
    *,
    since: datetime | None = None,
    size: Size = "",
) -> Chart | None:
    """The quantity that tells most about this kind, over what there is of the last seven days (or `since`)."""
    since = since or timezone.now() - WEEK
    if now is None or (layout := layout_of(now.endpoint, since)) is None:
        return None
    wanted = (*CHARTED.get(asset.kind, ()), *OTHERWISE)
    quantity = next((one for one in wanted if one.name in layout.names), None)
    stretch = span(now.endpoint, since)
    if quantity is None or stretch is None:
        return None
    start, end = stretch[0], stretch[1] + timedelta(seconds=now.interval_s)
    found = series(
        now.endpoint, quantity.name, start, end, interval_s=now.interval_s, adds_up=quantity.adds_up
    )
    made_up = generated_until(now.endpoint, start)
    return _drawn(quantity, found, now, key, size, made_up, office_bands(asset.place, start, end))


def generated_until(endpoint: int, start: datetime) -> datetime | None:
    """The end of the last day that was made up for the demonstration."""
    days = seen(timezone.localdate(start), timezone.localdate(), [endpoint])
    last = max((one.day for one in days if one.generated), default=None)
    return _at(last + timedelta(days=1), time()) if last else None


def office_bands(place: Place, start: datetime, end: datetime) -> Bands:
    """When the place's office was open between the two, without the midday break."""
    calendar = CALENDAR.first(place=place.pk)
    hours = office_hours().get(calendar) if calendar else None
    if hours is None:
        return []
    first, last = timezone.localdate(start), timezone.localdate(end)
    days = [first + timedelta(days=back) for back in range((last - first).days + 1)]
    bands = [band for day in days if hours.open_on(day) for band in _open_times(hours, day)]
    return [(max(a, start), min(b, end)) for a, b in bands if a < end and b > start]


CALENDAR: Kept[int] = Kept(
    lambda: (
        Office.objects.filter(place=Given("place", "bigint"))
        .order_by("pk")
        .values_list("calendar_id", flat=True)[:1]
    )
)


def _open_times(hours: OfficeHours, day: date) -> list[tuple[datetime, datetime]]:
    if hours.break_starts and hours.break_ends:
        return [
            (_at(day, hours.opens), _at(day, hours.break_starts)),
            (_at(day, hours.break_ends), _at(day, hours.closes)),
        ]
    return [(_at(day, hours.opens), _at(day, hours.closes))]


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _drawn(
    quantity: Quantity, found: Series, now: Now, key: str, size: Size, made_up: datetime | None, office: Bands
) -> Chart | None:
    points = [(at, None if value is None else round(value / quantity.per, 3)) for at, value in found.points]
    known = [value for _at, value in points if value is not None]
    if len(known) < FEWEST:
        return None
    used_from = _used_from(quantity, now)
    return Chart(
        key=key,
        title=str(quantity.title),
        unit=str(quantity.unit),
        finding=_finding(quantity, max(known), points[0][0], points[-1][0]),
        points=points,
        gaps=[Gap(one.start, one.end, _gap(one, points)) for one in found.unseen],
        office=office,
        thresholds=[Level(used_from, _("counts as use above"))] if used_from else (),
        capacity=_capacity(quantity, now),
        generated_until=made_up if made_up and points[0][0] < made_up < points[-1][0] else None,
        size=size,
        note=_("pale bands are office hours; where the line breaks it did not answer"),
    )


def _finding(quantity: Quantity, highest: float, start: datetime, end: datetime) -> str:
    return _("%(title)s: highest %(highest)s %(unit)s, from %(start)s to %(end)s") % {
        "title": quantity.title,
        "highest": f"{highest:g}",
        "unit": quantity.unit,
        "start": f"{timezone.localtime(start):%m-%d %H:%M}",
        "end": f"{timezone.localtime(end):%m-%d %H:%M}",
    }


def _used_from(quantity: Quantity, now: Now) -> float | None:
    """From where on the profile counts a cycle as use."""
    profile = profiles().get(now.profile)
    threshold = (profile.used_when or {}).get(quantity.name) if profile else None
    return threshold / quantity.per if threshold else None


def _capacity(quantity: Quantity, now: Now) -> Level | None:
    if quantity is not IN_MBIT or not now.capacity_bps:
        return None
    most = now.capacity_bps / quantity.per
    return Level(most, _("capacity %(most)s") % {"most": f"{most:g}"})


def _gap(gap: Unseen, points: Sequence[tuple[datetime, float | None]]) -> str:
    """A short one is hatched without words: there is no room for them."""
    whole = points[-1][0] - points[0][0] if points else timedelta()
    if NAMED_FROM * (gap.end - gap.start) < whole:
        return ""
    why = _("line cut") if gap.outcome is Outcome.UNREACHABLE else _("not probed")
    return f"{why} {lasted(gap.start, gap.end)}"
