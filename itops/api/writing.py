"""Adding, changing and deleting through the interface: one record or many, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError

from itops.api.columns import Endpoint
from itops.crud.batch import Problem
from itops.crud.history import delete as delete_records
from itops.crud.history import references_among
from itops.crud.intake import FORBIDDEN, store, take
from itops.crud.versions import version_of, with_version
from itops.organisation.models import User

MOST_AT_ONCE = 10_000
LARGEST_KEY = 2**63 - 1
SHOWN_ONLY = ("id", "url", "display")
ROW = "__all__"

Given = Mapping[str, Any]


class Conflict(APIException):  # type: ignore[misc]
    status_code = 409

    def __init__(self, detail: object) -> None:
        self.detail = detail  # as it is: the framework would make every number a text


class ChangedMeanwhile(APIException):  # type: ignore[misc]
    status_code = 412


@dataclass(frozen=True, slots=True)
class Body:
    """What was sent: objects, and whether they came as a list."""

    rows: Sequence[Given]
    listed: bool

    @classmethod
    def of(cls, data: Any) -> "Body":
        rows = data if isinstance(data, list) else [data]
        if not rows or len(rows) > MOST_AT_ONCE:
            raise ValidationError({ROW: [_("Send 1 to %(n)d objects.") % {"n": MOST_AT_ONCE}]})
        if not all(isinstance(row, dict) for row in rows):
            raise ValidationError({ROW: [_("A JSON object is expected, or a list of them.")]})
        return cls(rows, isinstance(data, list))


def add(endpoint: Endpoint, body: Body, *, by: User) -> list[Any]:
    endpoint.resource.demand(by, "add")
    return _taken(endpoint, body, by=by)


def change(endpoint: Endpoint, body: Body, *, by: User, whole: bool, match: str = "") -> list[Any]:
    """Each object names its record by id. `whole` demands every required field; `match` is the version of one."""
    endpoint.resource.demand(by, "change")
    held = _held(endpoint, _keys(body), "change", by)
    if match and not any(_matches(match, one) for one in held):
        raise ChangedMeanwhile(_("Somebody has changed it meanwhile."))
    return _taken(endpoint, body, by=by, existing=held, whole=whole)


def delete(endpoint: Endpoint, keys: Sequence[int], *, by: User, match: str = "") -> None:
    """Only what nothing refers to, so that nothing that happened disappears."""
    endpoint.resource.demand(by, "delete")
    held = _held(endpoint, keys, "delete", by)
    if match and not any(_matches(match, one) for one in held):
        raise ChangedMeanwhile(_("Somebody has changed it meanwhile."))
    history = references_among(endpoint.resource, keys)
    if history:
        said = _("It has a history: archive it instead.")
        found = [{"id": key, "references": dict(kinds)} for key, kinds in history.items()]
        raise Conflict({"detail": said, "records": found})
    try:
        delete_records(endpoint.resource, keys)
    except IntegrityError as kept:
        raise Conflict(_("Other records rest on it.")) from kept


def keys_of(body: Body) -> list[int]:
    return _keys(body)


def _taken(
    endpoint: Endpoint, body: Body, *, by: User, existing: Sequence[Any] | None = None, whole: bool = False
) -> list[Any]:
    rows = [{name: value for name, value in row.items() if name not in SHOWN_ONLY} for row in body.rows]
    taken = take(endpoint.resource, rows, user=by, existing=existing, complete=whole)
    if taken.problems:
        _refuse(taken.problems, body)
    try:
        with transaction.atomic():
            stored = store(taken)
            if endpoint.resource.after_writing:
                endpoint.resource.after_writing()
            return stored
    except IntegrityError as collided:
        raise Conflict(_("Somebody has just recorded something that contradicts this.")) from collided


def _refuse(problems: Sequence[Problem], body: Body) -> None:
    """By field; for a list by row as well, in its order, empty for what was right."""
    said: list[dict[str, list[str]]] = [{} for _row in body.rows]
    for problem in problems:
        said[problem.row].setdefault(problem.field or ROW, []).append(problem.sentence)
    kind = PermissionDenied if all(one.code == FORBIDDEN for one in problems) else ValidationError
    raise kind(said if body.listed else said[0])


def _keys(body: Body) -> list[int]:
    keys = [row.get("id") for row in body.rows]
    whole = [
        key for key in keys if isinstance(key, int) and not isinstance(key, bool) and 0 < key <= LARGEST_KEY
    ]
    if len(whole) != len(keys):
        raise ValidationError({"id": [_("Each object needs the id of its record.")]})
    if len(set(whole)) != len(whole):
        raise ValidationError({"id": [_("The same record is named twice.")]})
    return whole


def _held(endpoint: Endpoint, keys: Sequence[int], action: str, by: User) -> list[Any]:
    """Locked until the transaction ends, in the order asked. 404 for what is not seen, 403 for what may not be."""
    seen = set(endpoint.resource.told(by).filter(pk__in=keys).values_list("pk", flat=True))
    gone = [key for key in keys if key not in seen]
    if gone:
        raise NotFound(_("There is no record %(ids)s.") % {"ids": ", ".join(map(str, gone))})
    mine = endpoint.resource.visible(by, action).order_by()
    found = with_version(mine).select_for_update(of=("self",)).in_bulk(list(keys))
    if len(found) != len(keys):
        raise PermissionDenied
    return [found[key] for key in keys]


def _matches(match: str, instance: Any) -> bool:
    versions = [one.strip().removeprefix("W/").strip('"') for one in match.split(",")]
    return "*" in versions or version_of(instance) in versions
