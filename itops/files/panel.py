"""What components/files.html shows of one thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from itops.files.models import Attachment, attachments_of
from itops.files.pages import ADD, REMOVE, VIEW
from itops.files.wording import type_name
from itops.organisation.models import User
from itops.organisation.subjects import Found


@dataclass(frozen=True, slots=True)
class Shown:
    """One file or picture."""

    attachment: Attachment
    type: str
    removable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesPanel:
    """`add_url` is empty for those who may only look."""

    pictures: Sequence[Shown]
    files: Sequence[Shown]
    add_url: str
    limit_mb: int


def files_panel(user: User, found: Found) -> FilesPanel | None:
    """What hangs on it; None for those who may not see files there."""
    if not found.may(user, VIEW):
        return None
    removes_any = found.may(user, REMOVE)
    shown = [
        Shown(one, type_name(one.file.media_type), removes_any or one.by_id == user.pk)
        for one in attachments_of(found.label, found.pk)
    ]
    return FilesPanel(
        pictures=[one for one in shown if one.attachment.kind == Attachment.Kind.PICTURE],
        files=[one for one in shown if one.attachment.kind == Attachment.Kind.FILE],
        add_url=reverse("files:add", args=[found.label, found.pk]) if found.may(user, ADD) else "",
        limit_mb=settings.ITOPS_UPLOAD_MB,
    )
