"""Reading rules, against lark's own automaton of the same grammar: the first rule of a process, and a thousand.

Whole programs, with what each imports.
"""

from __future__ import annotations

import sys
from pathlib import Path

from measuring import peak, ratios, report, run_in_turn

ROUNDS, RULES = 5, 1_000
RULE = "plan in (trial, pro) and usage > 50 and not last_active more than 14 days ago or usage = "
GRAMMAR = Path(__file__).parents[1] / "intercom_iac" / "rules" / "syntax" / "grammar.lark"


def read_by_ours(count: int) -> None:
    from intercom_iac.rules.syntax.automaton import Automaton

    for number in range(count):
        automaton = Automaton(f"{RULE}{number}")
        while (token := automaton.scan()) is not None:
            assert automaton.feed(token)
        assert automaton.feed_end()


def read_by_lark(count: int) -> None:
    from lark import Lark

    language = Lark(GRAMMAR.read_text("utf-8"), parser="lalr", lexer="contextual")
    for number in range(count):
        language.parse(f"{RULE}{number}")


def main() -> None:
    if len(sys.argv) == 3:
        {"ours": read_by_ours, "lark": read_by_lark}[sys.argv[1]](int(sys.argv[2]))
        return
    for row, count in (("a rule", 1), ("rules", RULES)):
        programs = {who: (sys.executable, __file__, who, str(count)) for who in ("ours", "lark")}
        runs = run_in_turn(programs, ROUNDS)
        report(row, ratios=ratios(runs["ours"], runs["lark"]), memory=peak(runs["ours"]))


if __name__ == "__main__":
    main()
