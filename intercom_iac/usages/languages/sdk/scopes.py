"""Variables of a file: what is assigned to a name, and what is put into it, by the function in which it happens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

# How many functions around a place are looked through for a variable, before the file itself.
_OUTER_FUNCTIONS = 8
_FILE = -1


class Scopes:
    """Functions of a file and the variables in each. A name is looked up from the inside out."""

    def __init__(self, functions: Sequence[Node]) -> None:
        # From each of these bytes on, up to the next one, the innermost function is this one.
        self._bytes: list[int] = []
        self._functions: list[int] = []
        self._outer: list[int] = []
        self._variables: dict[tuple[int, str], Variable] = {}
        around: list[int] = []
        for index, node in enumerate(functions):
            while around and functions[around[-1]].end_byte <= node.start_byte:
                self._leave(functions[around.pop()], around)
            self._outer.append(around[-1] if around else _FILE)
            around.append(index)
            self._bytes.append(node.start_byte)
            self._functions.append(index)
        while around:
            self._leave(functions[around.pop()], around)

    def assign(self, name: str, value: Node, *, at: int, everywhere: bool = False) -> None:
        """`name = value`; `everywhere`: the name is the file's or the object's, not a function's."""
        self._variable(name, at, everywhere).values.append(value)

    def put(self, name: str, key: Node, value: Node, *, at: int, everywhere: bool = False) -> None:
        """`name[key] = value`."""
        self._variable(name, at, everywhere).items.append((key, value))

    def take(self, name: str, *, at: int) -> None:
        """`name` is a parameter: what it holds, the caller says."""
        self._variable(name, at, False).is_open = True

    def close(self) -> None:
        """A variable that an inner function assigns again may hold that in the outer one as well."""
        for scope, name in list(self._variables):
            around = scope
            for _ in range(_OUTER_FUNCTIONS):
                around = _FILE if around == _FILE else self._outer[around]
                if around == _FILE:
                    break
                outer = self._variables.get((around, name))
                if outer is not None:
                    outer.is_open = True

    def find(self, name: str, at: int) -> Variable | None:
        scope = self._scope(at)
        for _ in range(_OUTER_FUNCTIONS):
            variable = self._variables.get((scope, name))
            if variable is not None or scope == _FILE:
                return variable
            scope = self._outer[scope]
        return self._variables.get((_FILE, name))

    def _variable(self, name: str, at: int, everywhere: bool) -> Variable:
        return self._variables.setdefault((_FILE if everywhere else self._scope(at), name), Variable())

    def _scope(self, at: int) -> int:
        index = bisect_right(self._bytes, at) - 1
        return self._functions[index] if index >= 0 else _FILE

    def _leave(self, function: Node, around: Sequence[int]) -> None:
        self._bytes.append(function.end_byte)
        self._functions.append(around[-1] if around else _FILE)


class Variable:
    """What a name is assigned, and what is put into it under keys; `is_open`: and what is not seen here."""

    __slots__ = ("is_open", "items", "values")

    def __init__(self) -> None:
        self.is_open = False
        self.values: list[Node] = []
        self.items: list[tuple[Node, Node]] = []
