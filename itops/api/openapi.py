"""The OpenAPI document, written out of the endpoints' columns: what answers and what describes it are one thing."""

from collections.abc import Mapping
from typing import Any

from itops.api.asked import HIGHEST_LIMIT, USUAL_LIMIT, conditions, orders, page_filters
from itops.api.columns import Column, Endpoint, Interface, Sort
from itops.api.output import members

Json = dict[str, Any]

PLAIN: Mapping[Sort, Json] = {
    Sort.TEXT: {"type": "string"},
    Sort.NUMBER: {"type": "integer", "format": "int64"},
    Sort.DECIMAL: {"type": "string", "format": "decimal"},
    Sort.YES_NO: {"type": "boolean"},
    Sort.DAY: {"type": "string", "format": "date"},
    Sort.MOMENT: {"type": "string", "format": "date-time"},
    Sort.CLOCK: {"type": "string", "description": "HH:MM or HH:MM:SS, local"},
    Sort.CHOICE: {"type": "string"},
    Sort.REFERENCE: {"type": "integer", "format": "int64"},
    Sort.STRUCTURE: {"type": "object"},
}
BRIEF: Json = {
    "type": "object",
    "description": "What a record refers to. `display` is null for what the account may not see.",
    "required": ["id", "url", "display"],
    "properties": {
        "id": {"type": "integer", "format": "int64"},
        "url": {"type": "string", "nullable": True},
        "display": {"type": "string", "nullable": True},
    },
}
CHOICE: Json = {
    "type": "object",
    "required": ["value", "label"],
    "properties": {
        "value": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "label": {"type": "string"},
    },
}
WANTED: Json = {
    "description": "By id, by name, or by {field: value}.",
    "anyOf": [{"type": "integer", "format": "int64"}, {"type": "string"}, {"type": "object"}],
}
TROUBLE: Json = {"description": "`detail`, or sentences by field; for a list of objects one entry for each."}
REFUSED = {
    "400": "It cannot be understood or taken: what is wrong, by field.",
    "401": "Nobody is signed in, or the token is not valid.",
    "403": "The account may not do this.",
    "404": "There is no such record for this account.",
    "406": "Only JSON is spoken.",
    "409": "Something refers to the record, or contradicts it.",
    "412": "The record has changed since the version in If-Match.",
    "413": "Too much at once.",
    "415": "Only JSON is read.",
    "429": "Too many wrong tokens.",
}
MATCH: Json = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag that was read: nothing is written when the record has changed since.",
    "schema": {"type": "string"},
}
REASON: Json = {
    "name": "X-Reason",
    "in": "header",
    "description": "Why: it stands in the change record. Percent-encode what is not ASCII.",
    "schema": {"type": "string"},
}


def document(interface: Interface, address: str) -> Json:
    """`address` is the root's; paths are given with it taken off, as NetBox's clients look them up."""
    paths: Json = {}
    schemas: Json = {"Brief": BRIEF, "Choice": CHOICE, "Trouble": TROUBLE}
    for endpoint in interface.endpoints:
        paths |= _paths(endpoint)
        schemas |= _schemas(endpoint)
    return {
        "openapi": "3.0.3",
        "info": {"title": "ITOps", "version": "1.0"},
        "servers": [{"url": address.removesuffix("api/").removesuffix("/") or "/"}],
        "security": [{"token": []}],
        "paths": paths | _standing(),
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`Token KEY`",
                }
            },
        },
    }


def _standing() -> Json:
    plain = {"type": "object", "additionalProperties": {"type": "string"}}
    answers = {"200": _answer("What there is.", plain), **_refusals("401", "403", "406", "429")}
    return {
        "/api/": {"get": {"operationId": "root", "tags": ["interface"], "responses": answers}},
        "/api/status/": {"get": {"operationId": "status", "tags": ["interface"], "responses": answers}},
    }


def _paths(endpoint: Endpoint) -> Json:
    name = _name(endpoint)
    one, many, page = _ref(name), _listed(_ref(name)), _ref(f"{name}List")
    given, changed = _ref(f"{name}Request"), _ref(f"{name}Change")
    numbered = _listed(_ref(f"{name}NumberedChange"))
    keyed = _listed(_ref("Numbered"))
    either = {"anyOf": [one, many]}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    make = _maker(endpoint)
    described: Json = {
        f"/api/{endpoint.name}/": {
            "get": make("list", "200", page, parameters=_parameters(endpoint)),
            "post": make("add", "201", either, body={"anyOf": [given, _listed(given)]}),
            "put": make("replace_many", "200", many, body=numbered),
            "patch": make("change_many", "200", many, body=numbered),
            "delete": make("delete_many", "204", None, body=keyed),
        },
        f"/api/{endpoint.name}/{{id}}/": {
            "parameters": [key],
            "get": make("read", "200", one),
            "put": make("replace", "200", one, body=given, parameters=[MATCH]),
            "patch": make("change", "200", one, body=changed, parameters=[MATCH]),
            "delete": make("delete", "204", None, parameters=[MATCH]),
        },
    }
    known = {"parameters", "get", *(verb.lower() for verb in endpoint.verbs)}
    return {
        address: {name: said for name, said in operations.items() if name in known}
        for address, operations in described.items()
    }


def _maker(endpoint: Endpoint) -> Any:
    """Makes operations of this endpoint."""

    def make(
        verb: str,
        status: str,
        shown: Json | None,
        *,
        body: Json | None = None,
        parameters: list[Json] | None = None,
    ) -> Json:
        writes = verb not in ("list", "read")
        operation: Json = {
            "operationId": f"{endpoint.name.replace('/', '_').replace('-', '_')}_{verb}",
            "tags": [endpoint.resource.namespace],
            "parameters": [*(parameters or []), *([REASON] if writes else [])],
            "responses": {status: _answer("Done.", shown), **_refusals(*REFUSED)},
        }
        if body is not None:
            operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
        return operation

    return make


def _schemas(endpoint: Endpoint) -> Json:
    name = _name(endpoint)
    taken = {column: _taken(endpoint.columns[column]) for column in endpoint.writable}
    if "custom" in endpoint.columns:
        taken["custom"] = {"type": "object", "description": "Values of the county's own fields by key."}
    taken |= {one.name: {"type": "array", "items": WANTED} for one in endpoint.several}
    key = {"id": {"type": "integer", "format": "int64", "minimum": 1}}
    return {
        name: {"type": "object", "properties": {one: _member(endpoint, one) for one in members(endpoint)}},
        f"{name}List": _page(name),
        f"{name}Request": _object(taken, list(endpoint.required)),
        f"{name}Change": _object(taken, []),
        f"{name}NumberedChange": _object(key | taken, ["id"]),
        "Numbered": _object(key, ["id"]),
    }


def _object(properties: Json, required: list[str]) -> Json:
    known: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return known | ({"required": required} if required else {})


def _page(name: str) -> Json:
    link = {"type": "string", "format": "uri", "nullable": True}
    return {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {"type": "integer"},
            "next": link,
            "previous": link,
            "results": {"type": "array", "items": _ref(name)},
        },
    }


def _member(endpoint: Endpoint, name: str) -> Json:
    if name in ("url", "display"):
        return {"type": "string", "readOnly": True}
    if name not in endpoint.columns:
        return {"type": "array", "items": _ref("Brief")}
    column = endpoint.columns[name]
    if column.sort is Sort.REFERENCE:
        return {"nullable": True, "allOf": [_ref("Brief")]}
    if column.sort is Sort.CHOICE:
        return {"nullable": True, "allOf": [_ref("Choice")]}
    return PLAIN[column.sort] | ({"nullable": True} if column.field.null else {})


def _taken(column: Column) -> Json:
    known = dict(WANTED) if column.sort is Sort.REFERENCE else dict(PLAIN[column.sort])
    if column.sort is Sort.CHOICE:
        values = [value for value, _label in column.field.flatchoices]
        known["enum"] = [*values, ""] if column.field.blank else values
        known["type"] = "integer" if all(isinstance(value, int) for value in values) else "string"
    if column.sort is Sort.TEXT and column.field.max_length:
        known["maxLength"] = column.field.max_length
    return known | ({"nullable": True} if column.field.null else {})


def _parameters(endpoint: Endpoint) -> list[Json]:
    """Given several times, a parameter means any of its values."""
    found = [
        _parameter("limit", {"type": "integer", "minimum": 0, "default": USUAL_LIMIT}, f"0: {HIGHEST_LIMIT}"),
        _parameter("offset", {"type": "integer", "minimum": 0}),
        _parameter("ordering", {"type": "string"}, ", ".join(orders(endpoint))),
        _parameter("brief", {"type": "boolean"}),
        _parameter("fields", {"type": "string"}, ", ".join(members(endpoint))),
        _parameter("q", {"type": "string"}),
    ]
    for condition in conditions(endpoint):
        schema = {"type": "array", "items": PLAIN[condition.sort]}
        found.append(_parameter(condition.name, schema))
    return found + [_parameter(name, {"type": "string"}) for name in page_filters(endpoint)]


def _parameter(name: str, schema: Json, description: str = "") -> Json:
    known = {"name": name, "in": "query", "schema": schema}
    return known | ({"description": description} if description else {})


def _answer(description: str, schema: Json | None) -> Json:
    return {"description": description} | (
        {"content": {"application/json": {"schema": schema}}} if schema is not None else {}
    )


def _refusals(*codes: str) -> Json:
    return {code: _answer(REFUSED[code], _ref("Trouble")) for code in codes}


def _name(endpoint: Endpoint) -> str:
    return endpoint.resource.model.__name__


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _listed(schema: Json) -> Json:
    return {"type": "array", "items": schema, "minItems": 1}
