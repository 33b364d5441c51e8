"""Kotlin: the SDK for Android and the official one for the JVM."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from ..code_file import CodeFile
from ..mentions import Reading
from ..values import Choice, Computed, Constant, Unknown, Value
from .sdk.chain import Argument, Link
from .sdk.jvm import JvmReader
from .sdk.moments import negative
from .sdk.names import unescape, wire_name

if TYPE_CHECKING:
    from tree_sitter import Node

_WRAPPERS: Final = ("parenthesized_expression", "unary_expression")
_WORDS: Final = frozenset({"true", "false", "null"})


def read(file: CodeFile) -> Reading:
    """The mentions of a file."""
    return KotlinReader(file).reading()


class KotlinReader(JvmReader):
    package = "tree_sitter_kotlin"
    chains = frozenset({"call_expression"})
    records = frozenset[str]()
    strings = frozenset({"string_literal", "multiline_string_literal"})
    indexes = frozenset({"index_expression"})
    assignments = frozenset({"property_declaration", "assignment"})
    functions = frozenset({"function_declaration", "lambda_literal", "anonymous_function"})
    parameters = frozenset({"function_value_parameters", "lambda_parameters"})
    imports = frozenset({"import"})

    def convert(self, node: Node, depth: int) -> Value:
        if node.type == "identifier" and self.text(node) in _WORDS:
            return self.word(node, depth)
        handler = _HANDLERS.get(node.type)
        return Unknown(self.span(node)) if handler is None else handler(self, node, depth)

    def link(self, node: Node) -> Link | None:
        match node.type:
            case "identifier":
                return Link(wire_name(self.text(node)), node)
            case "navigation_expression" if len(node.named_children) == 2:
                receiver, name = node.named_children
                return Link(wire_name(self.text(name)), node, receiver)
            case "call_expression" if node.named_children:
                return self._call_link(node)
            case "parenthesized_expression" | "unary_expression":
                inner = self.unwrap(node, _WRAPPERS)
                return None if inner.type in _WRAPPERS else self.link(inner)
            case _:
                return None

    def assignment_pairs(self, node: Node) -> Iterable[tuple[Node, Node]]:
        if node.type == "assignment":
            target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
            operators = {child.type for child in node.children if not child.is_named}
            if target is None or value is None:
                return []
            # What `+=` makes of a value is not known: it is what it was, and more.
            return [(target, value if "=" in operators else target)]
        declaration, value = node.named_children[0], node.named_children[-1]
        for child in node.named_children:
            if child.type == "variable_declaration":
                declaration = child
        if declaration.type != "variable_declaration" or value.id == declaration.id:
            return []
        return [(declaration.named_children[0], value)] if declaration.named_children else []

    def index(self, node: Node) -> tuple[Node, Node] | None:
        if node.type != "index_expression" or len(node.named_children) != 2:
            return None
        return node.named_children[0], node.named_children[1]

    def identifier(self, node: Node) -> str | None:
        match node.type:
            case "identifier":
                text = self.text(node)
                return None if text in _WORDS else text
            case "navigation_expression":
                return self.constant_name(node)
            case _:
                return None

    def pair(self, node: Node) -> tuple[Node, Node] | None:
        """`key to value`, `Pair(key, value)`."""
        if node.type == "infix_expression" and len(node.named_children) == 3:
            key, word, value = node.named_children
            return (key, value) if self.text(word) == "to" else None
        link = self.link(node)
        if link is None or link.name != "pair" or link.arguments is None or len(link.arguments) != 2:
            return None
        return link.arguments[0].node, link.arguments[1].node

    def _call_link(self, node: Node) -> Link | None:
        first = node.named_children[0]
        inner = first.named_children[0] if first.type == "call_expression" and first.named_children else first
        # A call of what a call returns is none that has a name; one with a block behind it is the same call.
        callee = None if inner.type == "call_expression" else self.link(first)
        if callee is None:
            return None
        given = next((child for child in node.named_children if child.type == "value_arguments"), None)
        arguments = () if given is None else tuple(self._arguments(given))
        if callee.arguments is not None:
            # A call with a block behind it: `withCompany(company) { ... }`.
            return Link(callee.name, node, callee.receiver, callee.arguments)
        return Link(callee.name, node, callee.receiver, arguments)

    def _arguments(self, given: Node) -> Iterable[Argument]:
        for argument in given.named_children:
            parts = argument.named_children
            if argument.type != "value_argument" or not parts:
                continue
            if len(parts) == 2 and parts[0].type == "identifier":
                yield Argument(parts[1], wire_name(self.text(parts[0])), parts[0])
            else:
                yield Argument(parts[-1])

    def string(self, node: Node, depth: int) -> Value:
        del depth
        parts: list[str] = []
        for child in node.named_children:
            text = self.text(child)
            if child.type == "interpolation" or text == "$":
                return Computed(self.span(node), "text")
            parts.append(text)
        text = "".join(parts)
        return Constant(self.span(node), text if node.type.startswith("multi") else unescape(text))

    def unary(self, node: Node, depth: int) -> Value:
        argument = node.child_by_field_name("argument")
        operator = next((child.type for child in node.children if not child.is_named), "")
        if argument is None or operator == "!":
            return Computed(self.span(node), "boolean")
        value = self.value(argument, depth + 1)
        return negative(self.span(node), value) if operator == "-" else value

    def branches(self, node: Node, depth: int) -> Value:
        """`if (paid) "pro" else "free"`."""
        condition = node.child_by_field_name("condition")
        branches = [child for child in node.named_children if condition is None or child.id != condition.id]
        if len(branches) != 2 or "block" in {branch.type for branch in branches}:
            return Unknown(self.span(node))
        return Choice(self.span(node), tuple(self.value(branch, depth + 1) for branch in branches))

    def cast(self, node: Node, depth: int) -> Value:
        value = node.child_by_field_name("left")
        return Unknown(self.span(node)) if value is None else self.value(value, depth + 1)

    def member(self, node: Node, depth: int) -> Value:
        return self.call_value(node, depth)


_HANDLERS: Final[dict[str, Callable[[KotlinReader, Node, int], Value]]] = {
    "string_literal": KotlinReader.string,
    "multiline_string_literal": KotlinReader.string,
    "number_literal": KotlinReader.number,
    "float_literal": KotlinReader.number,
    "parenthesized_expression": KotlinReader.inner,
    "unary_expression": KotlinReader.unary,
    "binary_expression": KotlinReader.binary,
    "if_expression": KotlinReader.branches,
    "as_expression": KotlinReader.cast,
    "call_expression": KotlinReader.call_value,
    "navigation_expression": KotlinReader.member,
}
