"""Calls that mean Intercom: of its SDKs for servers, of those for Android, and of intercom-rails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.address import ModelName

from ...mentions import Mention, NamedAttribute, SentEvent, SentRecord, guess
from ...values import Constant, Entry, Record, Unknown, Value
from ..api_calls import CLIENTS, sdk_call
from .builders import builder_record, is_builder
from .chain import Argument, Chain, Link
from .code import Code
from .requests import REQUESTS, request_mentions
from .wire_records import (
    CUSTOM_KEYS,
    EVENT_KEYS,
    TELLING_KEYS,
    api_mentions,
    boot_mention,
    event_mention,
    has_key,
    is_company,
)

# Resources that have custom attributes of their own, which no spec declares.
_OTHERS: Final = frozenset(
    {"conversations", "tickets", "ticket_types", "custom_object_instances", "messages", "notes"}
)
_BUILT_EVENTS: Final = frozenset({"event"})
# What the SDK for Java builds for contacts and companies has one of these in its name.
_BUILT: Final = ("contact", "company", "user", "lead", "visitor")
# Arguments by name that hold the record.
_ENVELOPES: Final = frozenset(
    {"request", "body", "data", "json", "params", "attributes", "contact", "company", "event"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """`consumed` are the places of records that need no second look."""

    mentions: tuple[Mention, ...] = ()
    consumed: frozenset[int] = field(default_factory=frozenset[int])


def call_mentions(code: Code, chain: Chain) -> Found:
    """What a chain of calls sends or reads."""
    mentions: list[Mention] = []
    consumed: set[int] = set()
    for position, link in enumerate(chain):
        if link.arguments is None:
            continue
        found = _link_mentions(code, chain, position, link.arguments)
        mentions += found.mentions
        consumed |= found.consumed
        for mention in found.mentions:
            if isinstance(mention, SentRecord):
                consumed.update(_record_starts(mention.value))
    return Found(mentions=tuple(mentions), consumed=frozenset(consumed))


def _link_mentions(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Found:
    name = chain[position].name
    rule = _RULES.get(name)
    if rule is not None:
        return Found(mentions=tuple(rule(code, chain, position, arguments)))
    resource = chain[position - 1].name if position else ""
    if resource in _OTHERS or sdk_call(resource, name) is not None:
        found = _resource_call(code, chain, position, arguments)
        if found is not None:
            return found
    if not code.evidence.about_intercom:
        return Found()
    if any(argument.name in EVENT_KEYS for argument in arguments):
        return Found(mentions=tuple(_own_function(code, chain, position, arguments)))
    return Found(mentions=tuple(request_mentions(code, arguments))) if name in REQUESTS else Found()


def _resource_call(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Found | None:
    """`client.contacts.update(...)`, `intercom.events.create(...)`, `Intercom::User.create(...)`; None where nothing
    says that it is Intercom's."""
    resource, method = chain[position - 1].name, chain[position].name
    certain = code.evidence.is_client(chain[: position + 1])
    if resource in _OTHERS:
        payloads = [code.value(argument.node) for argument in arguments] if certain else []
        return Found(consumed=frozenset(start for payload in payloads for start in _record_starts(payload)))
    call = sdk_call(resource, method)
    payload = _payload(code, arguments, chain[position])
    telling = isinstance(payload, Record) and has_key(payload, TELLING_KEYS)
    if call is None or not (certain or telling or call.kind == "attribute"):
        return None
    if call.kind == "search":
        return Found()  # its filters are told by their keys
    if method == "save" and isinstance(payload, Unknown):
        return Found()  # an object of the SDK, whose attributes were set before
    mentions = api_mentions(call.kind, payload)
    is_clients = certain or call.kind == "attribute" or chain[0].name in CLIENTS
    return Found(
        mentions=tuple(mentions if is_clients else guess(mentions)),
        consumed=frozenset(_record_starts(payload)),
    )


def _own_function(
    code: Code, chain: Chain, position: int, arguments: Sequence[Argument]
) -> Iterator[Mention]:
    """`create_intercom_event(event_name="bought", metadata={...})`: a function that passes on what it is given."""
    if code.evidence.is_client(chain[: position + 1]):
        yield event_mention(code.items(arguments, code.span(chain[position].node)))


def _record_starts(value: Value) -> Iterator[int]:
    """Where a record and the records right within it begin."""
    if isinstance(value, Record):
        yield value.span.start
        for entry in value.entries:
            if isinstance(entry.value, Record):
                yield entry.value.span.start


def _payload(code: Code, arguments: Sequence[Argument], link: Link) -> Value:
    """The record that a call is given: its named arguments, one of them, or one by place."""
    span = code.span(link.node)
    for argument in arguments:
        if argument.name in _ENVELOPES:
            value = code.value(argument.node)
            if isinstance(value, Record | Unknown):
                return value
    if any(argument.name is not None for argument in arguments):
        return code.items(arguments, span)
    values = [code.value(argument.node) for argument in arguments if not argument.rest]
    records = [value for value in values if isinstance(value, Record)]
    if records:
        return records[-1]
    return values[-1] if values else Constant(span, None)


def _log_event(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`Intercom.client().logEvent("bought", metadata)`, of the SDK for Android."""
    if arguments and code.evidence.is_client(chain[:position]):
        metadata = code.value(arguments[1].node) if len(arguments) > 1 else None
        yield SentEvent(name=code.value(arguments[0].node), metadata=metadata)


def _one_attribute(
    code: Code, chain: Chain, position: int, arguments: Sequence[Argument]
) -> Iterator[Mention]:
    """`UserAttributes.Builder().withCustomAttribute("plan", "pro")`."""
    if len(arguments) == 2:
        key, value = (code.value(argument.node) for argument in arguments)
        record = Record(code.span(arguments[0].node), (Entry(key, value),))
        yield _custom_attributes(chain[:position], record)


def _signed_up(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`UserAttributes.Builder().withSignedUpAt(seconds)`."""
    if len(arguments) == 1 and code.evidence.about_intercom:
        key = Constant(code.span(chain[position].node), "created_at")
        record = Record(key.span, (Entry(key, code.value(arguments[0].node)),))
        yield SentRecord(kind="boot", value=record)


def _attribute_map(
    code: Code, chain: Chain, position: int, arguments: Sequence[Argument]
) -> Iterator[Mention]:
    """`.withCustomAttributes(map)`, of the SDK for Android."""
    if len(arguments) == 1:
        yield _custom_attributes(chain[:position], code.value(arguments[0].node))


def _custom_attributes(receiver: Chain, value: Value) -> Mention:
    """Custom attributes that an app on a phone sends, by the Messenger's rules."""
    kind = "company" if _names_company(receiver) else "boot"
    return SentRecord(kind=kind, value=value, custom_only=kind == "company")


def _built_record(
    code: Code, chain: Chain, position: int, arguments: Sequence[Argument]
) -> Iterator[Mention]:
    """`UpdateContactRequest.builder().customAttributes(map)` of the SDK for Java, and of the one before 3
    `user.addCustomAttribute(CustomAttribute.newStringAttribute("plan", "pro"))`."""
    names = " ".join(link.name for link in chain[:position])
    if len(arguments) != 1 or not any(word in names for word in _BUILT):
        return
    kind: ModelName = "company" if "company" in names else "contact"
    of_api_1 = chain[position].name == "add_custom_attribute"
    if is_builder(chain):
        record = builder_record(code, chain)
        yield from api_mentions("legacy contact" if of_api_1 and kind == "contact" else kind, record)
        return
    value = code.value(arguments[0].node)
    if isinstance(value, Record) or not of_api_1:
        yield SentRecord(kind=kind, value=value, custom_only=True)


def _built_event(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`CreateDataEventRequestWithId.builder().eventName("bought").metadata(map).build()`, and
    `new Event().setEventName("bought").putMetadata("price", 3)`."""
    if len(arguments) == 1 and position:
        mention = event_mention(builder_record(code, chain))
        is_intercoms = chain[0].name in _BUILT_EVENTS or code.evidence.is_client(chain)
        yield from [mention] if is_intercoms or "data_event" in chain[0].name else guess([mention])


def _script_tag(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`intercom_script_tag(user_id: ..., custom_data: {...})`, of intercom-rails."""
    first = arguments[:1] if arguments and arguments[0].name is None else arguments
    payload = _payload(code, first, chain[position])
    if isinstance(payload, Record):
        yield boot_mention(payload)


def _merge_call(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`contact.custom_attributes.merge!(plan: "pro")`."""
    if position and chain[position - 1].name in CUSTOM_KEYS and code.evidence.about_intercom:
        payload = _payload(code, arguments, chain[position])
        if isinstance(payload, Record):
            company = is_company(payload) or _names_company(chain[:position])
            yield SentRecord(kind="company" if company else "contact", value=payload, custom_only=True)


def _read_call(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`contact.custom_attributes.get("plan")`."""
    known = (
        position and arguments and chain[position - 1].name in ("custom_attributes", "get_custom_attributes")
    )
    if known and code.evidence.about_intercom:
        model: ModelName | None = "company" if _names_company(chain[:position]) else None
        yield NamedAttribute(kind="read", name=code.value(arguments[0].node), model=model)


def _names_company(chain: Chain) -> bool:
    return any("compan" in link.name for link in chain)


_RULES: Final = {
    "log_event": _log_event,
    "with_custom_attribute": _one_attribute,
    "with_custom_attributes": _attribute_map,
    "with_signed_up_at": _signed_up,
    "custom_attributes": _built_record,
    "set_custom_attributes": _built_record,
    "add_custom_attribute": _built_record,
    "event_name": _built_event,
    "set_event_name": _built_event,
    "intercom_script_tag": _script_tag,
    "merge": _merge_call,
    "merge!": _merge_call,
    "get": _read_call,
    "fetch": _read_call,
    "dig": _read_call,
}
