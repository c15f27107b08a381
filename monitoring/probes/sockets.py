"""Many short-lived sockets in one event loop: an epoll of their own is cheaper than add_reader for each."""

import asyncio
import contextlib
import resource
import select
from collections.abc import Callable

_EVENTS_AT_ONCE = 256


def allow_descriptors(wanted: int) -> None:
    """Raise the process's own limit of open files, often 1,024, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class Sockets:
    """Calls back when a socket has something to read. Linux."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._callbacks: dict[int, Callable[[], None]] = {}
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._epoll, self._ready)

    def watch(self, descriptor: int, callback: Callable[[], None]) -> None:
        self._callbacks[descriptor] = callback
        self._epoll.register(descriptor, select.EPOLLIN)

    def forget(self, descriptor: int) -> None:
        """To be called before the socket is closed, which makes the kernel forget it too."""
        self._callbacks.pop(descriptor, None)

    def close(self) -> None:
        self._loop.remove_reader(self._epoll)
        self._epoll.close()

    def _ready(self) -> None:
        for descriptor, _ in self._epoll.poll(0, _EVENTS_AT_ONCE):
            callback = self._callbacks.get(descriptor)
            if callback:
                callback()
            else:
                with contextlib.suppress(OSError):
                    self._epoll.unregister(descriptor)
