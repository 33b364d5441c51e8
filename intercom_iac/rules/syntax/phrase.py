"""What lark makes of a rule, instead of trees of its own: they would know their places at twice the price."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Phrase:
    """A part of a rule, as a line of the grammar has it: its name there, its tokens and phrases, and its place.

    `start_pos` and `end_pos` are offsets in characters, under the names that lark's tokens have for them. They are
    right because each line of the grammar keeps the terminals that it begins and ends with.
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
