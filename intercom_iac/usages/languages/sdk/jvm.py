"""What the readers of Java and Kotlin share: builders, maps that are filled by calls, and the JVM's clocks."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ...values import (
    Computed,
    ComputedType,
    Constant,
    Entry,
    Items,
    Moment,
    MomentForm,
    Record,
    Unknown,
    Value,
)
from .builders import builder_record, is_builder
from .chain import Argument, Link
from .moments import whole_number
from .reader import CodeReader

if TYPE_CHECKING:
    from tree_sitter import Node

_MOMENTS: Final[dict[str, MomentForm]] = {
    "current_time_millis": "milliseconds",
    "to_epoch_milli": "milliseconds",
    "to_epoch_milliseconds": "milliseconds",
    "get_time_in_millis": "milliseconds",
    "time_in_millis": "milliseconds",
    "get_epoch_second": "seconds",
    "epoch_second": "seconds",
    "epoch_seconds": "seconds",
    "to_epoch_second": "seconds",
}
_CLOCKS: Final = frozenset(
    {
        "instant",
        "date",
        "calendar",
        "local_date",
        "local_date_time",
        "zoned_date_time",
        "offset_date_time",
        "system",
    }
)
_TYPES: Final[dict[str, ComputedType]] = {
    "to_string": "text",
    "value_of": "text",
    "format": "text",
    "join": "text",
    "join_to_string": "text",
    "to_lower_case": "text",
    "lowercase": "text",
    "to_upper_case": "text",
    "uppercase": "text",
    "trim": "text",
    "to_double": "number",
    "to_float": "number",
    "size": "integer",
    "length": "integer",
    "count": "integer",
    "parse_int": "integer",
    "parse_long": "integer",
    "is_empty": "boolean",
    "equals": "boolean",
    "contains": "boolean",
    "parse_boolean": "boolean",
}
_WHOLE: Final = frozenset({"to_int", "to_long", "int_value", "long_value"})
_MAPS: Final = frozenset(
    {
        "map_of",
        "mutable_map_of",
        "hash_map_of",
        "linked_map_of",
        "hash_map",
        "linked_hash_map",
        "tree_map",
        "new_hash_map",
    }
)
_LISTS: Final = frozenset({"list_of", "mutable_list_of", "array_of", "as_list", "set_of", "array_list"})
_MAP_CLASSES: Final = frozenset({"map", "immutable_map"})


class JvmReader(CodeReader):
    """A reader of a language of the JVM; its calls become links as in all of them."""

    @abstractmethod
    def pair(self, node: Node) -> tuple[Node, Node] | None:
        """A key and its value, as the language writes them in a map: `"plan" to "pro"`."""

    def is_shared(self, name: str) -> bool:
        return name.isupper()

    def constant_name(self, node: Node) -> str | None:
        """The name of a constant of a class or an object: `Events.BOUGHT`; None where it is another member."""
        name = self.short_text(node).rpartition(".")[2]
        return name if name.isupper() else None

    def puts(self) -> Iterator[tuple[str, Node, Node]]:
        for node in self.nodes(self.chains):
            link = self.link(node)
            if link is None or link.name not in ("put", "set") or link.receiver is None:
                continue
            name = self.identifier(link.receiver)
            if name is not None and link.arguments is not None and len(link.arguments) == 2:
                yield name, link.arguments[0].node, link.arguments[1].node

    def loose_records(self) -> Iterable[Node]:
        return [node for node in self.nodes(self.chains) if self._makes_map(self.link(node))]

    def empties(self, node: Node) -> bool:
        link = self.link(node)
        return link is not None and link.name in _MAPS and not link.arguments

    def call_value(self, node: Node, depth: int) -> Value:
        """The value of a call."""
        span = self.span(node)
        link = self.link(node)
        if link is None:
            return Unknown(span)
        arguments = link.arguments or ()
        root = None if link.receiver is None else self.link(link.receiver)
        owner = "" if root is None else root.name
        if self._makes_map(link):
            return self._map(node, arguments, depth)
        if link.name in _LISTS or (link.name == "of" and owner in ("list", "set", "arrays")):
            return Items(span, tuple(self.value(argument.node, depth + 1) for argument in arguments))
        if link.name in ("of", "of_nullable", "optional_of") and len(arguments) == 1:
            return self.value(arguments[0].node, depth + 1)  # what wraps a record of the SDK
        if link.name.startswith("new_") and link.name.endswith("_attribute") and len(arguments) == 2:
            return self._map(node, arguments, depth)
        moment = self._moment(node, link, owner, depth)
        if moment is not None:
            return moment
        return self._builder_value(node, link, depth)

    def _makes_map(self, link: Link | None) -> bool:
        if link is None or link.arguments is None:
            return False
        if link.name in ("of", "of_entries"):
            root = None if link.receiver is None else self.link(link.receiver)
            return root is not None and root.name in _MAP_CLASSES
        return link.name in _MAPS or (link.name == "singleton_map" and len(link.arguments) == 2)

    def _builder_value(self, node: Node, link: Link, depth: int) -> Value:
        span = self.span(node)
        if link.name in _TYPES:
            return Computed(span, _TYPES[link.name])
        chain = self.chain(node)
        if len(chain) > 1 and is_builder(chain) and any(known in chain[0].name for known in _RECORDS):
            return builder_record(self, chain, depth)
        return Unknown(span)

    def _moment(self, node: Node, link: Link, owner: str, depth: int) -> Value | None:
        span = self.span(node)
        if link.name in _MOMENTS:
            return Moment(span, _MOMENTS[link.name])
        if link.name in ("now", "get_instance") and owner in _CLOCKS:
            return Moment(span, "object")
        if link.receiver is None:
            return Moment(span, "object") if link.name == "date" and not link.arguments else None
        if link.name == "to_seconds" and link.arguments:
            inner = self.value(link.arguments[0].node, depth + 1)
            return Moment(span, "seconds") if isinstance(inner, Moment) else Computed(span, "integer")
        if link.name in ("time", "get_time", "to_string", "format") or link.name in _WHOLE:
            return self._of_receiver(node, link, self.value(link.receiver, depth + 1))
        return None

    def _of_receiver(self, node: Node, link: Link, value: Value) -> Value | None:
        span = self.span(node)
        if link.name in _WHOLE:
            return whole_number(span, value)
        if not isinstance(value, Moment):
            # `getTime()` is a date's; any other `time` may be anything.
            return Moment(span, "milliseconds") if link.name == "get_time" else None
        if link.name in ("to_string", "format"):
            return Moment(span, "text") if value.form == "object" else Computed(span, "text")
        return Moment(span, "milliseconds") if value.form == "object" else None

    def _map(self, node: Node, arguments: Sequence[Argument], depth: int) -> Value:
        """A map from pairs, or from keys and values by turns."""
        span = self.span(node)
        pairs = [self.pair(argument.node) for argument in arguments]
        known = [pair for pair in pairs if pair is not None]
        if not known and len(arguments) % 2 == 0:
            nodes = [argument.node for argument in arguments]
            known = list(zip(nodes[::2], nodes[1::2], strict=True))
        elif len(known) < len(arguments):
            return Record(span, self._entries(known, depth), (span,))
        return Record(span, self._entries(known, depth))

    def _entries(self, pairs: Sequence[tuple[Node, Node]], depth: int) -> tuple[Entry, ...]:
        return tuple(Entry(self.value(key, depth + 1), self.value(value, depth + 1)) for key, value in pairs)

    def word(self, node: Node, depth: int) -> Value:
        """`true`, `false`, `null`."""
        del depth
        return Constant(self.span(node), {"true": True, "false": False}.get(self.text(node)))


# What the types of the SDK that are records have in their names.
_RECORDS: Final = ("request", "event", "user", "contact", "company", "lead", "visitor")
