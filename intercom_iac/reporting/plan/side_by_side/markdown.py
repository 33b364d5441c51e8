"""The plans of several workspaces side by side, as a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.planning import AddressRow, Plan, PlansSideBySide

from ...diagnostics.finding import error_code
from ...diagnostics.markdown import finding_item
from ...kit.markdown import plain, prose, prose_in_table
from .table import (
    action_cell,
    cap_counts,
    fitting_rows,
    merged_remarks,
    plan_counts,
    side_by_side_verdict,
    workspace_notes,
)

# What a comment holds, with room for what stands around the table.
_MOST_CHARACTERS = 45_000


def side_by_side_markdown(side_by_side: PlansSideBySide) -> str:
    """GitHub-flavoured Markdown; whatever comes from specs or workspaces is escaped."""
    return "\n".join(_lines(side_by_side)) + "\n"


def _lines(side_by_side: PlansSideBySide) -> Iterator[str]:
    workspaces = ", ".join(map(plain, side_by_side.columns))
    yield f"### intercom-iac plan for {workspaces}: {side_by_side_verdict(side_by_side)}"
    yield ""
    yield "| workspace | plan | caps |"
    yield "|---|---|---|"
    for name, plan in side_by_side.columns.items():
        if isinstance(plan, Plan):
            yield f"| {plain(name)} | {plan_counts(plan)} | {cap_counts(plan, '→')} |"
        else:
            code = error_code(plan)
            hint = f" — {prose_in_table(plan.hint)}" if plan.hint else ""
            yield f"| {plain(name)} | {f'**{code}** ' if code else ''}{prose_in_table(plan.message)}{hint} | |"
    for beside in workspace_notes(side_by_side):
        yield ""
        yield f"{prose(beside)}."
    remarks, unsaid = merged_remarks(side_by_side)
    if remarks:
        yield ""
    for remark, names in remarks:
        within = f"in {', '.join(map(plain, names))}: " if names else ""
        yield finding_item(remark, remark.source, within=within)
    if unsaid:
        yield f"\n… {unsaid}"
    lines = {row.address: _row(side_by_side, row) for row in side_by_side.rows}
    rows, more = fitting_rows(side_by_side.rows, lambda row: len(lines[row.address]) + 1, _MOST_CHARACTERS)
    if rows:
        yield ""
        yield f"| address | {' | '.join(map(plain, side_by_side.columns))} |"
        yield f"|---|{'---|' * len(side_by_side.columns)}"
        yield from (lines[row.address] for row in rows)
    if more:
        yield f"\n… {more}; `plan --all --format json` has every one."


def _row(side_by_side: PlansSideBySide, row: AddressRow) -> str:
    cells = [
        plain(action_cell(side_by_side, row, name))
        if row.actions(name) or row.waiting(name) or name in side_by_side.failures
        else ""
        for name in side_by_side.columns
    ]
    risk = " **destructive**" if row.risk == "destructive" else ""
    return f"| {plain(row.address)}{risk} | {' | '.join(cells)} |"
