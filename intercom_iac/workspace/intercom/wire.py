"""Intercom's JSON as the model's values. Unknown fields are passed over; one that is missing or wrong is named.

Whatever the JSON, the outcome is a value or an `UnexpectedResponse`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from intercom_iac.diagnostics import UnexpectedResponse
from intercom_iac.model import (
    MODELS,
    AudiencePredicate,
    DataType,
    EventSummary,
    History,
    Identity,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    SampledEvent,
)
from intercom_iac.text import printable

Json = Mapping[str, Any]

# The type of a filter that is not in the flat form of the API 2.16 description. The audience compiler writes none of
# this type, so an audience with such a filter always differs from what specs say.
OTHER_FILTER = "other"
_LONGEST_INTEGER = 18


def identity(data: Json) -> Identity:
    """The answer of `GET /me` (API 2.16 description): the workspace is its `app`."""
    where = "GET /me"
    app = _object(_required_value(data, "app", where), "app", where)
    return Identity(
        app_id=_identifier(app, "id_code", where),
        name=_optional_text(app, "name", where),
        # Search compares dates by the workspace's calendar day; a workspace that tells none is read as UTC.
        timezone=_optional_text(app, "timezone", where) or "UTC",
    )


def attributes(data: Json) -> tuple[LiveAttribute, ...]:
    """The custom attributes among those that `GET /data_attributes` lists."""
    where = "GET /data_attributes"
    listed = items(data, "data", where)
    return tuple(
        _attribute(item, where)
        for item in listed
        if _flag(item, "custom", where) and _optional_text(item, "model", where) in MODELS
    )


def _attribute(data: Json, where: str) -> LiveAttribute:
    options = tuple(_option(option, where) for option in _optional_list(data, "options", where))
    kind, name = _text(data, "data_type", where), _text(data, "name", where)
    return LiveAttribute(
        id=_integer(data, "id", where),
        model=data["model"],
        name=name,
        type=DataType.OPTIONS if options else _data_type(kind, name, where),
        options=options,
        description=_optional_text(data, "description", where),
        messenger_writable=_flag(data, "messenger_writable", where),
        archived=_flag(data, "archived", where),
        history=_history(data),
    )


def _history(data: Json) -> History:
    """The times and the creator. They decide nothing, so what cannot be read of them is left out."""
    return History(
        created_at=_optional_seconds(data.get("created_at")),
        updated_at=_optional_seconds(data.get("updated_at")),
        admin_id=_optional_identifier(data.get("admin_id")),
    )


def _optional_seconds(value: Any) -> int | None:
    """Unix seconds: a whole number, or an ISO 8601 text as event summaries have it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return int(value) if value.isascii() and value.isdigit() and len(value) <= _LONGEST_INTEGER else None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _optional_identifier(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return printable(value) if isinstance(value, str) and value else None


def _data_type(kind: str, name: str, where: str) -> DataType:
    """`datetime` is how an attribute may be created at 2.16, and how 2.17 returns timestamps: a date here."""
    if kind == "datetime":
        return DataType.DATE
    try:
        return DataType(kind)
    except ValueError as error:
        raise UnexpectedResponse(
            f"{where} answered that `{printable(name)}` has the data type `{printable(kind)}`, which the API 2.16 "
            "does not have"
        ) from error


def _option(option: Any, where: str) -> str:
    """Options come back as strings (description); older answers and the request form have `{value}`."""
    return _text(cast("Json", option) if isinstance(option, Mapping) else {"value": option}, "value", where)


def segment(data: Json) -> LiveSegment:
    where = "GET /segments"
    return LiveSegment(
        id=_identifier(data, "id", where),
        name=_text(data, "name", where),
        history=_history(data),
        person_type=_optional_text(data, "person_type", where) or None,
        count=_integer(data, "count", where) if data.get("count") is not None else None,
    )


def tag(data: Json, where: str = "GET /tags") -> tuple[str, str]:
    """Name and id."""
    return _text(data, "name", where), _identifier(data, "id", where)


def event_name(data: Json) -> str:
    """The name of one event in the summary of a contact's events."""
    return _text(data, "name", "GET /events")


def event_summary(data: Json) -> EventSummary:
    """One event in the summary of a contact's events."""
    where = "GET /events"
    return EventSummary(
        name=_text(data, "name", where),
        count=_integer(data, "count", where) if data.get("count") is not None else 0,
        first=_optional_seconds(data.get("first")),
        last=_optional_seconds(data.get("last")),
        description=_optional_text(data, "description", where),
    )


def occurrence(data: Json) -> SampledEvent:
    """One event of the list of a contact's events."""
    where = "GET /events"
    metadata = data.get("metadata")
    return SampledEvent(
        name=_text(data, "event_name", where),
        created_at=_optional_seconds(data.get("created_at")) or 0,
        metadata=cast("Json", metadata) if isinstance(metadata, Mapping) else {},
    )


def audience(data: Json, where: str = "GET /audiences") -> LiveAudience:
    return LiveAudience(
        id=_identifier(data, "id", where),
        name=_text(data, "name", where),
        predicates=_predicates(data, "predicates", where),
        role_predicates=_predicates(data, "role_predicates", where),
        history=_history(data),
    )


def _predicates(data: Json, key: str, where: str) -> tuple[AudiencePredicate, ...]:
    """The filters; an object in place of the list is one group of them, and is kept as such."""
    group = isinstance(data.get(key), Mapping)
    listed = [data[key]] if group else _optional_list(data, key, where)
    return tuple(_predicate(item, key, where) for item in listed)


def _predicate(item: Any, key: str, where: str) -> AudiencePredicate:
    """A filter with its values as the audience compiler writes them.

    A group, or whatever else is no flat object that names an attribute, is kept whole as the JSON text of a filter of
    the type `OTHER_FILTER`: it equals no filter of ours, and a change to it is a change of the workspace.
    """
    data: Json = cast("Json", item) if isinstance(item, Mapping) else {}
    nested = any(isinstance(value, (list, dict)) for value in data.values())
    if nested or not isinstance(data.get("attribute"), str):
        try:
            whole = json.dumps(item, sort_keys=True)
        except RecursionError as error:
            raise _wrong(where, "filter that can be read", key) from error
        return AudiencePredicate("", OTHER_FILTER, "", whole)
    attribute, kind, comparison, value = (
        _check_text(_plain(data.get(name)), name, where)
        for name in ("attribute", "type", "comparison", "value")
    )
    return AudiencePredicate(attribute, kind, comparison, value)


def _plain(value: Any) -> str:
    """`true`, `30` and the empty text for JSON's booleans, numbers and null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def items(data: Json, key: str, where: str) -> list[Json]:
    """The objects of a list answer. Raises `UnexpectedResponse` naming what is missing or wrong."""
    return [_object(item, key, where) for item in _list(_required_value(data, key, where), key, where)]


def pages(data: Json, where: str) -> int:
    """How many pages a list has; an answer that does not say is the only one."""
    return _integer(data, "total_pages", where) if data.get("total_pages") is not None else 1


def last_page(data: Json, where: str) -> int:
    """The number of the last page of a list that is paged by number, in `pages` or beside the list."""
    pager = data.get("pages")
    return pages(cast("Json", pager) if isinstance(pager, Mapping) else data, where)


def next_cursor(data: Json) -> str | None:
    """What `starting_after` is for the next page; None on the last."""
    pager = data.get("pages")
    following = cast("Json", pager).get("next") if isinstance(pager, Mapping) else None
    cursor = cast("Json", following).get("starting_after") if isinstance(following, Mapping) else None
    return cursor if isinstance(cursor, str) and cursor else None


def total_count(data: Json, where: str) -> int | None:
    """How many objects a list has on all of its pages; None where it does not say."""
    return _integer(data, "total_count", where) if data.get("total_count") is not None else None


def _required_value(data: Json, key: str, where: str) -> Any:
    if key not in data:
        raise UnexpectedResponse(f"the answer of {where} has no `{key}`")
    return data[key]


def _list(found: Any, key: str, where: str) -> list[Any]:
    if not isinstance(found, list):
        raise _wrong(where, "list", key)
    return cast("list[Any]", found)


def _optional_list(data: Json, key: str, where: str) -> list[Any]:
    """The list, empty where it is missing or null."""
    found = data.get(key)
    return [] if found is None else _list(found, key, where)


def _object(found: Any, key: str, where: str) -> Json:
    if not isinstance(found, Mapping):
        raise _wrong(where, "object", key)
    return cast("Json", found)


def _text(data: Json, key: str, where: str) -> str:
    return _check_text(_required_value(data, key, where), key, where)


def _optional_text(data: Json, key: str, where: str) -> str:
    """The text, empty where it is missing or null."""
    found = data.get(key)
    return "" if found is None else _check_text(found, key, where)


def _identifier(data: Json, key: str, where: str) -> str:
    """An id that is text in the description; a whole number is taken too."""
    found = _required_value(data, key, where)
    number = isinstance(found, int) and not isinstance(found, bool)
    if found == "":
        raise _wrong(where, "id", key)
    return str(cast("int", found)) if number else _check_text(found, key, where)


def _integer(data: Json, key: str, where: str) -> int:
    """A whole number, or its digits as text."""
    found = _required_value(data, key, where)
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= _LONGEST_INTEGER:
        return int(found)
    raise _wrong(where, "whole number", key)


def _flag(data: Json, key: str, where: str) -> bool:
    """A boolean, false where it is missing or null."""
    found = data.get(key)
    if found is None or isinstance(found, bool):
        return bool(found)
    raise _wrong(where, "true or false", key)


def _check_text(found: Any, key: str, where: str) -> str:
    """Text that can be written: JSON can spell halves of characters, which no output takes."""
    if not isinstance(found, str):
        raise _wrong(where, "text", key)
    try:
        found.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _wrong(where, "readable text", key) from error
    return found


def _wrong(where: str, wanted: str, key: str) -> UnexpectedResponse:
    return UnexpectedResponse(f"the answer of {where} has no {wanted} in `{key}`")
