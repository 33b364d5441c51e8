"""Python: the official SDK, requests to the API, and records that are passed on as dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from intercom_iac.text import Span

from ..code_file import CodeFile
from ..mentions import Mention, Reading
from ..values import Choice, Computed, Constant, Entry, Items, Moment, MomentForm, Record, Unknown, Value
from .python_imports import GeneratedNames, generated_mention, generated_names
from .sdk.chain import Argument, Link
from .sdk.moments import negative, whole_number
from .sdk.names import unescape, wire_name
from .sdk.reader import CodeReader

if TYPE_CHECKING:
    from tree_sitter import Node

_MOMENTS: Final[dict[str, MomentForm]] = {
    "time.time": "seconds",
    "time": "seconds",
    "time.time_ns": "nanoseconds",
    "time_ns": "nanoseconds",
    "datetime.now": "object",
    "datetime.utcnow": "object",
    "datetime.datetime.now": "object",
    "datetime.datetime.utcnow": "object",
    "datetime.today": "object",
    "date.today": "object",
    "timezone.now": "object",
    "django.utils.timezone.now": "object",
}
_OF_MOMENTS: Final[dict[str, MomentForm]] = {"timestamp": "seconds", "isoformat": "text", "strftime": "text"}
# What writes a record as JSON stands for the record.
_JSON: Final = frozenset({"json.dumps", "orjson.dumps", "ujson.dumps", "dumps"})
_WRAPPERS: Final = ("await", "parenthesized_expression")
_TEXT_METHODS: Final = frozenset({"format", "join", "strip", "lower", "upper", "title", "replace", "decode"})


def read(file: CodeFile) -> Reading:
    """The mentions of a file."""
    return PythonReader(file).reading()


class PythonReader(CodeReader):
    package = "tree_sitter_python"
    chains = frozenset({"call"})
    records = frozenset({"dictionary"})
    strings = frozenset({"string"})
    indexes = frozenset({"subscript"})
    assignments = frozenset({"assignment", "augmented_assignment", "named_expression"})
    functions = frozenset({"function_definition", "lambda"})
    parameters = frozenset({"parameters", "lambda_parameters"})
    imports = frozenset({"import_from_statement", "import_statement"})

    def convert(self, node: Node, depth: int) -> Value:
        handler = _HANDLERS.get(node.type)
        return Unknown(self.span(node)) if handler is None else handler(self, node, depth)

    def link(self, node: Node) -> Link | None:
        match node.type:
            case "identifier":
                return Link(wire_name(self.text(node)), node)
            case "attribute":
                name = node.child_by_field_name("attribute")
                receiver = node.child_by_field_name("object")
                return None if name is None else Link(wire_name(self.text(name)), node, receiver)
            case "call":
                return self._call_link(node)
            case "subscript":
                key = self._key_text(node)
                return None if key is None else Link(key, node, node.child_by_field_name("value"))
            case "await" | "parenthesized_expression":
                inner = self.unwrap(node, _WRAPPERS)
                return None if inner.type in _WRAPPERS else self.link(inner)
            case _:
                return None

    def assignment_pairs(self, node: Node) -> Iterable[tuple[Node, Node]]:
        target = node.child_by_field_name("left") or node.child_by_field_name("name")
        value = node.child_by_field_name("right") or node.child_by_field_name("value")
        if target is None or value is None:
            return []
        # What `+=` makes of a value is not known: it is what it was, and more.
        return [(target, target if node.type == "augmented_assignment" else value)]

    def index(self, node: Node) -> tuple[Node, Node] | None:
        if node.type != "subscript":
            return None
        base = node.child_by_field_name("value")
        keys = node.children_by_field_name("subscript")
        return None if base is None or len(keys) != 1 else (base, keys[0])

    def identifier(self, node: Node) -> str | None:
        return self.text(node) if node.type == "identifier" else None

    def other_mentions(self) -> Iterable[Mention]:
        return [
            generated_mention(name, self.items(link.arguments or (), self.span(node)))
            for node in self.nodes(self.chains)
            if self._generated_code and (name := self._generated_name(node)) is not None
            if (link := self._call_link(node)) is not None
        ]

    @cached_property
    def _generated_code(self) -> GeneratedNames:
        if not self.file.generated_modules:
            return GeneratedNames()
        return generated_names(self.nodes(self.imports), self.file.generated_modules)

    def _generated_name(self, node: Node) -> str | None:
        """What a call is of generated code, by the name it has there."""
        function = node.child_by_field_name("function")
        return (
            None
            if function is None or not self._generated_code
            else self._generated_code.name(self.short_text(function))
        )

    def _call_link(self, node: Node) -> Link | None:
        function = node.child_by_field_name("function")
        given = node.child_by_field_name("arguments")
        if function is None or given is None:
            return None
        link = None if function.type == "call" else self.link(function)
        if link is None or link.arguments is not None:
            return None
        return Link(link.name, node, link.receiver, tuple(self._arguments(given)))

    def _arguments(self, given: Node) -> Iterable[Argument]:
        for argument in given.named_children:
            if argument.type == "keyword_argument":
                name, value = argument.child_by_field_name("name"), argument.child_by_field_name("value")
                if name is not None and value is not None:
                    yield Argument(value, self.text(name), name)
            elif argument.type == "dictionary_splat":
                yield Argument(argument, rest=True)
            elif argument.type != "comment":
                yield Argument(argument)

    def _key_text(self, node: Node) -> str | None:
        indexed = self.index(node)
        if indexed is None or indexed[1].type != "string":
            return None
        value = self.convert(indexed[1], 0)
        return (
            wire_name(value.value) if isinstance(value, Constant) and isinstance(value.value, str) else None
        )

    def string(self, node: Node, depth: int) -> Value:
        del depth
        parts: list[str] = []
        raw = False
        for child in node.named_children:
            if child.type == "string_start":
                raw = "r" in self.text(child).lower()
            elif child.type == "interpolation":
                return Computed(self.span(node), "text")
            elif child.type == "string_content":
                parts.append(self.text(child))
        text = "".join(parts)
        return Constant(self.span(node), text if raw else unescape(text))

    def concatenation(self, node: Node, depth: int) -> Value:
        parts = [self.convert(child, depth + 1) for child in node.named_children if child.type == "string"]
        texts = [part.value for part in parts if isinstance(part, Constant) and isinstance(part.value, str)]
        if len(texts) < len(parts):
            return Computed(self.span(node), "text")
        return Constant(self.span(node), "".join(texts))

    def constant(self, node: Node, depth: int) -> Value:
        del depth
        return Constant(self.span(node), {"true": True, "false": False, "none": None}[node.type])

    def dictionary(self, node: Node, depth: int) -> Value:
        entries: list[Entry] = []
        rest: list[Span] = []
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    entries.append(Entry(self.value(key, depth + 1), self.value(value, depth + 1)))
            elif child.type == "dictionary_splat":
                rest.append(self.span(child))
        return Record(self.span(node), tuple(entries), tuple(rest))

    def comprehension(self, node: Node, depth: int) -> Value:
        del depth
        kinds = {"list_comprehension", "set_comprehension"}
        span = self.span(node)
        return Items(span, ()) if node.type in kinds else Record(span, (), (span,))

    def unary(self, node: Node, depth: int) -> Value:
        argument, operator = node.child_by_field_name("argument"), node.child_by_field_name("operator")
        if node.type == "not_operator":
            return Computed(self.span(node), "boolean")
        if argument is None or operator is None or operator.type != "-":
            return Unknown(self.span(node))
        return negative(self.span(node), self.value(argument, depth + 1))

    def comparison(self, node: Node, depth: int) -> Value:
        del depth
        return Computed(self.span(node), "boolean")

    def conditional(self, node: Node, depth: int) -> Value:
        children = [child for child in node.named_children if child.type != "comment"]
        if len(children) != 3:
            return Unknown(self.span(node))
        return Choice(
            self.span(node), (self.value(children[0], depth + 1), self.value(children[2], depth + 1))
        )

    def call(self, node: Node, depth: int) -> Value:
        span = self.span(node)
        link = self._call_link(node)
        if link is None or link.arguments is None:
            return Unknown(span)
        if self._generated_name(node) is not None:
            return Record(span, ())  # what it sends is a mention of its own
        function = node.child_by_field_name("function")
        name = "" if function is None else self.short_text(function)
        arguments = link.arguments
        if name in _MOMENTS and (not arguments or _MOMENTS[name] == "object"):
            return Moment(span, _MOMENTS[name])
        if name in _JSON and arguments:
            return self.value(arguments[0].node, depth + 1)
        if link.receiver is not None:
            if link.name in _OF_MOMENTS:
                return Moment(span, _OF_MOMENTS[link.name])
            return Computed(span, "text") if link.name in _TEXT_METHODS else Unknown(span)
        return self._builtin(node, name, arguments, depth)

    def _builtin(self, node: Node, name: str, arguments: tuple[Argument, ...], depth: int) -> Value:
        span = self.span(node)
        if name == "dict" and not any(argument.name is None for argument in arguments):
            return self.items(arguments, span)
        if name[:1].isupper() and arguments and all(argument.name or argument.rest for argument in arguments):
            return self.items(
                arguments, span
            )  # a model of the SDK: `CreateContactRequestWithEmail(email=...)`
        match name:
            case "int" | "round" if arguments:
                return whole_number(span, self.value(arguments[0].node, depth + 1))
            case "float" if arguments:
                return Computed(span, "number")
            case "str" | "repr":
                return Computed(span, "text")
            case "bool" | "isinstance" | "any" | "all" | "hasattr":
                return Computed(span, "boolean")
            case "len":
                return Computed(span, "integer")
            case "list" | "sorted" | "set" | "tuple":
                return Items(span, ())
            case _:
                return Unknown(span)


_HANDLERS: Final[dict[str, Callable[[PythonReader, Node, int], Value]]] = {
    "string": PythonReader.string,
    "concatenated_string": PythonReader.concatenation,
    "true": PythonReader.constant,
    "false": PythonReader.constant,
    "none": PythonReader.constant,
    "integer": PythonReader.number,
    "float": PythonReader.number,
    "dictionary": PythonReader.dictionary,
    "list": PythonReader.list_of,
    "tuple": PythonReader.list_of,
    "set": PythonReader.list_of,
    "list_comprehension": PythonReader.comprehension,
    "set_comprehension": PythonReader.comprehension,
    "dictionary_comprehension": PythonReader.comprehension,
    "parenthesized_expression": PythonReader.inner,
    "await": PythonReader.inner,
    "unary_operator": PythonReader.unary,
    "not_operator": PythonReader.unary,
    "binary_operator": PythonReader.binary,
    "boolean_operator": PythonReader.binary,
    "comparison_operator": PythonReader.comparison,
    "conditional_expression": PythonReader.conditional,
    "call": PythonReader.call,
}
