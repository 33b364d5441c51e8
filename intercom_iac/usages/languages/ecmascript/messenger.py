"""Data that goes through the Messenger: `Intercom('update', {...})`, `intercomSettings`, and what wraps them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from intercom_iac.lazy_pattern import lazy_pattern

from ...mentions import Mention, SentEvent, SentRecord
from ...syntax_tree import node_text
from ...values import Constant, Entry, Record, Unknown, Value, entry_value
from ..wire_names import messenger_record
from .nodes import argument_nodes, name_path, string_text, unwrap
from .script import HOOK, Import
from .values import ValueReader

if TYPE_CHECKING:
    from tree_sitter import Node

    from intercom_iac.text import Span

SDK: Final = "@intercom/messenger-js-sdk"
# `IntercomAPI` is react-intercom's name for it.
_QUEUES: Final = frozenset({"Intercom", "IntercomAPI"})
_SETTINGS: Final = "intercomSettings"
_RECEIVER: Final = lazy_pattern(
    r"(?i)[$_#]*(?:(?:window|ng|vue|use)?intercom(?:service|module|messenger|messengersdk|sdk|chat)?)(?:\(\))?"
)
_RECORD_METHODS: Final = frozenset(
    {"boot", "update", HOOK, "updateUser", "registerIdentifiedUser", "loginUserWithUserAttributes"}
)
_EVENT_METHODS: Final = frozenset({"trackEvent", "logEvent"})


def settings_mentions(reader: ValueReader) -> Iterator[Mention]:
    """What a script hands to the Messenger otherwise than by calls: its settings, and elements of React."""
    script = reader.script
    for node in script.nodes("assignment_expression", "variable_declarator"):
        yield from _settings_mentions(reader, node)
    for element in script.nodes("jsx_self_closing_element", "jsx_opening_element"):
        yield from _element_mentions(reader, element)


def messenger_call_mentions(reader: ValueReader, call: Node) -> Iterator[Mention]:
    """What a call hands to the Messenger."""
    callee = call.child_by_field_name("function")
    if callee is None:
        return
    path, arguments = name_path(callee), argument_nodes(call)
    imported = reader.script.imports.get(path[0])
    if imported is not None and reader.script.file.imports_generated(imported.module):
        yield from _own_call(reader, _function_name(path, imported), arguments, generated=True)
    elif imported is not None and imported.module == SDK:
        name = _function_name(path, imported)
        if name == "default" and (not arguments or string_text(arguments[0]) is None):
            yield from _record(reader, arguments)
        elif name == "default":
            yield from _queue_call(reader, arguments)
        else:
            yield from _own_call(reader, name, arguments)
    elif path[-1] in _QUEUES or (len(path) == 1 and _is_queue(reader, path[0])):
        yield from _queue_call(reader, arguments)
    elif len(path) == 1 and path[0] in reader.script.hook_names:
        hook = reader.script.imports.get(HOOK)
        generated = hook is not None and reader.script.file.imports_generated(hook.module)
        yield from _own_call(
            reader, reader.script.hook_names[path[0]], arguments, wrapped=not generated, generated=generated
        )
    elif len(path) > 1 and _RECEIVER.fullmatch(path[-2]):
        yield from _own_call(reader, path[-1], arguments, wrapped=True)


def _function_name(path: tuple[str, ...], imported: Import) -> str:
    """The function of a module that a call is of: `update`, or of `import * as intercom` what stands behind."""
    return path[-1] if imported.name == "*" or len(path) > 1 else imported.name


def _is_queue(reader: ValueReader, name: str) -> bool:
    """Whether a name stands for the Messenger's function: `const ic = window.Intercom`."""
    definition = reader.script.definitions.get(name)
    return definition is not None and name_path(definition)[-1] in _QUEUES


def _queue_call(reader: ValueReader, arguments: list[Node]) -> Iterator[Mention]:
    """`Intercom(method, ...)`."""
    method = reader.read(arguments[0]) if arguments else None
    if isinstance(method, Constant) and method.value in ("boot", "update", "trackEvent"):
        yield from _own_call(reader, str(method.value), arguments[1:])
    elif isinstance(method, Unknown):
        # `Intercom(...call)`: it may send anything.
        yield SentRecord(kind="boot", value=method)


def _own_call(
    reader: ValueReader,
    method: str,
    arguments: list[Node],
    *,
    wrapped: bool = False,
    generated: bool = False,
) -> Iterator[Mention]:
    if method in _RECORD_METHODS:
        yield from _record(reader, arguments, wrapped=wrapped, generated=generated)
    elif method in _EVENT_METHODS and arguments:
        metadata = reader.read(arguments[1]) if len(arguments) > 1 else None
        yield SentEvent(
            name=reader.read(arguments[0]),
            metadata=None if _is_undefined(reader, arguments[1:2]) else metadata,
            generated=generated,
        )


def _is_undefined(reader: ValueReader, nodes: list[Node]) -> bool:
    return bool(nodes) and reader.is_undefined(nodes[0])


def _record(
    reader: ValueReader, arguments: list[Node], *, wrapped: bool = False, generated: bool = False
) -> Iterator[Mention]:
    if not arguments or _is_settings(arguments[0]) or _is_undefined(reader, arguments[:1]):
        # The global settings are read where they are set.
        return
    value = reader.read(arguments[0])
    yield SentRecord(kind="boot", value=messenger_record(value) if wrapped else value, generated=generated)


def _is_settings(node: Node) -> bool:
    return name_path(node)[-1] == _SETTINGS


def _settings_mentions(reader: ValueReader, node: Node) -> Iterator[Mention]:
    """`window.intercomSettings = {...}`, `intercomSettings.plan = "pro"`."""
    target = node.child_by_field_name("left") or node.child_by_field_name("name")
    source = node.child_by_field_name("right") or node.child_by_field_name("value")
    if target is None or source is None:
        return
    if _is_settings(target):
        value = unwrap(source)
        # `var intercomSettings = window.intercomSettings || {}` sets nothing.
        if not any(map(_is_settings, (value, *value.named_children))):
            yield SentRecord(kind="boot", value=reader.read(value))
        return
    owner = target.child_by_field_name("object")
    key = target.child_by_field_name("property") or target.child_by_field_name("index")
    if owner is not None and key is not None and _is_settings(owner):
        name = reader.read(key) if key.type == "identifier" else reader.key(key)
        span = reader.span(target)
        yield SentRecord(kind="boot", value=Record(span, (Entry(name, reader.read(source)),)))


def _element_mentions(reader: ValueReader, element: Node) -> Iterator[Mention]:
    """`<IntercomProvider autoBootProps={{...}}>` (react-use-intercom), `<Intercom plan="pro" />` (react-intercom)."""
    name = element.child_by_field_name("name")
    tag = "" if name is None else node_text(name)
    if tag not in ("IntercomProvider", "Intercom"):
        return
    record = _attributes(reader, element)
    if tag == "IntercomProvider":
        settings = entry_value(record, "autoBootProps")
        if settings is not None:
            yield SentRecord(kind="boot", value=messenger_record(settings))
        return
    own = tuple(
        entry
        for entry in record.entries
        if not (isinstance(entry.key, Constant) and entry.key.value == "appID")
    )
    if own or record.rest:
        yield SentRecord(kind="boot", value=messenger_record(Record(record.span, own, record.rest)))


def _attributes(reader: ValueReader, element: Node) -> Record:
    entries: list[Entry] = []
    rest: list[Span] = []
    for attribute in element.children_by_field_name("attribute"):
        if attribute.type == "jsx_attribute":
            key, *values = attribute.named_children
            entries.append(Entry(reader.key(key), _attribute_value(reader, key, values)))
        else:
            rest.append(reader.span(attribute))
    return Record(reader.span(element), tuple(entries), tuple(rest))


def _attribute_value(reader: ValueReader, key: Node, values: list[Node]) -> Value:
    if not values:
        return Constant(reader.span(key), True)
    node = values[0]
    if node.type == "jsx_expression":
        inner = [child for child in node.named_children if child.type != "comment"]
        return reader.read(inner[0]) if inner else Constant(reader.span(key), None)
    return reader.read(node)
