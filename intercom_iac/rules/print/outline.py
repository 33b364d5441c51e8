"""A tree, typed or not, as plain data or as an outline: each node's kind and what it holds."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast

from intercom_iac.model import Field, Predicate
from intercom_iac.model.predicate import InSegment

from ..syntax import tree as s


def tree(node: Predicate | s.Node, *, opens: bool = True) -> dict[str, Any]:
    """The rule as JSON-able data, without places: `{"node": "Equals", "field": {...}, "value": "trial"}`.

    `opens`: with the rules of the segments that it refers to.
    """
    return _plain(node, opens)


def outline(node: Predicate | s.Node) -> str:
    """The rule as lines, a node each, what it is made of indented below it."""
    return "\n".join(_lines("", tree(node)))


def _lines(label: str, value: Any) -> list[str]:
    inside: list[str] = []
    facts = ""
    for key, held in cast("dict[str, Any]", value).items():
        if key == "node":
            continue
        nodes = cast("list[Any]", held) if isinstance(held, list) else [held]
        if all(isinstance(inner, dict) and "node" in inner for inner in nodes):
            name = "" if key in ("parts", "values") else f"{key}: "
            for inner in nodes:
                inside += (f"  {line}" for line in _lines(name, inner))
        else:
            facts += f" {key}={_value_text(held)}"
    return [f"{label}{value['node']}{facts}", *inside]


def _value_text(value: Any) -> str:
    if isinstance(value, dict):
        field = cast("dict[str, str]", value)
        return f"{field['owner']}.{field['name']} ({field['type']})"
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any, opens: bool) -> Any:
    match value:
        case Field():
            # `model` is from before there was `owner`; a key of an event's metadata stood as one of the contact's.
            model = "contact" if value.owner == "event" else value.owner
            return {"owner": value.owner, "model": model, "name": value.name, "type": str(value.type)}
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item, opens) for item in cast("tuple[Any, ...]", value)]
        case InSegment(segment=segment) if not opens:
            return {"node": "InSegment", "segment": segment}
        case _ if is_dataclass(value):
            # Where a node stands and how it was written is not what it says, and is not compared.
            names = (field.name for field in fields(value) if field.compare)
            inner = {name: _plain(getattr(value, name), opens) for name in names}
            return {"node": type(value).__name__, **inner}
        case _:
            return value
