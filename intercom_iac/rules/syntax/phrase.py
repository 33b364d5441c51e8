"""What the automaton makes of a rule: tokens, and the phrases that they and other phrases stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Token(str):
    """A word of a rule as it is written: its terminal in the grammar, and its place as offsets in characters."""

    __slots__ = ("end_pos", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int

    @classmethod
    def at(cls, text: str, kind: str, start: int, end: int) -> Token:
        token = cls(text)
        token.type = kind
        token.start_pos = start
        token.end_pos = end
        return token


class Phrase:
    """A part of a rule, as a line of the grammar has it: its name there, its tokens and phrases, and its place.

    The place is right because each line of the grammar keeps the terminals that it begins and ends with.
    """

    __slots__ = ("children", "data", "end_pos", "start_pos")

    def __init__(self, data: str, children: list[Any]) -> None:
        self.data = data
        self.children = children
        self.start_pos: int = children[0].start_pos
        self.end_pos: int = children[-1].end_pos

    def walk(self) -> Iterator[Phrase]:
        """The phrase and all those in it, in the order in which they begin."""
        yield self
        for child in self.children:
            if isinstance(child, Phrase):
                yield from child.walk()
