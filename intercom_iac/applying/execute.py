"""One change as one call, after a call that reads what it would overwrite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intercom_iac.model import DataType
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.planning import Change, attribute_fields, audience_fields
from intercom_iac.planning.operations import (
    ArchiveAttribute,
    AttributeOperation,
    CreateAttribute,
    CreateAudience,
    CreateTag,
    DeleteAudience,
    Operation,
    RegisterEvent,
    RenameTag,
    RestoreAttribute,
    UpdateAttribute,
    UpdateAudience,
)
from intercom_iac.workspace import Workspace

from .three_way_merge import merge_fields, must_delete


def execute(change: Change, workspace: Workspace, rests_on: Mapping[str, str]) -> tuple[str, ...]:
    """Makes the change. Raises a `WorkspaceError`.

    `rests_on` is the plan's. Returns the options that others added since it was made, and that were kept.
    """
    operation = change.operation
    values = operation.after
    match operation:
        case CreateAttribute():
            workspace.create_attribute(operation.owner, operation.name, values)
        case RegisterEvent():
            workspace.register_event(operation.name, sample_metadata(values.get("metadata") or {}))
        case CreateAudience():
            predicates, roles = values.get("predicates") or (), values.get("role_predicates") or ()
            workspace.create_audience(operation.name, predicates, roles)
        case CreateTag():
            workspace.create_tag(operation.name)
        case DeleteAudience():
            if must_delete(change, workspace.audience(_live_id(operation)), rests_on):
                workspace.delete_audience(_live_id(operation))
        case UpdateAttribute() | RestoreAttribute() | ArchiveAttribute():
            return _update_attribute(change, operation, workspace)
        case UpdateAudience():
            _update_audience(change, _live_id(operation), workspace)
        case RenameTag():
            _rename_tag(change, _live_id(operation), workspace)
        case _:
            raise AssertionError("no call makes a segment, and none deletes a tag")
    return ()


def _update_attribute(change: Change, operation: AttributeOperation, workspace: Workspace) -> tuple[str, ...]:
    attribute_id = int(_live_id(operation))
    attribute = workspace.attribute(operation.owner, attribute_id)
    merged = merge_fields(change, attribute and attribute_fields(attribute))
    if merged.fields:
        workspace.update_attribute(attribute_id, merged.fields)
    return merged.kept


def _update_audience(change: Change, audience_id: str, workspace: Workspace) -> None:
    audience = workspace.audience(audience_id)
    merged = merge_fields(change, audience and audience_fields(audience))
    if merged.fields:
        workspace.update_audience(audience_id, merged.fields)


def _rename_tag(change: Change, tag_id: str, workspace: Workspace) -> None:
    name = workspace.tag(tag_id)
    merged = merge_fields(change, None if name is None else {"name": name})
    if merged.fields:
        workspace.rename_tag(tag_id, merged.fields["name"])


def _live_id(operation: Operation) -> str:
    assert operation.live_id is not None, "an operation on what is there names it"
    return operation.live_id


def sample_metadata(types: Mapping[str, str]) -> dict[str, Any]:
    """A value of the right type for each metadata key, so that Intercom learns the types.

    At most ten keys: Intercom ignores further ones (API 2.16 description). Whether a boolean is kept as one is
    not established (the help centre lists text, number, date, link and amount); it is sent as one.
    """
    samples = {
        DataType.STRING: "sample",
        DataType.OPTIONS: "sample",
        DataType.INTEGER: 1,
        DataType.FLOAT: 1.5,
        DataType.BOOLEAN: True,
        DataType.DATE: 1767225600,  # 2026-01-01
    }
    return {key: samples[DataType(kind)] for key, kind in list(types.items())[:MAX_METADATA_KEYS]}
