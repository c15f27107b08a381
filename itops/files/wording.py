"""What types of file are called on screens."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_EXACT: dict[str, str | Promise] = {
    "application/pdf": _("PDF document"),
    "application/ofd": _("OFD document"),
    "application/x-ole-storage": _("older Office document"),
    "application/zip": _("archive"),
    "application/vnd.rar": _("archive"),
    "application/x-7z-compressed": _("archive"),
    "application/gzip": _("archive"),
    "text/plain": _("text"),
    "text/html": _("web page"),
    "application/vnd.microsoft.portable-executable": _("program"),
    "application/x-elf": _("program"),
    "text/x-shellscript": _("program"),
}
_PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("image/", _("picture")),
    ("video/", _("video")),
    ("audio/", _("sound")),
    ("wordprocessingml", _("Word document")),
    ("spreadsheetml", _("spreadsheet")),
    ("ms-excel", _("spreadsheet")),
    ("presentationml", _("presentation")),
)


def type_name(media_type: str) -> str:
    """Such as "PDF document"."""
    found = _EXACT.get(media_type) or next((name for part, name in _PARTS if part in media_type), None)
    return str(found or _("other file"))
