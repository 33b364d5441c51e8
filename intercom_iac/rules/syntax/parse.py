"""Rule text -> untyped tree. Any text gives a tree or diagnostics, in time linear in its length.

The grammar is lark's LALR; what is ours is going on after a mistake. A clause that does not read is taken off the
parser's stack, up to the state where a clause could begin, and BROKEN is put there instead; reading goes on at the
next `and`, `or` or `)` on the same level.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, cast

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import parse as codes
from intercom_iac.text import Excerpt, Span

from .build import build
from .labels import LABELLED, label_mistakes
from .phrase import Phrase
from .tree import Syntax

MAX_NESTING = 50
MAX_MISTAKES = 20
MAX_LENGTH = 100_000

# Which terminals the parser takes, by the states on its stack; the grammar is always the same one.
_ACCEPTED: dict[tuple[Any, ...], frozenset[str]] = {}
_MOST_STATES = 1_000

# What going on skips over: texts, names and comments whole, anything else one by one.
_PIECE = re.compile(
    r"""'[^']*'|"[^"]*"|`[^`]*`|\#[^\n]*|(?P<word>(?:doesn|don|isn)['’]t\b|[^\W\d][\w.-]*|&&|\|\|)"""
    r"""|(?P<open>\()|(?P<close>\))|\d+|\s+|.""",
    re.DOTALL | re.IGNORECASE,
)
_CONNECTIVES = frozenset({"and", "or", "&&", "||"})


def parse(rule: Excerpt) -> tuple[Syntax | None, list[Diagnostic]]:
    """The tree of a rule, or None and what is wrong with it."""
    syntax, diagnostics = parse_partly(rule)
    return (None if diagnostics else syntax), diagnostics


def parse_partly(rule: Excerpt) -> tuple[Syntax | None, list[Diagnostic]]:
    """As `parse`, but with mistakes the tree of what could be read, `Broken` for the rest."""
    if len(rule.text) > MAX_LENGTH:
        message = f"the rule has {len(rule.text):,} characters, and a rule may have {MAX_LENGTH:,}"
        hint = "keep the list as a tag or an attribute, and ask for that"
        return None, [codes.TOO_LARGE.at(rule.span(0, 1), message, hint=hint)]
    comments: tuple[tuple[int, int], ...] = ()
    if "#" in rule.text:
        comments = tuple(piece.span() for piece in _PIECE.finditer(rule.text) if piece[0].startswith("#"))
    folded = [span for comment in comments if (span := rule.span(*comment)).line != span.end_line]
    if folded:
        # What else there is to say would be about a rule that nobody wrote.
        return None, [_folded_comment(comment) for comment in folded]
    return _Reading(rule, comments).read()


def tokens(rule: Excerpt) -> list[tuple[str, Span]]:
    """The words of a rule as the grammar takes them, each with its kind, up to where it stops to read."""
    reading = _Reading(rule)
    reading.read()
    return [
        (token.type.lstrip("_").lower(), rule.span(token.start_pos, token.end_pos))
        for token in reading.tokens
    ]


def stopping_place(text: str) -> tuple[int, frozenset[str]] | None:
    """Where reading a text stops first, and the terminals that could stand there; None where it reads."""
    from lark import Token
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    parser: Any = _lark().parse_interactive(text)
    try:
        for token in parser.lexer_thread.lex(parser.parser_state):
            parser.feed_token(token)
        parser.feed_token(Token("$END", "", len(text), end_pos=len(text)))
    except UnexpectedToken as mistake:
        token: Any = mistake.token
        return token.start_pos, _terminals_accepted(parser)
    except UnexpectedCharacters as mistake:
        return cast("int", mistake.pos_in_stream), _terminals_accepted(parser)
    return None


def _terminals_accepted(parser: Any) -> frozenset[str]:
    """The terminals that could stand next; asked once of each state, since lark tries them one by one."""
    states = tuple(parser.parser_state.state_stack)
    found = _ACCEPTED.get(states)
    if found is None:
        found = frozenset(parser.accepts())
        if len(_ACCEPTED) < _MOST_STATES:
            _ACCEPTED[states] = found
    return found


def _folded_comment(comment: Span) -> Diagnostic:
    message = "the comment runs on over the lines below, which YAML folds into one"
    here = Span(comment.file, comment.start, comment.start + 1)
    return codes.FOLDED_COMMENT.at(
        here, message, hint="write the rule under `rule: |`, where lines stay lines"
    )


@cache
def _lark() -> Any:
    # lark's own types are generic over what strict checking cannot see: here it is Any.
    from lark import Lark

    grammar = resources.files(__package__ or "").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", tree_class=cast("Any", Phrase))


class _TooMuch(Exception):
    """Nested too deep or too many mistakes: reading stops."""


class _Reading:
    """The reading of one rule."""

    def __init__(self, rule: Excerpt, comments: tuple[tuple[int, int], ...] = ()) -> None:
        self.rule = rule
        self.comments = comments
        self.diagnostics: list[Diagnostic] = []
        self.tokens: list[Any] = []
        self.parser: Any = _lark().parse_interactive(rule.text)

    def read(self) -> tuple[Syntax | None, list[Diagnostic]]:
        try:
            tree = self._run()
        except _TooMuch:
            return None, self.diagnostics
        if any(token.type in LABELLED for token in self.tokens):
            self.diagnostics += label_mistakes(tree, self.rule)
        return Syntax(build(tree, self.rule), self.rule, self.comments), self.diagnostics

    # --- the loop -------------------------------------------------------------------------------------------

    def _run(self) -> Phrase:
        from lark.exceptions import UnexpectedCharacters, UnexpectedToken

        state = self.parser.parser_state
        while True:
            try:
                for token in self.parser.lexer_thread.lex(state):
                    if self._accept_token(token):
                        state.feed_token(token)
                        self.tokens.append(token)
                return self._end()
            except UnexpectedToken as mistake:
                token: Any = mistake.token
                self._mistake(token.type, token.start_pos, token.end_pos)
            except UnexpectedCharacters as mistake:
                at: Any = mistake.pos_in_stream
                self._mistake("", at, at + 1)

    def _end(self) -> Phrase:
        """Ends the rule; closes what was left open, with one diagnostic for the innermost."""
        from lark import Token
        from lark.exceptions import UnexpectedToken

        length, closing = len(self.rule.text), False
        while True:
            try:
                return self.parser.feed_token(Token("$END", "", length, end_pos=length))
            except UnexpectedToken:
                if "RPAR" not in self.parser.accepts():
                    self._mistake("$END", length, length)
                    continue
                if not closing:
                    start = self._open_parenthesis().start_pos
                    self._report(
                        codes.UNBALANCED.at(
                            self.rule.span(start, start + 1), "`(` is never closed", hint="write its `)`"
                        )
                    )
                closing = True
                self.parser.feed_token(Token("RPAR", "", length, end_pos=length))

    def _mistake(self, kind: str, start: int, end: int) -> None:
        # Nothing of mistakes is loaded while every rule reads.
        from .unexpected import expectation, keyword_as_name, unexpected_text

        expected = expectation(_terminals_accepted(self.parser))
        self._report(unexpected_text(self.rule, kind, start, end, expected))
        name = keyword_as_name(self.rule.text, start, expected)
        self._go_on(start if name is None else name.end())

    def _go_on(self, at: int) -> None:
        """Replaces the clause around a place by BROKEN and moves on to what could follow it."""
        from lark import Token

        state = self.parser.parser_state
        begin = at
        while "BROKEN" not in state.parse_conf.states[state.position]:
            state.state_stack.pop()
            begin = min(begin, _start_of(state.value_stack.pop(), begin))
        end = self._next_clause(begin, at)
        self.parser.feed_token(Token("BROKEN", "", begin, end_pos=max(end, begin)))
        lexer = self.parser.lexer_thread.state
        lexer.line_ctr.char_pos = end

    def _next_clause(self, begin: int, at: int) -> int:
        """Where the `and`, `or` or `)` stands that ends the clause, at or behind a place; else the end."""
        depth = 0
        position = begin
        while position < len(self.rule.text):
            piece = _PIECE.match(self.rule.text, position)
            assert piece is not None
            if piece["open"]:
                depth += 1
            elif piece["close"]:
                if depth == 0 and position >= at:
                    return position
                depth = max(0, depth - 1)
            elif piece["word"] and depth == 0 and position >= at and piece[0].casefold() in _CONNECTIVES:
                return position
            position = piece.end()
        return position

    # --- bounds ---------------------------------------------------------------------------------------------

    def _open_parenthesis(self) -> Any:
        """The innermost `(` that is open; None where none is."""
        closed = 0
        for value in reversed(self.parser.parser_state.value_stack):
            kind = getattr(value, "type", "")
            # Whether the last `)` closes one is only settled when the token behind it is read.
            closed += kind == "RPAR"
            if kind == "LPAR" and not closed:
                return value
            closed -= kind == "LPAR"
        return None

    def _accept_token(self, token: Any) -> bool:
        """Whether the token goes to the parser: a `)` that closes nothing is told of and left out."""
        if token.type in ("LPAR", "NOT"):
            self._guard_depth(token)
        elif token.type == "RPAR" and self._open_parenthesis() is None:
            start = token.start_pos
            span = self.rule.span(start, start + 1)
            self._report(
                codes.UNBALANCED.at(span, "`)` closes nothing", hint="take it out, or write its `(`")
            )
            return False
        return True

    def _guard_depth(self, token: Any) -> None:
        stack = self.parser.parser_state.value_stack
        if len(stack) < MAX_NESTING:
            return
        if sum(getattr(value, "type", "") in ("LPAR", "NOT") for value in stack) < MAX_NESTING:
            return
        start = token.start_pos
        self._report(
            codes.TOO_DEEP.at(
                self.rule.span(start, start + len(token)),
                f"the rule is nested more than {MAX_NESTING} deep",
                hint="name a part as a segment of its own and write `segment key`",
            )
        )
        raise _TooMuch

    def _report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)
        if len(self.diagnostics) >= MAX_MISTAKES:
            raise _TooMuch


def _start_of(value: Any, otherwise: int) -> int:
    """Where a token or a tree on the parser's stack begins; helpers of repetitions are lists of those."""
    if isinstance(value, list):
        return min((_start_of(part, otherwise) for part in cast("list[Any]", value)), default=otherwise)
    start = getattr(value, "start_pos", None)
    if start is None:
        start = getattr(getattr(value, "meta", None), "start_pos", None)
    return otherwise if start is None else start
