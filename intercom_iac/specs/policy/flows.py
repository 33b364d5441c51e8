"""Flows: attributes that segments may not depend on, directly or through other segments, by their labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.model import Predicate, Schema, Segment
from intercom_iac.model.address import attribute_address, segment_address
from intercom_iac.model.predicate import (
    InSegment,
    children,
    own_fields,
)
from intercom_iac.project.policy.settings import FlowRule, PolicySettings
from intercom_iac.text import Span
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


def check_flows(
    schema: Schema, declared: Declarations, policy: PolicySettings, project: Document
) -> Iterator[Diagnostic]:
    """What live segments depend on and may not: for each flow, segment and attribute one, by the shortest way.

    `project` is the project file, where the labels of Intercom's own attributes stand.
    """
    if not policy.flows:
        return
    places = _label_places(declared, project)
    labels = _labels(declared, policy)
    live = [segment for segment in schema.segments.values() if segment.status != "archived"]
    steps = {segment.address: steps_of(segment.typed_rule) for segment in live}
    for segment in live:
        flows = [flow for flow in policy.flows if _is_for(flow, segment)]
        if not flows:
            continue
        for path in paths(segment.address, steps):
            carried = labels.get(path[-1].to, {})
            for flow in flows if carried else ():
                for clause, label in _forbidden(flow, carried):
                    here = f"`{_name(path[-1].to)}` is labelled `{label}: {', '.join(carried[label])}` here"
                    label_place = Related(places(path[-1].to, label), here)
                    yield _flow_diagnostic(segment, path, flow, clause, label_place)


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
    segment: Segment, path: tuple[Step, ...], flow: FlowRule, clause: str, label_place: Related
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
    way = " -> ".join((segment.address, *(step.to for step in path)))
    unpublished = "" if flow.segments == "all" else f", or do not publish `{segment.key}`"
    return codes.FLOW.at(
        first.span,
        f"`{segment.key}` {_PUBLISHED[flow.segments]}{clause}{reason}: {way}",
        hint=f"take `{_name(attribute)}` out of the rule of `{_name(reader)}`{unpublished}",
        related=(*related, label_place),
    )


def _name(address: str) -> str:
    """What a rule calls it."""
    return re.sub(r"^segment\.|^attribute\.(contact\.)?", "", address)


def _verb(step: Step) -> str:
    return "refers to" if step.to.startswith("segment.") else "reads"
