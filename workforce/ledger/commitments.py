"""Personal data stands in the log as salted commitments: without salt and value nothing can be told from them."""

import secrets

from workforce.ledger.algorithms import Algorithm
from workforce.ledger.canonical import Json, encode

PERSONAL = b"\x02"
SALT_BYTES = 32


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def commitment(name: str, value: Json, salt: bytes, algorithm: Algorithm = Algorithm.SHA256) -> str:
    """H(0x02 ‖ salt ‖ canonical [name, value]), in hexadecimal."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return algorithm.digest(PERSONAL + salt + encode([name, value])).hex()
