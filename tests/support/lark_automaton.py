"""lark's own automaton of the rule grammar in the place of ours: what ours is held against."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark
from lark import Token as LarkToken
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from intercom_iac.rules.syntax import parse
from intercom_iac.rules.syntax.automaton import END_OF_TEXT, NO_TERMINAL
from intercom_iac.rules.syntax.phrase import Phrase, Token

GRAMMAR = Path(parse.__file__).with_name("grammar.lark")


@cache
def language() -> Any:
    return Lark(GRAMMAR.read_text("utf-8"), parser="lalr", lexer="contextual", tree_class=Phrase)


class LarkAutomaton:
    """As `intercom_iac.rules.syntax.automaton.Automaton`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parser = language().parse_interactive(text)
        self.states = self.parser.parser_state.state_stack
        self.values = self.parser.parser_state.value_stack
        self.tree: Any = None

    @property
    def at(self) -> int:
        return self.parser.lexer_thread.state.line_ctr.char_pos

    @at.setter
    def at(self, place: int) -> None:
        self.parser.lexer_thread.state.line_ctr.char_pos = place

    @property
    def row(self) -> dict[str, Any]:
        return self.parser.parser_state.parse_conf.states[self.states[-1]]

    def scan(self) -> Token | None:
        try:
            token = next(self.parser.lexer_thread.lex(self.parser.parser_state), None)
        except UnexpectedToken as mistake:
            token = mistake.token
        except UnexpectedCharacters as mistake:
            place = mistake.pos_in_stream
            return Token.at(self.text[place], NO_TERMINAL, place, place + 1)
        return None if token is None else Token.at(token, token.type, token.start_pos, token.end_pos)

    def feed(self, token: Token) -> bool:
        try:
            self.tree = self.parser.feed_token(token)
        except UnexpectedToken:
            return False
        return True

    def feed_end(self) -> bool:
        return self.feed(LarkToken(END_OF_TEXT, "", len(self.text), end_pos=len(self.text)))

    def accepted(self) -> frozenset[str]:
        return frozenset(self.parser.accepts())
