"""The sockets of one sweep's SNMP questions. One that has had its answer asks the next agent.

A socket of SNMPv1 or v2c is the same for all agents of a community, but for the address it is connected to. Making,
watching and closing one for each agent would be a third of the work of asking it.
"""

from collections.abc import Callable
from typing import TypeVar

from monitoring.probes.gufo_line import GufoSocket, Line, reason_of
from monitoring.probes.names import Where
from monitoring.probes.snmp import SnmpFailure
from monitoring.probes.sockets import Sockets
from monitoring.probes.target import SnmpAccess, SnmpVersion

S = TypeVar("S", bound=GufoSocket)


class Lines:
    """Opens lines, takes them back, and closes them all at the end."""

    def __init__(self) -> None:
        self._sockets = Sockets()
        self._spare: dict[tuple[object, ...], list[Line]] = {}

    def connected(self, where: Where, port: int, socket: Callable[[str], S]) -> tuple[Line, S]:
        """A new socket of the library, connected to the address."""
        try:
            gufo = socket(where.with_port(port))
        except OSError as error:
            raise SnmpFailure(reason_of(error)) from error
        return Line(gufo, where, self._sockets), gufo

    def spare(self, where: Where, port: int, access: SnmpAccess) -> Line | None:
        """A line that waits for nothing, now connected to this address."""
        lines = self._spare.get(_sort(access, where))
        while lines:
            line = lines.pop()
            if line.turn_to(where.sockaddr(port)):
                return line
            line.close()
        return None

    def take_back(self, line: Line, where: Where, access: SnmpAccess) -> None:
        """From a session that is done with it."""
        if access.version is SnmpVersion.V3 or not line.is_settled:
            line.close()
        else:
            self._spare.setdefault(_sort(access, where), []).append(line)

    def close(self) -> None:
        for lines in self._spare.values():
            for line in lines:
                line.close()
        self._spare.clear()
        self._sockets.close()


def _sort(access: SnmpAccess, where: Where) -> tuple[object, ...]:
    return access.version, access.community, where.family
