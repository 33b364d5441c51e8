"""Ruby: the official gem, intercom-rails, and hashes that are passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Span

from ..code_file import CodeFile
from ..mentions import Reading
from ..values import (
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
from .sdk.chain import Argument, Link
from .sdk.elements import element_link
from .sdk.moments import negative, whole_number
from .sdk.names import unescape, wire_name
from .sdk.reader import CodeReader

if TYPE_CHECKING:
    from tree_sitter import Node, Range

_CLOCKS: Final = frozenset(
    {
        "Time.now",
        "Time.current",
        "Time.zone.now",
        "DateTime.now",
        "DateTime.current",
        "Date.today",
        "Date.current",
    }
)
# Numbers that are asked for in a unit: `strftime("%Q").to_i`, `Process.clock_gettime(..., :millisecond)`.
_EPOCH: Final = lazy_pattern(
    r"""\.strftime\(\s*["']%(?P<directive>[Qs])["']\s*\)\.to_i$"""
    r"|^Process\.clock_gettime\(\s*Process::CLOCK_REALTIME\s*,\s*:(?:float_)?(?P<unit>\w+)\s*\)$"
)
_EPOCH_FORMS: Final[dict[str, MomentForm]] = {
    "s": "seconds",
    "Q": "milliseconds",
    "second": "seconds",
    "millisecond": "milliseconds",
    "microsecond": "microseconds",
    "nanosecond": "nanoseconds",
}
_FROM_NOW: Final = frozenset({"ago", "from_now", "since", "until", "today", "yesterday", "tomorrow"})
_SAME_MOMENT: Final = frozenset(
    {"utc", "to_time", "to_datetime", "in_time_zone", "getutc", "localtime", "beginning_of_day", "end_of_day"}
)
_WHOLE: Final = frozenset({"to_i", "round", "floor", "ceil", "truncate"})
_TYPES: Final[dict[str, ComputedType]] = {
    "to_s": "text",
    "strftime": "text",
    "join": "text",
    "downcase": "text",
    "upcase": "text",
    "titleize": "text",
    "humanize": "text",
    "strip": "text",
    "count": "integer",
    "size": "integer",
    "length": "integer",
    "to_f": "number",
    "to_d": "number",
}
_LISTS: Final = frozenset({"map", "pluck", "collect", "to_a", "split", "flat_map", "select"})


def read(file: CodeFile, ranges: Sequence[Range] | None = None) -> Reading:
    """The mentions of a file, or of the parts of it that are Ruby."""
    return RubyReader(file, ranges).reading()


class RubyReader(CodeReader):
    package = "tree_sitter_ruby"
    chains = frozenset({"call"})
    records = frozenset({"hash"})
    strings = frozenset({"string"})
    indexes = frozenset({"element_reference"})
    assignments = frozenset({"assignment", "operator_assignment"})
    functions = frozenset({"method", "singleton_method"})
    parameters = frozenset({"method_parameters"})

    def convert(self, node: Node, depth: int) -> Value:
        handler = _HANDLERS.get(node.type)
        return Unknown(self.span(node)) if handler is None else handler(self, node, depth)

    def link(self, node: Node) -> Link | None:
        match node.type:
            case "identifier" | "constant" | "instance_variable" | "class_variable" | "global_variable":
                return Link(wire_name(self.text(node)), node)
            case "scope_resolution":
                name = node.child_by_field_name("name")
                scope = node.child_by_field_name("scope")
                return None if name is None else Link(wire_name(self.text(name)), node, scope)
            case "call":
                return self._call_link(node)
            case "element_reference":
                return element_link(self, node)
            case _:
                return None

    def assignment_pairs(self, node: Node) -> Iterable[tuple[Node, Node]]:
        target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
        if target is None or value is None:
            return []
        # What `+=` makes of a value is not known: it is what it was, and more.
        return [(target, target if node.type == "operator_assignment" else value)]

    def index(self, node: Node) -> tuple[Node, Node] | None:
        if node.type != "element_reference":
            return None
        base = node.child_by_field_name("object")
        keys = [child for child in node.named_children if base is not None and child.id != base.id]
        return None if base is None or len(keys) != 1 else (base, keys[0])

    def identifier(self, node: Node) -> str | None:
        kinds = {"identifier", "constant", "instance_variable", "class_variable"}
        return self.text(node) if node.type in kinds else None

    def is_shared(self, name: str) -> bool:
        return name[:1] == "@" or name[:1].isupper()

    def definitions(self) -> Iterator[tuple[str, Node]]:
        for method in self.nodes(frozenset({"method"})):
            name, body = method.child_by_field_name("name"), method.child_by_field_name("body")
            if name is None or body is None or method.child_by_field_name("parameters") is not None:
                continue
            last = body.named_children[-1] if body.type == "body_statement" and body.named_children else body
            if last.type in ("hash", "string", "simple_symbol"):
                yield self.text(name), last

    def _call_link(self, node: Node) -> Link | None:
        method, receiver = node.child_by_field_name("method"), node.child_by_field_name("receiver")
        if method is None:
            return None
        given = node.child_by_field_name("arguments")
        arguments = None if given is None else tuple(self._arguments(given))
        return Link(wire_name(self.text(method)), node, receiver, arguments)

    def _arguments(self, given: Node) -> Iterable[Argument]:
        for argument in given.named_children:
            if argument.type == "pair":
                key, value = argument.child_by_field_name("key"), argument.child_by_field_name("value")
                name = None if key is None else self.value(key)
                if isinstance(name, Constant) and isinstance(name.value, str):
                    yield Argument(value or argument, name.value, key)
                else:
                    yield Argument(argument, rest=True)
            elif argument.type == "hash_splat_argument":
                yield Argument(argument, rest=True)
            elif argument.type not in ("comment", "block_argument", "splat_argument"):
                yield Argument(argument)

    def string(self, node: Node, depth: int) -> Value:
        del depth
        parts: list[str] = []
        for child in node.named_children:
            if child.type == "interpolation":
                return Computed(self.span(node), "text")
            parts.append(self.text(child))
        return Constant(self.span(node), unescape("".join(parts)))

    def symbol(self, node: Node, depth: int) -> Value:
        del depth
        return Constant(self.span(node), self.text(node).strip(":").strip("\"'"))

    def constant(self, node: Node, depth: int) -> Value:
        del depth
        return Constant(self.span(node), {"true": True, "false": False, "nil": None}[node.type])

    def hash(self, node: Node, depth: int) -> Value:
        entries: list[Entry] = []
        rest: list[Span] = []
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None:
                    content = Unknown(self.span(key)) if value is None else self.value(value, depth + 1)
                    entries.append(Entry(self.value(key, depth + 1), content))
            elif child.type == "hash_splat_argument":
                rest.append(self.span(child))
        return Record(self.span(node), tuple(entries), tuple(rest))

    def unary(self, node: Node, depth: int) -> Value:
        operand, operator = node.child_by_field_name("operand"), node.child_by_field_name("operator")
        if operand is None or operator is None:
            return Unknown(self.span(node))
        if operator.type in ("!", "not", "defined?"):
            return Computed(self.span(node), "boolean")
        return (
            negative(self.span(node), self.value(operand, depth + 1))
            if operator.type == "-"
            else Unknown(self.span(node))
        )

    def call(self, node: Node, depth: int) -> Value:
        span = self.span(node)
        method, receiver = node.child_by_field_name("method"), node.child_by_field_name("receiver")
        name = "" if method is None else self.text(method)
        if self.short_text(node) in _CLOCKS or name in _FROM_NOW:
            return Moment(span, "object")
        epoch = _EPOCH.search(self.short_text(node))
        if epoch is not None and (form := _EPOCH_FORMS.get(epoch["directive"] or epoch["unit"])) is not None:
            return Moment(span, form)
        if name.endswith("?"):
            return Computed(span, "boolean")
        if name == "to_json" and receiver is not None:
            return self.value(receiver, depth + 1)
        if name == "generate" and receiver is not None and self.text(receiver) == "JSON":
            given = node.child_by_field_name("arguments")
            return Unknown(span) if given is None else self.inner(given, depth + 1)
        if receiver is None:
            return Computed(span, "integer") if name == "Integer" else Unknown(span)
        if name in _WHOLE or name in _SAME_MOMENT or name in ("to_f", "iso8601", "to_formatted_s"):
            return self._method_result(span, name, self.value(receiver, depth + 1))
        if name in _TYPES:
            return Computed(span, _TYPES[name])
        return Items(span, ()) if name in _LISTS else Unknown(span)

    def _method_result(self, span: Span, name: str, value: Value) -> Value:
        """What a method makes of the value that it is called on."""
        if not isinstance(value, Moment):
            if name in _WHOLE:
                return Computed(span, "integer")
            if name == "iso8601":
                return Moment(span, "text")
            return Computed(span, _TYPES[name]) if name in _TYPES else Unknown(span)
        if value.form == "object" and name in ("to_i", "to_f"):
            return Moment(span, "seconds")
        if name in ("iso8601", "to_formatted_s"):
            return Moment(span, "text")
        return whole_number(span, value) if name in _WHOLE else Moment(span, value.form)


_HANDLERS: Final[dict[str, Callable[[RubyReader, Node, int], Value]]] = {
    "string": RubyReader.string,
    "simple_symbol": RubyReader.symbol,
    "hash_key_symbol": RubyReader.symbol,
    "delimited_symbol": RubyReader.string,
    "bare_symbol": RubyReader.symbol,
    "bare_string": RubyReader.string,
    "true": RubyReader.constant,
    "false": RubyReader.constant,
    "nil": RubyReader.constant,
    "integer": RubyReader.number,
    "float": RubyReader.number,
    "hash": RubyReader.hash,
    "array": RubyReader.list_of,
    "string_array": RubyReader.list_of,
    "symbol_array": RubyReader.list_of,
    "parenthesized_statements": RubyReader.inner,
    "unary": RubyReader.unary,
    "binary": RubyReader.binary,
    "conditional": RubyReader.conditional,
    "call": RubyReader.call,
}
