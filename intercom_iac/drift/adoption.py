"""What `--adopt` does with a finding: the workspace's value for the specs, or why the specs cannot have it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any

from intercom_iac.changes import attributes as table
from intercom_iac.changes import compare_with_live
from intercom_iac.compilers import AudienceFilters
from intercom_iac.compilers.audience.decompile import decompile
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Attribute, DataType, LiveAttribute, LiveAudience, LiveSegment, Schema
from intercom_iac.specs.author.entries import Entry, attribute_entry, literal_text
from intercom_iac.specs.author.live_entries import (
    audience_entry,
    built_segment_entry,
    declared_attribute,
    segment_key,
)
from intercom_iac.specs.author.updates import EntryUpdate
from intercom_iac.text import quoted_names

from .finding import Finding, Kind


@dataclass(frozen=True, slots=True)
class Adopted:
    """A finding that the specs took over: where it stands in them now, and for which other workspaces as well."""

    address: str
    kind: Kind
    file: str
    line: int
    also_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAdopted:
    """What the specs could not take over, and why."""

    address: str
    why: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What the specs take over of a finding: other values of the keys of its entry, or an entry that is new."""

    finding: Finding
    updates: tuple[EntryUpdate, ...] = ()
    entry: Entry | None = None


def adoptions(findings: Iterable[Finding], schema: Schema) -> tuple[list[Adoption], list[NotAdopted]]:
    """What the specs, whose schema this is, take over of these findings, and what they cannot."""
    adopted: list[Adoption] = []
    refused: list[NotAdopted] = []
    keys = set(schema.segments)
    for finding in findings:
        adoption = _adoption(finding, schema, keys)
        if isinstance(adoption, NotAdopted):
            refused.append(adoption)
            continue
        adopted.append(adoption)
        if adoption.entry is not None and adoption.entry.path[0] == "segments":
            keys.add(adoption.entry.name)
    return adopted, refused


def _adoption(finding: Finding, schema: Schema, keys: Container[str]) -> Adoption | NotAdopted:
    match finding.kind:
        case "near_cap":
            return NotAdopted(finding.address, "a cap that is near is no value that the specs could have")
        case "missing":
            by_hand = finding.thing == "segment"
            remedy = (
                "`plan --target {}` has the steps to build it" if by_hand else "`apply --target {}` makes it"
            )
            return NotAdopted(
                finding.address,
                f"the workspace has no such {finding.thing}, so there is nothing to take over",
                hint=f"{remedy.format(finding.address)}; or take it out of the specs: `status: archived`",
            )
        case "unmanaged" | "undeclared":
            return _new_entry(finding, schema, keys)
        case "edited":
            return _adopt_edit(finding, schema)
        case "changed" | "archived" | "restored":
            return _adopt_change(finding, schema)


# --- what the specs have ------------------------------------------------------------------------------------


def _adopt_change(finding: Finding, schema: Schema) -> Adoption | NotAdopted:
    if isinstance(finding.live, LiveAttribute):
        live = finding.live
        declared = schema.attributes[live.model, live.name]
        if declared.segment is not None:
            return NotAdopted(
                finding.address,
                f"it has no entry of its own: the segment `{declared.segment}` is published as it",
                hint="declare it under `attributes`, or take `attribute` out of the segment's `publish`",
            )
        return _adoption_by_updates(
            finding, ("attributes", live.model, live.name), _attribute_values(declared, live)
        )
    key = finding.address.removeprefix("segment.")
    values: dict[str, Any] = {"status": None}
    if finding.kind == "changed":
        [name] = finding.fields
        values = {"name": literal_text(name.workspace), "renamed_from": None}
    return _adoption_by_updates(finding, ("segments", key), values)


def _adoption_by_updates(finding: Finding, path: tuple[str, ...], values: dict[str, Any]) -> Adoption:
    updates = (EntryUpdate(path=path, key=key, value=value) for key, value in values.items())
    return Adoption(finding=finding, updates=tuple(updates))


def _attribute_values(declared: Attribute, live: LiveAttribute) -> dict[str, Any]:
    """The keys of the entry with the workspace's values, None for one that is to go."""
    if live.archived:
        return {"status": "archived"}
    values: dict[str, Any] = {}
    if declared.status == "archived":
        values["status"] = None
        declared = replace(declared, status="active")
    differing = {
        difference.key for difference in compare_with_live(table.FIELDS, declared=declared, live=live)
    }
    if "type" in differing:
        values["type"] = live.type.value
    if differing & {"type", "options"}:
        has_options = live.type is DataType.OPTIONS
        values["options"] = [literal_text(option) for option in live.options] if has_options else None
    if "description" in differing:
        values["description"] = literal_text(live.description) or None
    if "messenger_writable" in differing:
        values["messenger_writable"] = live.messenger_writable or None
    return values


def _adopt_edit(finding: Finding, schema: Schema) -> Adoption | NotAdopted:
    live = finding.live
    if not isinstance(live, LiveAudience):
        return NotAdopted(
            finding.address,
            "Intercom tells the rule of a segment to nobody",
            hint="write the rule that its filters are into the specs; or leave it to Intercom: `rule: unknown` and "
            "`built_in_intercom: true`",
        )
    decompiled = decompile(AudienceFilters(live.predicates, live.role_predicates), schema)
    if not finding.fields or decompiled.rule is None:
        why = decompiled.reason or "whether its filters are those of the rule is not known"
        return NotAdopted(finding.address, f"no rule can be made of the audience: {why}")
    key = finding.address.removeprefix("segment.")
    return _adoption_by_updates(finding, ("segments", key), {"rule": literal_text(decompiled.rule)})


# --- what the specs do not have -----------------------------------------------------------------------------


def _new_entry(finding: Finding, schema: Schema, keys: Container[str]) -> Adoption | NotAdopted:
    elsewhere = schema.other_workspaces.get(finding.address)
    if elsewhere is not None:
        return NotAdopted(
            finding.address,
            f"the specs have it for {quoted_names(elsewhere.workspaces)} alone",
            hint="let its `only` or `except` name this workspace as well",
        )
    match finding.live:
        case LiveAttribute() as live:
            return Adoption(finding=finding, entry=attribute_entry(declared_attribute(live)))
        case LiveSegment(name=name):
            return Adoption(finding=finding, entry=built_segment_entry(segment_key(name, keys), name))
        case LiveAudience(name=name) as live:
            decompiled = decompile(AudienceFilters(live.predicates, live.role_predicates), schema)
            if decompiled.rule is None:
                return NotAdopted(
                    finding.address, f"no rule can be made of the audience: {decompiled.reason}"
                )
            entry = audience_entry(segment_key(name, keys), name, decompiled.rule)
            return Adoption(finding=finding, entry=entry)
        case None:
            return Adoption(finding=finding, entry=_event_entry(finding))


def _event_entry(finding: Finding) -> Entry:
    """What people did and nobody registered is sent by something else: an apply needs to send no sample of it."""
    data: dict[str, Any] = {field.path: literal_text(field.workspace) for field in finding.fields}
    if finding.kind == "undeclared":
        data["adopt"] = True
    return Entry(("events", finding.name), data)
