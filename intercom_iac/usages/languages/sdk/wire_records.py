"""Records of SDKs in the shape that `model.payload` has for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from intercom_iac.model.address import ModelName

from ...mentions import Mention, NamedAttribute, SentEvent, SentRecord
from ...values import Constant, Entry, Record, Unknown, Value
from ..api_calls import ApiKind
from ..wire_names import wire_record
from .names import wire_name

CUSTOM_KEYS: Final = frozenset({"custom_attributes", "custom_data"})
EVENT_KEYS: Final = frozenset({"event_name"})
TELLING_KEYS: Final = CUSTOM_KEYS | EVENT_KEYS
# What goes with a record and is no data: whom it is about, how it is asked for, whom its token is for.
_BESIDE: Final = frozenset(
    {
        "contact_id",
        "request_options",
        "headers",
        "aud",
        "exp",
        "iat",
        "iss",
        "jti",
        "nbf",
        "sub",
        # of clients for the API before 2.0
        "companies",
        "last_request_at",
        "new_session",
        "update_last_request_at",
    }
)
_COMPANY_KEYS: Final = frozenset({"company_id", "remote_created_at", "monthly_spend"})
_CONTACT_KEYS: Final = frozenset({"user_id", "external_id", "email", "contact_id", "role", "signed_up_at"})
_LEGACY_KEYS: Final = frozenset({"user_id", "custom_data", "new_session", "last_request_at"})


def key_name(entry: Entry) -> str:
    """The name of an entry as the wire would have it; nothing where it is computed."""
    key = entry.key
    return wire_name(key.value) if isinstance(key, Constant) and isinstance(key.value, str) else ""


def entry_value(record: Record, name: str) -> Value | None:
    """The value under a name, in whatever spelling SDKs give it."""
    return next((entry.value for entry in record.entries if key_name(entry) == name), None)


def has_key(record: Record, names: frozenset[str]) -> bool:
    return any(key_name(entry) in names for entry in record.entries)


def is_company(record: Record) -> bool:
    return has_key(record, _COMPANY_KEYS) and not has_key(record, _CONTACT_KEYS)


def written_kind(record: Record) -> ApiKind:
    """What a record that has custom attributes is of, by its other keys."""
    if is_company(record):
        return "company"
    return "legacy contact" if has_key(record, _LEGACY_KEYS) else "contact"


def api_mentions(kind: ApiKind, value: Value) -> Iterator[Mention]:
    """What a call of the API with this record mentions."""
    if kind == "event":
        yield from _event(value)
    elif kind == "attribute":
        yield from _definition(value)
    elif kind == "legacy contact":
        yield from _legacy_contact(value)
    elif kind != "search":
        yield SentRecord(kind=kind, value=_data_record(kind, value))


def event_mention(record: Record) -> Mention:
    """An event; one whose name is not among the entries has a name that is not known."""
    return SentEvent(
        name=entry_value(record, "event_name") or Unknown(record.rest[0] if record.rest else record.span),
        metadata=entry_value(record, "metadata"),
        created_at=entry_value(record, "created_at"),
    )


def boot_mention(record: Record) -> Mention:
    """A record of the Messenger's: custom attributes at the top, where Rails has them in `custom_data`."""
    entries: list[Entry] = []
    rest = list(record.rest)
    for entry in record.entries:
        name = key_name(entry)
        if name not in CUSTOM_KEYS | _BESIDE:
            entries.append(entry)
        elif name in CUSTOM_KEYS and isinstance(entry.value, Record):
            entries += entry.value.entries
            rest += entry.value.rest
        elif name in CUSTOM_KEYS:
            rest.append(entry.value.span)
    return SentRecord(kind="boot", value=Record(record.span, tuple(entries), tuple(rest)))


def _data_record(kind: ModelName, value: Value) -> Value:
    """A record without what is no data; clients have an avatar and a plan as objects, and send the text."""
    record = wire_record(value, without=_BESIDE if kind == "contact" else _BESIDE - {"companies"})
    if not isinstance(record, Record):
        return record
    objects = ("avatar",) if kind == "contact" else ("plan",)
    kept = (
        entry
        for entry in record.entries
        if not (key_name(entry) in objects and isinstance(entry.value, Record))
    )
    return replace(record, entries=tuple(kept))


def _legacy_contact(value: Value) -> Iterator[Mention]:
    """A user or lead of the API before 2.0: its custom attributes are those of a contact, its other keys are not."""
    if isinstance(value, Unknown):
        yield SentRecord(kind="contact", value=value, custom_only=True)
    elif isinstance(value, Record):
        for name in sorted(CUSTOM_KEYS):
            custom = entry_value(value, name)
            if custom is not None:
                yield SentRecord(kind="contact", value=custom, custom_only=True)
        for span in value.rest:
            yield SentRecord(kind="contact", value=Unknown(span), custom_only=True)


def _event(value: Value) -> Iterator[Mention]:
    if isinstance(value, Unknown):
        yield SentEvent(name=value)
    elif isinstance(value, Record) and (has_key(value, EVENT_KEYS) or value.rest):
        yield event_mention(value)


def _definition(value: Value) -> Iterator[Mention]:
    """`data_attributes.create(name="plan_type", model="contact", data_type="string")`."""
    if not isinstance(value, Record):
        return
    name, model = entry_value(value, "name"), entry_value(value, "model")
    if name is not None and entry_value(value, "data_type") is not None:
        known = model.value if isinstance(model, Constant) else None
        owner: ModelName | None = (
            "company" if known == "company" else "contact" if known == "contact" else None
        )
        yield NamedAttribute(kind="send", name=name, model=owner)
