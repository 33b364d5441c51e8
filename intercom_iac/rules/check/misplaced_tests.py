"""Tests that stand in a chain beside the event or the company they may have been meant for.

`event e where a = b and rows > 3` asks the contact for `rows`, and `company(size > 50) and industry = retail` asks it
for `industry`: where the name is the event's or the company's, that is told with the text as it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import ref
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import Event, Schema
from intercom_iac.model.address import attribute_address

from ..print.text import enclose, text_of
from ..print.unparse import enclose_where
from ..syntax import tree as s
from .values import shorten

_LONGEST_FIX = 400
_IN_PARENTHESES = "put what is said of the event in parentheses behind `where`"
Chain = s.Conjunction | s.Disjunction


def misplaced_tests(chain: Chain, schema: Schema) -> dict[int, Diagnostic]:
    """What is said of tests of a chain that are not about the contact, by the id of the test."""
    found: dict[int, Diagnostic] = {}
    for index, part in enumerate(chain.parts[:-1]):
        ending = _last_event(part)
        declared = None if ending is None else schema.events.get(_asked_last(ending[0]).event.text)
        if ending is not None and declared is not None:
            found |= _metadata(chain, index, ending[0], declared, schema, negated=ending[1])
        elif isinstance(part, s.CompanyRule) and not isinstance(part.rule, s.HasTag):
            found |= _of_company(chain, part, chain.parts[index + 1], schema)
    return found


def _last_event(node: s.Node) -> tuple[s.EventRule | s.EventSequence, bool] | None:
    """The event that ends the text of a part of a chain, without a parenthesis behind it; and whether `not` is
    before it."""
    match node:
        case s.EventRule() | s.EventSequence():
            return node, False
        case s.Negation(part=s.EventRule() | s.EventSequence() as part):
            return part, True
        case s.Conjunction(parts=(*_, last)):
            return _last_event(last)
        case _:
            return None


def _asked_last(event: s.EventRule | s.EventSequence) -> s.EventRule | s.EventStep:
    """The event whose metadata is written last."""
    return event.then if isinstance(event, s.EventSequence) else event


def _metadata(
    chain: Chain,
    index: int,
    event: s.EventRule | s.EventSequence,
    declared: Event,
    schema: Schema,
    *,
    negated: bool,
) -> Mapping[int, Diagnostic]:
    """What is said of the tests up to the next event that name metadata of this one: those that a contact has no
    attribute for and, behind an open `where`, all of them."""
    keys = declared.keys
    last = _asked_last(event)
    is_open = last.where is not None and not last.enclosed
    tests: list[s.Test] = []
    within: list[s.Node] = []
    beside: s.Node | None = None
    for part in chain.parts[index + 1 :]:
        fields = [*_tests(part)]
        strays = [
            test
            for test in fields
            if test is not None
            and not test.field.company
            and test.field.text in keys
            and (is_open or schema.field("contact", test.field.text) is None)
        ]
        if strays and all(
            test is not None and not test.field.company and test.field.text in keys for test in fields
        ):
            within.append(part)
        if strays:
            beside = beside or part
        tests += strays
        if _last_event(part) is not None:
            break
    if beside is None:
        return {}
    first = tests[0]
    asked = schema.field("contact", first.field.text) is not None
    mistake = codes.METADATA_OUTSIDE.at(
        first.field.span,
        _outside_message(first, declared, asked=asked),
        hint=_readings(chain, event, within, beside if asked else None, negated=negated),
        related=()
        if declared.span is None
        else (Related(declared.span, f"`{declared.name}` is declared here"),),
    )
    # Those that only the event has are reported with the first; what else the contact has is checked as it stands.
    return {
        id(test): mistake
        for test in tests
        if test is first or schema.field("contact", test.field.text) is None
    }


def _outside_message(test: s.Test, declared: Event, *, asked: bool) -> str:
    name = f"`{shorten(test.field.text)}`"
    if asked:
        return (
            f"{name} is an attribute of a contact and metadata of `{declared.name}`: which one is left open"
        )
    return f"{name} is metadata of `{declared.name}`, and stands outside of its `where`"


def _readings(
    chain: Chain,
    event: s.EventRule | s.EventSequence,
    within: list[s.Node],
    beside: s.Node | None,
    *,
    negated: bool,
) -> str:
    """The event with what is said of it in its `where` and, where a test may be meant for the contact, with that
    beside it."""
    if not (s.is_whole(event) and s.is_whole(beside)):
        return _IN_PARENTHESES
    readings: list[str] = []
    if within:
        where = _asked_last(event).where
        inside = type(chain)((*(() if where is None else (where,)), *within))
        meant = _with_where(event, inside)
        readings.append(f"`{text_of(s.Negation(meant) if negated else meant)}`")
        if beside is not None:
            readings[0] += " for the event's"
    if beside is not None:
        word = "and" if isinstance(chain, s.Conjunction) else "or"
        whole = enclose_where(s.Negation(event) if negated else event)
        other = enclose(beside, s.Conjunction, s.Disjunction)
        readings.append(f"`{text_of(whole)} {word} {other}` for the contact's")
    hint = f"write {', or '.join(readings)}"
    if not readings or len(hint) > _LONGEST_FIX:
        return _IN_PARENTHESES
    return hint


def _with_where(
    event: s.EventRule | s.EventSequence, where: s.Conjunction | s.Disjunction
) -> s.EventRule | s.EventSequence:
    """The event whose metadata, those that are written last, have to satisfy this."""
    bare = len(where.parts) == 1
    inside: s.Node = where.parts[0] if bare else where
    if isinstance(event, s.EventSequence):
        return replace(event, then=replace(event.then, where=inside, enclosed=not bare))
    return replace(event, where=inside, enclosed=not bare)


def _of_company(
    chain: Chain, company: s.CompanyRule, beside: s.Node, schema: Schema
) -> Mapping[int, Diagnostic]:
    fields = [*_tests(beside)]
    test = fields[0] if len(fields) == 1 else None
    if test is None or test.field.company:
        return {}
    name = test.field.text
    if schema.field("contact", name) is not None or schema.field("company", name) is None:
        return {}
    hint = f"write `company.{name}`, or move it into `company( ... )`"
    if s.is_whole(company):
        inside = text_of(s.CompanyRule(type(chain)((company.rule, beside))))
        whole = f"write `company.{name}` for any company of the contact, or `{inside}` for the same one"
        hint = whole if len(whole) <= _LONGEST_FIX else hint
    message = f"`{shorten(name)}` is a company attribute"
    subject = attribute_address("contact", name)
    return {id(test): ref.OTHER_MODEL.at(test.field.span, message, hint=hint, subject=subject)}


def _tests(node: s.Node) -> Iterator[s.Test | None]:
    """The tests that a node is made of; None for one that is no test on a field."""
    match node:
        case s.Test():
            yield node
        case s.Negation(part=part):
            yield from _tests(part)
        case s.Conjunction(parts=parts) | s.Disjunction(parts=parts):
            for part in parts:
                yield from _tests(part)
        case _:
            yield None
