"""Conversation attributes and the options of lists (API 2.16 description, /conversations/attributes).

They are not data attributes: a name can be changed, options have ids of their own, and deleting is archiving.
Assumptions: the texts of errors that the description does not give, that keys it does not name are ignored, and that
two options may share a label.
"""

import sqlite3

from ...calls.admin import ADMIN_ID
from ...calls.call import Call
from ...calls.parameters import read_flag
from ...storage.columns import dump_json, load_json
from ...storage.identifiers import object_uuid
from ...wire.errors import ApiError
from ...wire.json_values import JsonObject, as_list, as_object
from ...wire.messages import Response, json_response

TYPES = ("string", "integer", "list", "decimal", "boolean", "datetime", "relationship", "files")
FEWEST_OPTIONS = 2


def index(call: Call) -> Response:
    """GET /conversations/attributes: by id (assumption); archived ones with `include_archived`."""
    archived = read_flag(call.query, "include_archived")
    rows = call.store.all("select * from conversation_attributes where archived <= ? order by id", archived)
    return json_response({"type": "list", "data": [_render_attribute(row) for row in rows]})


def create(call: Call) -> Response:
    """POST /conversations/attributes: 200 with the new attribute."""
    body = call.body
    data_type = body.get("data_type")
    if not isinstance(data_type, str) or data_type not in TYPES:
        name = "" if data_type is None else str(data_type)
        raise _invalid_parameter(f"data_type '{name}' is not valid. Allowed types: {', '.join(TYPES)}")
    if body.get("name") is None:
        raise _invalid_parameter("name is required")
    name = _read_name(call, body["name"], itself=None)
    number = call.store.reserve("conversation_attributes")
    detail = _read_detail(body, data_type, {"multiline": False} if data_type == "string" else {})
    if data_type == "list":
        detail["options"] = _read_options(number, body.get("options"))
    call.store.run(
        "insert into conversation_attributes values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        *(number, name, _read_description(body.get("description")), data_type),
        *(_read_flag(body, "required", False), _read_team_ids(body.get("visible_to_team_ids"))),
        *(dump_json(detail), call.now, call.now),
    )
    return _attribute_response(call, number)


def show(call: Call) -> Response:
    """GET /conversations/attributes/{id}, archived or not."""
    return json_response(_render_attribute(_find_attribute(call)))


def update(call: Call) -> Response:
    """PUT /conversations/attributes/{id}: what is not sent stays; type, options and `archived` cannot be changed."""
    row, body = _find_attribute(call), call.body
    values = {
        "name": _read_name(call, body["name"], itself=row["id"]) if "name" in body else row["name"],
        "description": _read_description(body["description"])
        if "description" in body
        else row["description"],
        "required": _read_flag(body, "required", bool(row["required"])),
        "team_ids": _read_team_ids(body["visible_to_team_ids"])
        if "visible_to_team_ids" in body
        else row["team_ids"],
        "detail": dump_json(_read_detail(body, row["data_type"], load_json(row["detail"]))),
    }
    call.store.run(
        "update conversation_attributes set name = ?, description = ?, required = ?, team_ids = ?, detail = ?,"
        " updated_at = ? where id = ?",
        *(*values.values(), call.now, row["id"]),
    )
    return _attribute_response(call, row["id"])


def delete(call: Call) -> Response:
    """DELETE /conversations/attributes/{id}: archives it; 200 with the attribute."""
    row = _find_attribute(call)
    call.store.run(
        "update conversation_attributes set archived = 1, updated_at = ? where id = ?", call.now, row["id"]
    )
    return _attribute_response(call, row["id"])


def add_option(call: Call) -> Response:
    """POST /conversations/attributes/{id}/options: 200 with the whole attribute, as for each call on options."""
    row = _find_list_attribute(call)
    options = load_json(row["detail"])["options"]
    options.append(_new_option(row["id"], len(options) + 1, _read_label(call.body)))
    return _store_options(call, row, options)


def update_option(call: Call) -> Response:
    """PUT /conversations/attributes/{id}/options/{option_id}: another label."""
    row = _find_list_attribute(call)
    options = load_json(row["detail"])["options"]
    _find_option(call, options)["label"] = _read_label(call.body)
    return _store_options(call, row, options)


def delete_option(call: Call) -> Response:
    """DELETE /conversations/attributes/{id}/options/{option_id}: archives it; two active ones must be left."""
    row = _find_list_attribute(call)
    options = load_json(row["detail"])["options"]
    _find_option(call, options)["archived"] = True
    _check_active_options(options)
    return _store_options(call, row, options)


def _invalid_parameter(message: str) -> ApiError:
    return ApiError(422, "parameter_invalid", message)


def _not_found(what: str) -> ApiError:
    return ApiError(404, "conversation_attribute_not_found", f"{what} not found")


def _find_attribute(call: Call) -> sqlite3.Row:
    row = call.store.first_row(
        "select * from conversation_attributes where cast(id as text) = ?", call.parameters["id"]
    )
    if row is None:
        raise _not_found("Conversation attribute")
    return row


def _find_list_attribute(call: Call) -> sqlite3.Row:
    row = _find_attribute(call)
    if row["data_type"] != "list":
        raise _invalid_parameter("Options can only be managed on list attributes")
    return row


def _find_option(call: Call, options: list[JsonObject]) -> JsonObject:
    for option in options:
        if option["id"] == call.parameters["option_id"]:
            return option
    raise _not_found("List option")


def _read_label(body: JsonObject) -> str:
    if body.keys() - {"label"}:
        raise _invalid_parameter("only 'label' is accepted")
    label = body.get("label")
    if label is None or label == "":
        raise _invalid_parameter("label is required")
    if not isinstance(label, str):
        raise _invalid_parameter("label must be a string")
    return label


def _read_options(attribute: int, value: object) -> list[JsonObject]:
    items = as_list([] if value is None else value)
    if items is None:
        raise _invalid_parameter("options must be an array")
    options = [
        _new_option(attribute, number, _read_label(as_object(item) or {}))
        for number, item in enumerate(items, start=1)
    ]
    _check_active_options(options)
    return options


def _new_option(attribute: int, number: int, label: str) -> JsonObject:
    """An option; its id is derived from attribute and number, which is stable as options are never removed."""
    option_id = object_uuid("conversation_attribute_option", f"{attribute}/{number}")
    return {"id": option_id, "label": label, "archived": False}


def _check_active_options(options: list[JsonObject]) -> None:
    if sum(not option["archived"] for option in options) < FEWEST_OPTIONS:
        raise _invalid_parameter(f"A list attribute must have at least {FEWEST_OPTIONS} active options")


def _read_name(call: Call, value: object, *, itself: int | None) -> str:
    """A name, which no other attribute may have where the switch says so; `itself` is the attribute's own id."""
    if not isinstance(value, str) or not value.strip():
        raise _invalid_parameter("name must be a string that is not blank")
    taken = "select id from conversation_attributes where name = ? and id is not ?"
    if call.switches.conversation_attribute_names_unique and call.store.first_row(taken, value, itself):
        raise _invalid_parameter(f"name '{value}' is already in use")
    return value


def _read_description(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _invalid_parameter("description must be a string")
    return value


def _read_flag(body: JsonObject, key: str, default: bool) -> bool:
    value = body.get(key, default)
    if not isinstance(value, bool):
        raise _invalid_parameter(f"{key} must be a boolean")
    return value


def _read_team_ids(value: object) -> str:
    teams = as_list([] if value is None else value)
    if teams is None or not all(isinstance(team, str) for team in teams):
        raise _invalid_parameter("visible_to_team_ids must be an array of strings")
    return dump_json(teams)


def _read_detail(body: JsonObject, data_type: str, earlier: JsonObject) -> JsonObject:
    """`earlier` with the changes of the body: `multiline` of texts and `reference` of relationships.

    Other types ignore them.
    """
    detail = dict(earlier)
    if data_type == "string":
        detail["multiline"] = _read_flag(body, "multiline", earlier["multiline"])
    if data_type == "relationship" and ("reference" in body or not earlier):
        reference = as_object(body.get("reference")) or {}
        if reference.get("type") not in ("one", "many"):
            raise _invalid_parameter("reference.type must be one or many")
        if not isinstance(reference.get("object_type_id", ""), str):
            raise _invalid_parameter("reference.object_type_id must be a string")
        detail["reference"] = {key: reference[key] for key in ("type", "object_type_id") if key in reference}
    return detail


def _store_options(call: Call, row: sqlite3.Row, options: list[JsonObject]) -> Response:
    call.store.run(
        "update conversation_attributes set detail = ?, updated_at = ? where id = ?",
        *(dump_json({"options": options}), call.now, row["id"]),
    )
    return _attribute_response(call, row["id"])


def _attribute_response(call: Call, attribute_id: int) -> Response:
    (row,) = call.store.all("select * from conversation_attributes where id = ?", attribute_id)
    return json_response(_render_attribute(row))


def _render_attribute(row: sqlite3.Row) -> JsonObject:
    return {
        "type": "conversation_attribute",
        "id": row["id"],
        "name": row["name"],
        "description": row["description"],
        "data_type": row["data_type"],
        "required": bool(row["required"]),
        "visible_to_team_ids": load_json(row["team_ids"]),
        "archived": bool(row["archived"]),
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "admin_id": ADMIN_ID,
        **load_json(row["detail"]),
    }
