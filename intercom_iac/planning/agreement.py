"""Whether a saved plan is what its specs and its workspace give: they are planned once more, and the two compared.

A plan file's digest can be computed anew by whoever edits it. So nothing of a file is believed that can be worked out
again: what a reviewer was shown is what is done.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from intercom_iac.diagnostics import Diagnostic, Family, PlanError, StalePlan
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Snapshot

from .codec import encode
from .digest import audience_key, moved, resting_points
from .in_place import changes_in_place
from .plan import Change, Place, Plan, Remark
from .safety import foretold

_SHOWN = 8
_LONGEST_VALUE = 60
_ANEW = "make a new plan with `plan --out`, and have it reviewed"
_AGAIN = "nothing was done: run `apply` again, and read what it would do now"
_EDITED = (
    "it was edited, another version of the program made it, or the project has other settings or files by now"
)
_MOVED = "lines of the specs have moved since it was made, or it was edited"
_KINDS = {"data_attribute": "attribute"}
# What is compared by itself, follows from the rest, or cannot be worked out again: when it was made.
_APART = ("digest", "created_at", "specs_digest", "changes", "diagnostics")
_ALLOWED_SHARE = re.compile(r"allows ([0-9.]+(?:e[+-]?[0-9]+)?)%")


def refuse_unless_it_holds(saved: Plan, again: Plan, snapshot: Snapshot, declared: Collection[str]) -> None:
    """Raises a `PlanError` where the saved plan is not the one made `again`, of the specs and the workspace as they
    are now.

    `declared` are the addresses of the specs. What cannot be worked out again, since it was made of a revision that
    need not be here, are the remarks of `plan --against` (`unverified`), and when the plan was made.
    """
    stale = [*_staleness(saved, snapshot)]
    found = [*_other_specs(saved, again, declared, changed=not stale), *stale]
    if found:
        raise StalePlan(found[0].message, diagnostics=found)
    lines = _disagreements(saved, again)
    hint = f"{_EDITED if lines else _MOVED}: {_ANEW}"
    lines += _compared_places(saved, again)
    if lines:
        message = (
            f"the plan is not the one that these specs and this workspace give: {_first_few(lines, '; ')}"
        )
        raise PlanError(message, diagnostics=[codes.NOT_AS_PLANNED.at(None, message, hint=hint)])


def refuse_if_other_than_shown(shown: Plan, again: Plan) -> None:
    """Raises `StalePlan` where a plan made `again` does something else than the one that was shown and approved."""
    if shown.changes == again.changes and not again.errors:
        return
    lines = [*moved(shown.rests_on, again.rests_on).values()] or _disagreements(shown, again)
    message = f"the workspace has changed since the plan was shown: {_first_few(lines)}"
    raise StalePlan(message, diagnostics=[codes.STALE.at(None, message, hint=_AGAIN)])


def unverified(saved: Plan) -> tuple[Remark, ...]:
    """The remarks of a saved plan that cannot be worked out again: those of `plan --against`."""
    return tuple(remark for remark in saved.remarks if remark.family is Family.BACK)


def refuse_if_stale(plan: Plan, snapshot: Snapshot) -> None:
    """Raises `StalePlan`, saying what moved, or which changes are made already, when the workspace is not what the
    plan rests on."""
    found = [*_staleness(plan, snapshot)]
    if found:
        raise StalePlan(found[0].message, diagnostics=found)


def _staleness(plan: Plan, snapshot: Snapshot) -> Iterator[Diagnostic]:
    in_place = changes_in_place(plan, snapshot)
    done = [change for change, _ in in_place]
    own = {key for _, key in in_place} | {_old_key(each) for each in done}
    others = [line for key, line in moved(plan.rests_on, resting_points(snapshot)).items() if key not in own]
    if done and len(done) == len(plan.calls):
        yield codes.STALE.at(
            None,
            f"the plan is already applied: the workspace has {_named(done)} as the plan wants it",
            hint="nothing was done, for nothing of it is left to do; `plan` shows where the workspace stands",
        )
    elif done:
        left = [call for call in plan.calls if call not in done]
        yield codes.STALE.at(
            None,
            f"the plan is already applied in part: the workspace has {_named(done)} as the plan wants it, and "
            f"not {_named(left)}",
            hint=f"nothing was done: {_ANEW}, of what is left",
        )
    if others:
        yield codes.STALE.at(
            None, f"the workspace has changed since the plan was made: {_first_few(others)}", hint=_ANEW
        )


def _old_key(change: Change) -> str:
    """What an audience was known by before its name changed."""
    return audience_key(change.name, change.live_id) if change.object == "audience" else change.address


def _other_specs(
    saved: Plan, again: Plan, declared: Collection[str], *, changed: bool
) -> Iterator[Diagnostic]:
    """`changed`: the workspace is the same, so that what differs between the two plans is for the specs."""
    if saved.specs_digest == again.specs_digest:
        return
    lines = [
        f"the plan is to {_act(change)}, which they do not declare"
        for change in saved.changes
        if change.address not in declared
    ]
    if not lines and changed:
        lines = _disagreements(saved, again)
    which = f": {_first_few(lines, '; ')}" if lines else ""
    yield codes.OTHER_SPECS.at(
        None,
        f"the specs here are not those that the plan was made from{which}",
        hint=f"apply it where the specs are as they were when it was made, or {_ANEW}",
    )


def _disagreements(saved: Plan, again: Plan) -> list[str]:
    """What the saved plan says otherwise than the one made again, in words; `_APART` and places aside."""
    held, right = (_own_parts(each) for each in (saved, again))
    return [
        *_compared_changes(encode(saved)["changes"], encode(again)["changes"]),
        *_compared_remarks(saved, again),
        *_compared(held, right),
    ]


def _own_parts(plan: Plan) -> dict[str, Any]:
    """What a plan says besides its changes. Tags that are left alone do not count: people make them all day."""
    unmanaged = [each for each in plan.unmanaged if not each.startswith("tag.")]
    return dict(_leaves("", encode(plan), _APART)) | {"unmanaged": unmanaged}


def _compared(held: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[str]:
    for what in {**right, **held}:
        if what not in right:
            yield f"its `{what}` is {_short(held[what])}, and there should be none"
        elif held.get(what) != right[what]:
            yield f"its `{what}` is {_short(held.get(what))}, and should be {_short(right[what])}"


def _leaves(path: str, value: Mapping[str, Any], apart: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """What stands in objects within each other, by their keys with dots between; a list is one value."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _leaves(f"{path}{key}.", cast("dict[str, Any]", inner))
        elif key not in apart:
            yield f"{path}{key}", inner


def _compared_changes(held: list[dict[str, Any]], right: list[dict[str, Any]]) -> Iterator[str]:
    had, wanted = Counter(map(_what, held)), Counter(map(_what, right))
    yield from (f"it would {element}, which is not to be done" for element in (had - wanted).elements())
    yield from (f"it would not {element}, which is to be done" for element in (wanted - had).elements())
    by_name = {_what(each): each for each in held}
    for change in right:
        other = by_name.get(_what(change))
        if other is not None:
            lines = _compared(_parts(other), _parts(change))
            yield from (f"of `{change['address']}`, {line}" for line in lines)
    if had == wanted and [*map(_what, held)] != [*map(_what, right)]:
        yield "its changes stand in another order"


def _parts(change: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a change, its fields each by itself."""
    said = dict(_leaves("", {key: value for key, value in change.items() if key not in ("fields", "source")}))
    said["fields"] = [each["path"] for each in change["fields"]]
    return said | {
        f"{each['path']} {when}": each[when] for each in change["fields"] for when in ("before", "after")
    }


def _compared_remarks(saved: Plan, again: Plan) -> Iterator[str]:
    held = [
        replace(remark, source=None)
        for remark in saved.remarks
        if remark.family is not Family.BACK and not _foretells(remark, again)
    ]
    right = [
        replace(remark, source=None) for remark in again.remarks if remark.code != codes.OVER_THRESHOLD.id
    ]
    more, less = Counter(held) - Counter(right), Counter(right) - Counter(held)
    yield from (f"it says {element.code}, `{element.message}`" for element in more.elements())
    yield from (f"it does not say {element.code}, `{element.message}`" for element in less.elements())
    if held != right and not more and not less:
        yield "its diagnostics stand in another order"


def _compared_places(saved: Plan, again: Plan) -> Iterator[str]:
    """One line for all the places in the specs that are others now. What only one of the two says has no place to
    compare."""
    held, right = _places(saved), _places(again)
    lines = [
        f"it names {was} for what stands at {now}"
        for what, places in held.items()
        if len(places) == len(right.get(what, ()))
        for was, now in zip(places, right[what], strict=True)
        if was != now
    ]
    if lines:
        yield lines[0] + (f", and {len(lines) - 1} more" if len(lines) > 1 else "")


def _places(plan: Plan) -> dict[tuple[str, ...], list[str]]:
    """Each change and each remark -> the places that it is told with."""
    found: dict[tuple[str, ...], list[str]] = {}
    for change in plan.changes:
        key = (change.address, change.object, change.name, change.action)
        found.setdefault(key, []).append(_place(change.source))
    for remark in plan.remarks:
        key = (remark.code, remark.severity, remark.message, remark.hint or "")
        found.setdefault(key, []).append(_place(remark.source))
    return found


def _place(source: Place | None) -> str:
    return "no place" if source is None else f"`{source}`"


def _foretells(remark: Remark, again: Plan) -> bool:
    """Whether it is what `foretold` says: the share that the project allows may be another one by now."""
    share = _ALLOWED_SHARE.search(remark.message)
    if remark.code != codes.OVER_THRESHOLD.id or share is None:
        return False
    return remark in foretold(replace(again, remarks=()), max_archive_percent=float(share[1])).remarks


def _what(change: Mapping[str, Any]) -> str:
    kind = _KINDS.get(change["object"], change["object"])
    return f"{change['action']} the {kind} `{change['name']}` of `{change['address']}`"


def _act(change: Change) -> str:
    return f"{change.action} `{change.address}`"


def _named(changes: Sequence[Change]) -> str:
    return _first_few([f"`{address}`" for address in dict.fromkeys(change.address for change in changes)])


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


def _first_few(lines: list[str], between: str = ", ") -> str:
    more = len(lines) - _SHOWN
    return between.join(lines[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
