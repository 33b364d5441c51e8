"""Flows: attributes that segments may not depend on, directly or through other segments, by their labels.

A rule that names an attribute mostly depends on it. Where it is proved that it does not, since whatever the attribute
is makes no difference, that is another finding, and a milder one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Field, Predicate, Schema, Segment
from intercom_iac.model.address import attribute_address, segment_address
from intercom_iac.model.days import calendar_day
from intercom_iac.model.predicate import (
    InSegment,
    children,
    fields_of,
    own_fields,
    reads_days,
)
from intercom_iac.model.world import Assumption, World
from intercom_iac.project import Project
from intercom_iac.project.policy.settings import FlowRule, PolicySettings
from intercom_iac.text import Span, brief_text, printable
from intercom_iac.yaml.nodes import Document

from ..load.declarations import Declarations

_PUBLISHED = {
    "published": "is published and ",
    "audience": "is published as an audience and ",
    "tag": "is published as a tag and ",
    "attribute": "is published as an attribute and ",
    "all": "",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Where a rule reads an attribute or refers to a segment: the address of that, and the clause."""

    to: str
    span: Span | None


def check_flows(schema: Schema, declared: Declarations, project: Project) -> Iterator[Diagnostic]:
    """What live segments depend on and may not: for each flow, segment and attribute one, by the shortest way.

    The labels of Intercom's own attributes stand in the project file.
    """
    policy = project.settings.policy
    if not policy.flows:
        return
    world = _recent_days(project)
    places = _label_places(declared, project.document)
    labels = _labels(declared, policy)
    live = [segment for segment in schema.segments.values() if segment.status != "archived"]
    steps = {segment.address: steps_of(segment.typed_rule) for segment in live}
    for segment in live:
        flows = [flow for flow in policy.flows if _is_for(flow, segment)]
        if not flows:
            continue
        for path in paths(segment.address, steps):
            carried = labels.get(path[-1].to, {})
            forbidden = [(flow, *found) for flow in flows if carried for found in _forbidden(flow, carried)]
            if not forbidden:
                continue
            influence = _influence(segment, path[-1].to, world)
            for flow, clause, label in forbidden:
                here = f"`{_name(path[-1].to)}` is labelled `{label}: {', '.join(carried[label])}` here"
                label_place = Related(places(path[-1].to, label), here)
                yield _flow_diagnostic(segment, path, flow, clause, label_place, influence)


def _is_for(flow: FlowRule, segment: Segment) -> bool:
    if flow.segments == "all":
        return True
    if flow.segments == "published":
        return bool(segment.publish)
    return segment.has_tag if flow.segments == "tag" else flow.segments in segment.publish


# --- ways through the rules ---------------------------------------------------------------------------------


def steps_of(rule: Predicate) -> tuple[Step, ...]:
    """The attributes a rule reads itself and the segments it refers to, each where it is first."""
    steps: dict[str, Step] = {}
    pending = [rule]
    while pending:
        node = pending.pop()
        if isinstance(node, InSegment):
            steps.setdefault(segment_address(node.segment), Step(segment_address(node.segment), node.span))
            continue
        for field in own_fields(node):
            # The keys of an event's metadata are no attributes, and have no labels.
            if field.owner != "event":
                steps.setdefault(field.address, Step(field.address, node.span))
        pending.extend(reversed(children(node)))
    return tuple(steps.values())


def paths(start: str, steps: Mapping[str, tuple[Step, ...]]) -> Iterator[tuple[Step, ...]]:
    """The shortest way from a segment to each attribute it depends on; of two as short the one written first."""
    seen = {start}
    ways: list[tuple[Step, ...]] = [()]
    for way in ways:
        for step in steps.get(way[-1].to if way else start, ()):
            if step.to in seen:
                continue
            seen.add(step.to)
            if step.to in steps:
                ways.append((*way, step))
            else:
                yield (*way, step)


# --- what a dependence comes to -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Influence:
    """What it makes of who is in a segment that an attribute has another value.

    `shown` are a value with which somebody is in it and one with which the same person is not, in words; `undecided`
    says why it is not known. With neither, it makes no difference.
    """

    shown: tuple[str, str] | None = None
    undecided: str | None = None


# A dependence on any day counts, so that the finding is the same whenever it is asked for. Recent days are tried
# first: the values that they show are such as people know.
_RECENT, _EARLIEST = date(2026, 1, 1), date(2000, 1, 1)


def _recent_days(project: Project) -> World:
    settings = project.settings
    return World(
        first=_RECENT,
        zone=settings.timezone or "UTC",
        without=frozenset(map(Assumption, settings.proofs.without)),
    )


def _influence(segment: Segment, attribute: str, world: World) -> _Influence:
    from intercom_iac.prover import Unknown
    from intercom_iac.prover.dependence import Dependence, decide_dependence

    field = next(field for field in fields_of(segment.typed_rule) if field.address == attribute)
    found = decide_dependence(segment.typed_rule, field, world)
    if not isinstance(found, Dependence) and reads_days(segment.typed_rule):
        found = decide_dependence(segment.typed_rule, field, replace(world, first=_EARLIEST))
    if found is None:
        return _Influence()
    if isinstance(found, Unknown):
        return _Influence(undecided=found.reason)
    zone = ZoneInfo(world.zone)
    return _Influence((_value_text(found.inside, field, zone), _value_text(found.outside, field, zone)))


def _value_text(value: Any, field: Field, zone: ZoneInfo) -> str:
    from intercom_iac.rules.print.text import number_text, quote

    if value is None:
        return "no value"
    if field.type is DataType.DATE:
        return str(calendar_day(value, zone))
    if isinstance(value, bool):
        return str(value).lower()
    return printable(brief_text(quote(value), 60)) if isinstance(value, str) else number_text(value)


# --- what is forbidden --------------------------------------------------------------------------------------


def _forbidden(flow: FlowRule, carried: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """What a flow says against these labels: the clause of the flow, and the label that it meets."""
    for label, value in flow.may_not_depend_on.items():
        if value in carried.get(label, ()):
            yield f"may not depend on `{label}: {value}`", label
    for label, value in flow.may_only_depend_on.items():
        if carried.get(label) and value not in carried[label]:
            yield f"may only depend on `{label}: {value}`", label


def _labels(declared: Declarations, policy: PolicySettings) -> dict[str, dict[str, list[str]]]:
    """The labels of every attribute that has some, by its address."""
    return policy.standard | {
        attribute_address(attribute.model, attribute.name): attribute.entry.labels
        for attribute in declared.attributes
        if attribute.entry.labels
    }


Places = Callable[[str, str], Span]


def _label_places(declared: Declarations, project: Document) -> Places:
    """Where a label of an attribute stands: in its declaration, or for one of Intercom's own in the project file."""
    declarations = {
        attribute_address(attribute.model, attribute.name): attribute for attribute in declared.attributes
    }

    def place(address: str, label: str) -> Span:
        if address in declarations:
            return declarations[address].value("labels", label)
        return project.span(("policy", "standard", address, label))

    return place


def _flow_diagnostic(
    segment: Segment,
    path: tuple[Step, ...],
    flow: FlowRule,
    clause: str,
    label_place: Related,
    influence: _Influence,
) -> Diagnostic:
    first, *others = path
    attribute = path[-1].to
    reader = path[-2].to if others else segment.address
    related = [
        Related(step.span, f"`{_name(before.to)}` {_verb(step)} `{_name(step.to)}` here")
        for before, step in zip(path, others, strict=False)
        if step.span is not None
    ]
    reason = f" ({flow.reason})" if flow.reason else ""
    forbidden = f"{_PUBLISHED[flow.segments]}{clause}{reason}"
    way = " -> ".join((segment.address, *(step.to for step in path)))
    places = (*related, label_place)
    if influence == _Influence():
        return codes.WRITTEN_FLOW.at(
            first.span,
            f"`{_name(attribute)}` makes no difference to who is in `{segment.key}`, which {forbidden}: {way}",
            hint=f"write the rule of `{segment.key}` without it; the same people stay in it",
            related=places,
        )
    unpublished = "" if flow.segments == "all" else f", or do not publish `{segment.key}`"
    why = ""
    if influence.shown is not None:
        inside, outside = influence.shown
        why = f"; with {inside} somebody is in `{segment.key}`, with {outside} not"
    if influence.undecided is not None:
        why = f"; whether it makes a difference was not decided: {influence.undecided}"
    return codes.FLOW.at(
        first.span,
        f"`{segment.key}` {forbidden}: {way}",
        hint=f"take `{_name(attribute)}` out of the rule of `{_name(reader)}`{unpublished}{why}",
        related=places,
    )


def _name(address: str) -> str:
    """What a rule calls it."""
    return re.sub(r"^segment\.|^attribute\.(contact\.)?", "", address)


def _verb(step: Step) -> str:
    return "refers to" if step.to.startswith("segment.") else "reads"
