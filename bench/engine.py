"""How fast the engine asks, in ratios that hold on any machine: our client on one core, the agent on another.

`make bench-engine`. Everything goes through the product's own `sweep`. Medians of rounds in which our turn and the
peer's alternate; a first round is not counted, for from the second cycle on keys are derived and engines known.
"""

import sys
from collections.abc import Callable, Iterator, Sequence

from bench import peers, ping
from bench.agent import V2C, V3, running
from bench.ground import Absent, medians, on_core, sized, two_cores
from bench.questions import COLUMNS, IF_X_TABLE, INTERFACES, PORTS, TEN, TEN_SCALARS, loopback, swept, targets
from bench.report import Figure, LeftOut, report
from monitoring.probes.target import Limits, Target

AGENTS, DEAD = sized(1000, 20), sized(300, 6)
WALKED, WALKED_BY_PEER = sized(300, 4), sized(40, 2)
HASTY = Limits(timeout_s=1.0, retries=1)
FLOOR_S = HASTY.timeout_s * (1 + HASTY.retries)  # what the timeouts alone cost: the first try and the retry

Results = Iterator[Figure | LeftOut]


def main() -> int:
    report([*_with_agent(), *_with_fping()])
    return 0


def _with_agent() -> Results:
    client, other = two_cores()
    try:
        with running(other) as port, on_core(client):
            yield from _gets(port)
            yield from _walks(port)
            yield from _versions(port)
            yield from _dead(port)
    except Absent as absent:
        for name in ("get_vs_pysnmp", "walk_vs_pysnmp", "v3_vs_v2c", "dead_vs_floor", "healthy_failed"):
            yield LeftOut(f"engine.{name}", str(absent))


def _with_fping() -> Results:
    try:
        yield Figure("ping.sweep_vs_fping", ping.ratio(), "of its time", 1.2, "lower")
    except Absent as absent:
        yield LeftOut("ping.sweep_vs_fping", str(absent))


def _gets(port: int) -> Results:
    ours, theirs = _medians(
        _asking(targets(loopback(AGENTS), TEN_SCALARS, V2C, port)),
        _peer(lambda: peers.gets(loopback(AGENTS), port, TEN), AGENTS * len(TEN)),
    )
    yield Figure("engine.get_vs_pysnmp", theirs / ours, "times as fast", 15, "higher")


def _walks(port: int) -> Results:
    """Fewer walks by the slower one; the time of one walk each is compared."""
    cells = PORTS * COLUMNS
    ours, theirs = _medians(
        _asking(targets(loopback(WALKED), INTERFACES, V2C, port), cells),
        _peer(lambda: peers.walks(loopback(WALKED_BY_PEER), port, IF_X_TABLE), WALKED_BY_PEER * cells),
    )
    ratio = (theirs / WALKED_BY_PEER) / (ours / WALKED)
    yield Figure("engine.walk_vs_pysnmp", ratio, "times as fast", 25, "higher")


def _versions(port: int) -> Results:
    plain, encrypted = _medians(
        *(_asking(targets(loopback(AGENTS), TEN_SCALARS, access, port)) for access in (V2C, V3))
    )
    yield Figure("engine.v3_vs_v2c", plain / encrypted, "of v2c's speed", 0.5, "higher")


def _dead(port: int) -> Results:
    asked = targets(loopback(AGENTS, DEAD), TEN_SCALARS, V2C, port)
    healthy_failed = 0

    def once() -> None:
        nonlocal healthy_failed
        answered = sum(answer.answered for answer in swept(asked, HASTY))
        healthy_failed = max(healthy_failed, AGENTS - DEAD - answered)

    (taken,) = medians(once)
    yield Figure("engine.dead_vs_floor", taken / FLOOR_S, "of the timeouts", 1.1, "lower")
    yield Figure("engine.healthy_failed", healthy_failed, "devices", 0, "lower")


def _medians(*works: Callable[[], None]) -> list[float]:
    for work in works:
        work()
    return medians(*works)


def _asking(asked: Sequence[Target], first_value: float | None = None) -> Callable[[], None]:
    """One sweep, which has to bring everything: a figure of answers that did not come says nothing."""

    def once() -> None:
        for answer in swept(asked):
            if None in answer.values or first_value not in {None, answer.values[0]}:
                raise SystemExit(f"The engine did not get all that it asked for: {answer}.")

    return once


def _peer(work: Callable[[], int], expected: int) -> Callable[[], None]:
    def once() -> None:
        came = work()
        if came != expected:
            raise SystemExit(f"pysnmp brought {came} values instead of {expected}.")

    return once


if __name__ == "__main__":
    sys.exit(main())
