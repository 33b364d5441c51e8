"""Values of a plan in a few words, safe to print: long ones cut, control characters spelled out."""

from __future__ import annotations

from typing import Any, cast

from intercom_iac.diagnostics import printable
from intercom_iac.planning import Change, FieldChange

LONGEST = 76

SIGNS = {
    "create": "+",
    "register": "+",
    "restore": "+",
    "update": "~",
    "archive": "-",
    "delete": "-",
    "manual": "!",
}


def shown(value: Any, longest: int = LONGEST) -> str:
    """One line for a value: lists by commas, filters as `attribute comparison value`."""
    text = _text(value)
    told = printable(text[: longest + 1])
    if len(told) <= longest:
        return told
    # Cut before it is spelled out, so that no half of `\u202e` is left, which would be read as something else.
    kept = text[: longest - 1]
    while len(printable(kept)) > longest - 1:
        kept = kept[:-1]
    return f"{printable(kept)}…"


def _text(value: Any) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value or '""'
    if isinstance(value, list):
        return ", ".join(_text(each) for each in cast("list[Any]", value)) or "(none)"
    if isinstance(value, dict):
        return _mapping(cast("dict[str, Any]", value))
    return str(value)


def _mapping(value: dict[str, Any]) -> str:
    if value.keys() >= {"attribute", "comparison", "value"}:
        return f"{value['attribute']} {value['comparison']} {value['value']}"
    return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())


def listed(names: list[str], longest: int = LONGEST) -> str:
    """Names by commas, as many as there is room for, then how many more there are; always the first."""
    shown_names = [printable(each) for each in names]
    kept = len(shown_names)
    while kept > 1 and len(_cut(shown_names, kept)) > longest:
        kept -= 1
    return _cut(shown_names, kept)


def _cut(names: list[str], kept: int) -> str:
    more = len(names) - kept
    return ", ".join(names[:kept]) + (f" and {more} more" if more else "")


def in_short(change: Change, longest: int = LONGEST) -> str:
    """What a change makes, in a few words: of what is new, all of it; of a type that a person changes, both types."""
    if change.action == "manual" and change.object == "data_attribute":
        return ", ".join(map(difference, change.fields))
    match change.object:
        case "data_attribute":
            kind = shown(change.after("type") or "")
            options = change.after("options")
            parts = [f"{kind} ({listed(options, longest - len(kind) - 3)})" if options else kind]
            if change.after("messenger_writable"):
                parts.append("messenger writable")
            return ", ".join(each for each in parts if each)
        case "event":
            metadata = change.after("metadata")
            return f"metadata {listed(list(metadata), longest - 9)}" if metadata else "no metadata"
        case _:
            return f"{change.object} `{shown(change.name)}`"


def named(change: Change) -> str:
    """The address, and for a segment the thing that it is in Intercom: it may be an audience and a tag."""
    thing = f" ({change.object})" if change.object in ("audience", "tag") else ""
    return f"{printable(change.address)}{thing}"


def difference(each: FieldChange) -> str:
    """`before -> after`; only one of the two where the other does not exist."""
    return f"{shown(each.before)} -> {shown(each.after)}"


def counted(summary: dict[Any, int]) -> str:
    """`2 to create, 1 to archive, 1 by hand`."""
    words = [
        f"{count} by hand" if action == "manual" else f"{count} to {action}"
        for action, count in summary.items()
        if count
    ]
    return ", ".join(words)
