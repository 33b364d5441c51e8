"""Custom attributes wherever else a script names them: read from a contact, searched for, set one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intercom_iac.model.address import ModelName

from ...mentions import Mention, NamedAttribute
from ...values import Constant, Record
from .nodes import key_text, name_path, string_text, unwrapped
from .values import ValueReader

if TYPE_CHECKING:
    from tree_sitter import Node

CUSTOM: Final = ("custom_attributes", "customAttributes")
_OTHERS = re.compile(r"conversation|ticket|message|admin|object", re.IGNORECASE)
_COMPANY = re.compile(r"compan(?:y|ies)|account|organi[sz]ation", re.IGNORECASE)
_CONTACT = re.compile(r"contact|user|lead|person|people|customer|visitor", re.IGNORECASE)
_COMPANY_KEYS: Final = frozenset(
    {"company_id", "companyId", "monthly_spend", "monthlySpend", "remote_created_at"}
)
_CONTACT_KEYS: Final = frozenset(
    {"external_id", "externalId", "email", "role", "user_id", "userId", "signed_up_at"}
)
_FIELD: Final = "custom_attributes."
_LEVELS: Final = 12


def attribute_mentions(reader: ValueReader) -> Iterator[Mention]:
    """All mentions of single attributes of a script; what other readers have found too is found again."""
    certain = reader.script.file.names_intercom
    for mention in _mentions(reader):
        yield mention if certain else replace(mention, certain=False)


def _mentions(reader: ValueReader) -> Iterator[NamedAttribute]:
    for node in reader.script.nodes("member_expression", "subscript_expression"):
        yield from _access(reader, node)
    for node in reader.script.nodes("variable_declarator"):
        yield from _taken_out(reader, node)
    for node in reader.script.nodes("pair"):
        yield from _searched(reader, node)
        yield from _written(reader, node)


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


def _access(reader: ValueReader, node: Node) -> Iterator[NamedAttribute]:
    """`contact.custom_attributes.plan_type`, read or set."""
    owner = node.child_by_field_name("object")
    key = node.child_by_field_name("property") or node.child_by_field_name("index")
    if owner is None or key is None:
        return
    owner = unwrapped(owner)
    inner = owner.child_by_field_name("property") or owner.child_by_field_name("index")
    if inner is None or key_text(inner) not in CUSTOM:
        return
    names = name_path(owner)[:-1]
    if _is_others(names):
        return
    name = reader.read(key) if node.type == "subscript_expression" else reader.key(key)
    parent = node.parent
    assigned = parent is not None and parent.type == "assignment_expression"
    target = parent.child_by_field_name("left") if assigned and parent is not None else None
    if target is not None and target.id == node.id and parent is not None:
        value = parent.child_by_field_name("right")
        yield NamedAttribute(
            kind="send",
            name=name,
            model=owner_of(names),
            value=None if value is None else reader.read(value),
        )
        return
    called = (
        parent is not None and parent.type == "call_expression" and parent.child_by_field_name("function")
    )
    if not (called and called.id == node.id):
        yield NamedAttribute(kind="read", name=name, model=owner_of(names))


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


def _searched(reader: ValueReader, pair: Node) -> Iterator[NamedAttribute]:
    """`{field: "custom_attributes.plan_type", operator: "=", value: "pro"}` of a search for contacts."""
    key, field = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    if key is None or field is None or key_text(key) != "field":
        return
    text = string_text(unwrapped(field))
    if text is None or not text.startswith(_FIELD) or _is_others(_names_around(pair)):
        return
    span = reader.span(unwrapped(field))
    name = Constant(span, text.removeprefix(_FIELD))
    yield NamedAttribute(kind="read", name=name, model=owner_of(_names_around(pair)) or "contact")


def _written(reader: ValueReader, pair: Node) -> Iterator[NamedAttribute]:
    """`custom_attributes: {...}` of a record that is sent, wherever that goes."""
    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    if key is None or value is None or key_text(key) not in CUSTOM:
        return
    around = _names_around(pair)
    if _is_others(around):
        return
    record = reader.read(value)
    if not isinstance(record, Record):
        return
    siblings = {
        key_text(name)
        for sibling in ([] if pair.parent is None else pair.parent.named_children)
        for name in [sibling.child_by_field_name("key") or sibling]
    }
    model: ModelName | None = (
        "company" if siblings & _COMPANY_KEYS else "contact" if siblings & _CONTACT_KEYS else owner_of(around)
    )
    for entry in record.entries:
        yield NamedAttribute(kind="send", name=entry.key, model=model, value=entry.value)


def _names_around(node: Node) -> tuple[str, ...]:
    """The names of the calls, keys, variables and functions that a node stands in, the nearest last."""
    names: list[str] = []
    parent = node.parent
    for _ in range(_LEVELS):
        if parent is None:
            break
        if parent.type in ("call_expression", "new_expression"):
            names[:0] = name_path(parent)
        else:
            name = parent.child_by_field_name("name") or parent.child_by_field_name("key")
            text = None if name is None or parent is node else key_text(name)
            names[:0] = [] if text is None else [text]
        parent = parent.parent
    return tuple(names)
