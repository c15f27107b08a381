"""Files that people hand in, made in memory: pictures with and without a location, archives, text."""

import io
import zipfile

from PIL import Image


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (640, 480), located: bool = True) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    if located:
        exif[0x8825] = {1: "N", 2: (28.0, 22.0, 1.0), 3: "E", 4: (111.0, 12.0, 1.0)}
    written = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, kind, exif=exif)
    return written.getvalue()


def location_in(data: bytes) -> dict[int, object]:
    return dict(Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825))


def archive(members: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def bomb(megabytes: int = 300) -> bytes:
    return archive({"bomb.txt": bytes(megabytes * 2**20)})
