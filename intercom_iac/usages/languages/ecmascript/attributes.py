"""Custom attributes wherever else a script names them: read from a contact, searched for, set one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.address import ModelName

from ...mentions import Mention, NamedAttribute
from ...values import Constant, Record
from .nodes import key_text, name_path, string_text, unwrap
from .script import Script
from .values import ValueReader

if TYPE_CHECKING:
    from tree_sitter import Node

CUSTOM: Final = ("custom_attributes", "customAttributes")
_OTHERS = lazy_pattern(r"conversation|ticket|message|admin|object", re.IGNORECASE)
_COMPANY = lazy_pattern(r"compan(?:y|ies)|account|organi[sz]ation", re.IGNORECASE)
_CONTACT = lazy_pattern(r"contact|user|lead|person|people|customer|visitor", re.IGNORECASE)
_COMPANY_KEYS: Final = frozenset(
    {"company_id", "companyId", "monthly_spend", "monthlySpend", "remote_created_at"}
)
_CONTACT_KEYS: Final = frozenset(
    {"external_id", "externalId", "email", "role", "user_id", "userId", "signed_up_at"}
)
_FIELD: Final = "custom_attributes."
_SURROUNDINGS: Final = (
    "call_expression",
    "new_expression",
    "variable_declarator",
    "function_declaration",
    "class_declaration",
    "pair",
)
_LEVELS: Final = 12


def attribute_mentions(reader: ValueReader) -> Iterator[Mention]:
    """All mentions of single attributes of a script; what other readers have found too is found again."""
    certain = reader.script.file.names_intercom
    for mention in _mentions(reader):
        yield mention if certain else replace(mention, certain=False)


def _mentions(reader: ValueReader) -> Iterator[NamedAttribute]:
    script = reader.script
    assigned: dict[int, Node] = {}
    for node in script.nodes("assignment_expression"):
        target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
        if target is not None and value is not None:
            assigned[target.id] = value
    called = {
        callee.id
        for node in script.nodes("call_expression")
        if (callee := node.child_by_field_name("function")) is not None
    }
    for node in script.nodes("member_expression", "subscript_expression"):
        if node.id not in called:
            yield from _access(reader, node, assigned.get(node.id))
    for node in script.nodes("variable_declarator"):
        yield from _taken_out(reader, node)
    for node, around in _objects(script):
        yield from _of_object(reader, node, around)


def _objects(script: Script) -> Iterator[tuple[Node, Sequence[Node]]]:
    """The objects, each with what it stands in: calls, variables, functions and keys, the nearest last.

    They are kept in a stack as the file goes: to ask a node for its parent takes as long as the way down to it.
    """
    nodes = script.nodes("object", *_SURROUNDINGS)
    stack: list[Node] = []
    for node in sorted(nodes, key=lambda node: (node.start_byte, -node.end_byte)):
        while stack and stack[-1].end_byte <= node.start_byte:
            stack.pop()
        if node.type == "object":
            yield node, stack[-_LEVELS:]
        else:
            stack.append(node)


def owner_of(names: tuple[str, ...]) -> ModelName | None:
    """The model that the names in front of `custom_attributes` say; None where they say none."""
    for name in reversed(names):
        if _COMPANY.search(name):
            return "company"
        if _CONTACT.search(name):
            return "contact"
    return None


def _is_others(names: tuple[str, ...]) -> bool:
    """Whether they are the attributes of something else: a conversation has such, too."""
    return any(_OTHERS.search(name) for name in names)


def _access(reader: ValueReader, node: Node, assigned: Node | None) -> Iterator[NamedAttribute]:
    """`contact.custom_attributes.plan_type`, read or set."""
    owner = node.child_by_field_name("object")
    key = node.child_by_field_name("property") or node.child_by_field_name("index")
    if owner is None or key is None:
        return
    owner = unwrap(owner)
    inner = owner.child_by_field_name("property") or owner.child_by_field_name("index")
    if inner is None or key_text(inner) not in CUSTOM:
        return
    names = name_path(owner)[:-1]
    if _is_others(names):
        return
    name = reader.read(key) if node.type == "subscript_expression" else reader.key(key)
    if assigned is None:
        yield NamedAttribute(kind="read", name=name, model=owner_of(names))
    else:
        yield NamedAttribute(kind="send", name=name, model=owner_of(names), value=reader.read(assigned))


def _taken_out(reader: ValueReader, node: Node) -> Iterator[NamedAttribute]:
    """`const { plan_type } = contact.custom_attributes`."""
    pattern, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if pattern is None or value is None or pattern.type != "object_pattern":
        return
    names = name_path(value)
    if names[-1] not in CUSTOM or _is_others(names[:-1]):
        return
    for child in pattern.named_children:
        part = child.child_by_field_name("left") if child.type == "object_assignment_pattern" else child
        key = None if part is None else part.child_by_field_name("key") or part
        if key is not None and key_text(key) is not None:
            yield NamedAttribute(kind="read", name=reader.key(key), model=owner_of(names[:-1]))


def _of_object(reader: ValueReader, node: Node, around: Sequence[Node]) -> Iterator[NamedAttribute]:
    pairs: dict[str, Node] = {}
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        name = key_text(child if key is None else key)
        if name is not None:
            pairs[name] = child if value is None else value
    custom = [pairs[key] for key in CUSTOM if key in pairs]
    if not custom and "field" not in pairs:
        return
    names = tuple(name for container in around for name in _names_of(container))
    if _is_others(names):
        return
    if "field" in pairs:
        yield from _search_mentions(reader, pairs["field"], names)
    model: ModelName | None = (
        "company"
        if pairs.keys() & _COMPANY_KEYS
        else "contact"
        if pairs.keys() & _CONTACT_KEYS
        else owner_of(names)
    )
    for value in custom:
        # What is sent as a record is told there; here are those whose call is not known.
        record = reader.read(value)
        if isinstance(record, Record):
            for entry in record.entries:
                yield NamedAttribute(
                    kind="send", name=entry.key, model=model, value=entry.value, guessed=True
                )


def _search_mentions(reader: ValueReader, field: Node, names: tuple[str, ...]) -> Iterator[NamedAttribute]:
    """`{field: "custom_attributes.plan_type", operator: "=", value: "pro"}` of a search for contacts."""
    text = string_text(unwrap(field))
    if text is not None and text.startswith(_FIELD):
        name = Constant(reader.span(unwrap(field)), text.removeprefix(_FIELD))
        yield NamedAttribute(kind="read", name=name, model=owner_of(names) or "contact")


def _names_of(container: Node) -> tuple[str, ...]:
    if container.type in ("call_expression", "new_expression"):
        return name_path(container)
    name = container.child_by_field_name("name") or container.child_by_field_name("key")
    text = None if name is None else key_text(name)
    return () if text is None else (text,)
