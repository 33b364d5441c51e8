"""The plans of several workspaces side by side, on a terminal: an address a line, a workspace a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.planning import Action, AddressRow, Plan, PlansSideBySide
from intercom_iac.text import printable

from ...diagnostics.terminal import error_text, finding_lines
from ...kit.styles import style
from ..change_words import COLOURS, VERBS
from ..groups import exceeds_threshold
from .table import (
    WIDTH,
    action_cell,
    cap_counts,
    fitting_rows,
    merged_remarks,
    plan_counts,
    side_by_side_verdict,
    workspace_notes,
)

_WIDEST_ADDRESS = 60
_MOST_LINES = 30  # of a screen


def side_by_side_text(side_by_side: PlansSideBySide) -> str:
    """The table as text with terminal styles, then a line for each workspace and what is wrong."""
    return "\n".join(_lines(side_by_side))


def _lines(side_by_side: PlansSideBySide) -> Iterator[str]:
    rows, more = fitting_rows(side_by_side.rows, lambda _: 1, _MOST_LINES)
    if rows:
        yield from _table(side_by_side, rows)
        if more:
            yield f"  {more}: `plan -w NAME` shows each"
        yield ""
    widest = max(len(printable(name)) for name in side_by_side.columns)
    for name, plan in side_by_side.columns.items():
        label = style(f"{printable(name):<{widest}}", bold=True)
        if isinstance(plan, Plan):
            yield f"{label}  {plan_counts(plan)}; {cap_counts(plan, '->')}"
        else:
            yield f"{label}  {style('no plan', fg='red')}"
    remarks, unsaid = merged_remarks(side_by_side)
    for remark, names in remarks:
        within = f"in {_quoted_names(names)}: " if names else ""
        yield ""
        yield from finding_lines(remark, remark.source, within=within)
    if unsaid:
        yield f"\n{unsaid}"
    for name, error in side_by_side.failures.items():
        yield f"\n{printable(name)}: {error_text(error)}"
    yield ""
    verdict = side_by_side_verdict(side_by_side)
    yield style(f"{verdict[0].upper()}{verdict[1:]}.", bold=True)
    yield from (printable(beside) for beside in workspace_notes(side_by_side))
    refused = [name for name, plan in side_by_side.plans.items() if exceeds_threshold(plan)]
    if refused:
        refusal = f"In {_quoted_names(refused)} it archives more than the project allows: apply refuses it (PLAN607)."
        yield style(printable(refusal), fg="red")
    needing = [name for name, plan in side_by_side.plans.items() if plan.destructive and name not in refused]
    if needing:
        warning = f"In {_quoted_names(needing)} it archives or deletes, which needs --allow-destructive."
        yield style(printable(warning), fg="red")


def _table(side_by_side: PlansSideBySide, rows: Sequence[AddressRow]) -> Iterator[str]:
    """The address, then a cell for each workspace. What has no room is shorter: signs, then numbers for names."""
    addresses = [_shorten_address(printable(row.address)) for row in rows]
    first = max(map(len, addresses))
    names = [printable(name) for name in side_by_side.columns]
    numbers = [str(number) for number in range(1, len(names) + 1)]
    for words, heads in ((True, names), (False, names), (False, numbers)):
        cells = [
            [action_cell(side_by_side, row, name, words) for name in side_by_side.columns] for row in rows
        ]
        widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
        if first + sum(widths) + 2 * len(widths) + 2 <= WIDTH:
            break
    if not words:
        legend = "  + create, register or restore   ~ update   - archive or delete   ! by hand"
        waits = any(row.waiting(name) for row in rows for name in side_by_side.columns)
        yield style(f"{legend}   . waits" if waits else legend, dim=True)
    if heads is numbers:
        yield style(f"  {', '.join(map(' '.join, zip(numbers, names, strict=True)))}", dim=True)
    head = "  ".join(f"{head:<{width}}" for head, width in zip(heads, widths, strict=True))
    yield style(f"  {'':<{first}}  {head}".rstrip(), bold=True)
    for row, address, line in zip(rows, addresses, cells, strict=True):
        coloured = [
            _colour_cell(cell, width, row.actions(name))
            for name, cell, width in zip(side_by_side.columns, line, widths, strict=True)
        ]
        yield f"  {address:<{first}}  {'  '.join(coloured)}".rstrip()


def _shorten_address(address: str) -> str:
    return address if len(address) <= _WIDEST_ADDRESS else f"{address[: _WIDEST_ADDRESS - 1]}…"


def _colour_cell(cell: str, width: int, actions: Sequence[Action]) -> str:
    padding = " " * (width - len(cell))
    if not actions:
        return cell + padding
    # Of several, the one that a reviewer must not miss.
    gravest = max((VERBS[action].sign for action in actions), key="+!~-".index)
    return style(cell, fg=COLOURS[gravest]) + padding


def _quoted_names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
