"""The changes of an attribute that are supposed, and the schema as it is then."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intercom_iac.model import Attribute, DataType, Schema


@dataclass(frozen=True, slots=True)
class Archival:
    """The attribute is archived: no rule may read it, and nobody's value counts any more."""

    attribute: Attribute


@dataclass(frozen=True, slots=True)
class OptionRemoval:
    """The attribute has one option less: no rule may name it, and whoever has it has no value."""

    attribute: Attribute
    option: str


@dataclass(frozen=True, slots=True)
class Retyping:
    """The attribute has another type: a value of the old one that does not fit it counts as none."""

    attribute: Attribute
    type: DataType
    options: tuple[str, ...] = ()


Supposition = Archival | OptionRemoval | Retyping


def suppose(schema: Schema, supposition: Supposition) -> Schema:
    """The schema with the change made, and the segments as they are."""
    old = supposition.attribute
    match supposition:
        case Archival():
            new = replace(old, status="archived")
        case OptionRemoval(option=option):
            new = replace(old, options=tuple(known for known in old.options if known != option))
        case Retyping(type=type_, options=options):
            new = replace(old, type=type_, options=options)
    return replace(schema, attributes={**schema.attributes, (old.model, old.name): new})
