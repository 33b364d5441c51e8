"""The changes of an attribute that are supposed, and the schema as it is then."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Attribute, DataType, Schema


@dataclass(frozen=True, slots=True)
class Archival:
    """The attribute is archived: no rule may read it, and nobody's value counts any more."""

    attribute: Attribute


@dataclass(frozen=True, slots=True)
class Removal:
    """The attribute is not declared any more: no rule may read it, and nobody's value counts any more."""

    attribute: Attribute


@dataclass(frozen=True, slots=True)
class OptionRemoval:
    """The attribute has these options no more: no rule may name them, and whoever has one has no value."""

    attribute: Attribute
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retyping:
    """The attribute has another type: a value of the old one that does not fit it counts as none."""

    attribute: Attribute
    type: DataType
    options: tuple[str, ...] = ()


Supposition = Archival | Removal | OptionRemoval | Retyping


def suppose(schema: Schema, supposition: Supposition) -> Schema:
    """The schema with the change made, and the segments as they are."""
    old = supposition.attribute
    key = old.model, old.name
    match supposition:
        case Removal():
            others = {name: attribute for name, attribute in schema.attributes.items() if name != key}
            return replace(schema, attributes=others)
        case Archival():
            new = replace(old, status="archived")
        case OptionRemoval(options=removed):
            new = replace(old, options=tuple(option for option in old.options if option not in removed))
        case Retyping(type=type_, options=options):
            new = replace(old, type=type_, options=options)
    return replace(schema, attributes={**schema.attributes, key: new})
