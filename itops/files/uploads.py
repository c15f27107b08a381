"""Stops taking in a file that is larger than allowed, before it fills the disk."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class LimitedUploadHandler(FileUploadHandler):
    """Goes before the handlers that keep what comes; the page finds no file and says why."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > _limit():
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


def over_limit(request: HttpRequest) -> bool:
    """Whether what was sent is larger than one file may be."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > _limit()


def _limit() -> int:
    return int(settings.ITOPS_UPLOAD_MB) * 2**20
