"""Audiences, the groups Fin can target (API 2.16 description, /audiences)."""

import sqlite3

from ..calls.call import Call
from ..calls.numbered_pages import numbered_page
from ..storage.columns import dump_json, load_json
from ..wire.errors import ApiError, resource_not_found
from ..wire.json_values import JsonObject, as_list, as_object
from ..wire.messages import Response, empty_response, json_response

PREDICATE_KEYS = frozenset(("attribute", "type", "comparison", "value"))


def index(call: Call) -> Response:
    """GET /audiences: 50 a page, by id."""
    page = numbered_page(call.query, default=50, largest=50)
    total = call.store.number("select count(*) from audiences")
    rows = call.store.all("select * from audiences order by seq limit ? offset ?", page.size, page.offset)
    return json_response(
        {
            "type": "list",
            "data": [_render_audience(row) for row in rows],
            "total_count": total,
            "page": page.number,
            "per_page": page.size,
            "total_pages": page.count(total),
        }
    )


def create(call: Call) -> Response:
    """POST /audiences: 201 with the audience. Names need not be unique (assumption)."""
    if call.body.get("name") is None:
        raise ApiError(422, "validation_error", "Name is required")
    seq = call.store.reserve("audiences")
    call.store.run(
        "insert into audiences values (?, ?, ?, ?, ?, ?)",
        *(
            seq,
            _read_name(call.body),
            _read_predicates(call.body, "predicates"),
            _read_predicates(call.body, "role_predicates"),
        ),
        *(call.now, call.now),
    )
    return json_response(_render_audience(_find_audience(call, str(seq))), status=201)


def show(call: Call) -> Response:
    """GET /audiences/{id}."""
    return json_response(_render_audience(_find_audience(call, call.parameters["id"])))


def update(call: Call) -> Response:
    """PUT /audiences/{id}: what is not sent stays as it is; a list replaces the stored one."""
    row, body = _find_audience(call, call.parameters["id"]), call.body
    name = _read_name(body) if "name" in body else row["name"]
    lists = [
        _read_predicates(body, key) if key in body else row[key] for key in ("predicates", "role_predicates")
    ]
    call.store.run(
        "update audiences set name = ?, predicates = ?, role_predicates = ?, updated_at = ? where seq = ?",
        *(name, *lists, call.now, row["seq"]),
    )
    return json_response(_render_audience(_find_audience(call, call.parameters["id"])))


def delete(call: Call) -> Response:
    """DELETE /audiences/{id}: 204."""
    row = _find_audience(call, call.parameters["id"])
    call.store.run("delete from audiences where seq = ?", row["seq"])
    return empty_response(204)


def _read_name(body: JsonObject) -> str:
    name = body["name"]
    if not isinstance(name, str) or not name.strip():
        raise ApiError(422, "validation_error", "Name must not be blank")
    return name


def _read_predicates(body: JsonObject, key: str) -> str:
    """A list of predicates as it is stored; a predicate is four texts.

    Only the shape is checked: which attributes, types and comparisons Intercom takes is not established, nor is the
    text of this error.
    """
    predicates = as_list(body.get(key, []))
    if predicates is None or not all(_is_predicate(as_object(predicate) or {}) for predicate in predicates):
        raise ApiError(422, "validation_error", f"{key} is invalid")
    return dump_json(predicates)


def _is_predicate(predicate: JsonObject) -> bool:
    return predicate.keys() == PREDICATE_KEYS and all(isinstance(value, str) for value in predicate.values())


def _find_audience(call: Call, audience_id: str) -> sqlite3.Row:
    row = call.store.first_row("select * from audiences where cast(seq as text) = ?", audience_id)
    if row is None:
        raise resource_not_found()
    return row


def _render_audience(row: sqlite3.Row) -> JsonObject:
    return {
        "type": "audience",
        "id": str(row["seq"]),
        "name": row["name"],
        "predicates": load_json(row["predicates"]),
        "role_predicates": load_json(row["role_predicates"]),
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }
