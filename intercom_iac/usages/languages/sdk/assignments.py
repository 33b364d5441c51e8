"""Custom attributes that are assigned or read by key: `user.custom_attributes["plan"] = "pro"`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.address import ModelName

from ...mentions import Mention, NamedAttribute, SentRecord
from ...values import Constant, Entry, Record, Unknown, Value
from .chain import Chain
from .code import Code
from .wire_records import CUSTOM_KEYS

if TYPE_CHECKING:
    from tree_sitter import Node

_PEOPLE = ("contact", "user", "lead", "visitor", "person", "customer", "member")
# intercom-rails: `intercom_custom_data.user[:plan] = "pro"`.
_RAILS_DATA = "intercom_custom_data"
_RAILS_RECORDS = frozenset({"user", "company"})


@dataclass(frozen=True, slots=True)
class Target:
    """What is assigned to: a chain, or an entry of what it names."""

    chain: Chain
    key: Node | None
    node: Node


def may_be_mention(name: str) -> bool:
    """Whether what is assigned to a name, or to an entry of what it names, can be of interest."""
    return name in CUSTOM_KEYS or name in _RAILS_RECORDS


def assignment_mentions(code: Code, target: Target, value: Node) -> Iterator[Mention]:
    """What an assignment sends."""
    chain, last = target.chain, target.chain[-1].name
    if not code.evidence.about_intercom:
        return
    if target.key is not None and len(chain) > 1 and chain[-2].name == _RAILS_DATA:
        kind = "company" if last == "company" else "boot"
        entry = Entry(code.value(target.key), _rails_time(code.value(target.key), code.value(value)))
        record = Record(code.span(target.key), (entry,))
        yield SentRecord(kind=kind, value=record, custom_only=kind == "company")
    elif last in CUSTOM_KEYS and target.key is not None:
        yield _sent_record(_model(chain), code.value(target.key), code.value(value))
    elif last == "custom_data" and chain[0].name == "config":
        yield from _rails_config(chain, code.value(value))
    elif last in CUSTOM_KEYS and not code.empties(value):
        content = code.value(value)
        model = _model(chain)
        if model is not None and isinstance(content, Record | Unknown):
            yield SentRecord(kind=model, value=content, custom_only=True)
        elif isinstance(content, Record):
            yield from (_sent_record(None, entry.key, entry.value) for entry in content.entries)


def read_mentions(code: Code, chain: Chain, key: Node) -> Iterator[Mention]:
    """What `contact.custom_attributes["plan"]` reads."""
    if chain[-1].name in CUSTOM_KEYS and code.evidence.about_intercom:
        yield NamedAttribute(kind="read", name=code.value(key), model=_model(chain))


def _sent_record(model: ModelName | None, key: Value, value: Value) -> Mention:
    if model is None:
        return NamedAttribute(kind="send", name=key, value=value)
    return SentRecord(kind=model, value=Record(key.span, (Entry(key, value),)), custom_only=True)


def _model(chain: Chain) -> ModelName | None:
    names = " ".join(link.name for link in chain)
    if "compan" in names:
        return "company"
    return "contact" if any(word in names for word in _PEOPLE) else None


def _rails_config(chain: Chain, value: Value) -> Iterator[Mention]:
    """`config.user.custom_data = {plan: :plan_name}`: a symbol names the method whose value is sent."""
    if isinstance(value, Record):
        entries = tuple(Entry(entry.key, Unknown(entry.value.span)) for entry in value.entries)
        value = Record(value.span, entries, value.rest)
    kind = "company" if any(link.name == "company" for link in chain) else "boot"
    yield SentRecord(kind=kind, value=value, custom_only=kind == "company")


def _rails_time(key: Value, value: Value) -> Value:
    """intercom-rails sends what a key ending in `_at` has as whole seconds."""
    name = key.value if isinstance(key, Constant) else None
    return Unknown(value.span) if isinstance(name, str) and name.endswith("_at") else value
