"""Whether plans of a sync may be carried out: the limits of the project file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.diagnostics import Code, Diagnostic, UnsafePlan
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.tables import RECORD_PLURALS
from intercom_iac.text import printable

from .plan import SyncPlan


def refuse_if_unsafe(
    plans: Sequence[SyncPlan],
    *,
    max_change_percent: float | None,
    max_clear_percent: float | None,
    max_create: int | None,
) -> None:
    """Raises `UnsafePlan` with every limit that is passed, each source held to them on its own; None is no limit.

    Percentages are of the rows that were matched with a record. Events change nothing, and have no limit.
    """
    findings = [
        finding
        for plan in plans
        if plan.record != "event"
        for finding in (
            *_over_percent(
                codes.TOO_MANY_CHANGES, "max_change_percent", plan, plan.update, max_change_percent
            ),
            *_over_percent(
                codes.TOO_MANY_CLEARED, "max_clear_percent", plan, plan.clearing, max_clear_percent
            ),
            *_over_count(plan, max_create),
        )
    ]
    if findings:
        raise UnsafePlan("the sync is not safe to carry out", diagnostics=findings)


def _over_percent(
    code: Code, name: str, plan: SyncPlan, count: int, limit: float | None
) -> Iterator[Diagnostic]:
    # A single record is a decision, not an accident: only 0 forbids it.
    if limit is None or (count == 1 and limit > 0) or 100 * count <= limit * plan.matched:
        return
    verb = "changes" if code is codes.TOO_MANY_CHANGES else "clears values of"
    yield code.at(
        None,
        f"`{printable(plan.source)}` {verb} {count:,} of {plan.matched:,} matched "
        f"{RECORD_PLURALS[plan.record]} "
        f"({100 * count / plan.matched:.0f}%), and the project allows {limit:g}%",
        hint=f"raise `safety.{name}` in the project file if that is meant",
    )


def _over_count(plan: SyncPlan, limit: int | None) -> Iterator[Diagnostic]:
    if limit is None or plan.create <= limit:
        return
    yield codes.TOO_MANY_CREATED.at(
        None,
        f"`{printable(plan.source)}` creates {plan.create:,} {RECORD_PLURALS[plan.record]}, "
        f"and the project allows {limit:,}",
        hint="raise `safety.max_create` in the project file if that is meant",
    )
