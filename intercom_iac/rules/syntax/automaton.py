"""The automaton that reads rules by the LALR table of the grammar, which `tables` has ready made.

lark makes the table, its own automaton would do the same with it (a property test holds the two against each other).
This one is there to begin at once and to go on after a mistake: `parse` takes values off its stack and puts others
there.

What the tables hold: `TERMINALS` in the order in which they are tried, each with the characters of ASCII that it may
begin with and its pattern; `FORMS`, the lines of the grammar, each with what it is a form of, the number of its
symbols, the name of its phrase, whether a child that is alone stands for it, and which symbols are its children
(None: all of them), with the complement of the number of one whose own children take its place; `STATES`, where
`s7:NAME` leads to state 7 and `r7:NAME` says that form 7 ends before a NAME.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any

from .phrase import Phrase, Token
from .tables import END, FORMS, IGNORED, START, STATES, TERMINALS

END_OF_TEXT = "$END"
NO_TERMINAL = ""

_Matchers = tuple[tuple[str, Callable[[str, int], re.Match[str] | None]], ...]

# What is unpacked of the tables, each part when it is first needed: most rules need few of them. In a row a symbol
# leads to a state, or to the complement of the number of a form that ends.
_ROWS: list[dict[str, int] | None] = [None] * len(STATES)
_MATCHERS: list[dict[str, _Matchers]] = [{} for _ in STATES]
_PATTERNS: dict[str, Callable[[str, int], re.Match[str] | None]] = {}
_EVERY_TERMINAL = frozenset(name for name, _, _ in TERMINALS)
# Which terminals can stand next, by the states on the stack.
_ACCEPTED: dict[tuple[int, ...], frozenset[str]] = {}
_MOST_STACKS = 1_000


class Automaton:
    """The reading of one text: where it is in it, and its stack of states and of what led from each to the next."""

    __slots__ = ("at", "states", "text", "values")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.states: list[int] = [START]
        self.values: list[Token | Phrase] = []

    @property
    def row(self) -> dict[str, int]:
        """What can follow, were the forms that may end here to end."""
        state = self.states[-1]
        return _ROWS[state] or _row(state)

    def scan(self) -> Token | None:
        """The next token, of a terminal that can stand here if one of those matches; else of any, or of NO_TERMINAL.
        None at the end of the text."""
        text, at, state = self.text, self.at, self.states[-1]
        known = _MATCHERS[state]
        while at < len(text):
            for kind, match in known.get(text[at]) or _matchers(state, text[at]):
                if found := match(text, at):
                    begin, at = at, found.end()
                    if kind in IGNORED:
                        break
                    self.at = at
                    return Token.at(text[begin:at], kind, begin, at)
            else:
                return self._token_out_of_place(at)
        self.at = at
        return None

    def _token_out_of_place(self, at: int) -> Token:
        for kind, match in _choices(_EVERY_TERMINAL, self.text[at]):
            if found := match(self.text, at):
                return Token.at(found[0], kind, at, found.end())
        return Token.at(self.text[at], NO_TERMINAL, at, at + 1)

    def feed(self, token: Token) -> bool:
        """Whether the token can stand here, and if so goes on to where it leads. The end of the text leads nowhere:
        then `tree` is the whole one."""
        states, values, kind = self.states, self.values, token.type
        while True:
            state = states[-1]
            action = (_ROWS[state] or _row(state)).get(kind)
            if action is None:
                return False
            if action >= 0:
                states.append(action)
                values.append(token)
                return True
            origin, size, name, alone, children = FORMS[~action]
            parts = values[-size:]
            del values[-size:]
            del states[-size:]
            if children is not None:
                parts = _children(parts, children)
            values.append(parts[0] if alone and len(parts) == 1 else Phrase(name, parts))
            state = states[-1]
            state = (_ROWS[state] or _row(state))[origin]
            states.append(state)
            if state == END and kind == END_OF_TEXT:
                return True

    def feed_end(self) -> bool:
        """Feeds the end of the text."""
        length = len(self.text)
        return self.feed(Token.at("", END_OF_TEXT, length, length))

    @property
    def tree(self) -> Phrase:
        """The whole text, once its end was fed."""
        tree = self.values[-1]
        assert isinstance(tree, Phrase)
        return tree

    def accepted(self) -> frozenset[str]:
        """The terminals that could stand here, and END_OF_TEXT where the text could end."""
        stack = tuple(self.states)
        found = _ACCEPTED.get(stack)
        if found is None:
            found = frozenset(kind for kind in self.row if kind.isupper() and _can_follow(stack, kind))
            if len(_ACCEPTED) < _MOST_STACKS:
                _ACCEPTED[stack] = found
        return found


def _children(parts: list[Any], children: tuple[int, ...]) -> list[Any]:
    """Those of the symbols of a form that are children of its phrase."""
    kept: list[Any] = []
    for index in children:
        if index >= 0:
            kept.append(parts[index])
        elif kept:
            kept += parts[~index].children
        else:
            # A chain grows at its end: it is not copied for each part that follows.
            kept = parts[~index].children
    return kept


def _can_follow(stack: tuple[int, ...], kind: str) -> bool:
    """Whether a token of that kind can stand behind what led to the states of a stack."""
    states = list(stack)
    while True:
        action = (_ROWS[states[-1]] or _row(states[-1])).get(kind)
        if action is None or action >= 0:
            return action is not None
        origin, size, *_ = FORMS[~action]
        del states[-size:]
        states.append((_ROWS[states[-1]] or _row(states[-1]))[origin])
        if states[-1] == END and kind == END_OF_TEXT:
            return True


def _row(state: int) -> dict[str, int]:
    """Where each symbol leads from a state."""
    row: dict[str, int] = {}
    for entry in STATES[state].split(" "):
        action, _, symbols = entry.partition(":")
        number = int(action[1:])
        row.update(dict.fromkeys(symbols.split(","), number if action[0] == "s" else ~number))
    _ROWS[state] = row
    return row


def _matchers(state: int, letter: str) -> _Matchers:
    """What may begin with a character in a state, in the order in which it is tried."""
    found = _choices((_ROWS[state] or _row(state)).keys() | IGNORED, letter)
    if letter.isascii():
        _MATCHERS[state][letter] = found
    return found


def _choices(kinds: AbstractSet[str], letter: str) -> _Matchers:
    return tuple(
        (kind, _PATTERNS.get(kind) or _PATTERNS.setdefault(kind, re.compile(pattern).match))
        for kind, first, pattern in TERMINALS
        if kind in kinds and (letter in first or not letter.isascii())
    )
