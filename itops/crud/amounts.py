"""Durations, moments, money and shares as people read them."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext

FEN = 100  # in a yuan
WAN = 10_000  # in a 万


def lasted(start: datetime, end: datetime | None) -> str:
    """How long, in the two largest units."""
    minutes = max(int(((end or timezone.now()) - start).total_seconds() // 60), 0)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    tells_minutes = not days and (rest or not hours)
    parts = [
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else "",
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest} if tells_minutes else "",
    ]
    return " ".join(part for part in parts if part)


def moment(at: datetime | None) -> str:
    """Today by the clock, this year by the day, else with the year."""
    return moments()(at)


def moments() -> Callable[[datetime | None], str]:
    """The same for many: what day and which zone it is, is asked once."""
    today, zone = timezone.localdate(), timezone.get_current_timezone()

    def said(at: datetime | None) -> str:
        if at is None:
            return ""
        local = at.astimezone(zone)
        if local.date() == today:
            return f"{local:%H:%M}"
        return f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m-%d}"

    return said


def clock(at: datetime | None) -> str:
    """Today by the clock, else the day with the clock."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%m-%d %H:%M}"


def yuan(fen: int) -> str:
    """In summaries: 万元 with two decimals, ¥ with thousands in English. Whole numbers throughout."""
    if (get_language() or "").startswith("zh"):
        return f"{_divided(fen, FEN * WAN, 2)} 万元"
    whole = _divided(fen, FEN, 0)
    return f"−¥{whole[1:]}" if whole.startswith("−") else f"¥{whole}"


def yuan_in_rows(fen: int | None) -> str:
    return "" if fen is None else _divided(fen, FEN, 0)


def month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def share(part: int, whole: int) -> str:
    """A percentage with one decimal; its base is said beside it."""
    return f"{_divided(100 * part, whole, 1)}%" if whole else "–"


def _divided(number: int, by: int, decimals: int) -> str:
    """A fraction with so many decimals: to the nearest, and a half goes away from zero."""
    unit = 10**decimals
    nearest = (2 * abs(number) * unit + by) // (2 * by)
    sign = "−" if number < 0 and nearest else ""
    rest = f".{nearest % unit:0{decimals}d}" if decimals else ""
    return f"{sign}{nearest // unit:,}{rest}"


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "±0"
