"""Asking one agent: the interface of both SNMP libraries, and what a profile asks through it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from monitoring.probes.answer import Column, Reason, SnmpValue
from monitoring.probes.question import Questions

# After these the agent still answers other questions; after all others asking on is waste.
_ASK_ON = frozenset(
    {Reason.NOT_INCREASING, Reason.TOO_BIG, Reason.MALFORMED, Reason.AGENT_ERROR, Reason.EMPTY}
)


class SnmpFailure(Exception):
    """Why the agent gave no answer to one question."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Patience(NamedTuple):
    """How long, how often and for how much one target is asked; `deadline` in the event loop's time."""

    timeout_s: float
    tries: int
    deadline: float
    walk_rows: int
    answer_bytes: int

    def wait_s(self) -> float:
        """Seconds that the next request may take; fails when the target's total time is used up."""
        left = self.deadline - asyncio.get_running_loop().time()
        if left <= 0:
            raise SnmpFailure(Reason.BUDGET)
        return min(self.timeout_s, left)


class SnmpSession(Protocol):
    """One agent, asked one thing at a time. Both methods raise SnmpFailure and nothing else."""

    async def get(self, oids: Sequence[str]) -> dict[str, SnmpValue]:
        """The values of scalar objects; those that the agent does not have are absent."""

    async def walk(self, column: str) -> Column:
        """All rows under an OID, in the agent's order."""

    def close(self) -> None:
        """Give the sockets back."""


@dataclass(slots=True)
class SnmpPart:
    """What SNMP brought for one target; `reason` is that of the first question that failed."""

    reason: Reason = Reason.NONE
    scalars: dict[str, SnmpValue] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)


async def ask_questions(session: SnmpSession, questions: Questions) -> SnmpPart:
    """Put a profile's questions; keeps what came before a failure, and goes on where that makes sense."""
    part = SnmpPart()
    if await _scalars(session, part, questions.scalars):
        if questions.fallbacks:
            await _fallback_scalars(session, part, questions)
        for column in questions.columns:
            if not await _column(session, part, column, questions.fallbacks.get(column)):
                break
    return part


async def _scalars(session: SnmpSession, part: SnmpPart, oids: Sequence[str]) -> bool:
    """Whether it makes sense to ask on."""
    if not oids:
        return True
    try:
        part.scalars |= await session.get(oids)
    except SnmpFailure as failure:
        return _noted(part, failure)
    return True


async def _fallback_scalars(session: SnmpSession, part: SnmpPart, questions: Questions) -> None:
    wanted = [
        questions.fallbacks[oid]
        for oid in questions.scalars
        if oid in questions.fallbacks and oid not in part.scalars
    ]
    await _scalars(session, part, wanted)


async def _column(session: SnmpSession, part: SnmpPart, column: str, fallback: str | None) -> bool:
    """Whether it makes sense to ask on."""
    try:
        part.columns[column] = await session.walk(column)
        if fallback and not part.columns[column]:
            part.columns[fallback] = await session.walk(fallback)
    except SnmpFailure as failure:
        return _noted(part, failure)
    return True


def _noted(part: SnmpPart, failure: SnmpFailure) -> bool:
    part.reason = part.reason or failure.reason
    return failure.reason in _ASK_ON
