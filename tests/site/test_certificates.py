"""The county's own authority and the server's certificate: made once, private, trusted by a real TLS client."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from itops.site import certificates
from itops.site.certificates import certificate_for

HOSTS = ["localhost", "10.43.9.23", "::1", "设备.example"]


def greet(server: ssl.SSLContext, client: ssl.SSLContext, name: str) -> str:
    """What a client is told over TLS on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, server))
        thread.start()
        try:
            with socket.create_connection(listening.getsockname(), timeout=10) as plain:
                plain.settimeout(10)
                with client.wrap_socket(plain, server_hostname=name) as secure:
                    return secure.recv(10).decode()
        finally:
            thread.join(10)


def _serve(listening: socket.socket, server: ssl.SSLContext) -> None:
    listening.settimeout(10)
    plain, _ = listening.accept()
    try:
        with server.wrap_socket(plain, server_side=True) as secure:
            secure.sendall("你好".encode())
    except ssl.SSLError:
        plain.close()


def contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    certificate, key, authority = certificate_for(HOSTS, folder)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(authority))


@pytest.mark.parametrize("name", ["localhost", "10.43.9.23", "::1"])
def test_a_client_that_trusts_the_county_trusts_the_server(tmp_path: Path, name: str) -> None:
    server, client = contexts(tmp_path)
    assert greet(server, client, name) == "你好"


def test_another_name_or_another_county_is_not_trusted(tmp_path: Path) -> None:
    server, client = contexts(tmp_path / "ours")
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(server, client, "elsewhere.example")
    _, stranger = contexts(tmp_path / "theirs")
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(server, stranger, "localhost")


def test_the_second_start_uses_what_is_there(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in certificate_for(HOSTS, tmp_path)]
    assert [path.read_bytes() for path in certificate_for(HOSTS, tmp_path)] == first


def test_other_hosts_get_another_certificate_from_the_same_authority(tmp_path: Path) -> None:
    server, _, authority = certificate_for(HOSTS, tmp_path)
    before = server.read_bytes(), authority.read_bytes()
    certificate_for(["10.43.9.24"], tmp_path)
    assert server.read_bytes() != before[0]
    assert authority.read_bytes() == before[1]


def test_it_is_renewed_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(certificates, "SERVER_DAYS", certificates.RENEW_DAYS - 1)
        server, _, authority = certificate_for(HOSTS, tmp_path)
    before = authority.read_bytes()
    certificate_for(HOSTS, tmp_path)
    ends = x509.load_pem_x509_certificate(server.read_bytes()).not_valid_after_utc
    assert ends > datetime.now(UTC) + timedelta(days=certificates.RENEW_DAYS)
    assert authority.read_bytes() == before


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    certificate_for(HOSTS, folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_server_key_that_is_not_the_certificates_is_replaced(tmp_path: Path) -> None:
    _, key, _ = certificate_for(HOSTS, tmp_path)
    foreign = certificate_for(HOSTS, tmp_path / "other")[1].read_bytes()
    key.write_bytes(foreign)
    server, client = contexts(tmp_path)
    assert greet(server, client, "localhost") == "你好"
