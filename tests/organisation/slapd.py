"""Debian's slapd in a private configuration on loopback, with three people, for one test module."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from itops.organisation.ldap import BOOLEAN, Line, items, octets, tlv
from tests.processes.programs import eventually

SLAPD = shutil.which("slapd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MODULES = "/usr/lib/ldap"
BASE, ROOT, SECRET = "dc=anhua,dc=test", "cn=root,dc=anhua,dc=test", "the root secret"
CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath {modules}
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCACertificateFile {folder}/certificate.pem
TLSCertificateFile {folder}/certificate.pem
TLSCertificateKeyFile {folder}/key.pem
disallow bind_anon
database mdb
suffix "{base}"
rootdn "{root}"
rootpw "{secret}"
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{root}" write by users read
"""
RENAME, RENAMED = 0x6C, 0x6D
PEOPLE = {"zhang": "a password there", "wu": "another one", "twice": "the same"}


@dataclass(frozen=True, slots=True)
class Slapd:
    """Where it listens, plain (for StartTLS) and over TLS, and the certificate to trust."""

    plain: str
    tls: str
    certificate: str


@contextmanager
def running(folder: Path) -> Iterator[Slapd]:
    """Started and filled; ended afterwards."""
    (folder / "data").mkdir()
    _certificate(folder)
    names = {"folder": folder, "modules": MODULES, "base": BASE, "root": ROOT, "secret": SECRET}
    (folder / "slapd.conf").write_text(CONFIGURATION.format(**names))
    _fill(folder)
    plain, tls = (f"{scheme}://127.0.0.1:{_free_port()}" for scheme in ("ldap", "ldaps"))
    command = [str(SLAPD), "-f", str(folder / "slapd.conf"), "-h", f"{plain} {tls}", "-d", "0"]
    with (
        (folder / "log").open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=output) as one,
    ):
        try:
            eventually(lambda: _listens(plain), "slapd", folder / "log")
            yield Slapd(plain, tls, str(folder / "certificate.pem"))
        finally:
            one.terminate()


def rename(address: str, old: str, new: str) -> None:
    """Somebody's entry moves to another name."""
    where = urlsplit(address)
    with Line.open(str(where.hostname), int(where.port or 0), 5) as line:
        assert line.bind(ROOT, SECRET)
        parts = octets(f"uid={old},{BASE}"), octets(f"uid={new}"), tlv(BOOLEAN, b"\xff")
        kind, body = next(line.ask(RENAME, *parts))
        assert (kind, items(body)[0][1]) == (RENAMED, b"\x00")


def _fill(folder: Path) -> None:
    """By slapd's own program, before it runs."""
    entries = [f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: anhua\no: Anhua"]
    entries += [f"dn: ou={unit},{BASE}\nobjectClass: organizationalUnit\nou: {unit}" for unit in ("a", "b")]
    for name, password in PEOPLE.items():
        parents = [f"ou=a,{BASE}", f"ou=b,{BASE}"] if name == "twice" else [BASE]
        person = f"objectClass: inetOrgPerson\nuid: {name}\ncn: {name}\nsn: {name}\nuserPassword: {password}"
        entries += [f"dn: uid={name},{parent}\n{person}" for parent in parents]
    (folder / "people.ldif").write_text("\n\n".join(entries) + "\n")
    command = [str(SLAPD), "-T", "add", "-f", str(folder / "slapd.conf"), "-l", str(folder / "people.ldif")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def _listens(address: str) -> bool:
    port = int(address.rpartition(":")[2])
    with closing(socket.socket()) as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _certificate(folder: Path) -> None:
    """Signed by itself, for this machine's loopback."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
