"""One change as one call, and before it the one that reads again what it would overwrite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intercom_iac.model import DataType
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.planning import Change
from intercom_iac.workspace import Workspace

from .rereading import is_to_be_deleted, write_of


def execute(change: Change, workspace: Workspace, rests_on: Mapping[str, str]) -> tuple[str, ...]:
    """Makes the change. Raises a `WorkspaceError`.

    `rests_on` is the plan's. Returns the options that others added since it was made, and that were kept.
    """
    fields = {field.path: field.after for field in change.fields}
    match change.object, change.action:
        case "data_attribute", "create":
            workspace.create_attribute(change.model, change.name, fields)
        case "event", _:
            workspace.register_event(change.name, sample_metadata(fields.get("metadata") or {}))
        case "audience", "create":
            predicates, roles = fields.get("predicates") or (), fields.get("role_predicates") or ()
            workspace.create_audience(fields["name"], predicates, roles)
        case "tag", "create":
            workspace.create_tag(change.name)
        case ("segment", _) | ("tag", "delete"):
            raise AssertionError("no call makes a segment, and none deletes a tag")
        case "audience", "delete":
            if is_to_be_deleted(change, workspace, rests_on):
                workspace.delete_audience(_id(change))
        case _:
            write = write_of(change, workspace)
            if write.fields:
                _update(change, workspace, write.fields)
            return write.kept
    return ()


def _update(change: Change, workspace: Workspace, fields: Mapping[str, Any]) -> None:
    match change.object:
        case "data_attribute":
            workspace.update_attribute(int(_id(change)), fields)
        case "audience":
            workspace.update_audience(_id(change), fields)
        case _:
            workspace.rename_tag(_id(change), fields["name"])


def _id(change: Change) -> str:
    assert change.live_id is not None, "a change of what is there names it"
    return change.live_id


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
