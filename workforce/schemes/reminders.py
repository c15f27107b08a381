"""Of what people are reminded before its day, and how long before."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Reminding(StrEnum):
    """The due day is the one on which it runs out, takes place, or ends."""

    CERTIFICATE = "certificate"
    LEVEL = "level"
    SESSION = "session"
    SCHEME = "scheme"


AHEAD = {
    Reminding.CERTIFICATE: timedelta(days=60),
    Reminding.LEVEL: timedelta(days=60),
    Reminding.SESSION: timedelta(days=3),
    Reminding.SCHEME: timedelta(days=60),
}


@dataclass(frozen=True, slots=True)
class ComingUp:
    """Of what somebody is to be reminded, and of which day."""

    person: int
    kind: Reminding
    about: str
    due: date


def comes_up(kind: Reminding, due: date, today: date) -> bool:
    """From so many days before up to the day itself."""
    return today <= due <= today + AHEAD[kind]
