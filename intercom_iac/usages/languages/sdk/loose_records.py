"""Records that are written out apart from the call that sends them, told by their keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...mentions import Mention, NamedAttribute, guess
from ...values import Constant, Record, Unknown, Value
from .code import Code
from .wire_records import (
    CUSTOM_KEYS,
    EVENT_KEYS,
    api_mentions,
    boot_mention,
    entry_value,
    event_mention,
    has_key,
    written_kind,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_APP_KEYS = frozenset({"app_id"})
_SEARCH_KEYS = frozenset({"field"})
_BOOT_KEYS = frozenset({"user_id", "email", "user_hash", "intercom_user_jwt"})
_FIELD_PREFIX = "custom_attributes."
_TELLING_KEYS = EVENT_KEYS | CUSTOM_KEYS | _APP_KEYS | _SEARCH_KEYS


def may_be_intercoms(value: Value) -> bool:
    """Whether a record, as far as its keys say it, can be one of Intercom's."""
    return isinstance(value, Record) and has_key(value, _TELLING_KEYS)


def loose_record_mentions(code: Code, node: Node) -> Iterator[Mention]:
    """What a record in a file that has Intercom's name in it is, if it is one of Intercom's."""
    record = code.value(node)
    if not isinstance(record, Record):
        return
    if has_key(record, EVENT_KEYS):
        yield from guess([event_mention(record)])
    elif has_key(record, CUSTOM_KEYS):
        yield from guess(api_mentions(written_kind(record), record))
    elif has_key(record, _APP_KEYS) and has_key(record, _BOOT_KEYS):
        yield boot_mention(record)
    else:
        yield from _search(record)


def _search(record: Record) -> Iterator[Mention]:
    """`{"field": "custom_attributes.plan", "operator": "=", "value": "pro"}` of a search."""
    name = entry_value(record, "field")
    if isinstance(name, Constant) and isinstance(name.value, str) and name.value.startswith(_FIELD_PREFIX):
        value = entry_value(record, "value")
        yield NamedAttribute(
            kind="read",
            name=Constant(name.span, name.value.removeprefix(_FIELD_PREFIX)),
            value=None if isinstance(value, Unknown) else value,
        )
