"""How the field's devices move: each number is a function of the time, so that it survives a restart. Pure.

The field knows no nights or holidays: whoever looks at it, at whatever hour, sees it at work.
"""

import math
from dataclasses import dataclass
from random import Random

from itops.site.demonstration.words import Behaviour, PlannedEndpoint

DAY_S = 86_400
SLOT_S = 300  # MAC tables change this often
CALL_EVERY_S, CALL_S = 7_200, 2_700
EPOCH = 1_767_196_800  # 2026-01-01 in Shanghai: page counts grow from here
CALL_BPS, VIDEO_IDLE_BPS = 2_200_000, 20_000
IDLE_BPS = 2_000  # what routers say among themselves
IDLE = frozenset({Behaviour.IDLE_LINE, Behaviour.NO_USERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """One device's course. `bps` is its usual traffic inwards; outwards it is a third."""

    bps: float
    call_bps: float
    restarts_every_s: int
    phase_s: int
    first_page: int
    page_every_s: float
    load_percent: int
    behaviour: Behaviour

    def uptime_s(self, now: float) -> float:
        """Seconds since its last restart; it restarts every few weeks and then counts from 0."""
        return (now + self.phase_s) % self.restarts_every_s

    def octets_in(self, now: float) -> int:
        return round(self._octets(now, self.bps))

    def octets_out(self, now: float) -> int:
        return round(self._octets(now, self.bps / 3))

    def users(self, now: float) -> int:
        """Somebody is signed in, but for a while in each hour."""
        if self.behaviour is Behaviour.NO_USERS:
            return 0
        return int((now + self.phase_s) % 3_600 >= SLOT_S)

    def calls(self, now: float) -> int:
        quiet = self.behaviour is Behaviour.NO_CALLS
        return 0 if quiet else int(self.uptime_s(now) % CALL_EVERY_S < CALL_S)

    def calls_before(self, now: float) -> int:
        """Calls that a call history remembers."""
        quiet = self.behaviour is Behaviour.NO_CALLS
        return 0 if quiet else min(20, int(self.uptime_s(now) // CALL_EVERY_S))

    def pages(self, now: float) -> int:
        printed = 0 if self.behaviour is Behaviour.NO_PAGES else (now - EPOCH) / self.page_every_s
        return self.first_page + max(0, int(printed))

    def load(self, now: float) -> int:
        """Of a UPS or a processor, in percent."""
        if self.behaviour is Behaviour.NO_LOAD:
            return 0
        return self.load_percent + round(3 * math.sin((now + self.phase_s) / 600))

    def on_switch(self, now: float) -> bool:
        """Whether the switch has its MAC address just now: what is quiet is forgotten for a while."""
        always = self.behaviour is Behaviour.MAC_ONLY
        return always or int((now + self.phase_s) // SLOT_S) % 11 != 0

    def _octets(self, now: float, bps: float) -> float:
        """Grows for ever between restarts: the wave is never steeper than four fifths of the slope."""
        uptime = self.uptime_s(now)
        wave = 0.8 * 1_800 / math.tau * (1 - math.cos(uptime * math.tau / 1_800))
        return (bps * (uptime + wave) + self.call_bps * self._call_seconds(uptime)) / 8

    def _call_seconds(self, uptime: float) -> float:
        if self.behaviour is Behaviour.NO_CALLS:
            return 0
        whole, rest = divmod(uptime, CALL_EVERY_S)
        return whole * CALL_S + min(rest, CALL_S)


def rhythm_of(endpoint: PlannedEndpoint) -> Rhythm:
    """The course of one endpoint, drawn from its MAC address."""
    rng = Random(endpoint.mac)
    is_video = endpoint.speaks in {"poly", "dial"}
    return Rhythm(
        bps=VIDEO_IDLE_BPS if is_video else usual_bps(endpoint, rng),
        call_bps=CALL_BPS if is_video else 0,
        restarts_every_s=rng.randint(20, 60) * DAY_S,
        phase_s=rng.randrange(10 * DAY_S),
        first_page=rng.randint(4_000, 90_000),
        page_every_s=rng.uniform(300, 2_400),
        load_percent=rng.randint(8, 45),
        behaviour=endpoint.behaviour,
    )


def usual_bps(endpoint: PlannedEndpoint, rng: Random) -> float:
    if endpoint.behaviour in IDLE:
        return IDLE_BPS
    if endpoint.capacity_bps:
        full = endpoint.behaviour is Behaviour.SATURATED_LINE
        return endpoint.capacity_bps * (0.93 if full else rng.uniform(0.08, 0.4))
    return rng.uniform(60_000, 500_000) if endpoint.speaks == "windows" else rng.uniform(2e6, 3e7)
