"""Files are kept once, by hash; what is empty, too large, damaged or a bomb is refused in a sentence."""

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from itops.files import store
from itops.files.actions import attach, plain_name
from itops.files.models import Attachment, StoredFile
from tests.support.county import County
from tests.support.samples import bomb, location_in, picture


def hand_in(county: County, data: bytes, name: str = "a.bin") -> Attachment:
    asset = county.assets["codec"]
    return attach(
        by=county.users["it_staff"],
        model="inventory.asset",
        object_id=asset.pk,
        upload=SimpleUploadedFile(name, data),
    )


def refusal(county: County, data: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        hand_in(county, data)
    return str(refused.value.messages[0])


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_lies_under_its_hash(county: County) -> None:
    kept = hand_in(county, b"%PDF-1.7 one", "合同.pdf")
    assert kept.file.sha256 == hashlib.sha256(b"%PDF-1.7 one").hexdigest()
    assert store.path_of(kept.file.sha256).read_bytes() == b"%PDF-1.7 one"
    assert (kept.kind, kept.name, kept.file.media_type) == ("file", "合同.pdf", "application/pdf")


def test_the_same_file_is_kept_once(county: County, files_folder: Path) -> None:
    first, second = hand_in(county, b"same", "one.txt"), hand_in(county, b"same", "two.txt")
    assert first.file == second.file
    assert len(stored(files_folder)) == StoredFile.objects.count() == 1


def test_a_picture_gets_a_thumbnail_and_loses_its_location(county: County) -> None:
    kept = hand_in(county, picture(), "not-a-picture.exe")
    assert kept.kind == Attachment.Kind.PICTURE
    for path in (store.path_of(kept.file.sha256), store.thumbnail_of(kept.file.sha256)):
        assert location_in(path.read_bytes()) == {}


def test_an_empty_file_is_refused(county: County) -> None:
    assert refusal(county, b"") == "文件是空的。"


def test_a_large_file_is_refused(county: County, settings: Settings) -> None:
    settings.ITOPS_UPLOAD_MB = 1
    assert refusal(county, bytes(2**20 + 1)) == "文件超过 1 MB。"


def test_a_zip_bomb_is_refused(county: County) -> None:
    assert "300 MB" in refusal(county, bomb())


def test_a_picture_cut_short_is_refused(county: County) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        data = picture(kind)
        assert refusal(county, data[: len(data) // 2]) == "图片已损坏或不完整。"


def test_a_picture_of_too_many_pixels_is_refused(county: County) -> None:
    data = picture("PNG", size=(10, 10))
    at = data.index(b"IHDR") + 4
    assert refusal(county, data[:at] + (60_000).to_bytes(4, "big") * 2 + data[at + 8 :]).startswith("图片")


def test_nothing_is_left_of_what_was_refused(county: County, files_folder: Path) -> None:
    refusal(county, bomb())
    refusal(county, picture()[:900])
    assert stored(files_folder) == []
    assert not Attachment.objects.exists()


def test_names_lose_folders_and_control_characters() -> None:
    assert plain_name("C:\\fakepath\\照片.jpg") == "照片.jpg"
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("a\r\nb.txt") == "ab.txt"
    assert plain_name("") == "file"
    assert plain_name("x" * 300 + ".pdf") == "x" * 196 + ".pdf"
