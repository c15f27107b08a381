"""One connected UDP socket of gufo-snmp, watched: what the library hides or stumbles over is looked at first.

gufo-snmp says nothing of a response's error-status, nor which report came, and panics on some broken
datagrams; so each datagram is peeked at before the library takes it.
"""

import asyncio
import errno
import re
import socket
from collections.abc import Callable
from typing import Any, Final

from gufo.snmp import SnmpAuthError, SnmpEncodeError, SnmpError
from gufo.snmp._fast import SnmpV1ClientSocket, SnmpV2cClientSocket, SnmpV3ClientSocket

from monitoring.probes import message
from monitoring.probes.answer import Reason
from monitoring.probes.names import Where
from monitoring.probes.snmp import SnmpFailure
from monitoring.probes.sockets import Sockets

GufoSocket = SnmpV1ClientSocket | SnmpV2cClientSocket | SnmpV3ClientSocket
Send = Callable[[Any], None]
Receive = Callable[[Any], Any]
Answered = asyncio.Future[tuple[Any, bytes]]  # an answer or a Signal, and the datagram that it came in

LONGEST = 4080  # octets of a datagram that gufo-snmp has room for
_OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
_LOST = frozenset({errno.EAGAIN, errno.ENOBUFS, errno.EINTR})
_REPORTED: dict[int, Reason] = {
    message.UNSUPPORTED_LEVEL: Reason.WRONG_CREDENTIALS,
    message.UNKNOWN_USER: Reason.WRONG_CREDENTIALS,
    message.WRONG_DIGEST: Reason.WRONG_CREDENTIALS,
    message.DECRYPTION_ERROR: Reason.WRONG_CREDENTIALS,
}


class Signal:
    """What came instead of an answer."""


SILENCE: Final = Signal()  # nothing for us in time
END: Final = Signal()  # an answer without rows
TOO_LONG: Final = Signal()  # an answer that the library has no room for
NOT_IN_TIME: Final = Signal()  # the agent told its clock: ask again
OTHER_ENGINE: Final = Signal()  # the agent is not the one we took it for


class Line:
    """One socket; one question at a time. `seen` is the worst that came while waiting."""

    def __init__(self, gufo: GufoSocket, where: Where, sockets: Sockets) -> None:
        self.gufo = gufo
        self.seen = Reason.SILENT
        self._sockets = sockets
        self._fd = gufo.get_fd()
        # A second view of the library's own descriptor, which stays the library's to close.
        self._view = socket.socket(where.family, socket.SOCK_DGRAM, socket.IPPROTO_UDP, fileno=self._fd)
        self._receive: Receive | None = None
        self._answer: Answered | None = None
        self._is_v3 = isinstance(gufo, SnmpV3ClientSocket)
        self._settled: message.Header | None = None  # what the last question was settled by, in SNMPv3
        self._waits = False
        sockets.watch(self._fd, self._readable)

    def listen(self, receive: Receive, answer: Answered) -> None:
        """From now on the future gets what comes here: an answer or a Signal, or SnmpFailure."""
        self._receive, self._answer, self._waits = receive, answer, True

    def send(self, send: Send) -> None:
        """Send one request; raises SnmpFailure where that cannot be."""
        try:
            send(self.gufo)
        except OSError as error:
            if _number_of(error) not in _LOST:
                raise SnmpFailure(reason_of(error)) from error
        except SnmpEncodeError as error:  # the request does not fit into the library's buffer
            raise SnmpFailure(Reason.TOO_BIG) from error

    @property
    def is_settled(self) -> bool:
        """The last question has its answer, and nothing odd came: nothing more is to be expected."""
        return not self._waits and self.seen is Reason.SILENT

    def turn_to(self, sockaddr: tuple[Any, ...]) -> bool:
        """Connect to another agent; false where that does not go, or the last one is not silent after all."""
        try:
            self._view.recv(1)
        except BlockingIOError:
            pass
        except OSError:
            return False
        else:
            return False
        try:
            self._view.connect(sockaddr)
        except OSError:
            return False
        return True

    def close(self) -> None:
        self._sockets.forget(self._fd)
        self._view.detach()

    def _readable(self) -> None:
        try:
            datagram = self._view.recv(LONGEST + 1, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError as error:
            self._fail(reason_of(error))
            return
        if self._answer is None or self._answer.done() or self._receive is None:
            self._drop()  # too late, or nobody asked
        elif len(datagram) > LONGEST:
            self._drop()
            self._answer.set_result((TOO_LONG, datagram))
        elif not message.is_whole(datagram):
            self._drop()
            self.seen = Reason.MALFORMED  # the right answer may still come
        elif self._settled and message.header(datagram) == self._settled:
            self._drop()  # a report said twice, which the library does not match with its request
        else:
            self._take(self._receive, self._answer, datagram)

    def _take(self, receive: Receive, answer: Answered, datagram: bytes) -> None:
        try:
            self._settle(answer, receive(self.gufo), datagram)
        except StopAsyncIteration:
            self._settle(answer, END, datagram)
        except BlockingIOError:  # the library passed over it: not the answer to our request
            if message.report(datagram) == message.UNKNOWN_ENGINE:
                self._settle(answer, OTHER_ENGINE, datagram)
            self.seen = Reason.FOREIGN
        except SnmpAuthError:
            self._reported(answer, datagram)
        except (SnmpError, OSError, ValueError):
            self.seen = Reason.MALFORMED
        except BaseException as panic:
            if type(panic).__name__ != "PanicException":  # pyo3's, which has no public name
                raise
            self.seen = Reason.MALFORMED

    def _reported(self, answer: Answered, datagram: bytes) -> None:
        which = message.report(datagram)
        if which == message.NOT_IN_TIME:
            self._settle(answer, NOT_IN_TIME, datagram)
        elif which == message.UNKNOWN_ENGINE:
            self._settle(answer, OTHER_ENGINE, datagram)
        else:
            self._fail(_REPORTED.get(which, Reason.NOT_ALLOWED))

    def _settle(self, answer: Answered, said: Any, datagram: bytes) -> None:
        self._settled = message.header(datagram) if self._is_v3 else None
        self._waits = False
        answer.set_result((said, datagram))

    def _fail(self, reason: Reason) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(SnmpFailure(reason))

    def _drop(self) -> None:
        try:
            self._view.recv(1)
        except OSError:
            return


def reason_of(error: OSError) -> Reason:
    """What the network said; an error that is this machine's own is raised again."""
    number = _number_of(error)
    if number in _OURS:
        raise error
    if number == errno.ECONNREFUSED:
        return Reason.REFUSED
    return Reason.TOO_BIG if number == errno.EMSGSIZE else Reason.UNREACHABLE


def _number_of(error: OSError) -> int | None:
    """The library puts errno into the text alone."""
    if error.errno is not None:
        return error.errno
    found = re.search(r"os error (\d+)", str(error))
    return int(found.group(1)) if found else None
