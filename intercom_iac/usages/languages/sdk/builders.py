"""Records that are built by a chain of calls: `UpdateContactRequest.builder().email("a@example.com").build()`."""

from __future__ import annotations

from ...values import Constant, Entry, Record
from .chain import Chain, Link
from .code import Code

_PREFIXES = ("set_", "with_", "add_")
# Calls that put one entry into a record within the record.
_PUTS = {"put_metadata": "metadata"}
_TYPED_ATTRIBUTE = "add_custom_attribute"
_ENDS = frozenset({"build", "builder"})


def is_builder(chain: Chain) -> bool:
    """Whether a chain builds a record: of a builder's, or of an object that is made right here."""
    return chain[0].arguments is not None or any(link.name in _ENDS for link in chain)


def builder_record(code: Code, chain: Chain, depth: int = 0) -> Record:
    """The record that a chain builds."""
    entries: list[Entry] = []
    nested: dict[str, list[Entry]] = {}
    for link in chain:
        given = link.arguments or ()
        inner = _PUTS.get(link.name)
        if inner is not None and len(given) == 2:
            key, value = (code.value(argument.node, depth + 1) for argument in given)
            nested.setdefault(inner, []).append(Entry(key, value))
        elif link.name == _TYPED_ATTRIBUTE and len(given) == 1:
            attribute = code.value(given[0].node, depth + 1)
            if isinstance(attribute, Record):
                nested.setdefault("custom_attributes", []).extend(attribute.entries)
        elif len(given) == 1 and link is not chain[0]:
            entries.append(Entry(_key(code, link), code.value(given[0].node, depth + 1)))
    span = code.span(chain[-1].node)
    for name, within in nested.items():
        entries.append(Entry(Constant(span, name), Record(span, tuple(within))))
    return Record(span, tuple(entries))


def _key(code: Code, link: Link) -> Constant:
    name = link.name
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return Constant(code.span(link.node), name)
