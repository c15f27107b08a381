"""
Takes out of a picture where it was taken, without touching its pixels. No Django.

EXIF's location and everything in XMP go; the rest of EXIF (orientation, time, camera) stays. A damaged picture comes
back as it was: whether it can be read is asked elsewhere.
"""

import struct
from collections.abc import Callable, Iterator

from PIL import Image

GPS = 0x8825
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/"
_START_OF_SCAN = 0xDA


def without_location(data: bytes, media_type: str) -> bytes:
    """The same picture, without its location."""
    cleaner = _CLEANERS.get(media_type)
    try:
        return cleaner(data) if cleaner else data
    except (struct.error, IndexError):
        return data


def _jpeg(data: bytes) -> bytes:
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _START_OF_SCAN:
        (length,) = struct.unpack_from(">H", data, at + 2)
        kept.append(_jpeg_segment(data[at : at + 2 + length]))
        at += 2 + length
    return b"".join([*kept, data[at:]])


def _jpeg_segment(segment: bytes) -> bytes:
    body = segment[4:]
    if segment[1] != 0xE1:
        return segment
    if body.startswith(_XMP):
        return b""
    if not body.startswith(_EXIF):
        return segment
    plain = _EXIF + _exif(body[len(_EXIF) :])
    return b"\xff\xe1" + struct.pack(">H", len(plain) + 2) + plain


def _png(data: bytes) -> bytes:
    return data[:8] + b"".join(
        chunk for kind, chunk in _png_chunks(data) if kind not in {b"eXIf", b"iTXt", b"tEXt", b"zTXt"}
    )


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at : at + 12 + length]
        at += 12 + length


def _webp(data: bytes) -> bytes:
    """Without its EXIF and XMP chunks; the bits that announce them are cleared."""
    chunks = [chunk for kind, chunk in _webp_chunks(data) if kind not in {b"EXIF", b"XMP "}]
    body = b"WEBP" + b"".join(_unannounced(chunk) for chunk in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at + 4)
        padded = length + length % 2
        yield data[at : at + 4], data[at : at + 8 + padded]
        at += 8 + padded


def _unannounced(chunk: bytes) -> bytes:
    if chunk[:4] != b"VP8X":
        return chunk
    return chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]


def _exif(block: bytes) -> bytes:
    """A TIFF block written anew without its location; an unreadable one is dropped whole."""
    exif = Image.Exif()
    try:
        exif.load(block)
        exif.pop(GPS, None)
        return exif.tobytes().removeprefix(_EXIF)
    except Exception:  # noqa: BLE001 -- whatever a camera wrote there, it must not carry a location
        return Image.Exif().tobytes().removeprefix(_EXIF)


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
