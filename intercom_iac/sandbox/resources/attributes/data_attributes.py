"""Data attributes: listing, creating and updating (API 2.16 description, /data_attributes)."""

import sqlite3
import unicodedata

from ...calls.admin import ADMIN_ID
from ...calls.call import Call
from ...calls.parameters import read_flag
from ...search.segment_members import segments_using
from ...settings.switches import Switches
from ...storage.columns import CUSTOM_PREFIX, dump_json, load_json
from ...storage.store import Store
from ...wire.errors import ApiError, invalid_parameter
from ...wire.json_values import JsonObject, as_list, as_object
from ...wire.messages import Response, json_response
from .creation_source import is_creation_source
from .standard_attributes import (
    STANDARD_ATTRIBUTES,
    StandardAttribute,
    reserved_names,
)

DATA_NAMES = {"contact": "people", "company": "company"}
"""What Intercom's messages call the data of a model."""

STORED_TYPES = {
    "string": "string",
    "integer": "integer",
    "float": "float",
    "boolean": "boolean",
    "date": "date",
    "datetime": "date",
    "options": "string",
}
"""The type sent -> the type returned. A `datetime` becomes a `date`, as 2.16 returns no `datetime` (assumption)."""


def index(call: Call) -> Response:
    """GET /data_attributes: the custom ones, by id, come before `id` among the standard ones (recorded, API 2.3).

    Assumptions: so do those of companies, and companies come after contacts where the call names no model.
    """
    model = call.query.get("model")
    if model == "conversation":
        message = "model=conversation is no longer supported. Use GET /conversations/attributes instead"
        raise ApiError(422, "parameter_invalid", message)
    if model is not None and model not in STANDARD_ATTRIBUTES:
        raise _model_error()
    models = list(STANDARD_ATTRIBUTES) if model is None else [model]
    archived = read_flag(call.query, "include_archived")
    rows = call.store.all("select * from attributes where archived <= ? order by id", archived)
    data: list[JsonObject] = []
    for name in models:
        for attribute in STANDARD_ATTRIBUTES[name]:
            if attribute.full_name == "id":
                data += [_render_custom(row) for row in rows if row["model"] == name]
            data.append(_render_standard(name, attribute))
    return json_response({"type": "list", "data": data})


def create(call: Call) -> Response:
    """POST /data_attributes: 200 with the new attribute."""
    body = call.body
    model, name, data_type = body.get("model"), body.get("name"), body.get("data_type")
    if not isinstance(model, str) or model not in STANDARD_ATTRIBUTES:
        raise _model_error()
    if not isinstance(name, str) or not _is_valid_name(name, dollar=call.switches.dollar_in_attribute_names):
        raise invalid_parameter(
            "Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens"
        )
    if not isinstance(data_type, str) or data_type not in STORED_TYPES:
        raise invalid_parameter("Data Type isn't an option")
    name = name.strip(" ")
    options = _read_new_options(data_type, body)
    description, messenger = _read_description(body), _read_boolean(body, "messenger_writable")
    _check_name_is_free(call, model, name)
    _check_room(call)
    attribute_id = call.store.reserve("attributes")
    call.store.run(
        "insert into attributes values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        *(attribute_id, model, name, STORED_TYPES[data_type], options, description),
        *(bool(messenger), call.now, call.now),
    )
    return json_response(_read_attribute(call.store, attribute_id))


def update(call: Call) -> Response:
    """PUT /data_attributes/{id}: `archived`, `description`, `options` and `messenger_writable`.

    Other keys are ignored (assumption). `options` replaces all options, and turns a text attribute into a list.
    """
    row = _find_row(call.store, call.parameters["id"])
    if row is None:
        raise ApiError(404, "field_not_found", "We couldn't find that data attribute to update")
    body = call.body
    changes: dict[str, object] = {}
    if "description" in body:
        changes["description"] = _read_description(body)
    if "options" in body:
        if row["data_type"] != "string":
            raise invalid_parameter("Options are only for list type data attributes")
        changes["options"] = _read_options(body["options"])
    for key in ("messenger_writable", "archived"):
        if (value := _read_boolean(body, key)) is not None:
            changes[key] = value
    if changes.get("archived") is True and not row["archived"]:
        _check_unused(call, row)
    if changes.get("archived") is False and row["archived"] and _restoring_needs_room(call.switches):
        _check_room(call)
    for column, value in changes.items():
        call.store.run(f"update attributes set {column} = ? where id = ?", value, row["id"])  # noqa: S608
    call.store.run("update attributes set updated_at = ? where id = ?", call.now, row["id"])
    return json_response(_read_attribute(call.store, row["id"]))


def _model_error() -> ApiError:
    return invalid_parameter("The Data Attribute model field must be either contact or company")


def _limit_error() -> ApiError:
    """Code and text: observed when a person is saved. The status on POST /data_attributes is an assumption."""
    return ApiError(422, "custom_data_limit_reached", "Custom data limit reached")


def _in_use_error() -> ApiError:
    return ApiError(
        422, "data_invalid", "The Data Attribute you are trying to archive has a dependant object"
    )


def _is_valid_name(name: str, *, dollar: bool) -> bool:
    """Whether a name, not blank, has only letters with their marks, digits, spaces, `_`, `-`, `,` and currency signs.

    Space and underscore are missing from Intercom's message, but are in its examples; commas are in names that real
    programs create. Spaces around a name are not stored (assumption). A limit of length is not established.
    """
    return bool(name.strip()) and all(
        (character != "$" or dollar)
        and (
            character.isalnum()
            or character in " _-,"
            or unicodedata.category(character) in ("Sc", "Mn", "Mc")
        )
        for character in name
    )


def _read_new_options(data_type: str, body: JsonObject) -> str | None:
    """The stored options of a new attribute: `data_type: options`, or `string` with options, makes a list."""
    if data_type == "options":
        return _read_options(body.get("options", []))
    if body.get("options") is None:
        return None
    if data_type != "string":
        raise invalid_parameter("Options are only for list type data attributes")
    return _read_options(body["options"])


def _read_options(value: object) -> str:
    """`[{"value": "a"}, ...]` as it is stored; the texts of errors after the first two are assumptions."""
    items = as_list(value)
    if items is None:
        raise invalid_parameter("Options isn't an array")
    options: list[str] = []
    for item in items:
        option = (as_object(item) or {}).get("value")
        if not isinstance(option, str) or not option:
            raise invalid_parameter("Each option must be an object with a value")
        options.append(option)
    if len(options) < 2:
        raise invalid_parameter("You must have at least two options on a list type data attribute")
    if len(set(options)) < len(options):
        raise invalid_parameter("Options must be unique")
    return dump_json(options)


def _read_description(body: JsonObject) -> str | None:
    value = body.get("description")
    if value is not None and not isinstance(value, str):
        raise invalid_parameter("Description must be a string")
    return value


def _read_boolean(body: JsonObject, key: str) -> bool | None:
    value = body.get(key)
    if value is not None and not isinstance(value, bool):
        raise invalid_parameter(f"{key} must be a boolean")
    return value


def _check_name_is_free(call: Call, model: str, name: str) -> None:
    """Raises `ApiError` where the name is taken: by any custom attribute, or by a standard one of the same model.

    That the check of standard names ignores case follows from the example in Intercom's message (`'Name'`).
    """
    data_name = DATA_NAMES[model]
    if name.casefold() in reserved_names(model):
        raise invalid_parameter(
            f"'{name}' is one of our standard attributes for your {data_name} data."
            f" To save this as new {data_name} data, use a different name."
        )
    fold = str.casefold if call.switches.attribute_names_fold_case else str
    for row in call.store.all("select model, name, archived from attributes"):
        if row["archived"] and not call.switches.archived_names_reserved:
            continue
        if fold(row["name"]) == fold(name):
            raise invalid_parameter(
                f"You already have '{name}' in your {DATA_NAMES[row['model']]} data."
                f" To save this as new {data_name} data, use a different name."
            )


def _restoring_needs_room(switches: Switches) -> bool:
    """Whether restoring an attribute needs room under the limit, which archiving it had freed."""
    return switches.restoring_needs_room and not switches.archived_attributes_count


def _check_room(call: Call) -> None:
    count_archived = call.switches.archived_attributes_count
    used = call.store.number("select count(*) from attributes where archived <= ?", count_archived)
    if used >= call.switches.attribute_limit:
        raise _limit_error()


def _check_unused(call: Call, row: sqlite3.Row) -> None:
    """Raises `ApiError` where something depends on the attribute."""
    if row["name"] in call.switches.attributes_in_use:
        raise _in_use_error()
    field = f"{CUSTOM_PREFIX}{row['name']}"
    if (
        call.switches.segments_block_archiving
        and row["model"] == "contact"
        and segments_using(call.store, field)
    ):
        raise _in_use_error()
    if not call.switches.audiences_block_archiving:
        return
    names = {field}
    if row["model"] == "company":
        names = {f"company.{field}", f"company.{row['name']}"}
    for audience in call.store.all("select predicates from audiences"):
        if any(predicate.get("attribute") in names for predicate in load_json(audience["predicates"])):
            raise _in_use_error()


def _find_row(store: Store, attribute_id: str) -> sqlite3.Row | None:
    if not attribute_id.isdecimal() or len(attribute_id) > 15:
        return None
    return store.first_row("select * from attributes where id = ?", int(attribute_id))


def _read_attribute(store: Store, attribute_id: int) -> JsonObject:
    row = _find_row(store, str(attribute_id))
    assert row is not None
    return _render_custom(row)


def _render_standard(model: str, attribute: StandardAttribute) -> JsonObject:
    return {
        "type": "data_attribute",
        "name": attribute.full_name.rpartition(".")[2],
        "full_name": attribute.full_name,
        "label": attribute.label,
        "data_type": attribute.data_type,
        "api_writable": attribute.api,
        "ui_writable": attribute.ui,
        "messenger_writable": True,
        "custom": False,
        "archived": False,
        "model": model,
    }


def _render_custom(row: sqlite3.Row) -> JsonObject:
    """A custom attribute: `description` and `options` are absent where there are none; a list is of type `string`."""
    content: JsonObject = {
        "id": row["id"],
        "type": "data_attribute",
        "name": row["name"],
        "full_name": f"{CUSTOM_PREFIX}{row['name']}",
        "label": row["name"],
    }
    if row["description"] is not None:
        content["description"] = row["description"]
    content["data_type"] = row["data_type"]
    if row["options"] is not None:
        content["options"] = load_json(row["options"])
    return content | {
        "api_writable": True,
        "ui_writable": False,
        "messenger_writable": bool(row["messenger_writable"]),
        "custom": True,
        "archived": bool(row["archived"]),
        **({} if is_creation_source(row) else {"admin_id": ADMIN_ID}),
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "model": row["model"],
    }
