"""Whether what the tables say is what the log was told. Answers are codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Signatures = Mapping[str, int]
"""Number of the entry by who signed: trainee, approver; `answer` of an explanation."""


class Apart(StrEnum):
    """How a record and its entry differ."""

    NO_ENTRY = "no_entry"
    NO_RECORD = "no_record"
    CHANGED = "changed"
    SIGNATURE = "signature"
    REVERSAL = "reversal"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the tables say of the entry with this number."""

    kind: str
    says: Mapping[str, object]
    personal: Mapping[str, object] = field(default_factory=dict)
    signed: Signatures = field(default_factory=dict)
    reversed_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What the log says; `personal` is what has not been erased, `sealed` whether it is what was sealed."""

    kind: str
    body: Mapping[str, object]
    personal: Mapping[str, object] = field(default_factory=dict)
    sealed: bool = True
    signed: Signatures = field(default_factory=dict)
    reversed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which they differ, and in which fields."""

    apart: Apart
    fields: tuple[str, ...] = ()


def differences(recorded: Recorded | None, logged: Logged | None) -> tuple[Difference, ...]:
    """All of them; none where both say the same."""
    return tuple(_differences(recorded, logged))


def _differences(recorded: Recorded | None, logged: Logged | None) -> Iterator[Difference]:
    if logged is None:
        yield Difference(Apart.NO_ENTRY)
        return
    if not logged.sealed:
        yield Difference(Apart.NAME)
    if recorded is None:
        yield Difference(Apart.NO_RECORD)
        return
    changed = _changed(recorded, logged)
    if changed:
        yield Difference(Apart.CHANGED, changed)
    if recorded.signed != logged.signed:
        others = recorded.signed.items() ^ logged.signed.items()
        yield Difference(Apart.SIGNATURE, tuple(sorted({role for role, _seq in others})))
    if recorded.reversed_by != logged.reversed_by:
        yield Difference(Apart.REVERSAL)


def _changed(recorded: Recorded, logged: Logged) -> tuple[str, ...]:
    told = [name for name, value in recorded.says.items() if logged.body.get(name) != value]
    told += [
        n for n, value in recorded.personal.items() if n in logged.personal and logged.personal[n] != value
    ]
    return tuple((["kind"] if recorded.kind != logged.kind else []) + sorted(told))
