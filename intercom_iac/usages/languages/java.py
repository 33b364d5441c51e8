"""Java: the official SDK and the one for Android."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from ..code_file import CodeFile
from ..mentions import Reading
from ..values import Computed, Constant, Unknown, Value
from .sdk.chain import Argument, Link
from .sdk.jvm import JvmReader
from .sdk.moments import negative
from .sdk.names import unescape, wire_name

if TYPE_CHECKING:
    from tree_sitter import Node


def read(file: CodeFile) -> Reading:
    """The mentions of a file."""
    return JavaReader(file).reading()


class JavaReader(JvmReader):
    package = "tree_sitter_java"
    chains = frozenset({"method_invocation", "object_creation_expression"})
    records = frozenset[str]()
    strings = frozenset({"string_literal"})
    indexes = frozenset({"array_access"})
    assignments = frozenset({"variable_declarator", "assignment_expression"})
    functions = frozenset({"method_declaration", "constructor_declaration", "lambda_expression"})
    parameters = frozenset({"formal_parameters", "inferred_parameters"})
    imports = frozenset({"import_declaration"})

    def convert(self, node: Node, depth: int) -> Value:
        handler = _HANDLERS.get(node.type)
        return Unknown(self.span(node)) if handler is None else handler(self, node, depth)

    def link(self, node: Node) -> Link | None:
        match node.type:
            case "identifier" | "type_identifier" | "this":
                return Link(wire_name(self.text(node)), node)
            case "field_access":
                name, receiver = node.child_by_field_name("field"), node.child_by_field_name("object")
                return None if name is None else Link(wire_name(self.text(name)), node, receiver)
            case "scoped_type_identifier" if node.named_children:
                receiver = node.named_children[0] if len(node.named_children) > 1 else None
                return Link(wire_name(self.text(node.named_children[-1])), node, receiver)
            case "generic_type" if node.named_children:
                return self.link(node.named_children[0])
            case "method_invocation":
                name, receiver = node.child_by_field_name("name"), node.child_by_field_name("object")
                return None if name is None else self._call(node, name, receiver)
            case "object_creation_expression":
                kind = node.child_by_field_name("type")
                link = None if kind is None else self.link(kind)
                return None if link is None else self._call(node, link.node, link.receiver, link.name)
            case "parenthesized_expression":
                inner = self.unwrap(node, (node.type,))
                return None if inner.type == node.type else self.link(inner)
            case _:
                return None

    def assignment_pairs(self, node: Node) -> Iterable[tuple[Node, Node]]:
        target = node.child_by_field_name("name") or node.child_by_field_name("left")
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        return [] if target is None or value is None else [(target, value)]

    def index(self, node: Node) -> tuple[Node, Node] | None:
        if node.type != "array_access":
            return None
        base, key = node.child_by_field_name("array"), node.child_by_field_name("index")
        return None if base is None or key is None else (base, key)

    def identifier(self, node: Node) -> str | None:
        match node.type:
            case "identifier":
                return self.text(node)
            case "field_access":
                return self.constant_name(node)
            case _:
                return None

    def pair(self, node: Node) -> tuple[Node, Node] | None:
        """`Map.entry(key, value)`."""
        link = self.link(node)
        if link is None or link.name not in ("entry", "simple_entry", "pair") or link.arguments is None:
            return None
        return (link.arguments[0].node, link.arguments[1].node) if len(link.arguments) == 2 else None

    def _call(self, node: Node, name: Node, receiver: Node | None, as_: str | None = None) -> Link | None:
        given = node.child_by_field_name("arguments")
        nodes = () if given is None else tuple(child for child in given.named_children if not child.is_extra)
        return Link(
            wire_name(self.text(name)) if as_ is None else as_, node, receiver, tuple(map(Argument, nodes))
        )

    def string(self, node: Node, depth: int) -> Value:
        del depth
        text = self.text(node)
        quotes = 3 if text.startswith('"""') else 1
        return Constant(self.span(node), unescape(text[quotes:-quotes]))

    def unary(self, node: Node, depth: int) -> Value:
        operand, operator = node.child_by_field_name("operand"), node.child_by_field_name("operator")
        if operand is None or operator is None:
            return Unknown(self.span(node))
        if operator.type == "!":
            return Computed(self.span(node), "boolean")
        value = self.value(operand, depth + 1)
        return negative(self.span(node), value) if operator.type == "-" else value

    def cast(self, node: Node, depth: int) -> Value:
        value = node.child_by_field_name("value")
        return Unknown(self.span(node)) if value is None else self.value(value, depth + 1)


_HANDLERS: Final[dict[str, Callable[[JavaReader, Node, int], Value]]] = {
    "string_literal": JavaReader.string,
    "true": JavaReader.word,
    "false": JavaReader.word,
    "null_literal": JavaReader.word,
    "decimal_integer_literal": JavaReader.number,
    "hex_integer_literal": JavaReader.number,
    "decimal_floating_point_literal": JavaReader.number,
    "parenthesized_expression": JavaReader.inner,
    "unary_expression": JavaReader.unary,
    "binary_expression": JavaReader.binary,
    "ternary_expression": JavaReader.conditional,
    "cast_expression": JavaReader.cast,
    "method_invocation": JavaReader.call_value,
    "object_creation_expression": JavaReader.call_value,
}
