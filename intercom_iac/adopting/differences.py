"""What of an entry the specs say otherwise than a source does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema
from intercom_iac.specs.author.entries import Entry, attribute_entry, event_entry, segment_entry
from intercom_iac.specs.author.updates import EntryUpdate
from intercom_iac.specs.load.entries import AttributeEntry, EventEntry, SegmentEntry
from intercom_iac.specs.load.expansion import holds_variables
from intercom_iac.yaml.nodes import Document, Node, Path, Scalar
from intercom_iac.yaml.nodes import Mapping as MappingNode
from intercom_iac.yaml.shapes import keys_of

from .proposal import DifferingField, ProposedEntry

_SHAPES: Mapping[str, Any] = {"attributes": AttributeEntry, "events": EventEntry, "segments": SegmentEntry}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The keys of an entry that the specs and a source have otherwise, and how the specs get the source's values.

    A value that a variable gives has no update: other workspaces have the same text.
    """

    address: str
    fields: tuple[DifferingField, ...]
    updates: tuple[EntryUpdate, ...]
    variables: frozenset[str]

    def without_updated(self) -> Difference:
        """What differs still when the updates are made."""
        left = tuple(field for field in self.fields if field.path in self.variables)
        return replace(self, fields=left, updates=())


def differences(proposed: ProposedEntry, schema: Schema, document: Document) -> Difference | None:
    """What differs of an entry that the specs have; None where nothing does.

    What the specs leave out is the source's to say, as it is for a plan: a description that is in Intercom alone is
    no difference. Of what is archived nothing but that is compared. `document` is the file of the entry.
    """
    declared = _declared_entry(proposed, schema)
    defaults = {key: field.default for key, field in keys_of(_SHAPES[str(declared.path[0])]).items()}
    asked = sorted((proposed.told | proposed.entry.data.keys()) - proposed.inferred, key=[*defaults].index)
    different: dict[tuple[str, ...], tuple[Any, Any]] = {}
    archived = "status" in proposed.told and "archived" in (
        declared.data.get("status"),
        proposed.entry.data.get("status"),
    )
    for key in asked:
        ours = declared.data.get(key, defaults[key])
        theirs = proposed.entry.data.get(key, defaults[key])
        if _differs(key, ours, theirs) and (key == "status" or not archived):
            different[(key,)] = (ours, theirs)
    if "metadata" in asked:
        different |= _different_metadata(declared.data.get("metadata"), proposed.entry.data.get("metadata"))
    if not different:
        return None
    variables = frozenset(
        path for path in different if _has_variables(document.node((*declared.path, *path)))
    )
    return Difference(
        address=proposed.address,
        fields=tuple(
            DifferingField(path=".".join(path), specs=_plain(ours), source=_plain(theirs))
            for path, (ours, theirs) in different.items()
        ),
        updates=tuple(
            EntryUpdate(
                path=(*declared.path, *path[:-1]),
                key=path[-1],
                value=None if len(path) == 1 and theirs == defaults[path[0]] else theirs,
            )
            for path, (_, theirs) in different.items()
            if path not in variables
        ),
        variables=frozenset(map(".".join, variables)),
    )


def _different_metadata(ours: Any, theirs: Any) -> dict[tuple[str, ...], tuple[Any, Any]]:
    """The keys of an event that a source has and the specs do not, and those of another type."""
    declared: dict[str, Any] = dict(ours or {})
    different: dict[tuple[str, ...], tuple[Any, Any]] = {}
    for key, data in dict(theirs or {}).items():
        if not declared:
            return {("metadata",): (None, theirs)}
        if key not in declared:
            different["metadata", key] = (None, data)
            continue
        for part in ("type", "options"):
            one, other = declared[key].get(part), data.get(part)
            if _differs(part, one, other):
                different["metadata", key, part] = (one, other)
    return different


def _declared_entry(proposed: ProposedEntry, schema: Schema) -> Entry:
    """The entry of the specs in the words of the format, its variables expanded."""
    path: Path = proposed.entry.path
    if path[0] == "attributes":
        model = "company" if path[1] == "company" else "contact"
        return attribute_entry(schema.attributes[model, str(path[2])])
    if path[0] == "events":
        return event_entry(schema.events[str(path[1])])
    return segment_entry(schema.segments[str(path[1])])


def _differs(key: str, ours: Any, theirs: Any) -> bool:
    match key:
        case "options":
            return set(ours or ()) != set(theirs or ())
        case "status":
            return (ours == "archived") != (theirs == "archived")
        case "description" | "metadata" | "source_name" | "name" | "publish" | "adopt" | "built_in_intercom":
            # The first is left to Intercom where the specs have none. The others are the specs' own to say.
            return key == "description" and ours is not None and ours != (theirs or "")
        case _:
            return ours != theirs


def _has_variables(node: Node | None) -> bool:
    """Whether a value in a file is made by a variable, in any of its parts."""
    if isinstance(node, Scalar):
        return isinstance(node.data, str) and holds_variables(node.data.replace("$${", ""))
    if node is None:
        return False
    if isinstance(node, MappingNode):
        return any(_has_variables(value) for _, _, value in node.entries.values())
    return any(map(_has_variables, node.items))


def _plain(value: Any) -> Any:
    """A value as people read it, without the escapes of the format."""
    if isinstance(value, str):
        return value.replace("$${", "${")
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, Any]", value).items()}
    return value
