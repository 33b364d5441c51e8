"""Whether a plan may be applied: caps, destruction, thresholds, whether it is still true, and was not edited."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, PlanError, StalePlan, UnsafePlan
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Snapshot

from .digest import live_digest, moved, resting_points
from .plan import Plan, Remark

_SHOWN = 8


def refuse_if_unsafe(plan: Plan, *, allow_destructive: bool, max_archive_percent: float) -> None:
    """Raises `UnsafePlan` with every reason at once. A percentage counts the workspace's active attributes."""
    if plan.errors:
        raise UnsafePlan(
            "the plan cannot be applied", diagnostics=[each.diagnostic() for each in plan.errors]
        )
    found = [*_over_threshold(plan, max_archive_percent)]
    tags = [each.name for each in plan.destructive if each.object == "tag"]
    if tags:
        found.append(
            codes.DESTRUCTIVE.at(
                None,
                f"the plan deletes the tag {_listed([f'`{each}`' for each in tags])}, and who made it is not known",
                hint="make a new plan with `plan --out`, which leaves it to a person",
            )
        )
    destructive = [each.address for each in plan.destructive]
    if destructive and not allow_destructive:
        found.append(
            codes.DESTRUCTIVE.at(
                None,
                f"the plan archives or deletes {_listed(destructive)}",
                hint="pass `--allow-destructive` if that is meant",
            )
        )
    if found:
        raise UnsafePlan("the plan is not safe to apply", diagnostics=found)


def foretold(plan: Plan, *, max_archive_percent: float) -> Plan:
    """The plan, with a warning in it where it archives more than the project allows.

    No error, which would keep it from being saved: the number may be raised before it is applied, and apply decides.
    """
    found = [
        replace(
            each,
            severity="warning",
            hint="apply refuses it whatever the flags, until `safety.max_archive_percent` in the project file is "
            "raised",
        )
        for each in _over_threshold(plan, max_archive_percent)
    ]
    return replace(plan, remarks=(*plan.remarks, *map(Remark.of, found)))


def _over_threshold(plan: Plan, max_archive_percent: float) -> list[Diagnostic]:
    archived = plan.summary["archive"]
    used = plan.attributes.used
    # One archive is a decision, not an accident: no percentage of a small workspace may forbid it, only 0 does.
    allowed = archived == 1 and max_archive_percent > 0
    if allowed or 100 * archived <= max_archive_percent * used:
        return []
    return [
        codes.OVER_THRESHOLD.at(
            None,
            f"the plan archives {archived} of {used} attributes ({100 * archived / used:.0f}%), and the project "
            f"allows {max_archive_percent:g}%",
            hint="raise `safety.max_archive_percent` in the project file if that is meant",
        )
    ]


def refuse_if_stale(plan: Plan, snapshot: Snapshot) -> None:
    """Raises `StalePlan`, saying what moved, when the workspace is not what the plan rests on."""
    now = resting_points(snapshot)
    if live_digest(now) == plan.live_digest:
        return
    lines = moved(plan.rests_on, now)
    raise StalePlan(
        "the workspace has changed since the plan was made",
        diagnostics=[
            codes.STALE.at(
                None,
                f"the workspace has changed since the plan was made: {_listed(lines)}",
                hint="make a new plan with `plan --out`, and have it reviewed",
            )
        ],
    )


def refuse_if_edited(plan: Plan, snapshot: Snapshot) -> None:
    """Raises `PlanError` when a change names one object and would be made to another, or a cap is counted wrong.

    The snapshot is one that the plan still holds for; tags, which `refuse_if_stale` does not watch, may have moved.
    """
    used = sum(not each.archived for each in snapshot.attributes)
    if plan.attributes.used != used:
        # The share that an apply may archive is taken of this number.
        raise _edited(
            f"the plan counts {plan.attributes.used} active attributes, and the workspace has {used}",
            "the plan was edited: make a new one with `plan --out`",
        )
    attributes = {each.address: str(each.id) for each in snapshot.attributes}
    audiences = {(each.name, each.id) for each in snapshot.audiences}
    for change in plan.calls:
        if change.live_id is None:
            continue
        match change.object:
            case "data_attribute":
                right = attributes.get(change.address) == change.live_id
            case "audience":
                right = (change.name, change.live_id) in audiences
            case _:
                right = snapshot.tags.get(change.name) == change.live_id
        if not right:
            kind = change.object.replace("_", " ")
            raise _edited(
                f"the {kind} `{change.name}` of the plan is not the one with its id",
                "the plan was edited, or the tag has moved: make a new one with `plan --out`",
            )


def _edited(message: str, hint: str) -> PlanError:
    return PlanError(message, diagnostics=[codes.UNREADABLE.at(None, message, hint=hint)])


def _listed(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
