"""TCP: does a port accept a connection, and after how many milliseconds."""

import asyncio
import errno
import socket
import time

from monitoring.probes.answer import Reason
from monitoring.probes.names import Where


async def connect_ms(where: Where, port: int, timeout_s: float) -> tuple[float | None, Reason]:
    """Connect and hang up: the milliseconds it took, or the reason why there are none."""
    with socket.socket(where.family, socket.SOCK_STREAM) as own:
        own.setblocking(False)
        begin = time.perf_counter()
        try:
            async with asyncio.timeout(timeout_s):
                await asyncio.get_running_loop().sock_connect(own, where.sockaddr(port))
        except TimeoutError:
            return None, Reason.SILENT
        except OSError as error:
            return None, reason_of(error)
        return (time.perf_counter() - begin) * 1000, Reason.NONE


def reason_of(error: OSError) -> Reason:
    """What a failed connection says."""
    if error.errno in (errno.ECONNREFUSED, errno.ECONNRESET):
        return Reason.REFUSED
    return Reason.SILENT if error.errno == errno.ETIMEDOUT else Reason.UNREACHABLE
