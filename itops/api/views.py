"""The interface's answers: a list of records, one record, and what each verb does to them."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from urllib.parse import unquote

import django
from django.core.exceptions import PermissionDenied as Forbidden
from django.core.exceptions import ValidationError as Refused
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotFound,
    PermissionDenied,
    ValidationError,
)
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from itops.api import writing
from itops.api.asked import Asked, asked
from itops.api.authentication import TokenAuthentication
from itops.api.bare import bare
from itops.api.columns import Endpoint, Interface, Sort, root
from itops.api.openapi import document
from itops.api.output import Chosen, Record, written
from itops.api.speaking import JsonParser, JsonRenderer
from itops.api.writing import Body
from itops.crud.paging import between
from itops.crud.personal import note_many, note_one
from itops.crud.versions import version_of, with_version
from itops.database.actor import acting
from itops.organisation.models import User

MANNERS = "4.0"  # the generation of NetBox's interface whose manners these are; its clients ask


class InterfaceView(APIView):  # type: ignore[misc]
    """Signed in by token or session; what it writes carries the account's name and the header's reason."""

    interface = Interface(())
    authentication_classes = (TokenAuthentication, SessionAuthentication)
    permission_classes = (IsAuthenticated,)
    renderer_classes = (JsonRenderer,)
    parser_classes = (JsonParser,)
    throttle_classes = ()
    metadata_class = None

    @property
    def user(self) -> User:
        user: User = self.request.user
        return user

    @contextmanager
    def acting(self) -> Iterator[None]:
        """One transaction, in which the database knows who acts and why."""
        with acting(self.user.actor, said_reason(self.request)), transaction.atomic():
            yield

    def get_exception_handler(self) -> Any:
        return answer_to

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response["API-Version"] = MANNERS
        return super().finalize_response(request, response, *args, **kwargs)


class Status(InterfaceView):
    """Whether it answers, and what it runs on."""

    def get(self, request: Request) -> Response:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            [server] = cursor.fetchone() or [""]
        versions = {"python": platform.python_version(), "django": django.__version__, "postgresql": server}
        return Response({f"{name}-version": version for name, version in versions.items()})


class Schema(InterfaceView):
    """The OpenAPI document."""

    def get(self, request: Request) -> Response:
        return Response(document(self.interface, root(request)))


class Start(InterfaceView):
    """What there is: the apps, and their endpoints."""

    def get(self, request: Request) -> Response:
        base = root(request)
        apps = sorted({endpoint.resource.namespace for endpoint in self.interface.endpoints})
        return Response({name: f"{base}{name}/" for name in [*apps, "schema", "status"]})


class Section(InterfaceView):
    """The endpoints of an app."""

    def get(self, request: Request, namespace: str) -> Response:
        base = root(request)
        found = [one for one in self.interface.endpoints if one.resource.namespace == namespace]
        if not found:
            raise Http404
        return Response({one.resource.path: f"{base}{one.name}/" for one in found})


class RecordsView(InterfaceView):
    """An endpoint's records."""

    endpoint: Endpoint | None = None

    @property
    def records_of(self) -> Endpoint:
        assert self.endpoint is not None
        return self.endpoint

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in {*SAFE_METHODS, *self.records_of.verbs}:
            raise MethodNotAllowed(request.method)

    def shown(self, instances: Sequence[Any], chosen: Chosen | None = None) -> list[Record]:
        return written(
            self.interface,
            self.records_of,
            instances,
            request=self.request._request,
            user=self.user,
            chosen=chosen,
        )

    def options(self, request: Request, *args: object, **kwargs: object) -> Response:
        """The fields and their choices, as NetBox's clients ask for them."""
        columns = [self.records_of.columns[name] for name in self.records_of.writable]
        fields = {column.name: _described(column, self.records_of) for column in columns}
        name = self.records_of.resource.plural
        return Response({"name": name, "description": name, "actions": {"POST": fields, "PUT": fields}})


class ManyView(RecordsView):
    """The list, and writing many at once: all or nothing."""

    def get(self, request: Request) -> Response:
        self.records_of.resource.demand(self.user, "view")
        try:
            wanted = asked(self.records_of, request._request, self.user)
        except Refused as refused:
            raise ValidationError(refused.message_dict) from refused
        count = wanted.count
        stop = min(wanted.offset + wanted.limit, count)
        instances = between(wanted.found, wanted.offset, stop, count, partial(bare, long=True))
        links = _links(request.build_absolute_uri(), wanted)
        note_many(self.records_of.resource, request, len(instances))
        return Response({"count": count, **links, "results": self.shown(instances, wanted.chosen)})

    def post(self, request: Request) -> Response:
        body = Body.of(request.data)
        with self.acting():
            added = writing.add(self.records_of, body, by=self.user)
        return self._answer(added, body, 201)

    def put(self, request: Request) -> Response:
        return self._change(request, whole=True)

    def patch(self, request: Request) -> Response:
        return self._change(request, whole=False)

    def delete(self, request: Request) -> Response:
        with self.acting():
            writing.delete(self.records_of, writing.keys_of(Body.of(request.data)), by=self.user)
        return Response(status=204)

    def _change(self, request: Request, *, whole: bool) -> Response:
        body = Body.of(request.data)
        with self.acting():
            changed = writing.change(self.records_of, body, by=self.user, whole=whole)
        return self._answer(changed, body, 200)

    def _answer(self, instances: Sequence[Any], body: Body, status: int) -> Response:
        note_many(self.records_of.resource, self.request, len(instances))
        shown = self.shown(instances)
        if body.listed:
            return Response(shown, status=status)
        return Response(shown[0], status=status, headers={"Location": shown[0]["url"]})


class OneView(RecordsView):
    """One record; `ETag` is its row's version, and `If-Match` refuses to overwrite another."""

    def get(self, request: Request, pk: int) -> Response:
        self.records_of.resource.demand(self.user, "view")
        return self._answer(pk, self.records_of.resource.told(self.user))

    def put(self, request: Request, pk: int) -> Response:
        return self._change(request, pk, whole=True)

    def patch(self, request: Request, pk: int) -> Response:
        return self._change(request, pk, whole=False)

    def delete(self, request: Request, pk: int) -> Response:
        with self.acting():
            writing.delete(self.records_of, [pk], by=self.user, match=request.headers.get("If-Match", ""))
        return Response(status=204)

    def _change(self, request: Request, pk: int, *, whole: bool) -> Response:
        if not isinstance(request.data, dict):
            raise ValidationError({writing.ROW: [_("A JSON object is expected.")]})
        body, match = Body([{**request.data, "id": pk}], False), request.headers.get("If-Match", "")
        with self.acting():
            writing.change(self.records_of, body, by=self.user, whole=whole, match=match)
        return self._answer(
            pk, self.records_of.resource.visible(self.user)
        )  # who made it confidential knows it

    def _answer(self, pk: int, among: QuerySet[Any]) -> Response:
        instance = with_version(among).filter(pk=pk).first()
        if instance is None:
            raise Http404
        note_one(self.records_of.resource, self.request, instance)
        return Response(self.shown([instance])[0], headers={"ETag": f'"{version_of(instance)}"'})


def said_reason(request: Request) -> str:
    """The header X-Reason: plain, percent-encoded, or UTF-8 as it is."""
    text = request.headers.get("X-Reason", "")
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode()
    return unquote(text).replace("\x00", "")


def answer_to(refused: Exception, context: Mapping[str, Any]) -> Response | None:
    """As DRF answers, but the transaction is not its business: the writing verbs open and end their own."""
    if isinstance(refused, Http404):
        refused = NotFound()
    elif isinstance(refused, Forbidden):
        refused = PermissionDenied()
    if not isinstance(refused, APIException):
        return None
    wait, asks_for = getattr(refused, "wait", None), getattr(refused, "auth_header", None)
    headers = {"Retry-After": f"{wait:.0f}"} if wait else {}
    headers |= {"WWW-Authenticate": asks_for} if asks_for else {}
    told = refused.detail if isinstance(refused.detail, list | dict) else {"detail": refused.detail}
    return Response(told, status=refused.status_code, headers=headers)


def _links(here: str, wanted: Asked) -> dict[str, str | None]:
    limited = replace_query_param(here, "limit", wanted.limit)
    after, before = wanted.offset + wanted.limit, max(wanted.offset - wanted.limit, 0)
    next_ = replace_query_param(limited, "offset", after) if after < wanted.count else None
    previous = (
        replace_query_param(limited, "offset", before) if before else remove_query_param(limited, "offset")
    )
    return {"next": next_, "previous": previous if wanted.offset else None}


def _described(column: Any, endpoint: Endpoint) -> dict[str, Any]:
    known = {
        "type": column.sort.value,
        "required": column.name in endpoint.required,
        "read_only": False,
        "label": str(column.field.verbose_name),
    }
    if column.sort is Sort.CHOICE:
        known["choices"] = [
            {"value": value, "display_name": str(label)} for value, label in column.field.flatchoices
        ]
    return known
