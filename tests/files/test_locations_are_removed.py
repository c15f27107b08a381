"""Where a picture was taken does not enter the store; its pixels stay as they were."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from itops.files.location import without_location
from tests.support.samples import location_in, picture

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_the_location_goes_and_the_pixels_stay(kind: str) -> None:
    taken = picture(kind)
    assert location_in(taken)
    cleaned = without_location(taken, KINDS[kind])
    assert location_in(cleaned) == {}
    assert pixels(cleaned) == pixels(taken)


def test_a_jpeg_keeps_the_rest_of_its_exif() -> None:
    assert Image.open(io.BytesIO(without_location(picture(), "image/jpeg"))).getexif()[0x010F] == "Maker"


def test_xmp_goes_too() -> None:
    written = io.BytesIO()
    Image.new("RGB", (9, 9)).save(written, "JPEG", xmp=b"<x:xmpmeta exif:GPSLatitude='28'/>")
    assert b"GPSLatitude" in written.getvalue()
    assert b"GPSLatitude" not in without_location(written.getvalue(), "image/jpeg")


@pytest.mark.parametrize("kind", KINDS)
def test_doing_it_twice_changes_nothing(kind: str) -> None:
    once = without_location(picture(kind), KINDS[kind])
    assert without_location(once, KINDS[kind]) == once


@given(st.binary(max_size=200), st.sampled_from(sorted(KINDS.values())))
def test_nonsense_does_no_harm(data: bytes, kind: str) -> None:
    assert isinstance(without_location(b"\xff\xd8" + data, kind), bytes)
