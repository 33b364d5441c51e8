"""A rule of people who lose a value holds of them with it where the rule itself holds of them without."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any, cast

from hypothesis import given, settings

from intercom_iac.model import Field, Person, fields_of
from intercom_iac.prover.impact.clearing import Clearing, LostValues
from intercom_iac.rules import satisfies
from intercom_iac.rules.meaning import known_value
from support.generators.rules import words_of
from support.generators.worlds import World, worlds


def stripped(person: Person, lost: LostValues) -> Person:
    """The person without the values, as somebody would take them away by hand."""
    contact, companies = deepcopy(dict(person.contact)), deepcopy([*map(dict, person.companies)])
    for subject in [contact] if lost.field.owner == "contact" else companies:
        value = known_value(subject, lost.field)
        if value is not None and lost.hold(value):
            *path, key = lost.field.path
            holder: Any = subject
            for outer in path:
                holder = holder[outer]
            del cast("dict[str, Any]", holder)[key]
    return replace(person, contact=contact, companies=companies)


def losses(field: Field) -> list[LostValues]:
    if not field.type.is_text:
        return [LostValues(field)]
    words = tuple(field.options or words_of(field))
    return [LostValues(field), LostValues(field, texts=words[:1]), LostValues(field, texts=words[:2])]


@given(worlds(6, 6))
@settings(max_examples=25, deadline=None)
def test_a_rule_without_values_is_the_rule_of_people_without_them(world: World) -> None:
    at: Any = {"today": world.at.today, "zone": world.at.zone}
    for rule in world.rules:
        for lost in [lost for field in fields_of(rule) for lost in losses(field)]:
            cleared = Clearing(lost).without_values(rule)
            for person in world.people:
                expected = satisfies(stripped(person, lost), rule, **at)
                assert satisfies(person, cleared, **at) is expected, (rule, lost, person)
