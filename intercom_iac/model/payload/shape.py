"""The shape of each kind of record that is sent: which keys it may have, where, and of what type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Literal, get_args

from intercom_iac.lazy_dataclass import dataclass

from ..address import ModelName
from ..attribute import Attribute, DataType, Owner, Status
from ..limits import MAX_TEXT_LENGTH
from ..schema import Event, MetadataKey, Schema
from . import standard

PayloadKind = Literal["contact", "company", "event", "boot"]
PAYLOAD_KINDS: tuple[PayloadKind, ...] = get_args(PayloadKind)
Refusal = Literal["returned only", "not messenger_writable", "archived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadField:
    """One key of a record. `name` is the key on the wire.

    `custom`: declared in the specs, and not one of Intercom's own. `nullable`: null clears it. `refusal` says why
    nobody may send it; None where it may be sent. `declared` is what declares it, None for Intercom's own.
    `max_length` is of texts, in characters; None where Intercom has no such limit.
    """

    owner: Owner
    name: str
    type: DataType
    options: tuple[str, ...] = ()
    open_options: bool = False
    custom: bool = True
    required: bool = False
    nullable: bool = True
    status: Status = "active"
    refusal: Refusal | None = None
    declared: Attribute | MetadataKey | None = None
    max_length: int | None = MAX_TEXT_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShape:
    """What a record of one kind may hold.

    `fields` are the keys at its top, `nested` those of the object at `nested_key`; the Messenger's records have none,
    and their custom attributes stand at the top. `identifiers`: a record has at least one of these keys.
    `objects` are keys that hold a record of another shape, `lists` a list of them. `settings` are keys whose value is
    no data. `event` is the event that an event's record is of.
    """

    kind: PayloadKind
    fields: Mapping[str, PayloadField]
    nested: Mapping[str, PayloadField] = field(default_factory=dict[str, PayloadField])
    nested_key: Literal["custom_attributes", "metadata"] | None = None
    identifiers: tuple[str, ...] = ()
    objects: Mapping[str, RecordShape] = field(default_factory=dict[str, "RecordShape"])
    lists: Mapping[str, RecordShape] = field(default_factory=dict[str, "RecordShape"])
    settings: frozenset[str] = frozenset()
    event: Event | None = None


def contact_shape(schema: Schema) -> RecordShape:
    """A contact as `POST /contacts` and `PUT /contacts/{id}` take it. Clearing: top-level keys are nullable
    (description), custom attributes by null (deduced; the recordings of API 2.3 do it)."""
    return RecordShape(
        kind="contact",
        fields=_own_fields(
            "contact",
            standard.CONTACT_WRITABLE,
            returned=standard.CONTACT_RETURNED,
            never_null=("role", "external_id", "email"),
        )
        | _keys("contact", ("id",)),
        nested=_custom_fields(schema, "contact"),
        nested_key="custom_attributes",
        identifiers=standard.CONTACT_IDENTIFIERS,
        settings=frozenset({"type"}),
    )


def company_shape(schema: Schema) -> RecordShape:
    """A company as `POST /companies` takes it."""
    return RecordShape(
        kind="company",
        fields=_own_fields(
            "company",
            standard.COMPANY_WRITABLE,
            returned=standard.COMPANY_RETURNED,
            never_null=standard.COMPANY_WRITABLE,
        )
        | _keys("company", ("id",)),
        nested=_custom_fields(schema, "company"),
        nested_key="custom_attributes",
        identifiers=standard.COMPANY_IDENTIFIERS,
        settings=frozenset({"type"}),
    )


def event_shape(event: Event) -> RecordShape:
    """An occurrence of the event as `POST /events` takes it."""
    own = _own_fields(
        "event", standard.EVENT_KEYS, returned=standard.EVENT_RETURNED, never_null=standard.EVENT_KEYS
    )
    return RecordShape(
        kind="event",
        fields={key: replace(value, required=key in standard.EVENT_REQUIRED) for key, value in own.items()},
        nested=metadata_fields(event),
        nested_key="metadata",
        identifiers=standard.EVENT_IDENTIFIERS,
        settings=frozenset({"type"}),
        event=event,
    )


def boot_shape(schema: Schema) -> RecordShape:
    """The settings of `Intercom('boot', settings)` and the data of `update`: flat, custom attributes at the top."""
    company = messenger_company_shape(schema)
    own = _own_fields("contact", standard.BOOT_WRITABLE, returned=standard.BOOT_RETURNED)
    return RecordShape(
        kind="boot",
        fields=_by_messenger(_custom_fields(schema, "contact")) | own,
        identifiers=standard.BOOT_IDENTIFIERS,
        objects={"company": company},
        lists={"companies": company},
        settings=standard.MESSENGER_SETTINGS | {"type"},
    )


def messenger_company_shape(schema: Schema) -> RecordShape:
    """A company within the Messenger's settings; `company_id` and `name` are the least of it."""
    own = _own_fields(
        "company",
        standard.MESSENGER_COMPANY_WRITABLE,
        returned=standard.MESSENGER_COMPANY_RETURNED,
        never_null=("company_id",),
    )
    return RecordShape(
        kind="company",
        fields=_by_messenger(_custom_fields(schema, "company")) | own,
        identifiers=("company_id",),
    )


def metadata_fields(event: Event) -> dict[str, PayloadField]:
    """The metadata of an event, by key."""
    return {
        key.name: PayloadField(
            owner="event",
            name=key.name,
            type=key.type,
            options=key.options,
            open_options=key.open_options,
            required=key.required,
            nullable=False,
            declared=key,
        )
        for key in event.metadata
    }


def _custom_fields(schema: Schema, model: ModelName) -> dict[str, PayloadField]:
    return {
        attribute.name: PayloadField(
            owner=model,
            name=attribute.name,
            type=attribute.type,
            options=attribute.options,
            open_options=attribute.open_options,
            status=attribute.status,
            refusal="archived" if attribute.status == "archived" else None,
            declared=attribute,
        )
        for attribute in schema.attributes.values()
        if attribute.model == model
    }


def _by_messenger(fields: Mapping[str, PayloadField]) -> dict[str, PayloadField]:
    """The same as the Messenger takes them: what it may not write is ignored without a word."""
    return {
        name: replace(value, refusal="not messenger_writable")
        if value.refusal is None
        and isinstance(value.declared, Attribute)
        and not value.declared.messenger_writable
        else value
        for name, value in fields.items()
    }


def _own_fields(
    owner: Owner,
    writable: Mapping[str, DataType],
    *,
    returned: Iterable[str] = (),
    never_null: Iterable[str] = (),
) -> dict[str, PayloadField]:
    without_null = frozenset(never_null)
    fields = {
        name: PayloadField(
            owner=owner,
            name=name,
            type=type_,
            options=standard.ROLES if type_ is DataType.OPTIONS else (),
            custom=False,
            nullable=name not in without_null,
            max_length=None if name in standard.UNLIMITED else MAX_TEXT_LENGTH,
        )
        for name, type_ in writable.items()
    }
    return fields | {
        name: PayloadField(
            owner=owner, name=name, type=DataType.STRING, custom=False, refusal="returned only"
        )
        for name in sorted(returned)  # the order is that of generated code, whatever the run
    }


def _keys(owner: Owner, names: Iterable[str]) -> dict[str, PayloadField]:
    """Texts that name the record, and are never null."""
    return _own_fields(owner, dict.fromkeys(names, DataType.STRING), never_null=names)
