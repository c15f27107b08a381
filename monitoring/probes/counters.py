"""From two readings of a counter to a rate: a gap where it cannot be known, never a spike."""

import math
from collections.abc import Iterable
from typing import Literal

from monitoring.probes.answer import Interface

UPTIME_WRAP_S = 2**32 / 100  # sysUpTime counts hundredths in 32 bits: 497.1 days (RFC 3418)
_CLOCKS_DIFFER_S = 10.0  # agents update their uptime late, and our two readings are not exactly placed
_CLOCKS_DIFFER_SHARE = 0.05
_MEASURED_HIGHER = 1.1  # a full line seems up to a tenth over its speed, for the same reason


def rate(
    before: float | None,
    now: float | None,
    seconds: float,
    bits: Literal[32, 64],
    *,
    scale: float = 1.0,
    uptime_before: float | None = None,
    uptime_now: float | None = None,
    discontinuity_before: float | None = None,
    discontinuity_now: float | None = None,
    highest_rate: float | None = None,
) -> float | None:
    """How fast a counter grew, in its unit per second; None where that is not certain.

    `before` and `now` are as in an Answer, already multiplied by the number's `scale`; `highest_rate` is
    what the equipment can do at most, in the same unit (bits per second for octets with scale 8). After a
    restart, a discontinuity, a reset or an impossible rate there is no rate. A 32-bit counter that went
    down has wrapped only if it was certainly not reset: see `_wrapped_once`. One that went up may have
    wrapped unseen between readings far apart: the rate is then the least it can have been.
    """
    if before is None or now is None or not _usable(before, now, seconds):
        return None
    if restarted(uptime_before, uptime_now, seconds) or discontinuity_before != discontinuity_now:
        return None
    grown = now - before
    if grown < 0:
        continued = uptime_before is not None and uptime_now is not None
        whole = 2.0**32 * scale
        if bits != 32 or not continued or not _wrapped_once(grown + whole, whole, seconds, highest_rate):
            return None
        grown += whole
    return _possible(grown / seconds, highest_rate)


def restarted(uptime_before: float | None, uptime_now: float | None, seconds: float) -> bool:
    """True when an agent's uptime shows that it started anew; its wrap after 497 days is no restart."""
    if uptime_before is None or uptime_now is None:
        return False
    slack = _CLOCKS_DIFFER_S + _CLOCKS_DIFFER_SHARE * seconds
    expected = uptime_before + seconds
    if uptime_now >= expected - slack:
        return False
    return abs(uptime_now - (expected - UPTIME_WRAP_S)) > slack


def capacity_bps(interfaces: Iterable[Interface]) -> float | None:
    """What all physical interfaces that are up can carry together, one way; None if one does not say."""
    speeds = [port.speed_mbps for port in interfaces if port.physical and port.up is not False]
    known = [speed for speed in speeds if speed]
    return sum(known) * 1e6 if known and len(known) == len(speeds) else None


def _usable(before: float, now: float, seconds: float) -> bool:
    return all(map(math.isfinite, (before, now, seconds))) and before >= 0 and now >= 0 and seconds > 0


def _wrapped_once(grown: float, whole: float, seconds: float, highest_rate: float | None) -> bool:
    """Whether a fall is a wrap: at full speed the counter fills at most a quarter between the readings,
    so that it must have stood in its last quarter before, and a reset from there is all but excluded."""
    if not highest_rate or highest_rate <= 0:
        return False
    possible = highest_rate * seconds
    return 0 <= grown <= possible <= whole / 4


def _possible(found: float, highest_rate: float | None) -> float | None:
    if not math.isfinite(found):
        return None
    if highest_rate is None or highest_rate <= 0:
        return found
    return min(found, highest_rate) if found <= highest_rate * _MEASURED_HIGHER else None
