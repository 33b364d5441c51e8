"""Go: the official client's structs, and maps that are passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from ..code_file import CodeFile
from ..mentions import Reading
from ..values import Computed, Constant, Entry, Items, Moment, MomentForm, Record, Unknown, Value
from .sdk.chain import Argument, Link
from .sdk.elements import element_link
from .sdk.moments import negative, whole_number
from .sdk.names import unescape, wire_name
from .sdk.reader import CodeReader
from .sdk.wire_records import CUSTOM_KEYS

if TYPE_CHECKING:
    from tree_sitter import Node

_OF_TIME: Final[dict[str, MomentForm]] = {
    "unix": "seconds",
    "unix_milli": "milliseconds",
    "unix_micro": "microseconds",
    "unix_nano": "nanoseconds",
    "format": "text",
}
# The units of the package `time`, in nanoseconds.
_UNITS: Final = {
    "time.Microsecond": 10**3,
    "time.Millisecond": 10**6,
    "time.Second": 10**9,
}
# The client's contacts are the leads of API 1.x, of whose keys the custom attributes alone are a contact's.
_LEADS: Final = frozenset({"intercom.Contact"})
_CONVERSIONS: Final = frozenset({"int", "int32", "int64", "uint", "uint32", "uint64", "float32", "float64"})
_TEXT_PACKAGES: Final = frozenset({"fmt", "strconv", "strings"})


def read(file: CodeFile) -> Reading:
    """The mentions of a file."""
    return GoReader(file).reading()


class GoReader(CodeReader):
    package = "tree_sitter_go"
    chains = frozenset({"call_expression"})
    records = frozenset({"composite_literal"})
    strings = frozenset({"interpreted_string_literal", "raw_string_literal"})
    indexes = frozenset({"index_expression"})
    assignments = frozenset({"assignment_statement", "short_var_declaration", "var_spec", "const_spec"})
    functions = frozenset({"function_declaration", "method_declaration", "func_literal"})
    parameters = frozenset({"parameter_list"})
    imports = frozenset({"import_spec"})

    def convert(self, node: Node, depth: int) -> Value:
        handler = _HANDLERS.get(node.type)
        return Unknown(self.span(node)) if handler is None else handler(self, node, depth)

    def link(self, node: Node) -> Link | None:
        match node.type:
            case "identifier" | "type_identifier":
                return Link(wire_name(self.text(node)), node)
            case "selector_expression":
                name, receiver = node.child_by_field_name("field"), node.child_by_field_name("operand")
                return None if name is None else Link(wire_name(self.text(name)), node, receiver)
            case "call_expression":
                return self._call_link(node)
            case "index_expression":
                return element_link(self, node)
            case _:
                return None

    def assignment_pairs(self, node: Node) -> Iterable[tuple[Node, Node]]:
        if node.type in ("var_spec", "const_spec"):
            targets = node.children_by_field_name("name")
            value = node.child_by_field_name("value")
        else:
            left, value = node.child_by_field_name("left"), node.child_by_field_name("right")
            targets = [] if left is None else left.named_children
        values = [] if value is None else value.named_children
        return zip(targets, values, strict=True) if len(targets) == len(values) else ()

    def index(self, node: Node) -> tuple[Node, Node] | None:
        if node.type != "index_expression":
            return None
        base, key = node.child_by_field_name("operand"), node.child_by_field_name("index")
        return None if base is None or key is None else (base, key)

    def identifier(self, node: Node) -> str | None:
        return self.text(node) if node.type == "identifier" else None

    def empties(self, node: Node) -> bool:
        return node.type == "call_expression" and self.begins(node, b"make(map[")

    def _call_link(self, node: Node) -> Link | None:
        function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        link = None if function is None or function.type == "call_expression" else self.link(function)
        if link is None or link.arguments is not None or given is None:
            return None
        arguments = tuple(Argument(child) for child in given.named_children if not child.is_extra)
        return Link(link.name, node, link.receiver, arguments)

    def string(self, node: Node, depth: int) -> Value:
        del depth
        text = self.text(node)
        raw = node.type == "raw_string_literal"
        return Constant(self.span(node), text[1:-1] if raw else unescape(text[1:-1]))

    def constant(self, node: Node, depth: int) -> Value:
        del depth
        return Constant(self.span(node), {"true": True, "false": False, "nil": None}[node.type])

    def reference(self, node: Node, depth: int) -> Value:
        operand, operator = node.child_by_field_name("operand"), node.child_by_field_name("operator")
        if operand is None or operator is None:
            return Unknown(self.span(node))
        value = self.value(operand, depth + 1)
        match operator.type:
            case "&" | "*":
                return value
            case "-":
                return negative(self.span(node), value)
            case "!":
                return Computed(self.span(node), "boolean")
            case _:
                return Unknown(self.span(node))

    def composite(self, node: Node, depth: int) -> Value:
        """A map, or a struct of the client, whose fields have the names of the wire in capitals."""
        body, kind = node.child_by_field_name("body"), node.child_by_field_name("type")
        if body is None or kind is None:
            return Unknown(self.span(node))
        if kind.type in ("slice_type", "array_type", "implicit_length_array_type"):
            return Items(self.span(node), ())
        is_map = kind.type == "map_type" or self.text(kind).endswith((".M", ".H", "Map"))
        entries: list[Entry] = []
        for element in body.named_children:
            key, value = element.child_by_field_name("key"), element.child_by_field_name("value")
            if element.type != "keyed_element" or key is None or value is None:
                continue
            inner = key.named_children[0] if key.named_children else key
            name: Value = (
                self.value(inner, depth + 1)
                if is_map
                else Constant(self.span(key), wire_name(self.text(key)))
            )
            if self.text(kind) in _LEADS and isinstance(name, Constant) and name.value not in CUSTOM_KEYS:
                continue
            entries.append(Entry(name, self.value(value, depth + 1)))
        return Record(self.span(node), tuple(entries))

    def unit(self, node: Node, depth: int) -> Value:
        """`time.Millisecond`."""
        del depth
        number = _UNITS.get(self.short_text(node))
        return Unknown(self.span(node)) if number is None else Constant(self.span(node), number)

    def call(self, node: Node, depth: int) -> Value:
        span = self.span(node)
        link = self._call_link(node)
        if link is None or link.arguments is None:
            return Unknown(span)
        arguments = link.arguments
        if link.receiver is None:
            if link.name in _CONVERSIONS and len(arguments) == 1:
                return whole_number(span, self.value(arguments[0].node, depth + 1))
            if link.name == "append":
                return Items(span, ())
            if link.name == "len":
                return Computed(span, "integer")
            return Computed(span, "text") if link.name == "string" else Unknown(span)
        receiver = self.short_text(link.receiver)
        if receiver == "time" and link.name == "now":
            return Moment(span, "object")
        if link.name in _OF_TIME and receiver != "fmt":
            return Moment(span, _OF_TIME[link.name])
        if receiver in _TEXT_PACKAGES and link.name in (
            "sprintf",
            "sprint",
            "itoa",
            "format_int",
            "to_lower",
            "join",
        ):
            return Computed(span, "text")
        if link.name in ("bool", "string", "int64") and "intercom" in receiver and len(arguments) == 1:
            return self.value(arguments[0].node, depth + 1)
        return Computed(span, "text") if link.name == "string" and not arguments else Unknown(span)


_HANDLERS: Final[dict[str, Callable[[GoReader, Node, int], Value]]] = {
    "interpreted_string_literal": GoReader.string,
    "raw_string_literal": GoReader.string,
    "true": GoReader.constant,
    "false": GoReader.constant,
    "nil": GoReader.constant,
    "int_literal": GoReader.number,
    "float_literal": GoReader.number,
    "composite_literal": GoReader.composite,
    "literal_element": GoReader.inner,
    "parenthesized_expression": GoReader.inner,
    "unary_expression": GoReader.reference,
    "binary_expression": GoReader.binary,
    "call_expression": GoReader.call,
    "selector_expression": GoReader.unit,
}
