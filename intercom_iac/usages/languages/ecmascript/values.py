"""An expression of a script as a value: what it is, or of which type, as far as the file says it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ...syntax_tree import MAX_DEPTH, node_span, node_text
from ...values import (
    Choice,
    Computed,
    Constant,
    Entry,
    Handle,
    Items,
    Moment,
    Record,
    Unknown,
    Value,
    at_place,
    entry_value,
)
from .calls import call_value, shifted_moment
from .nodes import key_text, literal_number, string_text, unwrap

if TYPE_CHECKING:
    from tree_sitter import Node

    from intercom_iac.text import Span

    from .script import Script

_MOST_ENTRIES: Final = 20_000
_GIVEN: Final = object()
_COMPARISONS: Final = frozenset({"===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof"})
_BITWISE: Final = frozenset({"|", "&", "^", "<<", ">>", ">>>"})
_ARITHMETIC: Final = frozenset({"-", "*", "/", "%", "**"})


class ValueReader:
    """Reads values of one script. What a name stands for is read once."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._named: dict[str, Value | None] = {}
        self._bound: Mapping[str, Value | None] = {}
        # What a name that depends on names without a value stands for: another thing at each call of a function.
        self._named_here: dict[str, Value | None] = {}
        self._valueless: set[str] = set()
        self._valueless_count = 0
        self._entries_left = _MOST_ENTRIES

    def read(self, node: Node, depth: int = 0) -> Value:
        """The value of an expression; `Unknown` for what the file does not say, or nests too deep."""
        node = unwrap(node)
        span = self.span(node)
        if depth > MAX_DEPTH:
            return Unknown(span)
        reader = _READERS.get(node.type)
        return Unknown(span) if reader is None else reader(self, node, span, depth)

    def span(self, node: Node) -> Span:
        """The place of a node; of a string, without its quotes."""
        if node.type in ("string", "template_string") and node.end_byte - node.start_byte > 1:
            return self.script.file.span(node.start_byte + 1, node.end_byte - 1)
        return node_span(self.script.file, node)

    def key(self, node: Node, depth: int = 0) -> Value:
        """The key of an entry as a value."""
        text = key_text(node)
        if text is not None:
            inner = node.named_children[0] if node.type == "computed_property_name" else node
            return Constant(self.span(inner), text)
        if node.type == "computed_property_name" and node.named_children:
            return self.read(node.named_children[0], depth + 1)
        return Unknown(self.span(node))

    def named_value(self, name: str, depth: int) -> Value | None:
        """What a name stands for; None where the file does not say it."""
        if name in self._bound:
            return self._bound[name]
        known = self._named if name in self._named else self._named_here
        if name not in known:
            # What is being read stands for nothing within itself.
            known[name] = None
            count = self._valueless_count
            definition = self.script.definitions.get(name)
            if definition is not None:
                value = (
                    self._enum(definition)
                    if definition.type == "enum_declaration"
                    else self.read(definition, depth + 1)
                )
                known[name] = self._with_assigned(name, value, depth)
                if count == self._valueless_count:
                    self._named[name] = known.pop(name)
                    return self._named[name]
        if known[name] is None:
            self._valueless.add(name)
            self._valueless_count += 1
        return known[name]

    @contextmanager
    def binding(self, names: Mapping[str, Value | None]) -> Generator[None]:
        """Within, these names stand for these values, or, with None, for nothing that is given."""
        before = self._bound, self._named_here
        self._bound, self._named_here = names, {}
        try:
            yield
        finally:
            self._bound, self._named_here = before

    @contextmanager
    def noting_names(self) -> Generator[set[str]]:
        """The names that are found to stand for nothing, from here on."""
        self._valueless = set()
        yield self._valueless

    def is_parameter(self, node: Node) -> bool:
        """Whether a name, or the one in front of a member, is a parameter that is given."""
        for _ in range(MAX_DEPTH):
            node = unwrap(node)
            owner = node.child_by_field_name("object")
            if owner is None:
                break
            node = owner
        return bool(self._bound) and self._bound.get(node_text(node)) is not None

    def is_left_out(self, node: Node) -> bool:
        """Whether an expression is a parameter that is not given."""
        is_name = node.type in ("identifier", "shorthand_property_identifier")
        return is_name and self._bound.get(node_text(node), _GIVEN) is None

    def is_undefined(self, node: Node) -> bool:
        """Whether an argument is as good as not there."""
        return node_text(node) == "undefined" or self.is_left_out(node)

    def imported_handle(self, name: str) -> str | None:
        """The name in generated code of what is imported from there, where events have handles named for them; `*` is
        all of it."""
        imported = self.script.imports.get(name)
        is_generated = imported is not None and self.script.file.imports_generated(imported.module)
        return imported.name if imported is not None and is_generated else None

    def at_name(self, value: Value | None, span: Span) -> Value:
        """A value where a name stands for it. A file that names long records over and over is not followed to the
        end, which would take the square of its length."""
        if isinstance(value, Record):
            self._entries_left -= len(value.entries)
        if value is None or self._entries_left < 0:
            return Unknown(span)
        return at_place(value, span)

    def _with_assigned(self, name: str, value: Value, depth: int) -> Value:
        assigned = self.script.assignments.get(name)
        if not assigned or not isinstance(value, Record):
            return value
        entries = tuple(
            Entry(self._assigned_key(entry.key, depth), self.read(entry.value, depth + 1))
            for entry in assigned
        )
        return Record(value.span, value.entries + entries, value.rest)

    def _assigned_key(self, node: Node, depth: int) -> Value:
        if node.type == "identifier":
            return self.read(node, depth + 1)
        return self.key(node, depth)

    def _enum(self, node: Node) -> Value:
        body = node.child_by_field_name("body")
        entries: list[Entry] = []
        for member in [] if body is None else body.named_children:
            name, value = member.child_by_field_name("name"), member.child_by_field_name("value")
            if member.type == "enum_assignment" and name is not None and value is not None:
                entries.append(Entry(self.key(name), self.read(value, 1)))
        return Record(self.span(node), tuple(entries))


# --- a function for each kind of expression -----------------------------------------------------------------


def _text(_reader: ValueReader, node: Node, span: Span, _depth: int) -> Value:
    text = string_text(node)
    return Computed(span, "text") if text is None else Constant(span, text)


def _number(_reader: ValueReader, node: Node, span: Span, _depth: int) -> Value:
    number = literal_number(node_text(node))
    return Computed(span, "number") if number is None else Constant(span, number)


def _constant(value: bool | None) -> _Reader:
    return lambda _reader, _node, span, _depth: Constant(span, value)


def _name(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    name = node_text(node)
    if name in ("NaN", "Infinity"):
        return Constant(span, float(name))
    value = reader.named_value(name, depth)
    if value is not None and reader.is_parameter(node):
        return value  # What a parameter stands for is told where it is given.
    imported = reader.imported_handle(name)
    if value is None and imported is not None and imported != "*":
        return Handle(span, imported)
    return reader.at_name(value, span)


def _member(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    owner, key = (
        node.child_by_field_name("object"),
        node.child_by_field_name("property") or node.child_by_field_name("index"),
    )
    if owner is None or key is None:
        return Unknown(span)
    name = key_text(key) if key.type in ("property_identifier", "string", "template_string") else None
    if name == "length":
        return Computed(span, "integer")
    if name is None or unwrap(owner).type not in (
        "identifier",
        "member_expression",
        "subscript_expression",
    ):
        return Unknown(span)
    if reader.imported_handle(node_text(owner)) == "*":
        return Handle(span, name)
    record = reader.read(owner, depth + 1)
    found = entry_value(record, name) if isinstance(record, Record) else None
    return found if found is not None and reader.is_parameter(owner) else reader.at_name(found, span)


def _object(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    entries: list[Entry] = []
    rest: list[Span] = []
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if reader.is_left_out(child if value is None else value):
            continue
        if child.type == "pair" and key is not None and value is not None:
            entries.append(Entry(reader.key(key, depth), reader.read(value, depth + 1)))
        elif child.type == "shorthand_property_identifier":
            entries.append(Entry(reader.key(child), _name(reader, child, reader.span(child), depth + 1)))
        elif child.type == "spread_element" and child.named_children:
            spread = reader.read(child.named_children[-1], depth + 1)
            parts = spread_records(spread)
            entries += [entry for part in parts for entry in part.entries]
            rest += [place for part in parts for place in part.rest]
            rest += [] if parts else [reader.span(child)]
        elif child.type == "method_definition":
            name = child.child_by_field_name("name")
            if name is not None:
                entries.append(Entry(reader.key(name), Unknown(reader.span(child))))
        elif child.type != "comment":
            rest.append(reader.span(child))
    return Record(span, tuple(entries), tuple(rest))


def spread_records(value: Value) -> list[Record]:
    """The records that a spread may put in: of `...(paid && {plan: "pro"})` the one that is written."""
    if isinstance(value, Record):
        return [value]
    if isinstance(value, Choice):
        return [record for alternative in value.alternatives for record in spread_records(alternative)]
    return []


def _array(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    values = [reader.read(child, depth + 1) for child in node.named_children if child.type != "comment"]
    return Items(span, tuple(values))


def _ternary(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    branches = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
    return Choice(span, tuple(reader.read(branch, depth + 1) for branch in branches if branch is not None))


def _binary(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    sign = node.child_by_field_name("operator")
    if left is None or right is None or sign is None:
        return Unknown(span)
    operator = node_text(sign)
    if operator in _COMPARISONS:
        return Computed(span, "boolean")
    first, second = reader.read(left, depth + 1), reader.read(right, depth + 1)
    if operator in ("||", "??"):
        return Choice(span, (first, second))
    if operator == "&&":
        # What is on the left is sent only where it is nothing: `false`, `undefined`, "".
        return Choice(span, (second,))
    moment = shifted_moment(span, operator, first, second)
    if moment is not None:
        return moment
    if operator in _BITWISE:
        return Computed(span, "integer")
    if operator in _ARITHMETIC:
        return Computed(span, "number")
    if operator == "+" and (_is_text(first) or _is_text(second)):
        if isinstance(first, Constant) and isinstance(second, Constant):
            parts = (first.value, second.value)
            if isinstance(parts[0], str) and isinstance(parts[1], str):
                return Constant(span, parts[0] + parts[1])
        return Computed(span, "text")
    if operator == "+" and _is_number(first) and _is_number(second):
        return Computed(span, "number")
    return Unknown(span)


def _is_text(value: Value) -> bool:
    return (isinstance(value, Constant) and isinstance(value.value, str)) or (
        isinstance(value, Computed) and value.type == "text"
    )


def _is_number(value: Value) -> bool:
    if isinstance(value, Constant):
        return isinstance(value.value, int | float) and not isinstance(value.value, bool)
    return isinstance(value, Computed) and value.type in ("number", "integer")


def _unary(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    sign, argument = node.child_by_field_name("operator"), node.child_by_field_name("argument")
    if sign is None or argument is None:
        return Unknown(span)
    operator = node_text(sign)
    if operator == "!":
        return Computed(span, "boolean")
    if operator == "typeof":
        return Computed(span, "text")
    value = reader.read(argument, depth + 1)
    if isinstance(value, Moment):
        # `+new Date()`; `~~(Date.now() / 1000)` has its own sign twice.
        form = "milliseconds" if value.form == "object" else value.form
        return Moment(span, form)
    if operator == "-" and isinstance(value, Constant) and _is_number(value):
        number = value.value
        assert isinstance(number, int | float)
        return Constant(span, -number)
    if operator == "+" and isinstance(value, Constant) and _is_number(value):
        return Constant(span, value.value)
    return Computed(span, "integer" if operator == "~" else "number") if operator in "+-~" else Unknown(span)


def _call(reader: ValueReader, node: Node, span: Span, depth: int) -> Value:
    return call_value(reader.read, node, span, depth)


_Reader = Callable[[ValueReader, "Node", "Span", int], Value]
_READERS: Final[Mapping[str, _Reader]] = {
    "string": _text,
    "template_string": _text,
    "number": _number,
    "true": _constant(True),
    "false": _constant(False),
    "null": _constant(None),
    "identifier": _name,
    "member_expression": _member,
    "subscript_expression": _member,
    "object": _object,
    "array": _array,
    "ternary_expression": _ternary,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "call_expression": _call,
    "new_expression": _call,
}
