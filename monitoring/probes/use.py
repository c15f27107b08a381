"""What a cycle's numbers say about use: the daily sums that marks read."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitoring.probes.answer import Answer
from monitoring.probes.derive import Counted, growth


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Signs of use in one cycle; None where the equipment does not offer the sign."""

    users: int | None = None
    used_minutes: float | None = None
    calls: int | None = None
    pages: int | None = None
    content_changes: int | None = None
    display_on_minutes: float | None = None


def use_of(
    answer: Answer,
    stored: tuple[float | None, ...],
    *,
    minutes: float,
    before: Counted | None,
    content_before: str,
) -> Use:
    """`stored` is in the profile's layout, counters already rates; `minutes` is the cycle's length."""
    now = dict(zip(answer.profile.layout, stored, strict=True))
    return Use(
        users=_whole(now.get("users")),
        used_minutes=_used(answer.profile.used_when, now, minutes),
        calls=_calls(now, before, answer),
        pages=_whole(growth("pages", before, answer)) if "pages" in now else None,
        content_changes=_changes(answer.content, content_before),
        display_on_minutes=_minutes_if(now.get("panel_power"), minutes),
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _used(
    used_when: Mapping[str, float] | None, now: dict[str, float | None], minutes: float
) -> float | None:
    """Minutes of use when any of the profile's signs exceeds its threshold; None when none was offered."""
    signs = [
        (now[name], threshold) for name, threshold in (used_when or {}).items() if now.get(name) is not None
    ]
    if not signs:
        return None
    return minutes if any(value > threshold for value, threshold in signs if value is not None) else 0.0


def _calls(now: dict[str, float | None], before: Counted | None, answer: Answer) -> int | None:
    """Calls begun in this cycle: growth of the call history, or of the calls now active."""
    active = now.get("calls")
    if active is None:
        return None
    if before is None:
        return int(active)
    then = before.values[answer.profile.layout.index("calls")] or 0
    return max(0, int(active - then))


def _changes(content: str, content_before: str) -> int | None:
    if not content:
        return None
    return int(bool(content_before) and content != content_before)


def _minutes_if(power: float | None, minutes: float) -> float | None:
    if power is None:
        return None
    return minutes if power > 0 else 0.0
