"""SNMP through pysnmp: slow, but it says all. The reference in tests, and where gufo-snmp hides why.

An engine costs 0.1 s of CPU, so this is for one agent at a time, never for a sweep.
"""

import asyncio
import socket
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pyasn1.error import PyAsn1Error
from pyasn1.type import univ
from pysnmp.carrier.asyncio.dgram import udp, udp6
from pysnmp.entity import config
from pysnmp.entity.engine import SnmpEngine
from pysnmp.entity.rfc3413 import cmdgen
from pysnmp.error import PySnmpError
from pysnmp.proto import errind, rfc1902, rfc1905
from pysnmp.smi.error import SmiError

from monitoring.probes import guards, message
from monitoring.probes.answer import Column, Reason, SnmpValue
from monitoring.probes.guards import Pace, Reply, Row
from monitoring.probes.gufo_line import reason_of
from monitoring.probes.names import Where
from monitoring.probes.oids import SYS_UPTIME
from monitoring.probes.snmp import Patience, SnmpFailure
from monitoring.probes.target import Auth, Privacy, SnmpAccess, SnmpVersion

_MODEL = {SnmpVersion.V1: 0, SnmpVersion.V2C: 1, SnmpVersion.V3: 3}
_AUTH = {
    Auth.NONE: config.USM_AUTH_NONE,
    Auth.MD5: config.USM_AUTH_HMAC96_MD5,
    Auth.SHA1: config.USM_AUTH_HMAC96_SHA,
    Auth.SHA224: config.USM_AUTH_HMAC128_SHA224,
    Auth.SHA256: config.USM_AUTH_HMAC192_SHA256,
    Auth.SHA384: config.USM_AUTH_HMAC256_SHA384,
    Auth.SHA512: config.USM_AUTH_HMAC384_SHA512,
}
_PRIVACY = {
    Privacy.NONE: config.USM_PRIV_NONE,
    Privacy.DES: config.USM_PRIV_CBC56_DES,
    Privacy.AES128: config.USM_PRIV_CFB128_AES,
    Privacy.AES192: config.USM_PRIV_CFB192_AES_BLUMENTHAL,
    Privacy.AES256: config.USM_PRIV_CFB256_AES_BLUMENTHAL,
}
_WRONG = (
    errind.UnknownUserName,
    errind.UnknownSecurityName,
    errind.WrongDigest,
    errind.AuthenticationFailure,
    errind.AuthenticationError,
    errind.UnsupportedSecurityLevel,
    errind.DecryptionError,
    errind.NotInTimeWindow,
    errind.UnknownEngineID,
)
_NOT_THERE = (rfc1905.NoSuchObject, rfc1905.NoSuchInstance, rfc1905.EndOfMibView, univ.Null)


class _Said(NamedTuple):
    indication: Any
    status: int
    position: int
    bindings: Sequence[tuple[Any, Any]]


async def explain_nothing(where: Where, port: int, access: SnmpAccess, patience: Patience) -> Reason:
    """Why an agent answered without any value; EMPTY if it says no more than that."""
    session: PysnmpSession | None = None
    try:
        session = PysnmpSession(where, port, access, patience)
        return Reason.NONE if await session.get([SYS_UPTIME]) else Reason.EMPTY
    except SnmpFailure as failure:
        return failure.reason
    finally:
        if session:
            session.close()


class PysnmpSession:
    """One agent, with an engine and a connected socket of its own; raises SnmpFailure where neither can be."""

    hides_errors = False

    def __init__(self, where: Where, port: int, access: SnmpAccess, patience: Patience) -> None:
        self._access, self._patience = access, patience
        self._engine = SnmpEngine()
        who, level = self._add_access(access)
        self._transport, domain = _connected(where, port)
        config.add_transport(self._engine, domain, self._transport)
        config.add_target_parameters(self._engine, "how", who, level, _MODEL[access.version])
        timeout = max(round(patience.timeout_s * 100), 1)
        address = where.sockaddr(port)[:2]
        config.add_target_address(self._engine, "agent", domain, address, "how", timeout, 0)

    async def get(self, oids: Sequence[str]) -> dict[str, SnmpValue]:
        return await guards.get(self, oids)

    async def walk(self, column: str) -> Column:
        return await guards.walk(self, column, self._patience)

    def close(self) -> None:
        self._engine.close_dispatcher()

    async def get_once(self, oids: Sequence[str]) -> Reply:
        request = [(rfc1902.ObjectName(oid), rfc1902.Null("")) for oid in oids]
        generator = cmdgen.GetCommandGenerator()
        return self._reply(
            await self._ask(
                lambda answer: generator.send_varbinds(
                    self._engine, "agent", None, "", request, _answered, answer
                )
            ),
            _rows,
        )

    async def next_once(self, column: str, start: str, pace: Pace) -> Reply:
        request = [(rfc1902.ObjectName(start), rfc1902.Null(""))]
        return self._reply(
            await self._ask(lambda answer: self._send_next(request, pace, answer), pace),
            lambda bindings: _rows_within(column, bindings),
        )

    def _send_next(self, request: list[Any], pace: Pace, answer: Any) -> None:
        if self._access.version is SnmpVersion.V1:
            one = cmdgen.NextCommandGeneratorSingleRun()
            one.send_varbinds(self._engine, "agent", None, "", request, _answered, answer)
        else:
            many = cmdgen.BulkCommandGeneratorSingleRun()
            many.send_varbinds(self._engine, "agent", None, "", 0, pace.rows, request, _answered, answer)

    def _add_access(self, access: SnmpAccess) -> tuple[str, str]:
        """The security name and level."""
        if access.version is not SnmpVersion.V3:
            config.add_v1_system(self._engine, "area", access.community)
            return "area", "noAuthNoPriv"
        try:
            config.add_v3_user(
                self._engine,
                access.user,
                _AUTH[access.auth],
                access.auth_password or None,
                _PRIVACY[access.privacy],
                access.privacy_password or None,
            )
        except (PySnmpError, SmiError, PyAsn1Error) as error:  # a key that can be nobody's
            raise SnmpFailure(Reason.WRONG_CREDENTIALS) from error
        if access.privacy is not Privacy.NONE:
            return access.user, "authPriv"
        return access.user, "noAuthNoPriv" if access.auth is Auth.NONE else "authNoPriv"

    async def _ask(self, send: Callable[[Any], object], pace: Pace | None = None) -> _Said:
        loop = asyncio.get_running_loop()
        for attempt in range(self._patience.tries):
            if attempt and pace:
                pace.shrink()
            answer = loop.create_future()
            self._transport.answer = answer
            wait_s = self._patience.wait_s()
            send(answer)
            try:
                said: _Said = await asyncio.wait_for(answer, wait_s)
            except TimeoutError:
                continue
            if not isinstance(said.indication, errind.RequestTimedOut):
                return said
        raise SnmpFailure(self._transport.why_silent())

    def _reply(self, said: _Said, rows: Callable[[Sequence[tuple[Any, Any]]], list[Row | None]]) -> Reply:
        if isinstance(said.indication, _WRONG):
            raise SnmpFailure(Reason.WRONG_CREDENTIALS)
        if said.indication:
            mismatch = isinstance(said.indication, (errind.DataMismatch, errind.EngineIDMismatch))
            raise SnmpFailure(Reason.FOREIGN if mismatch else Reason.MALFORMED)
        octets = self._transport.octets
        if said.status:
            return Reply((), octets, said.status, said.position)
        return Reply(rows(said.bindings), octets)


class _Connected:
    """Lets pass only whole datagrams of the agent, and knows what came when nothing did."""

    answer: "asyncio.Future[_Said] | None" = None
    seen = Reason.SILENT
    octets = 0
    _callback_function: Any

    def datagram_received(self, datagram: bytes, sender: Any) -> None:
        self.octets = len(datagram)
        if not message.is_whole(datagram) or message.header(datagram) is None:
            self.seen = Reason.MALFORMED
            return
        if self.seen is Reason.SILENT:
            self.seen = Reason.WRONG_CREDENTIALS if message.report(datagram) else Reason.FOREIGN
        try:
            self._callback_function(self, sender, datagram)
        except (PySnmpError, PyAsn1Error, LookupError, ValueError, TypeError, AttributeError):
            self.seen = Reason.MALFORMED

    def error_received(self, error: OSError) -> None:
        if self.answer and not self.answer.done():
            self.answer.set_exception(SnmpFailure(reason_of(error)))

    def why_silent(self) -> Reason:
        return self.seen


class _Udp(_Connected, udp.UdpAsyncioTransport):  # type: ignore[misc]
    pass


class _Udp6(_Connected, udp6.Udp6AsyncioTransport):  # type: ignore[misc]
    pass


def _connected(where: Where, port: int) -> tuple[Any, Any]:
    own = socket.socket(where.family, socket.SOCK_DGRAM)
    own.setblocking(False)
    try:
        own.connect(where.sockaddr(port))
    except OSError as error:
        own.close()
        raise SnmpFailure(reason_of(error)) from error
    if where.family == socket.AF_INET:
        return _Udp().open_server_mode(sock=own), udp.DOMAIN_NAME
    return _Udp6().open_server_mode(sock=own), udp6.DOMAIN_NAME


def _answered(
    engine: Any, handle: Any, indication: Any, status: Any, position: Any, bindings: Any, answer: Any
) -> None:
    if not answer.done():
        answer.set_result(_Said(indication, int(status or 0), int(position or 0), bindings or ()))


def _rows(bindings: Sequence[tuple[Any, Any]]) -> list[Row | None]:
    return [(str(name), _value(value)) for name, value in bindings if not isinstance(value, _NOT_THERE)]


def _rows_within(column: str, bindings: Sequence[tuple[Any, Any]]) -> list[Row | None]:
    """The rows up to the first one outside of the column, which is None."""
    rows: list[Row | None] = []
    for row in _rows(bindings):
        if row and not row[0].startswith(column + "."):
            return [*rows, None]
        rows.append(row)
    return rows


def _value(value: Any) -> SnmpValue:
    if isinstance(value, rfc1902.IpAddress):
        return str(value.prettyPrint())
    if isinstance(value, univ.ObjectIdentifier):
        return str(value)
    if isinstance(value, univ.OctetString):
        return bytes(value.asOctets())
    return int(value)
