"""Records of SDKs in the shape that `model.payload` has for them."""

from __future__ import annotations

from intercom_iac.model.payload import PayloadKind

from ...mentions import Mention, SentEvent, SentRecord
from ...values import Constant, Entry, Record, Unknown, Value
from .names import wire_name

CUSTOM_KEYS = frozenset({"custom_attributes", "custom_data"})
_API_KEYS = frozenset(
    [
        *CUSTOM_KEYS,
        "role",
        "external_id",
        "email",
        "email_verified",
        "phone",
        "name",
        "avatar",
        "signed_up_at",
        "last_seen_at",
        "owner_id",
        "unsubscribed_from_emails",
        "company_id",
        "plan",
        "size",
        "website",
        "industry",
        "remote_created_at",
        "monthly_spend",
        "user_id",
        "event_name",
        "created_at",
        "metadata",
        "id",
    ]
)
# Keys of the API before 2.0, of SDKs alone, and of what goes with a record: nothing that specs declare.
_BESIDE = frozenset(
    [
        "contact_id",
        "companies",
        "company",
        "created_at",
        "headers",
        "language_override",
        "last_contacted_at",
        "last_request_at",
        "last_seen_ip",
        "last_seen_user_agent",
        "location_data",
        "new_session",
        "params",
        "phone_number",
        "pseudonym",
        "request_options",
        "segments",
        "social_profiles",
        "tags",
        "type",
        "update_last_request_at",
        "updated_at",
        "user_agent_data",
        "utm_campaign",
        "utm_content",
        "utm_medium",
        "utm_source",
        "utm_term",
    ]
)
_COMPANY_KEYS = frozenset({"company_id", "remote_created_at", "monthly_spend"})
_CONTACT_KEYS = frozenset({"user_id", "external_id", "email", "contact_id", "role", "signed_up_at"})


def key_name(entry: Entry) -> str | None:
    """The name of an entry as it is written; None where it is computed."""
    key = entry.key
    return key.value if isinstance(key, Constant) and isinstance(key.value, str) else None


def entry_value(record: Record, *names: str) -> Value | None:
    """The value under the first of these names, in whatever spelling SDKs give it."""
    return next((entry.value for entry in record.entries if wire_name(key_name(entry) or "") in names), None)


def has_key(record: Record, names: frozenset[str]) -> bool:
    return any(wire_name(key_name(entry) or "") in names for entry in record.entries)


def is_company(record: Record) -> bool:
    return has_key(record, _COMPANY_KEYS) and not has_key(record, _CONTACT_KEYS)


def record_mention(kind: PayloadKind, record: Record) -> Mention:
    """A contact or company as the API takes it: `user_id` is its `external_id`, `custom_data` its
    `custom_attributes`."""
    entries = [api_entry for entry in record.entries if (api_entry := _api_entry(kind, entry)) is not None]
    return SentRecord(kind=kind, value=Record(record.span, tuple(entries), record.rest))


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
        if key_name(entry) not in CUSTOM_KEYS:
            entries.append(entry)
        elif isinstance(entry.value, Record):
            entries += entry.value.entries
            rest += entry.value.rest
        else:
            rest.append(entry.value.span)
    return SentRecord(kind="boot", value=Record(record.span, tuple(entries), tuple(rest)))


def _api_entry(kind: PayloadKind, entry: Entry) -> Entry | None:
    name = key_name(entry)
    if name is None:
        return entry
    wire = wire_name(name)
    if kind == "contact" and wire == "user_id":
        wire = "external_id"
    elif wire == "custom_data":
        wire = "custom_attributes"
    elif wire in _BESIDE or (kind == "company" and wire == "plan" and isinstance(entry.value, Record)):
        return None
    return Entry(Constant(entry.key.span, wire), entry.value) if wire in _API_KEYS else entry
