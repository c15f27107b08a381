"""The field's SNMP agents: one UDP socket for each loopback address, all at one port. asyncio, no Django.

What is silent, cut off or never was there has a socket too, which nobody reads: without one the kernel would
answer "port unreachable" for it, and a refusal proves that somebody is there.
"""

import asyncio
import socket
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Self

from itops.site.demonstration import ber, sockets
from itops.site.demonstration.ber import Oid, Request
from itops.site.demonstration.mibs import Object, Objects
from itops.site.demonstration.rhythm import Rhythm, rhythm_of
from itops.site.demonstration.speech import SPEAKERS, passing
from itops.site.demonstration.words import COMMUNITY, PlannedEndpoint

DEFAULT_PORT = 16_100
SPEAK_HTTP_ALONE = frozenset({"player", "web"})
LARGEST = 1_400  # octets of bindings in a GETBULK response: what fits into one packet
AT_ONCE = 16  # datagrams of one device answered before the others get their turn
PASSING_S = 60  # what comes and goes is looked at this often

Neighbour = tuple[str, Rhythm]  # MAC address and course


class Agent:
    """One device: what it knows, in the order of the OIDs. `neighbours` are behind it when it is a switch."""

    def __init__(self, endpoint: PlannedEndpoint, neighbours: Sequence[Neighbour] = ()) -> None:
        self.endpoint, self._neighbours = endpoint, neighbours
        self._course = rhythm_of(endpoint)
        self._lasting: dict[Oid, Object] = {}
        self._objects: dict[Oid, Object] = {}
        self._order: list[Oid] = []
        self._made_in = -1

    def answer(self, datagram: bytes, now: float) -> bytes | None:
        """The response; None where a real agent keeps silent (wrong community, not v2c, broken)."""
        try:
            asked = ber.request(datagram)
        except ber.Malformed:
            return None
        if asked.community != COMMUNITY.encode():
            return None
        self._refresh(now)
        bindings = self._bindings(asked, now)
        return None if bindings is None else ber.response(asked.community, asked.identifier, bindings)

    def _bindings(self, asked: Request, now: float) -> Iterable[bytes] | None:
        if asked.pdu == ber.GET:
            return [self._get(name, now) for name in asked.oids]
        if asked.pdu == ber.GET_NEXT:
            return [self._following(name, now) for name in asked.oids]
        return self._bulk(asked, now) if asked.pdu == ber.GET_BULK else None

    def _get(self, name: Oid, now: float) -> bytes:
        found = self._objects.get(name)
        return _binding(name, ber.NO_SUCH_OBJECT if found is None else _value(found, now))

    def _following(self, name: Oid, now: float) -> bytes:
        at = bisect_right(self._order, name)
        return self._binding_at(at, now) if at < len(self._order) else _binding(name, ber.END_OF_VIEW)

    def _bulk(self, asked: Request, now: float) -> Iterator[bytes]:
        for name in asked.oids[: asked.first]:
            yield self._following(name, now)
        room = LARGEST
        for name in asked.oids[asked.first :]:
            start = bisect_right(self._order, name)
            rows = range(start, min(start + max(asked.second, 0), len(self._order)))
            for at in rows:
                binding = self._binding_at(at, now)
                room -= len(binding)
                if room < 0:
                    return
                yield binding
            if len(rows) < asked.second:
                yield _binding(self._order[-1] if rows else name, ber.END_OF_VIEW)

    def _binding_at(self, at: int, now: float) -> bytes:
        name = self._order[at]
        return _binding(name, _value(self._objects[name], now))

    def _refresh(self, now: float) -> None:
        """Look again at what comes and goes; what lasts is made once, when it is first asked for."""
        slot = int(now // PASSING_S)
        if slot == self._made_in:
            return
        if not self._lasting:
            self._lasting = _by_oid(SPEAKERS[self.endpoint.speaks](self.endpoint, self._course))
        here = _by_oid(passing(self.endpoint, self._course, self._neighbours, now))
        if here or not self._order or len(self._objects) != len(self._lasting):
            self._objects = self._lasting | here
            self._order = sorted(self._objects)
        self._made_in = slot


class Agents:
    """All agents of the field, answering as long as the context lasts. `mute` ones are bound and never answer."""

    def __init__(self, endpoints: Iterable[PlannedEndpoint], *, mute: bool = False) -> None:
        every = [endpoint for endpoint in endpoints if endpoint.speaks not in SPEAK_HTTP_ALONE]
        behind = _behind(every)
        self._agents: dict[str, Agent | None] = {
            endpoint.address: None
            if mute or not endpoint.answers
            else Agent(endpoint, behind[endpoint.address])
            for endpoint in every
        }
        self._sockets: dict[str, socket.socket] = {}
        self.port = 0

    @property
    def answering(self) -> int:
        return sum(agent is not None for agent in self._agents.values())

    def open(self, wanted: int = DEFAULT_PORT) -> Self:
        """Bind and begin to answer in the running event loop."""
        self.port, self._sockets = sockets.bind_all(self._agents, wanted, socket.SOCK_DGRAM)
        loop = asyncio.get_running_loop()
        for address, agent in self._agents.items():
            if agent:
                loop.add_reader(self._sockets[address], partial(_answer, self._sockets[address], agent))
            else:
                self._sockets[address].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        return self

    def close(self) -> None:
        loop = asyncio.get_running_loop()
        for one in self._sockets.values():
            loop.remove_reader(one)
            one.close()
        self._sockets.clear()


def addresses(endpoints: Iterable[PlannedEndpoint]) -> list[str]:
    """Where SNMP is asked: also at a computer that answers nothing, not at a player that speaks HTTP alone."""
    return [endpoint.address for endpoint in endpoints if endpoint.speaks not in SPEAK_HTTP_ALONE]


def _behind(endpoints: Iterable[PlannedEndpoint]) -> defaultdict[str, list[Neighbour]]:
    found: defaultdict[str, list[Neighbour]] = defaultdict(list)
    for endpoint in endpoints:
        if endpoint.connected and endpoint.mac:
            found[endpoint.behind].append((endpoint.mac, rhythm_of(endpoint)))
    return found


def _answer(one: socket.socket, agent: Agent) -> None:
    for _ in range(AT_ONCE):
        try:
            datagram, asker = one.recvfrom(4096)
        except OSError:  # nothing more, or an earlier answer found its asker gone
            return
        response = agent.answer(datagram, time.time())
        if response is not None:
            try:
                one.sendto(response, asker)
            except OSError:
                return  # no room just now: the asker will ask again


def _by_oid(objects: Objects) -> dict[Oid, Object]:
    return {ber.oid(name): value for name, value in objects}


def _binding(name: Oid, value: bytes) -> bytes:
    return ber.tlv(ber.SEQUENCE, ber.encoded_oid(name) + value)


def _value(found: Object, now: float) -> bytes:
    return found if isinstance(found, bytes) else found(now)
