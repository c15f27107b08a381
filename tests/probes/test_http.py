"""A notice board's player: what is shown, and every way in which it can fail."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitoring.probes.answer import Raw, Reason
from monitoring.probes.engine import ask
from monitoring.probes.profile import HttpQuestion, Profile
from monitoring.probes.target import Limits, Target
from tests.support.sample import QUICK

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def player(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_server(*said: bytes) -> AsyncIterator[int]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        for piece in said:
            writer.write(piece)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def shown(port: int, limits: Limits = QUICK, address: str = "127.0.0.1", *, tls: bool = False) -> Raw:
    question = HttpQuestion(path="/now", tls=tls, content=True)
    profile = Profile(name="board", version=1, kinds=(), interval_s=60, ping=False, http=question)
    return await ask(Target(key=1, address=address, profile=profile, http_port=port), limits)


def page(body: str, **headers: str) -> Handler:
    async def handler(request: web.BaseRequest) -> web.Response:
        return web.Response(text=body, headers=headers)

    return handler


async def test_the_targets_path_goes_before_the_profiles() -> None:
    async def only_login(request: web.BaseRequest) -> web.Response:
        return web.Response(status=200 if request.path == "/mz/login" else 404)

    profile = Profile(name="web", version=1, kinds=(), interval_s=60, ping=False, http=HttpQuestion())
    async with player(only_login) as port:
        target = Target(key=1, address="127.0.0.1", profile=profile, http_port=port)
        elsewhere = await ask(target, QUICK)
        there = await ask(replace(target, http_path="/mz/login"), QUICK)
    assert (elsewhere.http, elsewhere.http_status) == (Reason.HTTP_STATUS, 404)
    assert (there.http, there.http_status) == (Reason.NONE, 200)


async def test_content_is_the_same_until_it_changes() -> None:
    async with player(page("notice 1")) as port:
        first, again = await shown(port), await shown(port)
    async with player(page("notice 2")) as port:
        other = await shown(port)
    assert first.http is Reason.NONE
    assert first.http_status == 200
    assert (first.http_ms or 0) > 0
    assert first.http_content == again.http_content != other.http_content


@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
async def test_what_the_player_calls_its_content_is_taken(name: str) -> None:
    async with player(page("a clock: 08:00", **{name: '"one"'})) as port:
        first = await shown(port)
    async with player(page("a clock: 08:01", **{name: '"one"'})) as port:
        again = await shown(port)
    async with player(page("a clock: 08:01", **{name: '"two"'})) as port:
        other = await shown(port)
    assert first.http_content == again.http_content != other.http_content


async def test_a_body_past_the_limit_is_too_big() -> None:
    async with player(page("x" * 300_000)) as port:
        raw = await shown(port, replace(QUICK, answer_bytes=200_000))
    assert raw.http is Reason.TOO_BIG
    assert raw.http_status == 200


@pytest.mark.parametrize("status", [404, 500, 401])
async def test_an_error_page_is_no_notice(status: int) -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        return web.Response(text="no", status=status)

    async with player(handler) as port:
        raw = await shown(port)
    assert (raw.http, raw.http_status, raw.http_content) == (Reason.HTTP_STATUS, status, "")


async def test_redirects_are_followed_within_the_host_alone() -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        if request.path == "/now":
            return web.Response(status=302, headers={"Location": "/shown"})
        return web.Response(text="notice")

    async def away(request: web.BaseRequest) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://127.0.0.2:1/"})

    async def in_a_circle(request: web.BaseRequest) -> web.Response:
        return web.Response(status=302, headers={"Location": "/now"})

    async with player(handler) as port:
        assert (await shown(port)).http is Reason.NONE
    for handler_that_leads_nowhere in (away, in_a_circle):
        async with player(handler_that_leads_nowhere) as port:
            raw = await shown(port)
        assert (raw.http, raw.http_status) == (Reason.HTTP_STATUS, 302)


async def test_certificates_of_the_players_own_making_are_accepted(tmp_path: Path) -> None:
    async with player(page("notice"), _self_signed(tmp_path)) as port:
        raw = await shown(port, tls=True)
    assert raw.http is Reason.NONE
    assert raw.http_content


async def test_a_plain_answer_to_tls_is_a_failed_handshake() -> None:
    async with raw_server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert (await shown(port, tls=True)).http is Reason.TLS


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\x00\x01\x02 nonsense\r\n\r\n", Reason.MALFORMED),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", Reason.MALFORMED),
        (b"HTTP/1.1 200 OK\r\n" + b"A: " + b"b" * 100_000 + b"\r\n\r\n", Reason.MALFORMED),
        (b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n", Reason.MALFORMED),
    ],
)
async def test_broken_answers_have_a_reason(said: bytes, reason: Reason) -> None:
    async with raw_server(said) as port:
        assert (await shown(port)).http is reason


async def test_a_player_that_never_answers_is_silent() -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    async with player(handler) as port:
        assert (await shown(port)).http is Reason.SILENT


async def test_closed_ports_and_unknown_names() -> None:
    assert (await shown(1)).http is Reason.REFUSED
    assert (await shown(80, address="no-such-host.invalid")).http is Reason.NAME


def _self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "player")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=900))
        .not_valid_after(now - datetime.timedelta(days=100))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context
