"""What the changes of attributes in a plan do to the segments of the specs: whom these lose and gain.

A plan makes the workspace what the specs say, so all rules compile. Whoever has an option that goes, or a value of
the old type, is lost or gained all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from intercom_iac.diagnostics.codes import reached as codes
from intercom_iac.model import Attribute, DataType, Schema, segments_of
from intercom_iac.model.world import World
from intercom_iac.text import Excerpt

from .operations import ChangeAttributeType, RestoreAttribute, UpdateAttribute
from .operations.operation import field_of
from .plan import Change, Plan, Remark

if TYPE_CHECKING:
    from intercom_iac.prover.impact.supposition import OptionRemoval, Retyping


def with_reached_segments(plan: Plan, schema: Schema, world: World, told: Collection[str] = ()) -> Plan:
    """The plan with a remark for each segment that a change of an attribute reaches; not for attributes of the
    addresses `told`.

    The remarks hold for the days of the world, so that they are not there again when the plan is applied on another.
    """
    attributes = {attribute.address: attribute for attribute in schema.attributes.values()}
    remarks = [
        remark
        for change in plan.changes
        if change.address in attributes and change.needed_by and change.address not in told
        for remark in _remarks(change, attributes[change.address], schema, world)
    ]
    return replace(plan, remarks=(*plan.remarks, *remarks)) if remarks else plan


def _remarks(change: Change, declared: Attribute, schema: Schema, world: World) -> Iterator[Remark]:
    supposition = _supposition(change, declared)
    if supposition is None:
        return
    from intercom_iac.prover.impact.effects import BlastRadius

    before = _with_live_attribute(schema, supposition.attribute, change.needed_by)
    for effect in BlastRadius(before, world).effects_of(supposition):
        segment = schema.segments[effect.segment.removeprefix("segment.")]
        message = f"`{change.address}` changes; `{effect.segment}`: {effect.words}"
        yield Remark.of_diagnostic(codes.SEGMENT_REACHED.at(segment.span, message))


def _supposition(change: Change, declared: Attribute) -> OptionRemoval | Retyping | None:
    """What the change comes to for who reads the attribute, as it is in the workspace."""
    from intercom_iac.prover.impact.supposition import OptionRemoval, Retyping

    operation = change.operation
    retyped = field_of(operation.fields, "type")
    if isinstance(operation, ChangeAttributeType) and retyped is not None:
        live = replace(declared, type=DataType(retyped.before), options=())
        return Retyping(live, declared.type, declared.options)
    options = field_of(operation.fields, "options")
    if options is None or not isinstance(operation, UpdateAttribute | RestoreAttribute):
        return None
    removed = tuple(option for option in options.before or () if option not in declared.options)
    live = replace(declared, options=(*declared.options, *removed))
    return OptionRemoval(live, removed) if removed else None


def _with_live_attribute(schema: Schema, live: Attribute, readers: tuple[str, ...]) -> Schema:
    """The schema with an attribute as the workspace has it, and the rules that read it compiled against that.

    A rule that does not compile against another type stays as it is.
    """
    from intercom_iac.rules.compile import compile_rules

    attributes = {**schema.attributes, (live.model, live.name): live}
    read = [segment for segment in schema.segments.values() if segment.address in readers]
    keys = {segment.key for segment in read} | {
        key for segment in read for key in segments_of(segment.typed_rule)
    }
    rules = {
        key: Excerpt.from_text(schema.segments[key].rule, key)
        for key in keys
        if not schema.segments[key].built_in_intercom
    }
    known = {
        key: segment.typed_rule
        for key, segment in schema.segments.items()
        if key not in rules and segment.status != "archived"
    }
    trees, _ = compile_rules(rules, replace(schema, attributes=attributes), known=known)
    segments = {
        key: replace(segment, predicate=trees.get(key, segment.predicate)) if key in rules else segment
        for key, segment in schema.segments.items()
    }
    return replace(schema, attributes=attributes, segments=segments)
