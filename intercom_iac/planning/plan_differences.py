"""What two plans of the same specs say differently, in words: one that was saved or shown, and the one remade."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from intercom_iac.diagnostics import Family
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.lazy_pattern import lazy_pattern

from .codec import encode
from .measuring import measurement_flaws
from .plan import Place, Plan, Remark
from .safety import with_threshold_warning

_LONGEST_VALUE = 60
_KINDS = {"data_attribute": "attribute"}
# What is compared by itself, follows from the rest, or cannot be worked out again: when it was made, what was
# counted, what the workspace was like that it promotes from, and what `plan --against` found.
_COMPARED_APART = (
    "digest",
    "created_at",
    "specs_digest",
    "changes",
    "diagnostics",
    "measurements",
    "promotion",
    "archive_proposals",
    "segment_changes",
)
# What is said of a revision that need not be there, and of what was proved for the days from one on.
_NOT_WORKED_OUT_AGAIN = (Family.BACK, Family.PROOF)
_ALLOWED_SHARE = lazy_pattern(r"allows ([0-9.]+(?:e[+-]?[0-9]+)?)%")


def plan_differences(saved: Plan, remade: Plan) -> list[str]:
    """What the saved plan says otherwise than the remade one, a line each; places in the specs aside."""
    return [
        *_change_differences(encode(saved)["changes"], encode(remade)["changes"]),
        *_remark_differences(saved, remade),
        *_value_differences(_plan_values(saved), _plan_values(remade)),
        *measurement_flaws(saved, remade),
    ]


def _plan_values(plan: Plan) -> dict[str, Any]:
    """What a plan says besides its changes. Tags that are left alone do not count: people make them all day."""
    unmanaged = [address for address in plan.unmanaged if not address.startswith("tag.")]
    return dict(_flatten("", encode(plan), _COMPARED_APART)) | {"unmanaged": unmanaged}


def _value_differences(held: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[str]:
    for what in {**right, **held}:
        if what not in right:
            yield f"its `{what}` is {_short(held[what])}, and there should be none"
        elif held.get(what) != right[what]:
            yield f"its `{what}` is {_short(held.get(what))}, and should be {_short(right[what])}"


def _flatten(path: str, value: Mapping[str, Any], skipped: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """The values of nested objects, by their keys joined with dots; a list is one value."""
    for key, inner in value.items():
        if key in skipped:
            continue
        if isinstance(inner, dict):
            yield from _flatten(f"{path}{key}.", cast("dict[str, Any]", inner))
        else:
            yield f"{path}{key}", inner


def _change_differences(held: list[dict[str, Any]], right: list[dict[str, Any]]) -> Iterator[str]:
    had, wanted = Counter(map(_change_title, held)), Counter(map(_change_title, right))
    yield from (f"it would {element}, which is not to be done" for element in (had - wanted).elements())
    yield from (f"it would not {element}, which is to be done" for element in (wanted - had).elements())
    by_title = {_change_title(change): change for change in held}
    for change in right:
        other = by_title.get(_change_title(change))
        if other is not None:
            lines = _value_differences(_change_values(other), _change_values(change))
            yield from (f"of `{change['address']}`, {line}" for line in lines)
    if had == wanted and [*map(_change_title, held)] != [*map(_change_title, right)]:
        yield "its changes stand in another order"


def _change_values(change: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a change, those of each field by themselves."""
    values = dict(
        _flatten("", {key: value for key, value in change.items() if key not in ("fields", "source")})
    )
    values["fields"] = [field["path"] for field in change["fields"]]
    return values | {
        f"{field['path']} {when}": field[when] for field in change["fields"] for when in ("before", "after")
    }


def _remark_differences(saved: Plan, remade: Plan) -> Iterator[str]:
    held = [
        replace(remark, source=None)
        for remark in saved.remarks
        if remark.family not in _NOT_WORKED_OUT_AGAIN
        and not remark.counted
        and not _is_threshold_warning(remark, remade)
    ]
    right = [
        replace(remark, source=None)
        for remark in remade.remarks
        if remark.code != codes.OVER_THRESHOLD.id and remark.family is not Family.PROOF and not remark.counted
    ]
    added, missing = Counter(held) - Counter(right), Counter(right) - Counter(held)
    yield from (f"it says {element.code}, `{element.message}`" for element in added.elements())
    yield from (f"it does not say {element.code}, `{element.message}`" for element in missing.elements())
    if held != right and not added and not missing:
        yield "its diagnostics stand in another order"


def place_differences(saved: Plan, remade: Plan) -> Iterator[str]:
    """One line for all places in the specs that differ. What only one of the plans says has no place to compare."""
    held, right = _places_by_subject(saved), _places_by_subject(remade)
    lines = [
        f"it names {was} for what stands at {now}"
        for what, places in held.items()
        if len(places) == len(right.get(what, ()))
        for was, now in zip(places, right[what], strict=True)
        if was != now
    ]
    if lines:
        yield lines[0] + (f", and {len(lines) - 1} more" if len(lines) > 1 else "")


def _places_by_subject(plan: Plan) -> dict[tuple[str, ...], list[str]]:
    """Each change and each remark -> its places in the specs."""
    places: dict[tuple[str, ...], list[str]] = {}
    for change in plan.changes:
        key = (change.address, change.object, change.name, change.action)
        places.setdefault(key, []).append(_place_text(change.source))
    for remark in (remark for remark in plan.remarks if not remark.counted):
        key = (remark.code, remark.severity, remark.message, remark.hint or "")
        places.setdefault(key, []).append(_place_text(remark.source))
    return places


def _place_text(source: Place | None) -> str:
    return "no place" if source is None else f"`{source}`"


def _is_threshold_warning(remark: Remark, remade: Plan) -> bool:
    """Whether it is the warning of `with_threshold_warning`, whatever share the project allowed at that time."""
    share = _ALLOWED_SHARE.search(remark.message)
    if remark.code != codes.OVER_THRESHOLD.id or share is None:
        return False
    warned = with_threshold_warning(replace(remade, remarks=()), max_archive_percent=float(share[1]))
    return remark in warned.remarks


def _change_title(change: Mapping[str, Any]) -> str:
    kind = _KINDS.get(change["object"], change["object"])
    return f"{change['action']} the {kind} `{change['name']}` of `{change['address']}`"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."
