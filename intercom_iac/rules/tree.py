"""Typed tree -> plain data: each node's kind and what it holds, without places."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast

from intercom_iac.model import Field, Predicate


def tree(predicate: Predicate) -> dict[str, Any]:
    """The rule as JSON-able data: `{"node": "Equals", "field": {...}, "value": "trial"}`."""
    return _plain(predicate)


def _plain(value: Any) -> Any:
    match value:
        case Field():
            return {"model": value.model, "name": value.name, "type": str(value.type)}
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in cast("tuple[Any, ...]", value)]
        case _ if is_dataclass(value):
            inner = {
                each.name: _plain(getattr(value, each.name)) for each in fields(value) if each.name != "span"
            }
            return {"node": type(value).__name__, **inner}
        case _:
            return value
