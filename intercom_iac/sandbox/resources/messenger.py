"""A stand-in for the Messenger: what `Intercom('boot', data)` and `Intercom('update', data)` do to a workspace.

The paths are the sandbox's own, as the Messenger in a browser calls paths that are documented nowhere. As in a
browser, a value that does not fit is passed over without an error.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..calls.call import Call
from ..calls.custom_values import read_custom_values
from ..storage.emails import email_test
from ..wire.errors import ApiError, missing_parameter
from ..wire.json_values import JsonObject, as_integer, as_list, as_object, in_calendar
from ..wire.messages import Response, json_response
from . import companies, memberships
from .attributes import data_attributes
from .contacts import contacts

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
"""Keys of the Messenger that are fields of Intercom's own, and the API's names of those."""

SETTING_KEYS = (
    "email user_id avatar last_request_at language_override utm_campaign utm_content utm_medium utm_source utm_term"
    " user_hash intercom_user_jwt company companies page_title auth_tokens app_id api_base custom_launcher_selector"
    " alignment vertical_padding horizontal_padding z_index hide_default_launcher hide_notifications"
    " session_duration action_color link_color background_color theme_mode"
)
RESERVED_KEYS = {
    "contact": frozenset((*PERSON_KEYS, *SETTING_KEYS.split())),
    "company": frozenset((*COMPANY_KEYS, "company_id", "id", "user_count")),
}
"""Keys that are never custom attributes (developers.intercom.com, Messenger attributes); those not read above are
passed over."""


class _Outcome:
    """What came of the data: the attributes it made, the keys it gave in vain."""

    def __init__(self) -> None:
        self.created: list[str] = []
        self.ignored: list[str] = []


def ping(call: Call) -> Response:
    """POST /sandbox/messenger/boot and /update, the settings object as the body; the two do the same here.

    The user of `user_id`, else of `email`, is made where there is none, seen now, and given its data and companies.
    `attributes_created` and `values_ignored` (`contact.x`, `company.y`) tell what a browser is not told. Visitors,
    who have neither id nor address, are not simulated.
    """
    heard = _Outcome()
    contact_id = _find_or_create_person(call)
    values: JsonObject = {"last_seen_at": call.now}
    for key, name in PERSON_KEYS.items():
        if key in call.body:
            try:
                values[name] = contacts.FIELD_READERS[name]({name: call.body[key]}, name)
            except ApiError:
                heard.ignored.append(f"contact.{key}")
    if isinstance(image := (as_object(call.body.get("avatar")) or {}).get("image_url"), str):
        values["avatar"] = image
    if isinstance(email := call.body.get("email"), str) and email:
        values["email"] = email
    values["custom_attributes"] = _accept_values(call, "contact", call.body, heard)
    person = {"id": contact_id}
    contacts.update(replace(call, parameters=person, body=values))
    for company in (call.body.get("company"), *(as_list(call.body.get("companies")) or [])):
        if company is not None:
            _update_company(call, person, company, heard)
    shown = contacts.show(replace(call, parameters=person))
    return json_response(
        {
            "type": "sandbox.messenger",
            "contact": _read_json(shown),
            "attributes_created": heard.created,
            "values_ignored": heard.ignored,
        }
    )


def _find_or_create_person(call: Call) -> str:
    """Intercom's id of the user that the data is about."""
    sent = {key: call.body.get(key) for key in ("user_id", "email")}
    user_id, email = (each if isinstance(each, str) and each else None for each in sent.values())
    if user_id is None and email is None:
        raise missing_parameter("one of user_id, email is required")
    by_email = f"{email_test(call.switches)} and role = 'user'"
    row = call.store.one(
        f"select id from contacts where {by_email if user_id is None else 'external_id = ?'} and not archived",  # noqa: S608
        email if user_id is None else user_id,
    )
    if row is not None:
        return row["id"]
    new = {"role": "user", "external_id": user_id, "email": email}
    return _read_json(contacts.create(replace(call, body=new)))["id"]


def _update_company(call: Call, person: Mapping[str, str], sent: object, heard: _Outcome) -> None:
    """Makes or changes the company and puts the person into it; without a `company_id` it is passed over."""
    data = as_object(sent) or {}
    key = {"company_id": data.get("company_id")}
    try:
        company = _read_json(companies.upsert(replace(call, body=key), by_api=False))
    except ApiError:
        heard.ignored.append("company")
        return
    # One at a time: what does not fit is passed over alone.
    for written, name in COMPANY_KEYS.items():
        if written in data:
            try:
                companies.upsert(replace(call, body=key | {name: data[written]}))
            except ApiError:
                heard.ignored.append(f"company.{written}")
    custom = _accept_values(call, "company", data, heard)
    companies.upsert(replace(call, body=key | {"custom_attributes": custom, "update_last_request_at": True}))
    memberships.attach(replace(call, parameters=person, body={"id": company["id"]}))


def _accept_values(call: Call, model: str, data: JsonObject, heard: _Outcome) -> JsonObject:
    """The custom attribute values of the data that may be set; attributes nobody declared are made on the way."""
    accepted: JsonObject = {}
    for key, value in data.items():
        if key in RESERVED_KEYS[model]:
            continue
        if not _is_declared(call, model, key) and _create_attribute(call, model, key, value):
            heard.created.append(f"{model}.{key}")
        try:
            if not _is_writable(call, model, key):
                raise missing_parameter(key)
            read_custom_values(call, model, {key: value})
        except ApiError:
            heard.ignored.append(f"{model}.{key}")
        else:
            accepted[key] = value
    return accepted


def _is_declared(call: Call, model: str, name: str) -> bool:
    return call.store.one("select 1 from attributes where model = ? and name = ?", model, name) is not None


def _is_writable(call: Call, model: str, name: str) -> bool:
    sql = "select 1 from attributes where model = ? and name = ? and messenger_writable"
    return call.store.one(sql, model, name) is not None


def _create_attribute(call: Call, model: str, name: str, value: object) -> bool:
    """Makes the attribute of a key nobody declared, where the switch is on and the API would let it be made.

    That the Messenger may write to it, and its type, are assumptions: the type of the JSON value, and `date` for a
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
    """The JSON of another resource's answer."""
    return json.loads(response.body)
