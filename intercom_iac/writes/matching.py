"""Whether a record already has what a write would send: looked at before it is sent again.

A difference that is none (a number that comes back as another form of itself) costs one call and changes nothing;
so whatever is not certainly equal is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

Json = Mapping[str, Any]


def remaining_body(body: Json, live: Json) -> dict[str, Any]:
    """What of a body the record has not: empty where it has all. A company's `company_id` is no change."""
    rest = {
        key: value
        for key, value in body.items()
        if key not in ("custom_attributes", "company_id") and not _same(value, _standard(live, key))
    }
    custom = _object(body.get("custom_attributes"))
    live_custom = _object(live.get("custom_attributes"))
    differing = {key: value for key, value in custom.items() if not _same(value, live_custom.get(key))}
    return rest | ({"custom_attributes": differing} if differing else {})


def changed_names(body: Json, before: Json, live: Json) -> list[str]:
    """The keys of a body of which the record has neither that value nor the one that it had `before`, as far as that
    tells: somebody else wrote them."""
    custom, custom_before = _object(body.get("custom_attributes")), _object(before.get("custom_attributes"))
    live_custom = _object(live.get("custom_attributes"))
    standard = [
        key
        for key in body
        if key != "custom_attributes" and key in before and not _same(before[key], _standard(live, key))
    ]
    return standard + [
        key for key in custom if key in custom_before and not _same(custom_before[key], live_custom.get(key))
    ]


def body_before(body: Json, before: Json) -> dict[str, Any]:
    """The body that puts back what the workspace had of the keys of another one; null for what it had not."""
    custom, custom_before = _object(body.get("custom_attributes")), _object(before.get("custom_attributes"))
    undone = {key: before.get(key) for key in body if key != "custom_attributes"}
    return undone | ({"custom_attributes": {key: custom_before.get(key) for key in custom}} if custom else {})


def _standard(live: Json, key: str) -> Any:
    """A company's plan is an object in answers and a name in bodies (API 2.16 description)."""
    value = live.get(key)
    return _object(value).get("name") if key == "plan" and isinstance(value, Mapping) else value


def _same(value: Any, live: Any) -> bool:
    """Null, an empty text and an absent value are one (`email` of null reads back as an empty text)."""
    if value is None or value == "":
        return live is None or live == ""
    if isinstance(value, bool) or isinstance(live, bool):
        return value is live
    return bool(value == live)


def _object(value: Any) -> Json:
    return cast("Json", value) if isinstance(value, Mapping) else {}
