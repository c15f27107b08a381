"""Checkpoints that an auditor signs with Ed25519, and receipts of single entries. Texts that fit a QR code."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from workforce.ledger.algorithms import Algorithm

HEADING = "itops-checkpoint-1"
RECEIPT = "itops-receipt-1"
LOG = r"[0-9a-z]{1,20}-[0-9a-f]{16}"
HASH = r"[0-9a-f]{64}"
TIME = "%Y-%m-%dT%H:%M:%SZ"
_STATEMENT = (
    rf"{HEADING}\nlog: (?P<log>{LOG})\nsize: (?P<size>[1-9][0-9]{{0,14}})\n"
    rf"root: (?P<alg>sha256|sm3):(?P<root>{HASH})\nhead: (?P=alg):(?P<head>{HASH})\n"
)
_CHECKPOINT = re.compile(
    rf"(?P<signed>{_STATEMENT}time: (?P<time>\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
    rf"key: ed25519:(?P<key>{HASH})\n)signature: (?P<signature>[0-9a-f]{{128}})\n"
)
_RECEIPT = re.compile(
    rf"{RECEIPT} (?P<log>{LOG}) (?P<seq>[1-9][0-9]{{0,14}}) (?P<alg>sha256|sm3):(?P<hash>{HASH})"
)


class NotReadable(ValueError):
    """The text is no checkpoint or receipt of this version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeHead:
    """What a checkpoint is about: the log's first `size` entries, their root, the hash of the last of them."""

    log: str
    size: int
    root: str
    head: str
    algorithm: Algorithm = Algorithm.SHA256

    @property
    def statement(self) -> str:
        """What the auditor is asked to sign, as yet without time and key."""
        alg = self.algorithm.value
        return f"{HEADING}\nlog: {self.log}\nsize: {self.size}\nroot: {alg}:{self.root}\nhead: {alg}:{self.head}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCheckpoint:
    """A tree head that somebody signed. Whether the key is the auditor's, only the auditor can say."""

    tree: TreeHead
    time: datetime
    public_key: str
    signature: str
    text: str

    @property
    def holds(self) -> bool:
        """Whether the signature belongs to text and key."""
        signed = self.text.partition("signature: ")[0].encode()
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
        try:
            key.verify(bytes.fromhex(self.signature), signed)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That an entry with this number had this hash when the receipt was printed."""

    log: str
    seq: int
    hash: str
    algorithm: Algorithm = Algorithm.SHA256

    @property
    def text(self) -> str:
        return f"{RECEIPT} {self.log} {self.seq} {self.algorithm.value}:{self.hash}"


def read_checkpoint(text: str) -> SignedCheckpoint:
    """The checkpoint of this text, its signature not yet verified; line ends of any system."""
    found = _CHECKPOINT.fullmatch(text.replace("\r\n", "\n").strip() + "\n")
    if found is None:
        raise NotReadable("this is no signed checkpoint")
    try:
        time = datetime.strptime(found["time"], TIME).replace(tzinfo=UTC)
    except ValueError as error:
        raise NotReadable("the checkpoint's time is none") from error
    tree = TreeHead(
        log=found["log"],
        size=int(found["size"]),
        root=found["root"],
        head=found["head"],
        algorithm=Algorithm(found["alg"]),
    )
    return SignedCheckpoint(
        tree=tree,
        time=time,
        public_key=found["key"],
        signature=found["signature"],
        text=found[0],
    )


def read_receipt(text: str) -> Receipt:
    found = _RECEIPT.fullmatch(text.strip())
    if found is None:
        raise NotReadable("this is no receipt")
    return Receipt(
        log=found["log"], seq=int(found["seq"]), hash=found["hash"], algorithm=Algorithm(found["alg"])
    )


def sign(tree: TreeHead, key: Ed25519PrivateKey, time: datetime) -> SignedCheckpoint:
    """For tests and the demonstration: a real auditor signs with the offline page, and nobody else holds the key."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    signed = f"{tree.statement}time: {time.astimezone(UTC).strftime(TIME)}\nkey: ed25519:{public}\n"
    return read_checkpoint(f"{signed}signature: {key.sign(signed.encode()).hex()}\n")
