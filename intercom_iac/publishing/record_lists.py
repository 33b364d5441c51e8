"""What stands within records as the API returns them: lists in `data`, those of a company's tags in `tags`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

Json = Mapping[str, Any]


def listed_records(record: Json, key: str) -> list[Json]:
    """What a record lists; nothing where it does not."""
    items: Any = _within(record, key).get("data") or _within(record, key).get(key)
    return [cast("Json", item) for item in cast("list[Any]", items)] if isinstance(items, list) else []


def has_more(record: Json, key: str) -> bool:
    """Whether it lists the first of them only, ten at most (`has_more`, API 2.16 description, contact)."""
    return _within(record, key).get("has_more") is True


def custom_value(record: Json, name: str) -> Any:
    """The value of a custom attribute; None where it has none."""
    return _within(record, "custom_attributes").get(name)


def _within(record: Json, key: str) -> Json:
    found: Any = record.get(key)
    return cast("Json", found) if isinstance(found, Mapping) else {}
