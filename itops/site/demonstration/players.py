"""The field's notice-board players and web systems: one HTTP server for each loopback address, all at one port.

Some show something new each hour, some never; what is silent or cut off has a listening socket that nobody
accepts on, so that it is silent rather than refusing. aiohttp, no Django.
"""

import socket
import time
from collections.abc import Iterable
from typing import Self

from aiohttp import web

from itops.site.demonstration import sockets
from itops.site.demonstration.words import SAYS_IT_IS_INVENTED, Behaviour, PlannedEndpoint

DEFAULT_PORT = 16_180
SPEAKS_HTTP = frozenset({"novastar", "player", "web"})
NEWS_EVERY_S = 3_600
NEWS = (
    "城乡居民医保缴费办理须知",
    "村级财务公开",
    "低保对象公示",
    "防汛值班安排",
    "便民服务中心办事指南",
    "乡村振兴项目公示",
    "惠民惠农补贴发放明细公示",
)


class Players:
    """All players of the field, serving as long as they are open."""

    def __init__(self, endpoints: Iterable[PlannedEndpoint], *, mute: bool = False) -> None:
        self._players = {one.address: one for one in endpoints if one.speaks in SPEAKS_HTTP}
        self._mute = mute
        self._silent: list[socket.socket] = []
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def answering(self) -> int:
        return sum(self._answers(one) for one in self._players.values())

    async def open(self, wanted: int = DEFAULT_PORT) -> Self:
        """Bind and begin to serve in the running event loop."""
        self.port, bound = sockets.bind_all(self._players, wanted, socket.SOCK_STREAM)
        application = web.Application()
        application.router.add_get("/", self._shown)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        for address, one in bound.items():
            if self._answers(self._players[address]):
                await web.SockSite(self._runner, one).start()
            else:
                one.listen(1)
                self._silent.append(one)
        return self

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()
        for one in self._silent:
            one.close()

    def _answers(self, endpoint: PlannedEndpoint) -> bool:
        return endpoint.answers and not self._mute

    async def _shown(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        address, _ = request.transport.get_extra_info("sockname")
        endpoint = self._players[address]
        edition = edition_of(endpoint, time.time())
        page = page_of(endpoint, edition)
        if endpoint.speaks == "player":
            return web.Response(text=page, content_type="text/html", headers={"ETag": f'"{edition}"'})
        return web.Response(text=page, content_type="text/html")


def addresses(endpoints: Iterable[PlannedEndpoint]) -> list[str]:
    """Where HTTP is asked."""
    return [endpoint.address for endpoint in endpoints if endpoint.speaks in SPEAKS_HTTP]


def edition_of(endpoint: PlannedEndpoint, now: float) -> int:
    """Which edition is on show: a new one each hour, or always the same."""
    unchanged = endpoint.behaviour is Behaviour.CONTENT_UNCHANGED or endpoint.speaks == "web"
    return 0 if unchanged else int(now // NEWS_EVERY_S)


def page_of(endpoint: PlannedEndpoint, edition: int) -> str:
    """What the board shows."""
    title = f"{endpoint.place} {NEWS[edition % len(NEWS)]}"
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title}</h1><p>第 {edition} 期</p><p>{SAYS_IT_IS_INVENTED}</p></html>\n"
    )
