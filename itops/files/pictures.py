"""Looks into pictures with Pillow: whether they can be read, and a small one for lists. No Django."""

import io

from PIL import Image, ImageOps

EDGE = 320
PIXELS_AT_MOST = 80_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")


class DamagedPicture(Exception):
    """It is cut short, or not what it says it is."""


class HugePicture(Exception):
    """So many pixels that showing it would need gigabytes."""


def thumbnail(data: bytes) -> bytes:
    """A JPEG of at most EDGE pixels a side, upright, with no metadata at all."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > PIXELS_AT_MOST:
                raise HugePicture
            picture.draft("RGB", (EDGE * 2, EDGE * 2))
            small = ImageOps.exif_transpose(picture)
            small.thumbnail((EDGE, EDGE))
            return _as_jpeg(small)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise HugePicture from error
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, KeyError) as error:
        raise DamagedPicture from error


def _as_jpeg(picture: Image.Image) -> bytes:
    """What is transparent becomes white."""
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    written = io.BytesIO()
    paper.save(written, "JPEG", quality=82)
    return written.getvalue()
