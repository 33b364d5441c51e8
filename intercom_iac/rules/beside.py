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

from . import syntax as s
from .printer import enclosed, text_of
from .unparse import closed
from .values import shortened

_LONGEST_FIX = 400
Chain = s.Conjunction | s.Disjunction


def strays(chain: Chain, schema: Schema) -> dict[int, Diagnostic]:
    """What is said of tests of a chain that are not about the contact, by the id of the test."""
    found: dict[int, Diagnostic] = {}
    for index, part in enumerate(chain.parts[:-1]):
        event = _last_event(part)
        declared = None if event is None else schema.events.get(event.event.text)
        if event is not None and declared is not None:
            found |= _metadata(chain, index, event, declared, schema)
        elif isinstance(part, s.CompanyRule) and not isinstance(part.rule, s.HasTag):
            found |= _of_company(chain, part, chain.parts[index + 1], schema)
    return found


def _last_event(node: s.Node) -> s.EventRule | None:
    """The event that ends the text of a part of a chain, without a parenthesis behind it."""
    match node:
        case s.EventRule():
            return node
        case s.Negation(part=s.EventRule() as part):
            return part
        case s.Conjunction(parts=(*_, last)):
            return _last_event(last)
        case _:
            return None


def _metadata(
    chain: Chain, index: int, event: s.EventRule, declared: Event, schema: Schema
) -> Mapping[int, Diagnostic]:
    keys = {each.name for each in declared.metadata}
    more: list[s.Node] = []
    tests: list[s.Test] = []
    for part in chain.parts[index + 1 :]:
        fields = [*_tests(part)]
        if not fields or any(
            each is None or each.field.company or each.field.text not in keys for each in fields
        ):
            break
        more.append(part)
        tests += (each for each in fields if each is not None)
    if not tests:
        return {}
    first = tests[0]
    asked = schema.field("contact", first.field.text) is not None
    if asked and (event.enclosed or event.where is None):
        return {}
    inside = type(chain)((*(() if event.where is None else (event.where,)), *more))
    bare = len(inside.parts) == 1
    meant = text_of(replace(event, where=inside.parts[0] if bare else inside, enclosed=not bare))
    hint = f"write `{meant}`"
    name = f"`{shortened(first.field.text)}`"
    if asked:
        word = "and" if isinstance(chain, s.Conjunction) else "or"
        other = f"{text_of(closed(event))} {word} {enclosed(more[0], s.Conjunction, s.Disjunction)}"
        hint += f" for the event's, or `{other}` for the contact's"
        message = (
            f"{name} is an attribute of a contact and metadata of `{declared.name}`: which one is left open"
        )
    else:
        message = f"{name} is metadata of `{declared.name}`, and stands outside of its `where`"
    if len(hint) > _LONGEST_FIX:
        hint = "put what is said of the event in parentheses behind `where`"
    related = (
        () if declared.span is None else (Related(declared.span, f"`{declared.name}` is declared here"),)
    )
    told = codes.METADATA_OUTSIDE.at(first.field.span, message, hint=hint, related=related)
    # Those that only the event has are told with the first; what else the contact has is checked as it stands.
    return {
        id(each): told for each in tests if each is first or schema.field("contact", each.field.text) is None
    }


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
    inside = text_of(s.CompanyRule(type(chain)((company.rule, beside))))
    hint = f"write `company.{name}` for any company of the contact, or `{inside}` for the same one"
    if len(hint) > _LONGEST_FIX:
        hint = f"write `company.{name}`, or move it into `company( ... )`"
    message = f"`{shortened(name)}` is a company attribute"
    return {id(test): ref.OTHER_MODEL.at(test.field.span, message, hint=hint)}


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
