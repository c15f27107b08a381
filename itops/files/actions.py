"""Putting files into the store and hanging them on things."""

import io
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.files import pictures, sniff, store
from itops.files.location import without_location
from itops.files.models import Attachment, StoredFile
from itops.organisation.models import User

UNPACKED_AT_MOST = 2 * 2**30
UNPACKED_TIMES = 200


def attach(*, by: User, model: str, object_id: int, upload: UploadedFile, title: str = "") -> Attachment:
    """Store what was handed in and hang it on something.

    Raises ValidationError, in one sentence, for what is empty, too large or damaged.
    """
    file = keep_file(by=by, upload=upload)
    with acting(by.actor), transaction.atomic():
        return Attachment.objects.create(
            model=model,
            object_id=object_id,
            file=file,
            kind=Attachment.Kind.PICTURE if file.is_picture else Attachment.Kind.FILE,
            name=plain_name(upload.name or ""),
            title=title.strip(),
            by=by,
        )


def keep_file(*, by: User, upload: UploadedFile) -> StoredFile:
    """The file in the store; one that is there already is not stored again."""
    data = _bytes(upload)
    kind = _media_type(data)
    data = without_location(data, kind)
    small = _thumbnail(data) if kind in sniff.PICTURES else None
    sha256 = store.keep(data)
    if small is not None:
        store.write(store.thumbnail_of(sha256), small)
    with acting(by.actor), transaction.atomic():
        return StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": len(data), "media_type": kind, "uploaded_by": by}
        )[0]


def take_off(attachment: Attachment, *, by: User) -> None:
    """The attachment is archived; the file stays in the store."""
    with acting(by.actor), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(archived=True)


def plain_name(name: str) -> str:
    """A name without folders and control characters, whose end survives where it is too long."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(sign for sign in last if sign.isprintable()).strip() or "file"
    suffix = PurePath(shown).suffix[:20]
    return shown if len(shown) <= 200 else shown[: 200 - len(suffix)] + suffix


def _bytes(upload: UploadedFile) -> bytes:
    if not upload.size:
        raise ValidationError(_("The file is empty."))
    if upload.size > settings.ITOPS_UPLOAD_MB * 2**20:
        raise ValidationError(too_large())
    upload.seek(0)
    data: bytes = upload.read()
    return data


def too_large() -> str:
    return _("The file is larger than %(limit)d MB.") % {"limit": settings.ITOPS_UPLOAD_MB}


def _media_type(data: bytes) -> str:
    stream = io.BytesIO(data)
    try:
        kind = sniff.media_type(stream)
        unpacked = sniff.unpacked_size(stream) if data.startswith(b"PK") else 0
    except sniff.NotReadable as error:
        raise ValidationError(_("The archive or document is damaged or cut short.")) from error
    if unpacked > UNPACKED_AT_MOST or (unpacked > 2**27 and unpacked > UNPACKED_TIMES * len(data)):
        raise ValidationError(
            _("The archive would unpack to %(size)d MB: such a file is not accepted.")
            % {"size": unpacked // 2**20}
        )
    return kind


def _thumbnail(data: bytes) -> bytes:
    try:
        return pictures.thumbnail(data)
    except pictures.HugePicture as error:
        raise ValidationError(_("The picture has too many pixels: at most 80 million.")) from error
    except pictures.DamagedPicture as error:
        raise ValidationError(_("The picture is damaged or cut short.")) from error
