"""Values of specs and of workspaces as text for people, not yet made safe to print."""

from __future__ import annotations

from typing import Any, cast


def value_text(value: Any) -> str:
    """A value as text, as long as it is: lists by commas, filters and rules by what they mean."""
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value or '""'
    if isinstance(value, list):
        return ", ".join(map(item_text, cast("list[Any]", value))) or "(none)"
    if isinstance(value, dict):
        return _mapping(cast("dict[str, Any]", value))
    return str(value)


def brief_text(value: Any, longest: int = 160) -> str:
    """The value as text, cut where it is longer."""
    text = value_text(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def item_text(value: Any) -> str:
    """One of several that commas are put between: with quotes where it holds a comma itself."""
    text = value_text(value)
    return f'"{text}"' if isinstance(value, str) and "," in text else text


def _mapping(value: dict[str, Any]) -> str:
    if value.keys() >= {"attribute", "comparison", "value"}:
        return f"{value['attribute']} {value['comparison']} {value['value']}"
    if isinstance(value.get("meaning"), str):
        return value["meaning"]
    return ", ".join(f"{key}: {value_text(item)}" for key, item in value.items()) or "(none)"
