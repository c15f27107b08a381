"""The probe engine: targets in, answers out as they come; whatever goes wrong with one is that one's answer."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any, Self, cast

from monitoring.probes.answer import Answer, Raw, Reason
from monitoring.probes.collector import without_collector
from monitoring.probes.gufo import GufoSession
from monitoring.probes.http import HttpClient
from monitoring.probes.icmp import Pinger
from monitoring.probes.lanes import Lanes
from monitoring.probes.lines import Lines
from monitoring.probes.names import NAME_TIMEOUT_S, NameFailure, Names, Where, numeric_address
from monitoring.probes.profile import HttpQuestion, Profile
from monitoring.probes.pysnmp_fallback import explain_nothing
from monitoring.probes.question import questions
from monitoring.probes.snmp import Patience, SnmpFailure, ask_questions
from monitoring.probes.sockets import allow_descriptors
from monitoring.probes.strays import Strays
from monitoring.probes.target import Limits, SnmpVersion, Target
from monitoring.probes.tcp import connect_ms
from monitoring.probes.understand import understand

logger = logging.getLogger(__name__)

USUAL = Limits()

Understand = Callable[[int, Profile, Raw], Answer]
Parts = dict[str, Any]  # fields of Raw


async def sweep(
    targets: Iterable[Target], limits: Limits = USUAL, understand: Understand = understand
) -> AsyncIterator[Answer]:
    """Ask all targets, each once, within the limits; exactly one answer for each comes back, as they come.

    Leaving the iteration early ends the asking.
    """
    async with _Asker(limits, understand) as asker:
        with without_collector():
            sweeping = _Sweep(Lanes(targets, limits), asker)
            try:
                async for answer in sweeping.answers():
                    yield answer
            finally:
                await sweeping.stop()


async def ask(target: Target, limits: Limits = USUAL) -> Raw:
    """What one target says, before it is understood; never raises for what the target does.

    Somebody is waiting for the reason: unlike in a sweep, an empty SNMPv3 answer is looked into.
    """
    async with _Asker(limits, understand) as asker:
        raw = await asker.raw(target)
        return await asker.explained(target, raw)


def probe_once(target: Target, limits: Limits = USUAL) -> Raw:
    """`ask`, for callers without an event loop."""
    return asyncio.run(ask(target, limits))


class _Sweep:
    """The tasks of one sweep: one for each target that is being asked."""

    def __init__(self, lanes: Lanes, asker: "_Asker") -> None:
        self._lanes, self._asker = lanes, asker
        self._tasks: set[asyncio.Task[None]] = set()
        self._answered: list[Answer] = []
        self._news = asyncio.Event()

    async def answers(self) -> AsyncIterator[Answer]:
        self._start_more()
        while self._tasks or self._answered:
            await self._news.wait()
            self._news.clear()
            came, self._answered = self._answered, []
            for answer in came:
                yield answer

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start_more(self) -> None:
        while target := self._lanes.take():
            self._tasks.add(asyncio.create_task(self._ask(target)))

    async def _ask(self, target: Target) -> None:
        answer = await self._asker.answer(target)
        self._answered.append(answer)
        self._tasks.discard(cast(asyncio.Task[None], asyncio.current_task()))
        self._lanes.done(target)
        self._start_more()
        self._news.set()


class _Asker:
    """What the targets of one sweep share: sockets, names, and the way each one is asked."""

    def __init__(self, limits: Limits, understand: Understand) -> None:
        self._limits, self._understand = limits, understand
        self._stack = AsyncExitStack()
        self._web: HttpClient | None = None

    async def __aenter__(self) -> Self:
        allow_descriptors(_descriptors(self._limits))
        self._names = self._stack.enter_context(Names())
        self._pinger, self._lines, self._strays = Pinger(), Lines(), Strays()
        self._stack.callback(self._pinger.close)
        self._stack.callback(self._lines.close)
        self._stack.callback(self._strays.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def answer(self, target: Target) -> Answer:
        raw = await self.raw(target)
        try:
            return self._understand(target.key, target.profile, raw)
        except Exception:
            logger.exception("answer of target %s was not understood", target.key)
            return _unknown(target, raw)

    async def raw(self, target: Target) -> Raw:
        asked_at, begin = time.time(), time.perf_counter()
        try:
            parts = await self._parts(target)
        except NameFailure:
            parts = _failed(target.profile, Reason.NAME)
        except SnmpFailure as failure:
            parts = _failed(target.profile, failure.reason)
        except Exception:
            logger.exception("target %s could not be asked", target.key)
            parts = _failed(target.profile, Reason.UNKNOWN)
        return Raw(asked_at=asked_at, seconds=time.perf_counter() - begin, **parts)

    async def explained(self, target: Target, raw: Raw) -> Raw:
        """With the reason that gufo-snmp hides when an SNMPv3 agent answers with an error."""
        access = target.snmp
        if access is None or access.version is not SnmpVersion.V3 or raw.snmp or raw.scalars != {}:
            return raw
        patience = self._patience(target)
        where = await self._names.where(target.address)
        return replace(raw, snmp=await explain_nothing(where, target.snmp_port, access, patience))

    async def _parts(self, target: Target) -> Parts:
        """All that the profile wants to know, asked at the same time."""
        where = numeric_address(target.address) or await self._names.where(
            target.address, min(NAME_TIMEOUT_S, self._limits.budget_s)
        )
        asked = self._questions(target, where, self._patience(target))
        if len(asked) == 1:
            return await asked[0]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(part) for part in asked]
        parts: Parts = {}
        for task in tasks:
            parts |= task.result()
        return parts

    def _questions(
        self, target: Target, where: Where, patience: Patience
    ) -> list[Coroutine[Any, Any, Parts]]:
        profile = target.profile
        asked: list[Coroutine[Any, Any, Parts]] = []
        if profile.ping and target.ping:
            asked.append(self._ping(where, patience))
        if profile.snmp:
            asked.append(self._snmp(target, where, patience))
        if profile.http:
            asked.append(self._http(target, profile.http, patience))
        if profile.tcp_ports:
            asked.append(self._tcp(where, profile.tcp_ports, patience))
        return asked

    def _patience(self, target: Target) -> Patience:
        limits = self._limits
        return Patience(
            timeout_s=min(limits.timeout_down_s, limits.timeout_s) if target.down else limits.timeout_s,
            tries=1 if target.down else 1 + limits.retries,
            deadline=asyncio.get_running_loop().time() + limits.budget_s,
            walk_rows=limits.walk_rows,
            answer_bytes=limits.answer_bytes,
        )

    async def _ping(self, where: Where, patience: Patience) -> Parts:
        pong = await self._pinger.ping(where, patience.timeout_s, patience.tries)
        return {"rtt_ms": pong.rtt_ms, "ping": pong.reason}

    async def _snmp(self, target: Target, where: Where, patience: Patience) -> Parts:
        access = target.snmp
        if access is None:
            logger.warning("target %s is to be asked over SNMP, but nothing says how", target.key)
            return {"snmp": Reason.UNKNOWN}
        session = GufoSession(where, target.snmp_port, access, patience, self._lines, self._strays)
        try:
            part = await ask_questions(session, questions(target.profile, target.ask_texts))
        finally:
            session.close()
        return {"snmp": part.reason, "scalars": part.scalars, "columns": part.columns}

    async def _http(self, target: Target, question: HttpQuestion, patience: Patience) -> Parts:
        asked = replace(question, path=target.http_path or question.path)
        part = await self._client().ask(
            target.address, target.http_port, asked, patience.timeout_s, self._limits.budget_s
        )
        return {
            "http": part.reason,
            "http_status": part.status,
            "http_ms": part.ms,
            "http_content": part.content,
        }

    def _client(self) -> HttpClient:
        """Made when the first player is asked."""
        if self._web is None:
            self._web = HttpClient(self._names, self._limits.answer_bytes)
            self._stack.push_async_callback(self._web.close)
        return self._web

    async def _tcp(self, where: Where, ports: tuple[int, ...], patience: Patience) -> Parts:
        came = await asyncio.gather(*(connect_ms(where, port, patience.timeout_s) for port in ports))
        both = dict(zip(ports, came, strict=True))
        return {
            "tcp_ms": {port: ms for port, (ms, _) in both.items()},
            "tcp": {port: reason for port, (_, reason) in both.items()},
        }


def _descriptors(limits: Limits) -> int:
    """The most that a sweep may have open: SNMP's for each try, one for HTTP, one for a TCP port."""
    return limits.at_once * (limits.retries + 3) + limits.at_once_down * 3 + 200


def _failed(profile: Profile, reason: Reason) -> Parts:
    """The same reason for all that the profile would have asked."""
    parts: Parts = {"ping": reason} if profile.ping else {}
    if profile.snmp:
        parts["snmp"] = reason
    if profile.http:
        parts["http"] = reason
    if profile.tcp_ports:
        parts["tcp"] = dict.fromkeys(profile.tcp_ports, reason)
    return parts


def _unknown(target: Target, raw: Raw) -> Answer:
    return Answer(
        key=target.key,
        profile=target.profile,
        answered=False,
        reason=Reason.UNKNOWN,
        values=(None,) * len(target.profile.layout),
        texts={},
        macs=(),
        interfaces=(),
        uptime_s=None,
        asked_at=raw.asked_at,
        seconds=raw.seconds,
    )
