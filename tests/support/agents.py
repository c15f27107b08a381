"""SNMP agents on loopback for tests: a well-mannered one for v1 and v2c, and the ill-mannered ones."""

import asyncio
import socket
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

from pyasn1.codec.ber import decoder, encoder
from pyasn1.error import PyAsn1Error
from pysnmp.proto import rfc1902
from pysnmp.proto.api import PROTOCOL_MODULES, decodeMessageVersion, v2c

Oid = tuple[int, ...]
Reply = tuple[float, bytes]  # seconds to wait, datagram
_ROWS_AT_MOST = 60


def oid(text: str) -> Oid:
    return tuple(int(part) for part in text.split("."))


def octets(text: str) -> rfc1902.OctetString:
    return rfc1902.OctetString(text.encode())


class Agent(asyncio.DatagramProtocol):
    """Serves a mapping of OIDs to values; subclasses answer worse."""

    def __init__(self, objects: Mapping[str, Any], community: str = "public") -> None:
        self.objects = {oid(name): value for name, value in objects.items()}
        self.order = sorted(self.objects)
        self.community = community.encode()
        self.asked = 0
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, sender: tuple[str | Any, int]) -> None:
        self.asked += 1
        loop = asyncio.get_running_loop()
        for wait_s, datagram in self.replies(data):
            if wait_s:
                loop.call_later(wait_s, self._send, datagram, sender)
            else:
                self._send(datagram, sender)

    def _send(self, datagram: bytes, receiver: tuple[str | Any, int]) -> None:
        if not self.transport.is_closing():
            self.transport.sendto(datagram, receiver)

    def replies(self, data: bytes) -> list[Reply]:
        answer = self.answer(data)
        return [] if answer is None else [(0, answer)]

    def answer(self, data: bytes, *, plus: int = 0) -> bytes | None:
        """The answer to a request, its request-id changed by `plus`; nothing for a wrong community."""
        try:
            version = int(decodeMessageVersion(data))
            api = PROTOCOL_MODULES[version]
            request, _ = decoder.decode(data, asn1Spec=api.Message())
        except (PyAsn1Error, KeyError):
            return None
        if bytes(api.apiMessage.get_community(request)) != self.community:
            return None
        response = api.apiMessage.get_response(request)
        asked, said = api.apiMessage.get_pdu(request), api.apiMessage.get_pdu(response)
        self.fill(api, asked, said)
        api.apiPDU.set_request_id(said, int(api.apiPDU.get_request_id(asked)) + plus)
        return bytes(encoder.encode(response))

    def fill(self, api: Any, asked: Any, said: Any) -> None:
        """Put the objects asked for into the response."""
        names = [tuple(name) for name, _ in api.apiPDU.get_varbinds(asked)]
        if asked.isSameTypeWith(v2c.GetBulkRequestPDU()):
            api.apiPDU.set_varbinds(said, self.rows_after(names[0], int(asked[2])))
            return
        is_next = asked.isSameTypeWith(api.GetNextRequestPDU())
        found = [self.rows_after(name, 1)[0] if is_next else self.scalar(name) for name in names]
        missing = [at for at, (_, value) in enumerate(found, 1) if value.tagSet in _EXCEPTIONS]
        if api is not v2c and missing:
            api.apiPDU.set_varbinds(said, [(name, rfc1902.Null("")) for name in names])
            self.fail(api, said, 2, missing[0])
        else:
            api.apiPDU.set_varbinds(said, found)

    def scalar(self, name: Oid) -> tuple[Oid, Any]:
        return name, self.objects.get(name, v2c.NoSuchObject(""))

    def rows_after(self, name: Oid, many: int) -> list[tuple[Oid, Any]]:
        start = bisect_right(self.order, name)
        rows = [(row, self.objects[row]) for row in self.order[start : start + min(many, _ROWS_AT_MOST)]]
        return rows if len(rows) == many or rows else [(name, v2c.EndOfMibView(""))]

    @staticmethod
    def fail(api: Any, said: Any, status: int, position: int = 0) -> None:
        api.apiPDU.set_error_status(said, status)
        api.apiPDU.set_error_index(said, position)


_EXCEPTIONS = (v2c.NoSuchObject.tagSet, v2c.NoSuchInstance.tagSet, v2c.EndOfMibView.tagSet)


@asynccontextmanager
async def serving(agent: asyncio.DatagramProtocol, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """The UDP port on which the agent answers while the context lasts."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: agent, local_addr=(host, 0))
    try:
        yield int(transport.get_extra_info("sockname")[1])
    finally:
        transport.close()
        await asyncio.sleep(0)


class Circling(Agent):
    """1: its OIDs never increase: whatever row is asked for, the first one of its column comes."""

    def rows_after(self, name: Oid, many: int) -> list[tuple[Oid, Any]]:
        column = name[:-1] if name in self.objects else name
        first = next(row for row in self.order if row[: len(column)] == column)
        return [(first, self.objects[first])] * many


class Mistaken(Agent):
    """2: answers another request."""

    def replies(self, data: bytes) -> list[Reply]:
        return _now(self.answer(data, plus=1))


class MistakenThenRight(Agent):
    """3: answers another request, then this one."""

    def replies(self, data: bytes) -> list[Reply]:
        return _now(self.answer(data, plus=7), self.answer(data))


class Stuttering(Agent):
    """4: says all twice."""

    def replies(self, data: bytes) -> list[Reply]:
        return _now(self.answer(data), self.answer(data))


class Late(Agent):
    """5: answers after the first timeout."""

    wait_s = 0.4

    def replies(self, data: bytes) -> list[Reply]:
        return [(self.wait_s, datagram) for _, datagram in super().replies(data)]


class Overwhelmed(Agent):
    """6: tooBig for more than so many objects; an answer is never longer than that."""

    most = 3

    def fill(self, api: Any, asked: Any, said: Any) -> None:
        names = [name for name, _ in api.apiPDU.get_varbinds(asked)]
        many = int(asked[2]) if asked.isSameTypeWith(v2c.GetBulkRequestPDU()) else len(names)
        if many > self.most:
            api.apiPDU.set_varbinds(said, [(name, rfc1902.Null("")) for name in names])
            self.fail(api, said, 1)
        else:
            super().fill(api, asked, said)


class Hopeless(Overwhelmed):
    """tooBig for anything."""

    most = 0


class CutOff(Agent):
    """7: sends half of its datagram."""

    def replies(self, data: bytes) -> list[Reply]:
        return [(0, datagram[: len(datagram) // 2]) for _, datagram in super().replies(data)]


class Elsewhere(Agent):
    """8: answers from another address."""

    def __init__(self, objects: Mapping[str, Any], other: str = "127.0.88.99") -> None:
        super().__init__(objects)
        self.other = other

    def _send(self, datagram: bytes, receiver: tuple[str | Any, int]) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
            own.bind((self.other, 0))
            own.sendto(datagram, receiver)


class Wordless(Agent):
    """Answers without any object."""

    def fill(self, api: Any, asked: Any, said: Any) -> None:
        api.apiPDU.set_varbinds(said, [])


class Failing(Agent):
    """Answers all with one error-status."""

    def __init__(self, objects: Mapping[str, Any], status: int) -> None:
        super().__init__(objects)
        self.status = status

    def fill(self, api: Any, asked: Any, said: Any) -> None:
        names = [name for name, _ in api.apiPDU.get_varbinds(asked)]
        api.apiPDU.set_varbinds(said, [(name, rfc1902.Null("")) for name in names])
        self.fail(api, said, self.status)


class OffTopic(Agent):
    """Answers with an object that nobody asked for."""

    def fill(self, api: Any, asked: Any, said: Any) -> None:
        api.apiPDU.set_varbinds(said, [(oid("1.3.6.1.4.1.99999.1.0"), rfc1902.Integer32(1))])


class Saying(Agent):
    """Answers every request with the same datagrams."""

    def __init__(self, *datagrams: bytes) -> None:
        super().__init__({})
        self.datagrams = datagrams

    def replies(self, data: bytes) -> list[Reply]:
        return _now(*self.datagrams)


class Changing(Agent):
    """Answers rightly, then lets a function damage the datagram."""

    def __init__(self, objects: Mapping[str, Any], change: Callable[[bytes], bytes]) -> None:
        super().__init__(objects)
        self.change = change

    def replies(self, data: bytes) -> list[Reply]:
        return [(wait_s, self.change(datagram)) for wait_s, datagram in super().replies(data)]


def _now(*datagrams: bytes | None) -> list[Reply]:
    return [(0, datagram) for datagram in datagrams if datagram is not None]
