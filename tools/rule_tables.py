"""Writes intercom_iac/rules/syntax/tables.py, the LALR table of the rule language, from its grammar.

    python tools/rule_tables.py

lark computes it. What reads rules has the table ready, so that a command does not begin by computing it, and needs no
lark.
"""

from __future__ import annotations

import re
import re._compiler as sre_compiler  # what a pattern may begin with is in no public part of `re`
import re._constants as sre
import re._parser as sre_parser
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef
from lark.parsers.lalr_analysis import Shift

ROOT = Path(__file__).parents[1]
SYNTAX = ROOT / "intercom_iac" / "rules" / "syntax"
GRAMMAR, TABLES = SYNTAX / "grammar.lark", SYNTAX / "tables.py"
ASCII = frozenset(map(chr, range(128)))
_WIDTH = 100


def language() -> Lark:
    """The grammar as lark reads it."""
    return Lark(GRAMMAR.read_text("utf-8"), parser="lalr", lexer="contextual")


def tables_text() -> str:
    """The module as its file has it."""
    lark = language()
    table = lark.parser.parser._parse_table
    rules = list(lark.rules)
    numbers = {rule: number for number, rule in enumerate(rules)}
    (start,), (end,) = table.start_states.values(), table.end_states.values()
    order = _in_order_of_need(table.states, start)
    places = {state: place for place, state in enumerate(order)}
    return "\n".join(
        [
            '"""The LALR table of the rule language.',
            "",
            "Made by `make rule-tables` from intercom_iac/rules/syntax/grammar.lark. `automaton` says what it holds.",
            '"""',
            "",
            "# fmt: off",
            f"START, END = {places[start]}, {places[end]}",
            "TERMINALS: tuple[tuple[str, str, str], ...] = (",
            *(line for terminal in in_order(lark.terminals) for line in _terminal_lines(terminal)),
            ")",
            f"IGNORED = frozenset({sorted(lark.ignore_tokens)!r})",
            "FORMS: tuple[tuple[str, int, str, bool, tuple[int, ...] | None], ...] = (",
            *(f"    {_form(rule)!r}," for rule in rules),
            ")",
            "STATES: tuple[str, ...] = (",
            *(_literal(_state_text(table.states[state], places, numbers)) for state in order),
            ")",
            "",
        ]
    )


def in_order(terminals: list[TerminalDef]) -> list[TerminalDef]:
    """Terminals in the order in which lark tries them; the first that matches is taken."""
    return sorted(
        terminals,
        key=lambda terminal: (
            -terminal.priority,
            -terminal.pattern.max_width,
            -len(terminal.pattern.value),
            terminal.name,
        ),
    )


def _terminal_lines(terminal: TerminalDef) -> list[str]:
    pattern = terminal.pattern.to_regexp()
    first = "".join(sorted(first_characters(pattern)))
    return [f"    ({terminal.name!r}, {first!r},", f"{_literal(pattern, comma='')}),"]


def _form(rule: Rule) -> tuple[str, int, str, bool, tuple[int, ...] | None]:
    """What it is a form of, how many symbols it has, the name of its phrase, whether a child that is alone stands for
    it, and the symbols that are its children; the complement of the number of one whose own children take its place,
    None for all of them."""
    assert rule.expansion, "what is empty has no place"
    children = tuple(
        index if symbol.is_term or not symbol.name.startswith("_") else ~index
        for index, symbol in enumerate(rule.expansion)
        if not (symbol.is_term and symbol.filter_out)
    )
    all_of_them = children == tuple(range(len(rule.expansion)))
    return (
        str(rule.origin.name),
        len(rule.expansion),
        str(rule.alias or rule.origin.name),
        bool(rule.options.expand1 and not rule.alias),
        None if all_of_them else children,
    )


def _in_order_of_need(states: dict[int, dict[str, Any]], start: int) -> list[int]:
    """The states as they are come upon from the first one: lark numbers them differently in each run."""
    order, known = [start], {start}
    for state in order:
        for _, (action, argument) in sorted(states[state].items()):
            if action is Shift and argument not in known:
                order.append(argument)
                known.add(argument)
    return order


def _state_text(row: dict[str, Any], places: dict[int, int], numbers: dict[Rule, int]) -> str:
    """`sN:SYMBOLS` where a symbol leads to state N, `rN:SYMBOLS` where form N ends before it."""
    actions: dict[str, list[str]] = {}
    for symbol, (action, argument) in row.items():
        text = f"s{places[argument]}" if action is Shift else f"r{numbers[argument]}"
        actions.setdefault(text, []).append(symbol)
    return " ".join(f"{action}:{','.join(sorted(symbols))}" for action, symbols in sorted(actions.items()))


def first_characters(pattern: str) -> frozenset[str]:
    """The characters of ASCII that a match of a pattern may begin with, and maybe more."""
    return _first(sre_parser.parse(pattern))[0]


def _first(parsed: Any) -> tuple[frozenset[str], bool]:
    """The characters, and whether what is parsed may match nothing."""
    found: frozenset[str] = frozenset()
    for operator, argument in parsed:
        part = [(operator, argument)]
        match operator:
            case sre.ASSERT | sre.ASSERT_NOT | sre.AT:
                characters, empty = frozenset[str](), True
            case sre.BRANCH:
                branches = [_first(branch) for branch in argument[1]]
                characters = frozenset[str]().union(*(characters for characters, _ in branches))
                empty = any(empty for _, empty in branches)
            case sre.SUBPATTERN if not argument[1] and not argument[2]:
                characters, empty = _first(argument[3])
            case sre.SUBPATTERN:
                characters, empty = _first(argument[3])
                if argument[1] & re.IGNORECASE:
                    characters |= {form for letter in characters for form in (letter.lower(), letter.upper())}
            case sre.MAX_REPEAT | sre.MIN_REPEAT:
                characters, empty = _first(argument[2])
                empty = empty or argument[0] == 0
            case _:
                one = sre_compiler.compile(sre_parser.SubPattern(parsed.state, part))
                characters, empty = frozenset(filter(one.match, ASCII)), False
        found |= characters
        if not empty:
            return found, False
    return found, True


def _literal(text: str, comma: str = ",") -> str:
    """A text as lines of Python, none of them long."""
    pieces = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)] or [""]
    return "\n".join(f"    {piece!r}" for piece in pieces) + comma


if __name__ == "__main__":
    TABLES.write_text(tables_text(), "utf-8")
