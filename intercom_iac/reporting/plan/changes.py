"""What a change of a plan comes to, in a few words that are safe to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from intercom_iac.planning import Change, FieldChange
from intercom_iac.text import item_text, printable
from intercom_iac.text.likeness import distinguish

from ..kit.values import LONGEST, name_list, value_line

SIGNS = {
    "create": "+",
    "register": "+",
    "restore": "+",
    "update": "~",
    "archive": "-",
    "delete": "-",
    "manual": "!",
}
# What of a new attribute is told in other words, or is too long for a few.
_ATTRIBUTE_WORDS = ("type", "options", "description", "messenger_writable")
COLOURS = {"+": "green", "~": "yellow", "-": "red", "!": "cyan"}


def in_short(change: Change, longest: int = LONGEST) -> str:
    """What a change makes, in a few words: of what is new, all of it; of what a person does, the task."""
    if change.action == "manual":
        return _task(change)
    match change.object:
        case "data_attribute":
            kind = value_line(change.after("type") or "")
            options = change.after("options")
            parts = [
                f"{kind} ({name_list(list(map(item_text, options)), longest - len(kind) - 3)})"
                if options
                else kind
            ]
            if change.after("messenger_writable"):
                parts.append("messenger writable")
            others = (field for field in change.fields if field.path not in _ATTRIBUTE_WORDS)
            parts += [f"{printable(field.path)} {value_line(field.after)}" for field in others]
            return ", ".join(part for part in parts if part)
        case "event":
            metadata = change.after("metadata")
            return (
                f"metadata {name_list(list(map(item_text, metadata)), longest - 9)}"
                if metadata
                else "no metadata"
            )
        case _:
            return f"{change.object} `{value_line(change.name)}`"


def _task(change: Change) -> str:
    name = value_line(change.name)
    if change.object == "data_attribute":
        return f"change its type: {', '.join(map(difference, change.fields))}"
    if change.object == "event":
        return f"archive the event `{name}`"
    if change.object == "audience" and change.live_id is None:
        return f"build the audience `{name}`"
    if change.object == "tag":
        return f"delete the tag `{name}`, or keep it"
    if any(field.path == "rule" and field.before is not None for field in change.fields):
        return f"build the {change.object} `{name}` anew: its rule changed"
    if change.object == "audience":
        return f"delete the audience `{name}`, or keep it"
    to = next((each for each in change.fields if each.path == "name"), None)
    if to is None:
        return f"delete the segment `{name}`"
    if to.before is None:
        return f"build the segment `{name}`"
    before, after = distinguish(to.before, to.after)
    return f"rename the segment `{value_line(before)}` to `{value_line(after)}`"


def change_line(change: Change, longest: int) -> str:
    """What a change comes to, on one line: of what is new, what it is; of the rest, the action and what differs."""
    match change.action:
        case "create" | "manual":
            return in_short(change, longest)
        case "register":
            return f"register, {in_short(change, longest - 10)}"
        case "delete":
            return f"delete the {change.object} `{value_line(change.name)}`"
        case _:
            fields = [field for field in change.fields if field.path != "archived"]
            # What comes and goes says more than the beginnings of two long texts.
            briefs = [
                _in_brief(field) for field in sorted(fields, key=lambda field: _items(field.after) is None)
            ]
            return f"{acted(change)}: {'; '.join(briefs)}" if briefs else acted(change)


def acted(change: Change) -> str:
    """The action, and for a segment the thing that it is in Intercom."""
    return (
        change.action if change.object in ("data_attribute", "event") else f"{change.action} {change.object}"
    )


def _in_brief(field_change: FieldChange) -> str:
    """Of lists what came and went, of anything else what it becomes."""
    path = printable(field_change.path)
    old, new = distinguish(field_change.before, field_change.after)
    before, after = _items(old), _items(new)
    if before is None or after is None:
        return f"{path} -> {value_line(new)}"
    moved = [f"+{one}" for one in after if one not in before]
    moved += [f"-{one}" for one in before if one not in after]
    return f"{path} {printable(', '.join(moved)) or 'in another order'}"


def _items(value: Any) -> list[str] | None:
    return [item_text(each) for each in cast("list[Any]", value)] if isinstance(value, list) else None


def named(change: Change) -> str:
    """The address, and for a segment the thing that it is in Intercom: it may be an audience and a tag."""
    thing = f" ({change.object})" if change.object in ("audience", "tag") else ""
    return f"{printable(change.address)}{thing}"


def difference(field_change: FieldChange) -> str:
    """`before -> after`; only one of the two where the other does not exist."""
    before, after = distinguish(field_change.before, field_change.after)
    return f"{value_line(before)} -> {value_line(after)}"


_COUNTED = {"manual": "by hand", "waiting": "waiting"}


def counted(summary: Mapping[str, int]) -> str:
    """`2 to create, 1 to archive, 1 by hand, 1 waiting`."""
    words = [
        f"{count} {_COUNTED.get(action) or f'to {action}'}" for action, count in summary.items() if count
    ]
    return ", ".join(words)
