"""Data that goes to the API: calls of `intercom-client`, and requests to its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from intercom_iac.lazy_pattern import lazy_pattern

from ...mentions import Mention, NamedAttribute, SentEvent, SentRecord, guess
from ...syntax_tree import node_text
from ...values import Constant, Record, Value, entry_value
from ..api_calls import CLIENTS, ApiCall, sdk_call, url_call
from ..wire_names import wire_record
from .nodes import argument_nodes, name_path, string_text, unwrap
from .values import ValueReader

if TYPE_CHECKING:
    from tree_sitter import Node

_INTERCOM = lazy_pattern(r"intercom", re.IGNORECASE)
# Keys of a request that name whom it is about, or the request itself, and are no data.
_PATH_KEYS: Final = ("contact_id", "contactId")
# Of an object that is none of the call's own, these alone say that it is Intercom's.
_TELLING_KEYS: Final = ("custom_attributes", "event_name")
_BODY_KEYS: Final = ("body", "data", "json", "payload", "form")


def api_call_mentions(reader: ValueReader, call: Node) -> Iterator[Mention]:
    """What a call sends to the API."""
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    if callee is None:
        return
    path, arguments = name_path(callee), argument_nodes(call)
    known = sdk_call(path[-2], path[-1]) if len(path) > 1 else None
    if known is not None:
        yield from _sdk_mentions(reader, known, path, arguments)
        return
    known = _request(arguments)
    if known is not None:
        for argument in arguments[1:]:
            yield from body_mentions(known, _body(reader, argument))


def _sdk_mentions(
    reader: ValueReader, call: ApiCall, path: tuple[str, ...], arguments: list[Node]
) -> Iterator[Mention]:
    values = [reader.read(argument) for argument in arguments]
    records = [wire_record(value, without=_PATH_KEYS) for value in values]
    of_intercom = _is_intercoms(reader, path)
    for record in records:
        if isinstance(record, Record) and (
            of_intercom or (reader.script.file.names_intercom and _tells(record))
        ):
            mentions = body_mentions(call, record)
            is_clients = of_intercom or (len(path) > 2 and path[-3] in CLIENTS)
            yield from mentions if is_clients else guess(mentions)
            return
    # A record that is not written here, of a client that surely is Intercom's.
    if of_intercom and values:
        yield from body_mentions(call, values[-1])


def _is_intercoms(reader: ValueReader, path: tuple[str, ...]) -> bool:
    """Whether the names in front of a call say that it is a client of Intercom's."""
    owners = path[:-2]
    if any(_INTERCOM.search(name) for name in owners):
        return True
    imports = reader.script.imports
    if any(name in imports and _INTERCOM.search(imports[name].module) for name in owners):
        return True
    definition = reader.script.definitions.get(owners[0]) if owners else None
    if definition is None:
        return False
    maker = unwrap(definition)
    constructor = maker.child_by_field_name("constructor") or maker.child_by_field_name("function")
    if constructor is None:
        return False
    names = name_path(constructor)
    return any(
        _INTERCOM.search(name) or (name in imports and _INTERCOM.search(imports[name].module))
        for name in names
    )


def _tells(record: Record) -> bool:
    return any(entry_value(record, key) is not None for key in _TELLING_KEYS)


def _request(arguments: list[Node]) -> ApiCall | None:
    """The call that a request is, by the address that is its first argument."""
    if not arguments or arguments[0].type not in ("string", "template_string", "binary_expression"):
        return None
    text = string_text(arguments[0])
    return url_call(text if text is not None else node_text(arguments[0]).strip("`'\""))


def _body(reader: ValueReader, node: Node) -> Value:
    """What a request sends: `JSON.stringify(record)`, `{body: JSON.stringify(record)}`, `{data: record}`."""
    node = unwrap(node)
    if node.type == "call_expression" and name_path(node)[-1] == "stringify()":
        arguments = argument_nodes(node)
        return reader.read(node) if not arguments else wire_record(reader.read(arguments[0]))
    if node.type == "object":
        for pair in node.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and node_text(key).strip("'\"") in _BODY_KEYS:
                return _body(reader, value)
    return wire_record(reader.read(node))


def body_mentions(call: ApiCall, value: Value) -> Iterator[Mention]:
    """What a call with this body mentions."""
    if call.kind == "contact":
        yield SentRecord(kind="contact", value=value)
    elif call.kind == "company":
        yield SentRecord(kind="company", value=value)
    elif not isinstance(value, Record):
        return
    elif call.kind == "legacy contact":
        custom = entry_value(value, "custom_attributes")
        if custom is not None:
            yield SentRecord(kind="contact", value=custom, custom_only=True)
    elif call.kind == "event":
        name = entry_value(value, "event_name")
        if name is not None:
            yield SentEvent(
                name=name,
                metadata=entry_value(value, "metadata"),
                created_at=entry_value(value, "created_at"),
            )
    elif call.kind == "attribute":
        name, model = entry_value(value, "name"), entry_value(value, "model")
        owner = model.value if isinstance(model, Constant) else None
        if name is not None and owner in ("contact", "company", None):
            yield NamedAttribute(
                kind="send",
                name=name,
                model="contact" if owner == "contact" else "company" if owner else None,
            )
