"""What the plans of several workspaces come to side by side, for every medium: rows, cells, remarks, verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from intercom_iac.planning import RISKS, AddressRow, Plan, PlansSideBySide, Remark

from ...kit.values import name_list
from ..change_words import VERBS, summary_counts
from ..groups import standing_groups
from ..verdicts import REGISTRAR, is_verified_completely

WIDTH = 100
_UNKNOWN = "?"
_MOST_REMARKS = 10


def fitting_rows(
    rows: Sequence[AddressRow], cost: Callable[[AddressRow], int], most: int
) -> tuple[list[AddressRow], str]:
    """The rows there is room for, in their order, and what is said of the others: the least risky go first.

    What is destructive always stays.
    """
    kept: set[str] = set()
    left = most
    for risk in RISKS:
        for row in rows:
            if row.risk == risk:
                left -= cost(row)
                if left >= 0 or risk == "destructive":
                    kept.add(row.address)
    gone = [row for row in rows if row.address not in kept]
    if not gone:
        return list(rows), ""
    careful = sum(row.risk == "caution" for row in gone)
    what = f"{careful} of them to be made with caution" if careful else "all of them safe"
    return [row for row in rows if row.address in kept], f"and {len(gone)} more, {what}"


def plan_counts(plan: Plan) -> str:
    return summary_counts(plan.summary) if plan.changes else "nothing differs"


def side_by_side_verdict(side_by_side: PlansSideBySide) -> str:
    """How many addresses differ: where there is no plan for a workspace, so many at least."""
    count = len(side_by_side.rows)
    if not side_by_side.plans:
        return "there is no plan"
    if count:
        known = "at least " if side_by_side.failures else ""
        return f"{known}{count} address{'' if count == 1 else 'es'} to change"
    if side_by_side.failures:
        return "nothing differs in the others"
    made = side_by_side.plans.values()
    if any(plan.targets for plan in made):
        return f"nothing differs at {', '.join(next(iter(made)).targets)}: the rest was not looked at"
    if not all(map(is_verified_completely, made)):
        return "nothing differs in what Intercom's API tells"
    return "nothing differs: every workspace is what the specs say"


def workspace_notes(side_by_side: PlansSideBySide) -> Iterator[str]:
    """What holds of a workspace beside its changes: what was not compared there, what else apply makes."""
    for name, plan in side_by_side.plans.items():
        for what, addresses, _ in standing_groups(plan, include_complete=False):
            yield f"In `{name}`: {what}: {name_list(addresses, WIDTH - len(what) - len(name) - 10)}"
        for measured in plan.measurements:
            yield f"In `{name}`: {measured.address}: {measured.text}"
        if plan.makes_registrar:
            yield f"In `{name}`: {REGISTRAR[0].lower()}{REGISTRAR[1:]}"


def merged_remarks(side_by_side: PlansSideBySide) -> tuple[list[tuple[Remark, list[str]]], str]:
    """What the plans remark, errors first, each once with the workspaces it is for; and what is said of the rest.

    No workspaces: it is for all that there is a plan for.
    """
    found: dict[Remark, list[str]] = {}
    for name, plan in side_by_side.plans.items():
        for remark in dict.fromkeys(plan.remarks):
            found.setdefault(remark, []).append(name)
    told = sorted(found.items(), key=lambda item: item[0].severity != "error")
    told = [(remark, [] if len(names) == len(side_by_side.plans) else names) for remark, names in told]
    more = len(told) - _MOST_REMARKS
    return told[:_MOST_REMARKS], f"and {more} more to say: `plan -w NAME` does" if more > 0 else ""


def action_cell(side_by_side: PlansSideBySide, row: AddressRow, name: str, words: bool = True) -> str:
    if name in side_by_side.failures:
        return _UNKNOWN
    actions, waiting = row.actions(name), row.waiting(name)
    if not words:
        return "".join(dict.fromkeys([*(VERBS[action].sign for action in actions), *("." for _ in waiting)]))
    told = [f"{VERBS[action].sign} {'by hand' if action == 'manual' else action}" for action in actions]
    return ", ".join(told + [f". {action} waits" for action in waiting])


def cap_counts(plan: Plan, arrow: str) -> str:
    return ", ".join(
        f"{kind} {used} of {usage.limit}"
        for kind, usage in (("attributes", plan.attributes), ("events", plan.events))
        for used in [usage.used if usage.used == usage.after else f"{usage.used} {arrow} {usage.after}"]
    )
