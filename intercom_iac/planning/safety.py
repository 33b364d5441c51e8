"""Whether a plan may be applied: caps, destruction and thresholds."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, UnsafePlan
from intercom_iac.diagnostics.codes import plan as codes

from .operations import DeleteTag
from .plan import Plan, Remark

_SHOWN = 8


def refuse_if_unsafe(plan: Plan, *, allow_destructive: bool, max_archive_percent: float) -> None:
    """Raises `UnsafePlan` with every reason at once. A percentage counts the workspace's active attributes."""
    if plan.errors:
        raise UnsafePlan(
            "the plan cannot be applied", diagnostics=[error.diagnostic() for error in plan.errors]
        )
    findings = [*_over_threshold(plan, max_archive_percent)]
    tags = [change.name for change in plan.destructive if isinstance(change.operation, DeleteTag)]
    if tags:
        findings.append(
            codes.DESTRUCTIVE.at(
                None,
                f"the plan deletes the tag {_name_list([f'`{tag}`' for tag in tags])}, and who made it is not known",
                hint="make a new plan with `plan --out`, which leaves it to a person",
            )
        )
    destructive = [change.address for change in plan.destructive]
    if destructive and not allow_destructive:
        findings.append(
            codes.DESTRUCTIVE.at(
                None,
                f"the plan archives or deletes {_name_list(destructive)}",
                hint="pass `--allow-destructive` if that is meant",
            )
        )
    if findings:
        raise UnsafePlan("the plan is not safe to apply", diagnostics=findings)


def with_threshold_warning(plan: Plan, *, max_archive_percent: float) -> Plan:
    """The plan, with a warning where it archives more than the project allows.

    A warning and no error, which would forbid to save it: the limit may be raised before the apply, which decides.
    """
    findings = [
        replace(
            finding,
            severity="warning",
            hint="apply refuses it whatever the flags, until `safety.max_archive_percent` in the project file is "
            "raised",
        )
        for finding in _over_threshold(plan, max_archive_percent)
    ]
    return replace(plan, remarks=(*plan.remarks, *map(Remark.of_diagnostic, findings)))


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


def _name_list(names: list[str]) -> str:
    omitted = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {omitted} more" if omitted > 0 else "")
