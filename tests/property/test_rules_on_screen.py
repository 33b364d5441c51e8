"""Generated rules as steps: the filters that a person builds by them take whom the rule means."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase, given

from intercom_iac.compilers import to_screen_steps
from intercom_iac.model import Person
from intercom_iac.model.predicate import InSegment
from intercom_iac.rules import format_rule, satisfies
from support.generators import World, examples, worlds
from support.screen_reader import Asked, is_whole, takes

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
SEVERAL = "of a person with several companies"


def as_intercom_has_it(person: Person, world: World) -> Person:
    """Events with a time, which is never in the future, and no more is any of Intercom's own times."""
    last = world.at.seconds(1) - 1
    contact: dict[str, Any] = {**person.contact}
    contact["created_at"] = min(contact["created_at"], last)
    events = [
        {**event, "created_at": min(event["created_at"], last)}
        for event in person.events
        if event.get("created_at") is not None
    ]
    return Person(contact, person.companies, events)


def with_one_company(person: Person) -> Person:
    return Person(person.contact, person.companies[:1], person.events)


@examples(100, phases=UNSHRUNK)
@given(worlds(8, 25))
def test_the_filters_that_the_steps_build_take_whom_the_rule_means(world: World) -> None:
    at: dict[str, Any] = {"today": world.at.today, "zone": world.at.zone}
    people = [as_intercom_has_it(person, world) for person in world.people]
    segments = {
        f"Number {number}": lambda person, rule=rule: satisfies(person, rule, **at)
        for number, rule in enumerate(world.rules)
    }
    keys = {f"number_{number}": f"Number {number}" for number in range(len(world.rules))}
    referring = [InSegment(f"number_{number}", rule) for number, rule in enumerate(world.rules)]
    for rule in [*world.rules, *referring]:
        for given_keys in ({}, keys):
            steps = to_screen_steps(rule, given_keys)
            if not is_whole(steps):
                continue
            crowd = [with_one_company(each) for each in people] if SEVERAL in "".join(steps) else people
            for person in crowd:
                for never in (0, None):
                    asked = Asked(person, world.schema, **at, segments=segments, never=never)
                    assert takes(steps, asked) is satisfies(person, rule, **at), (
                        format_rule(rule),
                        steps,
                        asked,
                    )
