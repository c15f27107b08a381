"""What a file is, told from its first bytes and never from its name. No Django."""

import codecs
import zipfile
from typing import BinaryIO

HEAD = 4096
UNKNOWN = "application/octet-stream"
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"})

_OPC = "application/vnd.openxmlformats-officedocument"
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"#!", "text/x-shellscript"),
    (b"ID3", "audio/mpeg"),
)
_INSIDE_ZIP = (
    ("word/document.xml", f"{_OPC}.wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OPC}.spreadsheetml.sheet"),
    ("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    ("ppt/presentation.xml", f"{_OPC}.presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
_MARKUP = ((b"<svg", "image/svg+xml"), (b"<html", "text/html"), (b"<!doctype html", "text/html"))
_ENCODINGS = ("utf-8", "gb18030")


class NotReadable(Exception):
    """The file claims to be an archive and is cut short or damaged."""


def media_type(stream: BinaryIO) -> str:
    """The media type; NotReadable for a damaged archive. Reads the beginning, of archives the table too."""
    stream.seek(0)
    head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _of_zip(stream)
    return _of_container(head) or _of_beginning(head) or _of_text(head)


def unpacked_size(stream: BinaryIO) -> int:
    """The bytes that an archive says it holds; nothing is unpacked."""
    return sum(member.file_size for member in _members(stream))


def _of_zip(stream: BinaryIO) -> str:
    names = {member.filename for member in _members(stream)}
    return next((kind for name, kind in _INSIDE_ZIP if name in names), "application/zip")


def _members(stream: BinaryIO) -> list[zipfile.ZipInfo]:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
        raise NotReadable from error


def _of_container(head: bytes) -> str:
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in {b"heic", b"heix", b"mif1", b"msf1"} else "video/mp4"
    return ""


def _of_beginning(head: bytes) -> str:
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), "")


def _of_text(head: bytes) -> str:
    """Text without control characters, in one of the encodings offices use; markup is told apart from it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "text/plain"
    if b"\0" in head:
        return UNKNOWN
    small = head.lower()
    markup = next((kind for word, kind in _MARKUP if word in small), "")
    if markup:
        return markup
    if small.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "application/xml"
    return "text/plain" if any(_decodes(head, encoding) for encoding in _ENCODINGS) else UNKNOWN


def _decodes(head: bytes, encoding: str) -> bool:
    """A character that the end of the head cuts in two does not count."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return not any(byte < 9 or 13 < byte < 27 for byte in head)
