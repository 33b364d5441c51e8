"""PHP: the official client, arrays that are passed on, and the scripts in the page around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from intercom_iac.text import Span

from ..code_file import CodeFile
from ..mentions import Reading
from ..values import (
    Choice,
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
from .templates import read_scripts

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS: Final[dict[str, MomentForm]] = {
    "time": "seconds",
    "microtime": "seconds",
    "strtotime": "seconds",
    "mktime": "seconds",
    "date": "text",
    "gmdate": "text",
    "now": "object",
    "today": "object",
    "date_create": "object",
}
_METHODS: Final[dict[str, MomentForm]] = {
    "get_timestamp": "seconds",
    "timestamp": "seconds",
    "unix": "seconds",
    "value_of": "milliseconds",
    "get_timestamp_ms": "milliseconds",
    "get_precise_timestamp": "milliseconds",
    "format": "text",
    "to_iso8601_string": "text",
    "to_iso_string": "text",
    "to_date_string": "text",
    "to_date_time_string": "text",
}
_CLOCKS: Final = frozenset({"DateTime", "DateTimeImmutable", "Carbon", "CarbonImmutable"})
_TYPES: Final[dict[str, ComputedType]] = {
    "strval": "text",
    "sprintf": "text",
    "implode": "text",
    "strtolower": "text",
    "strtoupper": "text",
    "trim": "text",
    "number_format": "text",
    "count": "integer",
    "strlen": "integer",
    "floatval": "number",
    "isset": "boolean",
    "empty": "boolean",
    "is_null": "boolean",
    "boolval": "boolean",
    "in_array": "boolean",
}


def read(file: CodeFile) -> Reading:
    """The mentions of a file: those of its code, and those of the scripts of its page."""
    code = PhpReader(file).reading()
    page = read_scripts(file)
    return Reading(mentions=code.mentions + page.mentions, unread=code.unread)


class PhpReader(CodeReader):
    package = "tree_sitter_php"
    grammar_name = "language_php"
    chains = frozenset(
        {
            "member_call_expression",
            "nullsafe_member_call_expression",
            "scoped_call_expression",
            "function_call_expression",
            "object_creation_expression",
        }
    )
    records = frozenset({"array_creation_expression"})
    strings = frozenset({"string", "encapsed_string"})
    indexes = frozenset({"subscript_expression"})
    assignments = frozenset({"assignment_expression", "augmented_assignment_expression", "const_element"})
    functions = frozenset(
        {"function_definition", "method_declaration", "anonymous_function", "arrow_function"}
    )
    parameters = frozenset({"formal_parameters"})
    imports = frozenset({"namespace_use_declaration"})

    def convert(self, node: Node, depth: int) -> Value:
        handler = _HANDLERS.get(node.type)
        return Unknown(self.span(node)) if handler is None else handler(self, node, depth)

    def link(self, node: Node) -> Link | None:
        match node.type:
            case "variable_name" | "name" | "qualified_name" | "relative_scope":
                return Link(wire_name(self.text(node).lstrip("$").rpartition("\\")[2]), node)
            case "member_access_expression" | "nullsafe_member_access_expression":
                name, receiver = node.child_by_field_name("name"), node.child_by_field_name("object")
                return None if name is None else Link(wire_name(self.text(name)), node, receiver)
            case "scoped_property_access_expression" | "class_constant_access_expression":
                children = node.named_children
                return (
                    Link(wire_name(self.text(children[-1]).lstrip("$")), node, children[0])
                    if children
                    else None
                )
            case "subscript_expression":
                return element_link(self, node)
            case "parenthesized_expression":
                inner = self.unwrap(node, (node.type,))
                return None if inner.type == node.type else self.link(inner)
            case kind if kind in self.chains:
                return self._call_link(node)
            case _:
                return None

    def assignment_pairs(self, node: Node) -> Iterable[tuple[Node, Node]]:
        if node.type == "const_element":
            return [(node.named_children[0], node.named_children[-1])] if len(node.named_children) > 1 else []
        target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
        if target is None or value is None:
            return []
        return [(target, target if node.type.startswith("augmented") else value)]

    def index(self, node: Node) -> tuple[Node, Node] | None:
        if node.type != "subscript_expression" or len(node.named_children) != 2:
            return None
        return node.named_children[0], node.named_children[1]

    def identifier(self, node: Node) -> str | None:
        match node.type:
            case "variable_name":
                return self.text(node)
            case "name":
                return self.text(node)
            case "member_access_expression" if self.begins(node, b"$this->"):
                return self.short_text(node) or None
            case "class_constant_access_expression" if node.named_children:
                return self.text(node.named_children[-1])
            case _:
                return None

    def is_shared(self, name: str) -> bool:
        return name[:1] != "$" or name[:7] == "$this->"

    def _call_link(self, node: Node) -> Link | None:
        given = node.child_by_field_name("arguments")
        name: Node | None
        receiver: Node | None = None
        match node.type:
            case "object_creation_expression":
                name = next(
                    (child for child in node.named_children if child.type in ("name", "qualified_name")), None
                )
                given = next((child for child in node.named_children if child.type == "arguments"), None)
            case "function_call_expression":
                name = node.child_by_field_name("function")
            case _:
                name = node.child_by_field_name("name")
                receiver = node.child_by_field_name("object") or node.child_by_field_name("scope")
        if name is None:
            return None
        text = self.text(name).lstrip("$").rpartition("\\")[2]
        arguments = () if given is None else tuple(self._arguments(given))
        return Link(wire_name(text), node, receiver, arguments)

    def _arguments(self, given: Node) -> Iterable[Argument]:
        for argument in given.named_children:
            if argument.type != "argument" or not argument.named_children:
                continue
            name, value = argument.child_by_field_name("name"), argument.named_children[-1]
            if value.type == "variadic_unpacking":
                yield Argument(value, rest=True)
            elif name is None:
                yield Argument(value)
            else:
                yield Argument(value, wire_name(self.text(name)), name)

    def string(self, node: Node, depth: int) -> Value:
        del depth
        parts: list[str] = []
        for child in node.named_children:
            if child.type not in ("string_content", "escape_sequence", "string_value", "nowdoc_string"):
                return Computed(self.span(node), "text")
            parts.append(self.text(child))
        text = "".join(parts)
        return Constant(self.span(node), unescape(text) if node.type == "encapsed_string" else text)

    def heredoc(self, node: Node, depth: int) -> Value:
        del depth
        return Computed(self.span(node), "text")

    def constant(self, node: Node, depth: int) -> Value:
        del depth
        text = self.text(node).lower()
        return Constant(self.span(node), {"true": True, "false": False}.get(text))

    def array(self, node: Node, depth: int) -> Value:
        entries: list[Entry] = []
        rest: list[Span] = []
        items: list[Value] = []
        for element in node.named_children:
            parts = element.named_children
            if element.type != "array_element_initializer" or not parts:
                continue
            if parts[0].type == "variadic_unpacking":
                rest.append(self.span(parts[0]))
            elif len(parts) == 2:
                entries.append(Entry(self.value(parts[0], depth + 1), self.value(parts[1], depth + 1)))
            else:
                items.append(self.value(parts[0], depth + 1))
        span = self.span(node)
        if items and not entries:
            return Items(span, tuple(items))
        return Record(span, tuple(entries), tuple(rest))

    def conditional(self, node: Node, depth: int) -> Value:
        branches = [node.child_by_field_name(name) for name in ("body", "alternative")]
        if branches[0] is None:
            branches[0] = node.child_by_field_name("condition")  # `$a ?: $b`
        values = tuple(self.value(branch, depth + 1) for branch in branches if branch is not None)
        return Choice(self.span(node), values)

    def unary(self, node: Node, depth: int) -> Value:
        if self.begins(node, b"!"):
            return Computed(self.span(node), "boolean")
        argument = node.child_by_field_name("argument") or (node.named_children or [None])[-1]
        if not self.begins(node, b"-") or argument is None:
            return Unknown(self.span(node))
        return negative(self.span(node), self.value(argument, depth + 1))

    def cast(self, node: Node, depth: int) -> Value:
        kind, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        span = self.span(node)
        match "" if kind is None else self.text(kind).lower():
            case "int" | "integer" if value is not None:
                return whole_number(span, self.value(value, depth + 1))
            case "string":
                return Computed(span, "text")
            case "bool" | "boolean":
                return Computed(span, "boolean")
            case "float" | "double":
                return Computed(span, "number")
            case _:
                return Unknown(span)

    def member(self, node: Node, depth: int) -> Value:
        """`$user->created_at->timestamp`, of Carbon."""
        del depth
        link = self.link(node)
        form = None if link is None or link.name != "timestamp" else _METHODS[link.name]
        return Unknown(self.span(node)) if form is None else Moment(self.span(node), form)

    def call(self, node: Node, depth: int) -> Value:
        span = self.span(node)
        link = self._call_link(node)
        if link is None or link.arguments is None:
            return Unknown(span)
        arguments = link.arguments
        if link.receiver is not None:
            if (
                link.name in ("now", "today")
                and self.short_text(link.receiver).rpartition("\\")[2] in _CLOCKS
            ):
                return Moment(span, "object")
            return Moment(span, _METHODS[link.name]) if link.name in _METHODS else Unknown(span)
        if link.name in ("intval", "round", "floor", "ceil", "intdiv") and arguments:
            value = self.value(arguments[0].node, depth + 1)
            if link.name == "intdiv" and isinstance(value, Moment):
                return Moment(span, "seconds")
            return whole_number(span, value)
        if link.name == "json_encode" and arguments:
            return self.value(arguments[0].node, depth + 1)
        if link.name in _FUNCTIONS:
            return Moment(span, _FUNCTIONS[link.name])
        return Computed(span, _TYPES[link.name]) if link.name in _TYPES else Unknown(span)

    def creation(self, node: Node, depth: int) -> Value:
        """`new DateTime()`, and `new CreateContactRequest([...])` of the client, which stands for its record."""
        link = self._call_link(node)
        span = self.span(node)
        if link is None or link.arguments is None:
            return Unknown(span)
        if link.name in ("date_time", "date_time_immutable", "carbon", "carbon_immutable"):
            return Moment(span, "object")
        if len(link.arguments) == 1 and link.name.endswith(("_request", "_id", "_email", "_role", "_body")):
            return self.value(link.arguments[0].node, depth + 1)
        return Unknown(span)


_HANDLERS: Final[dict[str, Callable[[PhpReader, Node, int], Value]]] = {
    "string": PhpReader.string,
    "encapsed_string": PhpReader.string,
    "heredoc": PhpReader.heredoc,
    "nowdoc": PhpReader.heredoc,
    "boolean": PhpReader.constant,
    "null": PhpReader.constant,
    "integer": PhpReader.number,
    "float": PhpReader.number,
    "array_creation_expression": PhpReader.array,
    "parenthesized_expression": PhpReader.inner,
    "unary_op_expression": PhpReader.unary,
    "binary_expression": PhpReader.binary,
    "conditional_expression": PhpReader.conditional,
    "cast_expression": PhpReader.cast,
    "member_access_expression": PhpReader.member,
    "nullsafe_member_access_expression": PhpReader.member,
    "member_call_expression": PhpReader.call,
    "nullsafe_member_call_expression": PhpReader.call,
    "scoped_call_expression": PhpReader.call,
    "function_call_expression": PhpReader.call,
    "object_creation_expression": PhpReader.creation,
}
