"""Whether who satisfies a rule hangs on an attribute, or whether the rule only names it.

`plan = pro or not plan = pro` names `plan`, but everybody satisfies it. A rule depends on an attribute if there are
two persons, alike in everything else, of whom it holds for one. They are looked for as one person with a second value
of the attribute, in a field that is not in the rule: somebody who satisfies the rule with the first value, and not
with the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.attribute import Field
from intercom_iac.model.predicate import And, Not, Predicate
from intercom_iac.model.world import World
from intercom_iac.rules.meaning import known_value
from intercom_iac.rules.normal import chain

from .deciding import decide
from .verdicts import Satisfiable, Unknown
from .witness import Witness


@dataclass(frozen=True, slots=True)
class Dependence:
    """A rule depends on an attribute: somebody satisfies it with the one value, and not with the other.

    A value is as the API has it; None for no value.
    """

    inside: Any
    outside: Any
    witness: Witness


def decide_dependence(rule: Predicate, field: Field, world: World) -> Dependence | Unknown | None:
    """Whether a rule depends on an attribute; None where it is proved that it does not."""
    other = _other_field(field)
    either = cast("Predicate", _with_field(rule, field, other))
    verdict = decide(chain(And, (rule, Not(either))), world, explain=False)
    if isinstance(verdict, Satisfiable):
        return _dependence(verdict.witness, field, other)
    return verdict if isinstance(verdict, Unknown) else None


def _other_field(field: Field) -> Field:
    """A custom attribute of the same kind, under a name that none has: no name has line breaks."""
    name = f"{field.name}\nin another case"
    path = f"custom_attributes.{name}"
    return replace(field, name=name, wire=path, search=None, custom=True)


def _with_field(value: Any, field: Field, other: Field) -> Any:
    """A rule, or what it is made of, with the other field in the place of the field."""
    if isinstance(value, Field):
        return other if (value.owner, value.name) == (field.owner, field.name) else value
    if isinstance(value, tuple):
        return tuple(_with_field(part, field, other) for part in cast("tuple[Any, ...]", value))
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: getattr(value, part.name) for part in fields(value) if part.name != "span"}
        return replace(value, **{name: _with_field(part, field, other) for name, part in parts.items()})
    return value


def _dependence(witness: Witness, field: Field, other: Field) -> Dependence:
    """The two values of the contact; of its companies, those of the first whose values differ."""
    person = witness.person
    subjects: list[Mapping[str, Any]] = [person.contact] if field.owner == "contact" else [*person.companies]
    pairs = [(known_value(subject, field), known_value(subject, other)) for subject in subjects]
    inside, outside = next((pair for pair in pairs if pair[0] != pair[1]), (None, None))
    return Dependence(inside, outside, witness)
