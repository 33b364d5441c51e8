"""What a lint says of generated rules holds of generated people."""

from __future__ import annotations

from hypothesis import given

from intercom_iac.model import children
from intercom_iac.model.predicate import And, Not, Or, Predicate
from intercom_iac.rules import satisfies
from intercom_iac.rules.lints.values import holds_for_everybody, holds_for_nobody, subject_of
from support.generators import World, examples, worlds


def contact_rules(rule: Predicate) -> list[Predicate]:
    """The rule and every part of it that asks the contact."""
    parts = children(rule) if isinstance(rule, And | Or | Not) else ()
    return [rule, *(inner for part in parts for inner in contact_rules(part))]


@examples(30)
@given(worlds(12, 25))
def test_nobody_and_everybody_are_nobody_and_everybody(world: World) -> None:
    at = {"today": world.at.today, "zone": world.at.zone}
    for whole in world.rules:
        for rule in contact_rules(whole):
            subject = subject_of(rule)
            if subject is None:
                continue
            held = [satisfies(person, rule, **at) for person in world.people]
            assert not (any(held) and holds_for_nobody((rule,), subject))
            assert all(held) or not holds_for_everybody((rule,), subject)
