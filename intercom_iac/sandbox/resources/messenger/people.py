"""A stand-in for the Messenger: what `Intercom('boot', data)`, `update` and `shutdown` do to a workspace.

The paths are the sandbox's own, as those that the Messenger in a browser calls are not documented. As in a browser, a
value that does not fit is ignored without an error.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...calls.call import Call
from ...calls.custom_values import read_custom_values
from ...storage.emails import email_test
from ...wire.errors import ApiError, missing_parameter
from ...wire.json_values import JsonObject, as_integer, as_list, as_object, in_calendar
from ...wire.messages import Response, json_response
from .. import companies, memberships
from ..attributes import data_attributes
from ..contacts import contacts
from .identity import read_identity

PERSON_KEYS = {
    "name": "name",
    "phone": "phone",
    "created_at": "signed_up_at",
    "unsubscribed_from_emails": "unsubscribed_from_emails",
}
COMPANY_KEYS = {
    "name": "name",
    "created_at": "remote_created_at",
    **{key: key for key in ("plan", "monthly_spend", "size", "website", "industry")},
}
"""Keys of the Messenger that are standard fields -> the API's names of these fields."""

SETTING_KEYS = (
    "email user_id avatar last_request_at language_override utm_campaign utm_content utm_medium utm_source utm_term"
    " user_hash intercom_user_jwt company companies page_title auth_tokens app_id api_base custom_launcher_selector"
    " alignment vertical_padding horizontal_padding z_index hide_default_launcher hide_notifications"
    " session_duration action_color link_color background_color theme_mode installation_type"
)
RESERVED_KEYS = {
    "contact": frozenset((*PERSON_KEYS, *SETTING_KEYS.split())),
    "company": frozenset((*COMPANY_KEYS, "company_id", "id", "user_count")),
}
"""Keys that are never custom attributes (developers.intercom.com, Messenger attributes); those not named above are
ignored."""


@dataclass(frozen=True, slots=True)
class _Changes:
    """What the data did: the attributes it created and the keys that were ignored, as `contact.x` or `company.y`."""

    created: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _CustomValues:
    """The custom attribute values that are accepted, by name, and what became of the other keys."""

    values: JsonObject
    changes: _Changes


def ping(call: Call) -> Response:
    """POST /sandbox/messenger/boot and /update, with the settings object as the body; the two do the same here.

    The user of `user_id`, or else of `email`, is created where there is none, marked as seen now, and given the
    values and companies of the body. `attributes_created` and `values_ignored` (`contact.x`, `company.y`) report what
    a browser is not told. Visitors, who have neither id nor address, are not simulated.
    """
    person = {"id": _find_or_create_person(call)}
    values, ignored_fields = _standard_values(call)
    custom = _accept_values(call, "contact", call.body)
    body = values | {"custom_attributes": custom.values}
    contacts.update(replace(call, parameters=person, body=body))
    sent_companies = (call.body.get("company"), *(as_list(call.body.get("companies")) or ()))
    steps = [
        _Changes(ignored=tuple(ignored_fields)),
        custom.changes,
        *(
            _update_company(call, person, as_object(company) or {})
            for company in sent_companies
            if company is not None
        ),
    ]
    return json_response(
        {
            "type": "sandbox.messenger",
            "contact": _read_json(contacts.show(replace(call, parameters=person))),
            "attributes_created": [name for changes in steps for name in changes.created],
            "values_ignored": [name for changes in steps for name in changes.ignored],
        }
    )


def end_session(_: Call) -> Response:
    """POST /sandbox/messenger/shutdown: 200; the workspace stays as it is, since the page knows who is signed in."""
    return json_response({"type": "sandbox.messenger"})


def _find_or_create_person(call: Call) -> str:
    """Intercom's id of the user that the data is about."""
    identity = read_identity(call.body)
    user_id, email = identity.user_id, identity.email
    by_email = f"{email_test(call.switches)} and role = 'user'"
    row = call.store.first_row(
        f"select id from contacts where {by_email if user_id is None else 'external_id = ?'} and not archived",  # noqa: S608
        email if user_id is None else user_id,
    )
    if row is not None:
        return row["id"]
    body = {"role": "user", "external_id": user_id, "email": email}
    return _read_json(contacts.create(replace(call, body=body)))["id"]


def _standard_values(call: Call) -> tuple[JsonObject, list[str]]:
    """The values of a contact's standard fields, by the API's names, and the keys whose values do not fit."""
    values: JsonObject = {"last_seen_at": call.now}
    ignored: list[str] = []
    for key, name in PERSON_KEYS.items():
        if key in call.body:
            try:
                values[name] = contacts.FIELD_READERS[name]({name: call.body[key]}, name)
            except ApiError:
                ignored.append(f"contact.{key}")
    if isinstance(image := (as_object(call.body.get("avatar")) or {}).get("image_url"), str):
        values["avatar"] = image
    if isinstance(email := call.body.get("email"), str) and email:
        values["email"] = email
    return values, ignored


def _update_company(call: Call, person: Mapping[str, str], data: JsonObject) -> _Changes:
    """Creates or updates the company and adds the person to it; data without a `company_id` is ignored."""
    key = {"company_id": data.get("company_id")}
    try:
        company = _read_json(companies.upsert(replace(call, body=key), by_api=False))
    except ApiError:
        return _Changes(ignored=("company",))
    ignored: list[str] = []
    # One field a call, so that a value that does not fit is ignored without the others.
    for messenger_key, name in COMPANY_KEYS.items():
        if messenger_key in data:
            try:
                companies.upsert(replace(call, body=key | {name: data[messenger_key]}))
            except ApiError:
                ignored.append(f"company.{messenger_key}")
    custom = _accept_values(call, "company", data)
    body = key | {"custom_attributes": custom.values, "update_last_request_at": True}
    companies.upsert(replace(call, body=body))
    memberships.attach(replace(call, parameters=person, body={"id": company["id"]}))
    return replace(custom.changes, ignored=(*ignored, *custom.changes.ignored))


def _accept_values(call: Call, model: str, data: JsonObject) -> _CustomValues:
    """The custom attribute values of the data that may be set; attributes that do not exist yet are created."""
    accepted: JsonObject = {}
    created: list[str] = []
    ignored: list[str] = []
    for key, value in data.items():
        if key in RESERVED_KEYS[model]:
            continue
        if not _is_declared(call, model, key) and _create_attribute(call, model, key, value):
            created.append(f"{model}.{key}")
        try:
            if not _is_writable(call, model, key):
                raise missing_parameter(key)
            read_custom_values(call, model, {key: value})
        except ApiError:
            ignored.append(f"{model}.{key}")
        else:
            accepted[key] = value
    return _CustomValues(accepted, _Changes(created=tuple(created), ignored=tuple(ignored)))


def _is_declared(call: Call, model: str, name: str) -> bool:
    return (
        call.store.first_row("select 1 from attributes where model = ? and name = ?", model, name) is not None
    )


def _is_writable(call: Call, model: str, name: str) -> bool:
    sql = "select 1 from attributes where model = ? and name = ? and messenger_writable"
    return call.store.first_row(sql, model, name) is not None


def _create_attribute(call: Call, model: str, name: str, value: object) -> bool:
    """Creates the attribute of an unknown key, where the switch is on and the API would allow it; whether it did.

    Assumptions: that the Messenger may write to it, and its type, which is that of the JSON value, or `date` for a
    timestamp under a name that ends in `_at`.
    """
    if not call.switches.messenger_creates_attributes:
        return False
    data_type = _data_type(name, value)
    if data_type is None:
        return False
    body = {"name": name, "model": model, "data_type": data_type, "messenger_writable": True}
    try:
        data_attributes.create(replace(call, body=body))
    except ApiError:
        return False
    return True


def _data_type(name: str, value: object) -> str | None:
    if isinstance(value, bool):
        return "boolean"
    if (number := as_integer(value)) is not None:
        return "date" if name.endswith("_at") and in_calendar(number) else "integer"
    if isinstance(value, float):
        return "float"
    return "string" if isinstance(value, str) else None


def _read_json(response: Response) -> Any:
    """The JSON of another resource's response."""
    return json.loads(response.body)
