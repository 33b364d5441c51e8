"""Attributes of one revision against those of another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import partial

from intercom_iac.changes import attributes as table
from intercom_iac.changes.comparison import Difference, compare_revisions, shown_values
from intercom_iac.changes.row import Impact
from intercom_iac.diagnostics.codes.breaking import attributes as codes
from intercom_iac.model import Attribute, Schema
from intercom_iac.prover.impact.supposition import Archival, OptionRemoval, Removal, Retyping

from ..change import SchemaChange
from ..dependents import Dependents
from . import entries
from .fields import EntryPair, field_changes


def compare_attributes(old: Schema, new: Schema, dependents: Dependents) -> Iterator[SchemaChange]:
    """What differs, in the order of the new specs, then what is removed."""
    successors = new.successors()
    compared: set[tuple[str, str]] = set()
    for key, before in old.attributes.items():
        after = successors.get(key)
        if key not in new.attributes and before.status != "archived" and after is not None:
            readers = dependents.segments_reading(before.address)
            yield entries.rename_change(before, after, readers, "the values stay")
            if (after.model, after.name) not in old.attributes:
                compared.add((after.model, after.name))
                yield from _compare(before, after, dependents, renamed=True)
    for key, after in new.attributes.items():
        before = old.attributes.get(key)
        if before is not None:
            yield from _compare(before, after, dependents, renamed=False)
        elif key not in compared:
            yield entries.addition(after, shown_values(table.FIELDS, declared=after))
    removed = [
        attribute
        for key, attribute in old.attributes.items()
        if key not in new.attributes and (key not in successors or attribute.status == "archived")
    ]
    added = [
        attribute
        for key, attribute in new.attributes.items()
        if key not in old.attributes and key not in compared
    ]
    hints = entries.removal_hints(removed, added, lambda attribute: attribute.name, _kept_by_a_rename)
    for attribute, hint in hints:
        yield _removal(attribute, new, dependents, hint)


def _compare(
    old: Attribute, new: Attribute, dependents: Dependents, *, renamed: bool
) -> Iterator[SchemaChange]:
    """`renamed`: the two were paired by what the new one replaces, which is told already."""
    pair = EntryPair.of_entries(old, new, dependents)
    differences = list(compare_revisions(table.FIELDS, old=old, new=new))
    for change in entries.status_changes(old, new, pair.readers):
        yield replace(change, supposition=Archival(old)) if new.status == "archived" else change
    if new.status == "archived":
        # Whoever takes it into use again finds the type that Intercom has.
        yield from field_changes((difference for difference in differences if difference.key == "type"), pair)
        others = [difference.key for difference in differences if difference.key != "type"]
        yield from entries.archived_changes(old, new, others)
        return
    yield from field_changes(
        (
            difference
            for difference in differences
            if not (renamed and difference.key in ("renamed_from", "replaces"))
        ),
        pair,
        # Rules that read it under its old name are told of the rename.
        (lambda _, __: None) if renamed else partial(_suppose, old, new),
    )


def _suppose(
    old: Attribute, new: Attribute, difference: Difference, impact: Impact
) -> OptionRemoval | Retyping | None:
    """What another type or options that are gone come to for who reads the attribute."""
    if difference.key == "type":
        return Retyping(old, new.type, new.options)
    if difference.key == "options" and impact.removed_items:
        return OptionRemoval(old, impact.removed_items)
    return None


def _kept_by_a_rename(attribute: Attribute) -> Hashable:
    """An attribute under another name is of the same model and type."""
    return attribute.model, attribute.type


def _removal(attribute: Attribute, new: Schema, dependents: Dependents, hint: str) -> SchemaChange:
    other = "company" if attribute.model == "contact" else "contact"
    if (other, attribute.name) in new.attributes:
        hint = f"a name serves one of the two: give that of the {other} another, and archive this one"
    values = shown_values(table.FIELDS, declared=attribute)
    readers = dependents.segments_reading(attribute.address)
    change = entries.removal(attribute, values, readers, codes.ATTRIBUTE_GONE, hint)
    return change if attribute.status == "archived" else replace(change, supposition=Removal(attribute))
