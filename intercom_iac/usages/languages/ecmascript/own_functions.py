"""Functions of a script that hand on what they are given: `track(name)`, which calls the Messenger with it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from ...mentions import Mention
from ...syntax_tree import node_text
from ...values import Record, Unknown, Value, entry_value
from .nodes import argument_nodes, key_text, name_path, unwrap
from .script import bound_names
from .values import ValueReader

if TYPE_CHECKING:
    from tree_sitter import Node

# How many functions may hand on to one another.
_MOST_STEPS: Final = 4
_MOST_FUNCTIONS_AROUND: Final = 64
# How much code is read once more for the calls of own functions, in bytes.
_MOST_BYTES: Final = 300_000
_WORD: Final = lazy_pattern(rb"[\w$\x80-\xff]+")
_FUNCTIONS: Final = ("function_declaration", "function_expression", "arrow_function", "method_definition")
_MEMBERS: Final = ("method_definition", "pair", "field_definition", "public_field_definition")
# What gives a function back as it is, or nearly so.
_AROUND_FUNCTIONS: Final = frozenset({"useCallback", "debounce", "throttle", "once", "memoize"})
_GLOBALS: Final = frozenset({"window", "globalThis", "self", "exports", "module"})

Read = Callable[[], Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class OwnFunction:
    """A function that has a name. `owner` is the class or the object that it is a member of; None for none.
    `is_exported`: it is called from other files, too."""

    node: Node
    name: str
    owner: str | None
    is_exported: bool


def call_mentions(
    reader: ValueReader, mentions_of: Callable[[ValueReader, Node], Iterator[Mention]]
) -> Iterator[Mention]:
    """What all calls of a script mention. A call that hands on a parameter of an own function mentions what each
    call of that function gives it."""
    follower = _Follower(reader)
    for call in reader.script.nodes("call_expression", "new_expression"):
        yield from follower.mentions(lambda call=call: list(mentions_of(reader, call)), call)


class _Follower:
    """Follows the own functions of one script to where they are called."""

    def __init__(self, reader: ValueReader) -> None:
        self._reader = reader
        self._script = reader.script
        self._bytes_left = _MOST_BYTES

    def mentions(self, read: Read, call: Node, around: Sequence[int] = ()) -> Iterator[Mention]:
        """What is read at a call; where that depends on parameters of the function around it, at each call of it."""
        with self._reader.noting_names() as names:
            mentions = read()
        function = self._function_around(call, frozenset(names)) if mentions and names else None
        if function is not None and function.node.id in around:
            return  # It calls itself, with what it was given.
        calls = [] if function is None or len(around) == _MOST_STEPS else self._calls_of(function)
        size = sum(node.end_byte - node.start_byte for node in calls)
        size += len(calls) * (call.end_byte - call.start_byte)
        if function is None or not calls or size > self._bytes_left:
            yield from mentions
            return
        self._bytes_left -= size
        if self._is_used_elsewhere(function, len(calls)):
            yield from mentions
        for own_call in calls:
            yield from self.mentions(
                self._read_for(function, own_call, read), own_call, (*around, function.node.id)
            )

    def _read_for(self, function: OwnFunction, call: Node, read: Read) -> Read:
        def read_with_arguments() -> Sequence[Mention]:
            values = self._parameter_values(function.node, call)
            with self._reader.binding(values):
                return read()

        return read_with_arguments

    # --- which function -----------------------------------------------------------------------------------------

    @cached_property
    def _functions(self) -> list[Node]:
        nodes = self._script.nodes(*_FUNCTIONS)
        return sorted(nodes, key=lambda node: (node.start_byte, -node.end_byte))

    @cached_property
    def _outer(self) -> list[int]:
        """For each function the one around it, -1 for none."""
        outer: list[int] = []
        around: list[int] = []
        for index, node in enumerate(self._functions):
            while around and self._functions[around[-1]].end_byte <= node.start_byte:
                around.pop()
            outer.append(around[-1] if around else -1)
            around.append(index)
        return outer

    @cached_property
    def _starts(self) -> list[int]:
        return [node.start_byte for node in self._functions]

    def _function_around(self, call: Node, names: frozenset[str]) -> OwnFunction | None:
        """The innermost function around a call that has one of these parameters; None where it has no name that is
        its own, or changes the parameter."""
        index = bisect_right(self._starts, call.start_byte) - 1
        for _ in range(_MOST_FUNCTIONS_AROUND):
            if index < 0:
                return None
            node = self._functions[index]
            if node.end_byte >= call.end_byte:
                own = names & set(_parameter_names(node))
                if own:
                    changed = own & self._script.changed_names
                    return None if changed else self._named_functions.get(node.id)
            index = self._outer[index]
        return None

    @cached_property
    def _named_functions(self) -> Mapping[int, OwnFunction]:
        """The functions with a name, by node."""
        functions: dict[int, OwnFunction] = {}
        for node in self._script.nodes("function_declaration"):
            name = node.child_by_field_name("name")
            if name is not None:
                functions[node.id] = self._function(node, node, node_text(name))
        for node in self._script.nodes("variable_declarator"):
            name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            inner = None if value is None else _function_in(value)
            if name is not None and inner is not None and name.type == "identifier":
                functions[inner.id] = self._function(inner, node, node_text(name))
        for node in self._script.nodes("assignment_expression"):
            target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
            inner = None if value is None else _function_in(value)
            if target is not None and inner is not None:
                *owners, name = name_path(target)
                owner = owners[-1] if owners and owners[0] not in _GLOBALS else None
                functions[inner.id] = OwnFunction(inner, name, owner, is_exported=True)
        for node in self._script.nodes(*_MEMBERS):
            key = node.child_by_field_name("name") or node.child_by_field_name("property")
            key = key or node.child_by_field_name("key")
            value = node.child_by_field_name("value")
            inner = (
                node if node.type == "method_definition" else None if value is None else _function_in(value)
            )
            name = None if key is None else key_text(key)
            if inner is not None and name is not None:
                functions[inner.id] = OwnFunction(inner, name, _owner_name(node), is_exported=True)
        return functions

    def _function(self, node: Node, statement: Node, name: str) -> OwnFunction:
        data = self._script.file.data
        line = data[data.rfind(b"\n", 0, statement.start_byte) + 1 : statement.start_byte]
        return OwnFunction(node, name, None, is_exported=b"export" in line)

    # --- its calls ----------------------------------------------------------------------------------------------

    @cached_property
    def _calls(self) -> Mapping[str, list[tuple[Node, tuple[str, ...]]]]:
        calls: dict[str, list[tuple[Node, tuple[str, ...]]]] = {}
        for call in self._script.nodes("call_expression"):
            callee = call.child_by_field_name("function")
            path = ("",) if callee is None else name_path(callee)
            calls.setdefault(path[-1], []).append((call, path))
        return calls

    def _calls_of(self, function: OwnFunction) -> list[Node]:
        calls = self._calls.get(function.name, [])
        if function.owner is not None:
            return [
                call for call, path in calls if len(path) == 2 and self._is_owner(path[0], function.owner)
            ]
        if self._script.binding_count(function.name) > 1:
            return []
        return [call for call, path in calls if len(path) == 1 or (len(path) == 2 and path[0] in _GLOBALS)]

    def _is_owner(self, name: str, owner: str) -> bool:
        """Whether a name stands for the object that a function is a member of, or for one of its class."""
        if name in ("this", owner):
            return True
        definition = self._script.definitions.get(name)
        if definition is None:
            return False
        maker = unwrap(definition).child_by_field_name("constructor")
        return maker is not None and name_path(maker)[-1] == owner

    def _is_used_elsewhere(self, function: OwnFunction, calls: int) -> bool:
        """Whether it is exported, or handed over somewhere, so that not all of its calls are seen."""
        if function.is_exported:
            return True
        return self._word_counts[function.name.encode()] > calls + 1

    @cached_property
    def _word_counts(self) -> Counter[bytes]:
        """How often each word stands in the file, texts and comments among it."""
        return Counter(_WORD.findall(self._script.file.data))

    # --- what it is given ---------------------------------------------------------------------------------------

    def _parameter_values(self, function: Node, call: Node) -> Mapping[str, Value | None]:
        """What each parameter stands for at a call; None for what is not given."""
        arguments = argument_nodes(call)
        spreads = (index for index, argument in enumerate(arguments) if argument.type == "spread_element")
        first_spread = next(spreads, None)
        values: dict[str, Value | None] = {}
        for index, parameter in enumerate(_parameters(function)):
            is_spread = first_spread is not None and index >= first_spread
            argument = arguments[index] if index < len(arguments) else None
            if is_spread or parameter.type == "rest_pattern":
                values |= {name: Unknown(self._reader.span(call)) for name in bound_names(parameter)}
            else:
                if argument is not None and self._reader.is_undefined(argument):
                    argument = None
                value = None if argument is None else self._reader.read(argument)
                values |= self._pattern_values(parameter, value)
        return values

    def _pattern_values(self, pattern: Node, value: Value | None) -> Mapping[str, Value | None]:
        """The names of a pattern, each with what it stands for."""
        inner = pattern.child_by_field_name("pattern") or pattern.child_by_field_name("left")
        if inner is not None:
            default = pattern.child_by_field_name("value") or pattern.child_by_field_name("right")
            return self._pattern_values(
                inner, self._reader.read(default) if value is None and default else value
            )
        if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
            return {node_text(pattern): value}
        if pattern.type != "object_pattern" or not isinstance(value, Record):
            unknown = Unknown(self._reader.span(pattern))
            return dict.fromkeys(bound_names(pattern), None if value is None else unknown)
        names: dict[str, Value | None] = {}
        for child in pattern.named_children:
            part = child.child_by_field_name("left") or child
            key, target = part.child_by_field_name("key"), child.child_by_field_name("value") or child
            name = key_text(part if key is None else key)
            found = None if name is None else entry_value(value, name)
            if found is None and (value.rest or name is None):
                found = Unknown(self._reader.span(child))
            names |= self._pattern_values(target, found)
        return names


def _function_in(node: Node) -> Node | None:
    """The function that a value is, or that a hook is given: `useCallback((name) => ..., [])`."""
    node = unwrap(node)
    if node.type in _FUNCTIONS:
        return node
    if node.type == "call_expression" and name_path(node)[-1].removesuffix("()") in _AROUND_FUNCTIONS:
        arguments = argument_nodes(node)
        return arguments[0] if arguments and arguments[0].type in _FUNCTIONS else None
    return None


def _owner_name(member: Node) -> str:
    """The name of the class, or of the variable with the object, that a member is of; `this` where it has none."""
    body = member.parent
    around = None if body is None else body.parent
    name = None if around is None else around.child_by_field_name("name")
    return "this" if name is None else node_text(name)


def _parameters(function: Node) -> list[Node]:
    single = function.child_by_field_name("parameter")
    if single is not None:
        return [single]
    several = function.child_by_field_name("parameters")
    return [] if several is None else [child for child in several.named_children if child.type != "comment"]


def _parameter_names(function: Node) -> Iterator[str]:
    for parameter in _parameters(function):
        yield from bound_names(parameter)
