"""Renames under way: how many of those who have a value of the old attribute have one of the new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intercom_iac.model import Attribute, Sample, Schema
from intercom_iac.model.fill import Fill, custom_value, fill_of, sampled_objects


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An attribute that takes the place of another one of its model, by the sampled objects.

    `old` and `new` are how many have a value of the one and of the other; `copied` is how many of those with an old
    value have a new one as well, whatever the two are.
    """

    address: str
    replaced: str
    old: Fill
    new: Fill
    copied: Fill


def copies_under_way(schema: Schema, sample: Sample) -> Iterator[Copy]:
    """A copy for each attribute that names the one it replaces; none without sampled objects of its model."""
    for attribute in schema.attributes.values():
        old = replaced_name(attribute)
        if old is None or attribute.status == "archived":
            continue
        objects = sampled_objects(sample, attribute.model)
        if not objects:
            continue
        having_old = [thing for thing in objects if custom_value(thing, old) is not None]
        copied = sum(custom_value(thing, attribute.name) is not None for thing in having_old)
        yield Copy(
            address=attribute.address,
            replaced=old,
            old=Fill(len(having_old), len(objects)),
            new=fill_of(sample, attribute.model, attribute.name),
            copied=Fill(copied, len(having_old)),
        )


def replaced_name(attribute: Attribute) -> str | None:
    """The name of the attribute that it takes the place of."""
    return attribute.replaces.attribute if attribute.replaces is not None else attribute.renamed_from
