"""Rule text -> untyped tree. Any text gives a tree or diagnostics, in time linear in its length.

The `automaton` reads what is right; here it goes on after a mistake. A clause that does not read is taken off the
automaton's stack, up to the state where a clause could begin, and BROKEN is put there instead; reading goes on at the
next `and`, `or` or `)` on the same level.
"""

from __future__ import annotations

import re

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import parse as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Excerpt, Span

from .automaton import END_OF_TEXT, Automaton
from .build import build
from .labels import LABELLED, label_mistakes
from .phrase import Phrase, Token
from .tree import Syntax

MAX_NESTING = 50
MAX_MISTAKES = 20
MAX_LENGTH = 100_000

# What going on skips over: texts, names and comments whole, anything else one by one.
_PIECE = lazy_pattern(
    r"""'[^']*'|"[^"]*"|`[^`]*`|\#[^\n]*|(?P<word>(?:doesn|don|isn)['’]t\b|[^\W\d][\w.-]*|&&|\|\|)"""
    r"""|(?P<open>\()|(?P<close>\))|\d+|\s+|.""",
    re.DOTALL | re.IGNORECASE,
)
# Terminals of which a rule may hold only so many inside each other, or only as many as others.
_BOUNDED = frozenset({"LPAR", "RPAR", "NOT"})
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
    automaton = Automaton(text)
    while (token := automaton.scan()) is not None:
        if not automaton.feed(token):
            return token.start_pos, automaton.accepted()
    return None if automaton.feed_end() else (len(text), automaton.accepted())


def _folded_comment(comment: Span) -> Diagnostic:
    message = "the comment runs on over the lines below, which YAML folds into one"
    here = Span(comment.file, comment.start, comment.start + 1)
    return codes.FOLDED_COMMENT.at(
        here, message, hint="write the rule under `rule: |`, where lines stay lines"
    )


class _TooMuch(Exception):
    """Nested too deep or too many mistakes: reading stops."""


class _Reading:
    """The reading of one rule."""

    def __init__(self, rule: Excerpt, comments: tuple[tuple[int, int], ...] = ()) -> None:
        self.rule = rule
        self.comments = comments
        self.diagnostics: list[Diagnostic] = []
        self.tokens: list[Token] = []
        self.automaton = Automaton(rule.text)

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
        automaton = self.automaton
        while True:
            token = automaton.scan()
            if token is None:
                return self._end()
            if token.type not in automaton.row:
                self._mistake(token)
            elif token.type not in _BOUNDED or self._accept_token(token):
                if automaton.feed(token):
                    self.tokens.append(token)
                else:
                    self._mistake(token)

    def _end(self) -> Phrase:
        """Ends the rule; closes what was left open, with one diagnostic for the innermost."""
        length, closing = len(self.rule.text), False
        while not self.automaton.feed_end():
            if "RPAR" not in self.automaton.accepted():
                self._mistake(Token.at("", END_OF_TEXT, length, length))
                continue
            if not closing:
                opened = self._open_parenthesis()
                assert opened is not None
                span = self.rule.span(opened.start_pos, opened.start_pos + 1)
                self._report(codes.UNBALANCED.at(span, "`(` is never closed", hint="write its `)`"))
            closing = True
            self.automaton.feed(Token.at("", "RPAR", length, length))
        return self.automaton.tree

    def _mistake(self, token: Token) -> None:
        # Nothing of mistakes is loaded while every rule reads.
        from .unexpected import expectation, keyword_as_name, unexpected_text

        kind, start = token.type, token.start_pos
        expected = expectation(self.automaton.accepted())
        self._report(unexpected_text(self.rule, kind, start, token.end_pos, expected))
        name = keyword_as_name(self.rule.text, start, expected)
        self._go_on(start if name is None else name.end())

    def _go_on(self, at: int) -> None:
        """Replaces the clause around a place by BROKEN and moves on to what could follow it."""
        automaton = self.automaton
        begin = at
        while "BROKEN" not in automaton.row:
            automaton.states.pop()
            begin = min(begin, automaton.values.pop().start_pos)
        end = self._next_clause(begin, at)
        automaton.feed(Token.at("", "BROKEN", begin, max(end, begin)))
        automaton.at = end

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

    def _open_parenthesis(self) -> Token | None:
        """The innermost `(` that is open; None where none is."""
        closed = 0
        for value in reversed(self.automaton.values):
            if isinstance(value, Phrase):
                continue
            kind = value.type
            # Whether the last `)` closes one is only settled when the token behind it is read.
            closed += kind == "RPAR"
            if kind == "LPAR" and not closed:
                return value
            closed -= kind == "LPAR"
        return None

    def _accept_token(self, token: Token) -> bool:
        """Whether the token goes to the automaton: a `)` that closes nothing is told of and left out."""
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

    def _guard_depth(self, token: Token) -> None:
        stack = self.automaton.values
        if len(stack) < MAX_NESTING:
            return
        if sum(isinstance(value, Token) and value.type in ("LPAR", "NOT") for value in stack) < MAX_NESTING:
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
