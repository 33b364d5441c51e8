"""A document -> the typed rule, held to the specs by the checker that rules of text are held to.

What was decoded is written as text and compiled: the rule is what that gives, and it has to be the one that the
document says. Where it is not, or does not compile, each test is compiled on its own, so that a mistake is told with
the JSON pointer of its test.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import parse as codes
from intercom_iac.model import Predicate, Schema
from intercom_iac.text import Excerpt, SourceFile, Span

from ..check.values import shorten
from ..compile import compile_rule
from ..print.outline import tree
from ..print.unparse import format_rule
from ..syntax.parse import MAX_LENGTH, MAX_MISTAKES
from .decode import Decoded, Mistake, brief_json, decode_rule
from .difference import first_difference
from .json_source import JsonPlaces, NotJsonError, find_places, parse_json
from .kinds import FORMAT_VERSION
from .single_tests import SingleTest, single_tests

_FROM_A_RULE = "`rule compile TEXT --to tree` prints what is read here"


def read_rule_document(document: SourceFile, schema: Schema) -> tuple[Predicate | None, list[Diagnostic]]:
    """The rule of a JSON document, or None, and everything there is to say about it.

    Each error's message begins with the JSON pointer of what it is about, and its place is in the document. Warnings
    stand in the rule's canonical text.
    """
    try:
        data = parse_json(document.text)
    except NotJsonError as error:
        here = Span(document, error.offset, error.offset)
        return None, [codes.TREE.at(here, f"this is no JSON: {error}", hint=_FROM_A_RULE)]
    places = find_places(document.text)
    mistakes = _envelope_mistakes(data, places)
    if mistakes:
        return None, [_diagnostic(mistake, document, places) for mistake in mistakes]
    segments = {key: segment.predicate for key, segment in schema.segments.items()}
    decoded = decode_rule(data, segments)
    told = [_diagnostic(mistake, document, places) for mistake in decoded.mistakes]
    if decoded.rule is None:
        return None, told
    rule, diagnostics = _compile(decoded.rule, schema)
    if not told and rule is not None and first_difference(tree(decoded.rule), tree(rule)) is None:
        return rule, diagnostics
    checking = _Checking(decoded, schema, document, places)
    if len(format_rule(decoded.rule)) <= MAX_LENGTH:
        told += checking.mistakes_of_each()
    return None, told or checking.mistakes(SingleTest(node=decoded.rule, rule=decoded.rule))


def _envelope_mistakes(data: Any, places: JsonPlaces) -> list[Mistake]:
    """What is wrong with the document as a whole: what follows from it is not looked at."""
    if places.repeated:
        message = "the key stands in this object more than once"
        return [Mistake(pointer, message, "leave one of them") for pointer in places.repeated[:MAX_MISTAKES]]
    if not isinstance(data, dict):
        return [Mistake("", "a rule is an object", _FROM_A_RULE)]
    version = cast("dict[str, Any]", data).get("format_version")
    if version is None:
        return [Mistake("", "`format_version` is missing", f'write `"format_version": "{FORMAT_VERSION}"`')]
    if version != FORMAT_VERSION:
        message = f"{brief_json(version)} is no version that is read here"
        return [Mistake("/format_version", message, f'this version reads `"{FORMAT_VERSION}"`')]
    return []


def _compile(rule: Predicate, schema: Schema) -> tuple[Predicate | None, list[Diagnostic]]:
    return compile_rule(Excerpt.from_text(format_rule(rule), "<rule>"), schema)


class _Checking:
    """Tests of a document, held to the specs."""

    def __init__(self, decoded: Decoded, schema: Schema, document: SourceFile, places: JsonPlaces) -> None:
        self.decoded = decoded
        self.schema = schema
        self.document = document
        self.places = places

    def mistakes_of_each(self) -> list[Diagnostic]:
        """What is wrong with each test by itself; nothing of the metadata of an event that is wrong itself."""
        assert self.decoded.rule is not None
        told: list[Diagnostic] = []
        wrong: set[int] = set()
        for test in single_tests(self.decoded.rule):
            if test.event is None or id(test.event) not in wrong:
                mistakes = self.mistakes(test)
                told += mistakes
                wrong |= {id(test.node)} if mistakes else set()
            if len(told) >= MAX_MISTAKES:
                break
        return told

    def mistakes(self, test: SingleTest) -> list[Diagnostic]:
        """What the checker says of the rule of a test; else where the rule that it gives is another one."""
        pointer = self.decoded.pointers[id(test.node)]
        rule, diagnostics = _compile(test.rule, self.schema)
        if rule is None:
            span = _span(self.document, self.places, pointer)
            return [
                replace(diagnostic, message=f"{_at(pointer)}: {diagnostic.message}", span=span, fix=None)
                for diagnostic in diagnostics
                if diagnostic.is_error
            ]
        difference = first_difference(tree(test.rule), tree(rule))
        if difference is None:
            return []
        path = difference.pointer
        inside = path.removeprefix(test.path) if path.startswith(test.path) else ""
        there, here = brief_json(difference.one), brief_json(difference.other)
        message = f"{there} stands here, and against these specs it is {here}"
        hint = f"the rule is `{shorten(format_rule(test.rule))}`; compile its text with `--to tree`"
        return [_diagnostic(Mistake(pointer + inside, message, hint), self.document, self.places)]


def _diagnostic(mistake: Mistake, document: SourceFile, places: JsonPlaces) -> Diagnostic:
    span = _span(document, places, mistake.pointer)
    return codes.TREE.at(span, f"{_at(mistake.pointer)}: {mistake.message}", hint=mistake.hint)


def _at(pointer: str) -> str:
    return f"at `{pointer}`" if pointer else "at the root"


def _span(document: SourceFile, places: JsonPlaces, pointer: str) -> Span:
    """Where a value stands; of one that is not there, what it would stand in."""
    while pointer not in places.values:
        pointer = pointer.rpartition("/")[0]
    return Span(document, *places.values[pointer])
