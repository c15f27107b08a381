"""HTTP(S): what a notice board's player shows, told apart without keeping it."""

import hashlib
import ssl
import time
from dataclasses import dataclass, replace

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from monitoring.probes.answer import Reason
from monitoring.probes.names import NameFailure, Names
from monitoring.probes.profile import HttpQuestion
from monitoring.probes.tcp import reason_of

REDIRECTS = 3
_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpPart:
    """What came back. `content` changes when, and only when, what is shown has changed."""

    reason: Reason = Reason.NONE
    status: int | None = None
    ms: float | None = None  # until the headers of the last answer
    content: str = ""


class HttpClient:
    """One client for a sweep."""

    def __init__(self, names: Names, answer_bytes: int) -> None:
        self._answer_bytes = answer_bytes
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, ssl=_county_tls(), resolver=_Resolver(names), force_close=True
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "itops"},
        )

    async def close(self) -> None:
        await self._session.close()

    async def ask(
        self, address: str, port: int | None, question: HttpQuestion, timeout_s: float, in_all_s: float
    ) -> HttpPart:
        """Ask one player, waiting at most so long for each sign of life; every failure is a reason."""
        timeout = aiohttp.ClientTimeout(total=in_all_s, sock_connect=timeout_s, sock_read=timeout_s)
        try:
            return await self._get(_url(address, port or question.port, question), question.content, timeout)
        except TimeoutError:
            return HttpPart(reason=Reason.SILENT)
        except (NameFailure, aiohttp.ClientError, OSError, ValueError) as error:
            return HttpPart(reason=_reason(error))

    async def _get(self, url: URL, wants_content: bool, timeout: aiohttp.ClientTimeout) -> HttpPart:
        """Follow redirects within the host alone; another host's page proves nothing about this one."""
        for _ in range(REDIRECTS + 1):
            begin = time.perf_counter()
            async with self._session.get(url, allow_redirects=False, timeout=timeout) as answer:
                part = HttpPart(status=answer.status, ms=(time.perf_counter() - begin) * 1000)
                onward = _redirect(answer)
                if onward is None:
                    return await self._content(answer, part) if wants_content else _judged(part)
                url = onward
        return replace(part, reason=Reason.HTTP_STATUS)

    async def _content(self, answer: aiohttp.ClientResponse, part: HttpPart) -> HttpPart:
        part = _judged(part)
        if part.reason:
            return part
        for name in ("ETag", "Last-Modified"):
            if name in answer.headers:
                return replace(part, content=f"{name.lower()}:{_hash(answer.headers[name].encode())}")
        body = bytearray()
        async for piece in answer.content.iter_chunked(_PIECE):
            body += piece
            if len(body) > self._answer_bytes:
                return replace(part, reason=Reason.TOO_BIG)
        return replace(part, content=f"body:{_hash(body)}")


class _Resolver(AbstractResolver):
    """Names are resolved once for all probes of a sweep."""

    def __init__(self, names: Names) -> None:
        self._names = names

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        where = await self._names.where(host)
        return [
            ResolveResult(hostname=host, host=where.host, port=port, family=where.family, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing is held."""


def _county_tls() -> ssl.SSLContext:
    """Players have certificates of their own making, and old ciphers: what they show is no secret."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    return context


def _url(address: str, port: int, question: HttpQuestion) -> URL:
    host = f"[{address}]" if ":" in address else address
    return URL(f"{'https' if question.tls else 'http'}://{host}:{port}").join(URL(question.path))


def _redirect(answer: aiohttp.ClientResponse) -> URL | None:
    """Where the answer points within the same host; nothing if it points nowhere or elsewhere."""
    if answer.status not in (301, 302, 303, 307, 308) or "Location" not in answer.headers:
        return None
    onward = answer.url.join(URL(answer.headers["Location"]))
    return onward if onward.host == answer.url.host and onward.scheme in ("http", "https") else None


def _judged(part: HttpPart) -> HttpPart:
    return replace(part, reason=Reason.HTTP_STATUS) if (part.status or 0) >= 300 else part


def _reason(error: Exception) -> Reason:
    if isinstance(error, NameFailure):
        return Reason.NAME
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return Reason.TLS
    if isinstance(error, aiohttp.ClientOSError):
        return reason_of(error)
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return Reason.EMPTY
    return Reason.MALFORMED


def _hash(octets: bytes | bytearray) -> str:
    return hashlib.sha256(octets).hexdigest()
