"""Calls that mean Intercom: of its SDKs for servers, of those for Android, and of intercom-rails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from intercom_iac.model.address import ModelName
from intercom_iac.text import Span

from ...mentions import Mention, NamedAttribute, SentEvent, SentRecord
from ...values import Constant, Entry, Record, Unknown, Value
from .builders import builder_record, is_builder
from .chain import Argument, Chain, Link
from .evidence import Evidence
from .wire_records import (
    CUSTOM_KEYS,
    boot_mention,
    entry_value,
    event_mention,
    has_key,
    is_company,
    record_mention,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_WRITES = frozenset({"create", "update", "save", "upsert", "create_or_update", "create_item", "new"})
_CONTACTS = frozenset({"contacts", "users", "leads", "visitors"})
_CONTACT = frozenset({"contact", "user", "lead", "visitor"})
# Resources that have custom attributes of their own, which no spec declares.
_OTHERS = frozenset({"conversations", "tickets", "ticket_types", "custom_object_instances", "messages", "notes"})
_EVENT_KEYS = frozenset({"event_name"})
_QUERY_KEYS = frozenset({"query", "filter", "where"})
_BUILT = ("contact", "company", "user", "lead", "visitor")
# Arguments by name that hold the record, or stand for it.
_ENVELOPES = frozenset({"request", "body", "data", "json", "params", "attributes", "contact", "company", "event"})


class Code(Protocol):
    """What the rules ask of the file that is read."""

    @property
    def evidence(self) -> Evidence: ...
    def value(self, node: Node, depth: int = 0) -> Value: ...
    def items(self, arguments: Iterable[Argument], span: Span) -> Record: ...
    def span(self, node: Node) -> Span: ...


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
        rule = _RULES.get(link.name)
        if rule is None and link.name not in _WRITES:
            continue
        if rule is not None:
            sent = list(rule(code, chain, position, link.arguments))
            mentions += sent
            for mention in sent:
                if isinstance(mention, SentRecord):
                    consumed.update(record_starts(mention.value))
        else:
            found = _resource_call(code, chain, position, link.arguments)
            mentions += found.mentions
            consumed |= found.consumed
    return Found(mentions=tuple(mentions), consumed=frozenset(consumed))


def record_starts(value: Value) -> Iterator[int]:
    """Where a record and the records right within it begin."""
    if isinstance(value, Record):
        yield value.span.start
        for entry in value.entries:
            if isinstance(entry.value, Record):
                yield entry.value.span.start


def _resource_call(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Found:
    """`client.contacts.update(...)`, `intercom.events.create(...)`, `Intercom::User.create(...)`."""
    resource = chain[position - 1].name if position else ""
    certain = code.evidence.is_client(chain[: position + 1])
    if resource in _OTHERS:
        payloads = [code.value(argument.node) for argument in arguments] if certain else []
        return Found(consumed=frozenset(start for payload in payloads for start in record_starts(payload)))
    if resource not in _CONTACTS | _CONTACT | {"companies", "company", "events", "event", "data_attributes"}:
        return Found()
    payload = _payload(code, arguments, chain[position])
    telling = isinstance(payload, Record) and has_key(payload, _EVENT_KEYS | CUSTOM_KEYS)
    if not certain and not telling and resource != "data_attributes":
        return Found()
    mentions = tuple(_resource_mentions(resource, chain[position].name, payload))
    return Found(mentions=mentions, consumed=frozenset(record_starts(payload)))


def _resource_mentions(resource: str, method: str, payload: Value) -> Iterator[Mention]:
    if resource in ("events", "event"):
        if isinstance(payload, Unknown):
            yield SentEvent(name=Unknown(payload.span))
        elif isinstance(payload, Record) and (has_key(payload, _EVENT_KEYS) or payload.rest):
            yield event_mention(payload)
    elif resource == "data_attributes":
        yield from _declared(payload)
    else:
        kind: ModelName = "company" if resource in ("companies", "company") else "contact"
        if isinstance(payload, Record):
            yield record_mention(kind, payload)
        elif isinstance(payload, Unknown) and method != "save":
            # What is saved is an object of the SDK, whose attributes were set before.
            yield SentRecord(kind=kind, value=payload)


def _declared(payload: Value) -> Iterator[Mention]:
    """`data_attributes.create(name="plan_type", model="contact", ...)`."""
    if not isinstance(payload, Record):
        return
    name, model = entry_value(payload, "name"), entry_value(payload, "model")
    if name is not None and entry_value(payload, "data_type") is not None:
        known: ModelName | None = None
        if isinstance(model, Constant):
            known = "contact" if model.value == "contact" else "company" if model.value == "company" else None
        yield NamedAttribute(kind="send", name=name, model=known)


def _payload(code: Code, arguments: Sequence[Argument], link: Link) -> Value:
    """The record that a call is given: its named arguments, one of them, or one by place."""
    span = code.span(link.node)
    named = [argument for argument in arguments if argument.name is not None]
    for argument in named:
        if argument.name in _ENVELOPES:
            value = code.value(argument.node)
            if isinstance(value, Record | Unknown):
                return value
    if named:
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
        entry = Entry(key, value)
        yield _custom_attributes(chain[:position], Record(code.span(arguments[0].node), (entry,)))


def _attribute_map(
    code: Code, chain: Chain, position: int, arguments: Sequence[Argument]
) -> Iterator[Mention]:
    """`.withCustomAttributes(map)`, of the SDK for Android."""
    if len(arguments) == 1:
        yield _custom_attributes(chain[:position], code.value(arguments[0].node))


def _built_record(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`UpdateContactRequest.builder().customAttributes(map)` of the SDK for Java, and of the one before 3
    `user.addCustomAttribute(CustomAttribute.newStringAttribute("plan", "pro"))`."""
    names = " ".join(link.name for link in chain[:position])
    if len(arguments) != 1 or not any(word in names for word in _BUILT):
        return
    kind: ModelName = "company" if "company" in names else "contact"
    if is_builder(chain):
        yield record_mention(kind, builder_record(code, chain))
        return
    value = code.value(arguments[0].node)
    if isinstance(value, Record) or "add" not in chain[position].name:
        yield SentRecord(kind=kind, value=value, custom_only=True)


def _built_event(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`CreateDataEventRequestWithId.builder().eventName("bought").metadata(map).build()`, and
    `new Event().setEventName("bought").putMetadata("price", 3)`."""
    if len(arguments) == 1:
        yield event_mention(builder_record(code, chain))


def _script_tag(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`intercom_script_tag(user_id: ..., custom_data: {...})`, of intercom-rails."""
    payload = _payload(code, arguments[:1] if arguments and arguments[0].name is None else arguments, chain[position])
    if isinstance(payload, Record):
        yield boot_mention(payload)


def _custom_attributes(receiver: Chain, value: Value) -> Mention:
    """Custom attributes that an app on a phone sends, by the Messenger's rules."""
    if any("company" in link.name for link in receiver):
        return SentRecord(kind="company", value=value, custom_only=True)
    return SentRecord(kind="boot", value=value, custom_only=True)


def _merged(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`contact.custom_attributes.update({...})`, `user.custom_attributes.merge!(plan: "pro")`."""
    if position and chain[position - 1].name in CUSTOM_KEYS and code.evidence.about_intercom:
        payload = _payload(code, arguments, chain[position])
        if isinstance(payload, Record):
            kind: ModelName = "company" if is_company(payload) or _names_company(chain[:position]) else "contact"
            yield SentRecord(kind=kind, value=payload, custom_only=True)


def _names_company(chain: Chain) -> bool:
    return any("compan" in link.name for link in chain)


def _read(code: Code, chain: Chain, position: int, arguments: Sequence[Argument]) -> Iterator[Mention]:
    """`contact.custom_attributes.get("plan")`."""
    if position and arguments and chain[position - 1].name in ("custom_attributes", "get_custom_attributes"):
        if code.evidence.about_intercom:
            model: ModelName | None = "company" if _names_company(chain[:position]) else None
            yield NamedAttribute(kind="read", name=code.value(arguments[0].node), model=model)


_RULES = {
    "log_event": _log_event,
    "with_custom_attribute": _one_attribute,
    "with_custom_attributes": _attribute_map,
    "custom_attributes": _built_record,
    "set_custom_attributes": _built_record,
    "add_custom_attribute": _built_record,
    "event_name": _built_event,
    "set_event_name": _built_event,
    "intercom_script_tag": _script_tag,
    "merge": _merged,
    "merge!": _merged,
    "get": _read,
    "fetch": _read,
    "dig": _read,
}
