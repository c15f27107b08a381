"""HTTPS off loopback: a certificate authority of the county, made here, and the server's certificate from it.

Offices' browsers trust it once its certificate (`ca.pem`) is installed there. Keys never leave the folder.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_YEARS = 10
SERVER_DAYS = 397  # browsers refuse longer ones
RENEW_DAYS = 30  # before the end
CLOCKS_DIFFER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Signed:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def certificate_for(hosts: Sequence[str], folder: Path) -> tuple[Path, Path, Path]:
    """Paths of the server's certificate (with its authority's), its key, and the authority's certificate.

    `hosts` are names and addresses. What is there is used again until it nears its end or the hosts change.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = _kept(folder, "ca") or _write(folder, "ca", _new_authority())
    server = _kept(folder, "server")
    if server is None or not _fits(server.certificate, authority, hosts):
        _write(folder, "server", _new_server(authority, hosts), chain=authority.certificate)
    return folder / "server.pem", folder / "server.key", folder / "ca.pem"


def _kept(folder: Path, name: str) -> _Signed | None:
    """What is in the folder, unless it is absent or near its end."""
    try:
        certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
        key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    except FileNotFoundError:
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate.public_key() != key.public_key():
        return None
    soon = datetime.now(UTC) + timedelta(days=RENEW_DAYS)
    return _Signed(certificate, key) if certificate.not_valid_after_utc > soon else None


def _fits(certificate: x509.Certificate, authority: _Signed, hosts: Sequence[str]) -> bool:
    try:
        certificate.verify_directly_issued_by(authority.certificate)
    except Exception:  # noqa: BLE001 any way of not being ours means a new one
        return False
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(names) == set(_names(hosts))


def _new_authority() -> _Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Township equipment ledger CA {datetime.now(UTC):%Y-%m-%d}")
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        _builder(name, name, key.public_key(), timedelta(days=365 * CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
    )
    return _Signed(builder.sign(key, SHA256()), key)


def _new_server(authority: _Signed, hosts: Sequence[str]) -> _Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority.certificate
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _builder(_name(hosts[0]), issuer.subject, key.public_key(), timedelta(days=SERVER_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(_names(hosts)), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer_key, critical=False)
    )
    return _Signed(builder.sign(authority.key, SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(text: str) -> x509.Name:
    """A common name holds 64 characters."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _names(hosts: Sequence[str]) -> list[x509.GeneralName]:
    return [_general_name(host.strip("[]")) for host in dict.fromkeys(hosts)]


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host.encode("idna").decode())


def _write(folder: Path, name: str, signed: _Signed, chain: x509.Certificate | None = None) -> _Signed:
    """The key first: a certificate is never there without it."""
    key = signed.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = [signed.certificate, chain] if chain else [signed.certificate]
    _replace(folder / f"{name}.key", key)
    pem = b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)
    _replace(folder / f"{name}.pem", pem)
    return signed


def _replace(path: Path, content: bytes) -> None:
    """Whole or not at all, and readable for the owner alone."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    fresh.replace(path)
