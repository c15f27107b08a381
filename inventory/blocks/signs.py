"""Signs of one day, packed: the lower halves of all, then the upper ones where any is not empty."""

import zlib

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.uint16]
LEVEL = 1


def pack(signs: Row) -> bytes:
    lower, upper = (signs & 255).astype(np.uint8), (signs >> 8).astype(np.uint8)
    return zlib.compress(lower.tobytes() + (upper.tobytes() if upper.any() else b""), LEVEL)


def unpack(data: bytes, into: Row) -> None:
    """Where they are to lie; it knows how many they are."""
    plain, count = np.frombuffer(zlib.decompress(data), np.uint8), len(into)
    into[:] = plain[:count]
    if len(plain) > count:
        into |= plain[count:].astype(np.uint16) << 8
