"""What a change of a plan comes to, in a few words that are safe to print."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from intercom_iac.planning import Action, Change, FieldChange
from intercom_iac.planning.operations import (
    ArchiveEvent,
    AttributeOperation,
    BuildAudience,
    BuildSegment,
    ChangeAttributeType,
    CopyValues,
    CreateAttribute,
    CreateAudience,
    CreateTag,
    DeleteAudience,
    DeleteTag,
    Operation,
    RebuildAudience,
    RebuildSegment,
    RegisterEvent,
    RenameSegment,
    RetireAudience,
    RetireTag,
)
from intercom_iac.text import item_text, printable
from intercom_iac.text.likeness import distinguish

from ..kit.values import LONGEST, name_list, value_line


class Verb(NamedTuple):
    """How an action is shown: its sign, and what stands behind a number of such changes."""

    sign: str
    counted: str


VERBS: Mapping[Action, Verb] = {
    "create": Verb("+", "to create"),
    "update": Verb("~", "to update"),
    "archive": Verb("-", "to archive"),
    "restore": Verb("+", "to restore"),
    "register": Verb("+", "to register"),
    "delete": Verb("-", "to delete"),
    "manual": Verb("!", "by hand"),
}
# The fields of a new attribute that are put in other words, or are too long for a few.
_ATTRIBUTE_WORDS = ("type", "options", "description", "messenger_writable")
COLOURS = {"+": "green", "~": "yellow", "-": "red", "!": "cyan"}


def sign_of(change: Change) -> str:
    return VERBS[change.action].sign


def change_summary(change: Change, longest: int = LONGEST) -> str:
    """What a change makes, in a few words: of what is new, all of it; of what a person does, the task."""
    operation = change.operation
    if operation.by_hand:
        return _task(operation)
    match operation:
        case AttributeOperation():
            return _attribute_summary(operation, longest)
        case RegisterEvent():
            metadata = operation.after.get("metadata")
            return (
                f"metadata {name_list(list(map(item_text, metadata)), longest - 9)}"
                if metadata
                else "no metadata"
            )
        case _:
            return f"{operation.kind} `{value_line(operation.name)}`"


def _attribute_summary(operation: AttributeOperation, longest: int) -> str:
    after = operation.after
    kind = value_line(after.get("type") or "")
    options = after.get("options")
    parts = [
        f"{kind} ({name_list(list(map(item_text, options)), longest - len(kind) - 3)})" if options else kind
    ]
    if after.get("messenger_writable"):
        parts.append("messenger writable")
    others = (field for field in operation.fields if field.path not in _ATTRIBUTE_WORDS)
    parts += [f"{printable(field.path)} {value_line(field.after)}" for field in others]
    return ", ".join(part for part in parts if part)


def _task(operation: Operation) -> str:
    """What a person does."""
    name = value_line(operation.name)
    match operation:
        case ChangeAttributeType():
            return f"change its type: {', '.join(map(value_difference, operation.fields))}"
        case CopyValues():
            old = next(field.before for field in operation.fields if field.path == "values")
            return f"copy the values of `{value_line(old)}` to it: `sync --replace {shlex.quote(name)}`"
        case ArchiveEvent():
            return f"archive the event `{name}`"
        case BuildSegment() if [field.path for field in operation.fields] == ["name"]:
            # Nothing here knows the rule that it had.
            return f"look for the segment `{name}`, or build it"
        case BuildAudience() | BuildSegment():
            return f"build the {operation.kind} `{name}`"
        case RebuildAudience() | RebuildSegment():
            return f"build the {operation.kind} `{name}` anew: its rule changed"
        case RetireAudience() | RetireTag():
            return f"delete the {operation.kind} `{name}`, or keep it"
        case RenameSegment():
            renamed = next(field for field in operation.fields if field.path == "name")
            before, after = distinguish(renamed.before, renamed.after)
            return f"rename the segment `{value_line(before)}` to `{value_line(after)}`"
        case _:
            return f"delete the segment `{name}`"


def change_line(change: Change, longest: int) -> str:
    """What a change comes to, on one line: of what is new, what it is; of the rest, the action and what differs."""
    operation = change.operation
    if operation.by_hand:
        return change_summary(change, longest)
    match operation:
        case CreateAttribute() | CreateAudience() | CreateTag():
            return change_summary(change, longest)
        case RegisterEvent():
            return f"register, {change_summary(change, longest - 10)}"
        case DeleteAudience() | DeleteTag():
            return f"delete the {operation.kind} `{value_line(operation.name)}`"
        case _:
            fields = [field for field in operation.fields if field.path != "archived"]
            # What comes and goes says more than the beginnings of two long texts.
            fields.sort(key=lambda field: _items(field.after) is None)
            differences = "; ".join(_short_difference(field) for field in fields)
            return f"{action_title(change)}: {differences}" if differences else action_title(change)


def action_title(change: Change) -> str:
    """The action, and for a segment the thing that it is in Intercom."""
    return (
        change.action if change.object in ("data_attribute", "event") else f"{change.action} {change.object}"
    )


def change_title(change: Change) -> str:
    """The address, and for a segment the thing that it is in Intercom: it may be an audience and a tag."""
    thing = f" ({change.object})" if change.object in ("audience", "tag") else ""
    return f"{printable(change.address)}{thing}"


def _short_difference(field_change: FieldChange) -> str:
    """Of lists what came and went, of anything else what it becomes."""
    path = printable(field_change.path)
    old, new = distinguish(field_change.before, field_change.after)
    before, after = _items(old), _items(new)
    if before is None or after is None:
        return f"{path} -> {value_line(new)}"
    items = [f"+{item}" for item in after if item not in before]
    items += [f"-{item}" for item in before if item not in after]
    return f"{path} {printable(', '.join(items)) or 'in another order'}"


def _items(value: Any) -> list[str] | None:
    return [item_text(item) for item in cast("list[Any]", value)] if isinstance(value, list) else None


def value_difference(field_change: FieldChange) -> str:
    """`before -> after`."""
    before, after = distinguish(field_change.before, field_change.after)
    return f"{value_line(before)} -> {value_line(after)}"


def summary_counts(summary: Mapping[str, int]) -> str:
    """`2 to create, 1 to archive, 1 by hand, 1 waiting`."""
    words = {action: verb.counted for action, verb in VERBS.items()} | {"waiting": "waiting"}
    return ", ".join(f"{count} {words[action]}" for action, count in summary.items() if count)
