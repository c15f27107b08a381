"""JSON in and out, by orjson: several times as fast as the standard library on a thousand records."""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer


class TooLarge(APIException):  # type: ignore[misc]
    status_code = 413


class JsonRenderer(BaseRenderer):  # type: ignore[misc]
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, media_type: str | None = None, context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else written(data)


class JsonParser(BaseParser):  # type: ignore[misc]
    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, context: Mapping[str, Any] | None = None
    ) -> Any:
        most = settings.ITOPS_UPLOAD_MB * 2**20
        data = stream.read(most + 1)
        if len(data) > most:
            raise TooLarge(_("More than %(n)d MB at once are not taken.") % {"n": settings.ITOPS_UPLOAD_MB})
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError as wrong:
            raise ParseError(_("This is no JSON: %(why)s") % {"why": wrong}) from wrong


def written(data: Any) -> bytes:
    """Numbers and depths beyond orjson's are left to the standard library."""
    try:
        return orjson.dumps(data, default=str)
    except TypeError:
        return json.dumps(data, default=str, ensure_ascii=False).encode()
