"""A file's type is what it begins with, whatever its name says."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itops.files.sniff import NotReadable, media_type, unpacked_size
from tests.support.samples import archive, picture

EXAMPLES = {
    "image/jpeg": picture(),
    "image/png": picture("PNG"),
    "image/webp": picture("WEBP"),
    "image/gif": b"GIF89a...",
    "application/pdf": b"%PDF-1.7\n...",
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9),
    "application/zip": archive({"a.txt": b"a"}),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": archive(
        {"word/document.xml": b"<x/>"}
    ),
    "application/ofd": archive({"OFD.xml": b"<x/>"}),
    "application/vnd.microsoft.portable-executable": b"MZ\x90\0",
    "text/x-shellscript": b"#!/bin/sh\n",
    "text/html": b"\n<!DOCTYPE html><p>",
    "image/svg+xml": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "application/xml": b'<?xml version="1.0"?><a/>',
    "text/plain": "安化县民政局".encode("gb18030"),
    "application/octet-stream": b"\0\1\2\3",
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_type_is_told(kind: str) -> None:
    assert media_type(io.BytesIO(EXAMPLES[kind])) == kind


def test_chinese_text_is_text_even_where_the_head_cuts_a_character() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert media_type(io.BytesIO(("a" + "县" * 5000).encode(encoding))) == "text/plain"


def test_an_archive_that_is_cut_short_is_not_readable() -> None:
    with pytest.raises(NotReadable):
        media_type(io.BytesIO(archive({"a.txt": b"a" * 999})[:-30]))


def test_what_an_archive_holds_is_counted_without_unpacking() -> None:
    assert unpacked_size(io.BytesIO(archive({"a": bytes(5000), "b": bytes(70)}))) == 5070


@given(st.binary(max_size=300))
def test_any_bytes_have_a_type_or_are_not_readable(data: bytes) -> None:
    try:
        assert "/" in media_type(io.BytesIO(data))
    except NotReadable:
        assert data.startswith(b"PK")
