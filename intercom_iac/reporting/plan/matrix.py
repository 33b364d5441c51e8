"""The plans of every workspace in one table, an address a line and a workspace a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from intercom_iac.planning import RISKS, Action, Matrix, Plan, Remark, Row, encode
from intercom_iac.text import printable

from ..diagnostics.markdown import finding_item
from ..diagnostics.terminal import error_code, error_text, finding_lines
from ..kit.markdown import plain, prose, prose_in_table
from ..kit.styling import style
from ..kit.values import name_list
from .changes import COLOURS, SIGNS, counted
from .groups import over_threshold, unverified
from .verdicts import REGISTRAR, verified_whole

_WIDTH = 100
_WIDEST_ADDRESS = 60
_UNKNOWN = "?"
# A screen; and what a pull request's comment holds, with room for what stands around the table.
_MOST_LINES = 30
_MOST_CHARACTERS = 45_000
_MOST_REMARKS = 10


def matrix_json(matrix: Matrix) -> dict[str, Any]:
    """The plans, the table and the errors as plain data; `matrix.schema.json` describes it."""
    return {
        "format_version": "1.0",
        "plans": {name: encode(plan) for name, plan in matrix.plans.items()},
        "matrix": [
            {
                "address": row.address,
                "actions": {name: list(row.actions(name)) for name in matrix.plans},
                **_waiting(matrix, row),
            }
            for row in matrix.rows
        ],
        "errors": {
            name: {
                "code": error_code(error),
                "message": error.message,
                "hint": error.hint,
                "exit_code": error.exit_code,
            }
            for name, error in matrix.failures.items()
        },
    }


def _waiting(matrix: Matrix, row: Row) -> dict[str, Any]:
    """What waits at an address, by workspace; nothing where nothing does."""
    found = {name: list(row.waiting(name)) for name in matrix.plans if row.waiting(name)}
    return {"waiting": found} if found else {}


def _kept(rows: Sequence[Row], cost: Callable[[Row], int], most: int) -> tuple[list[Row], str]:
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


def _what_of(plan: Plan) -> str:
    return counted(plan.summary) if plan.changes else "nothing differs"


def _verdict(matrix: Matrix) -> str:
    """How many addresses differ: where there is no plan for a workspace, so many at least."""
    count = len(matrix.rows)
    if not matrix.plans:
        return "there is no plan"
    if count:
        known = "at least " if matrix.failures else ""
        return f"{known}{count} address{'' if count == 1 else 'es'} to change"
    if matrix.failures:
        return "nothing differs in the others"
    plans = matrix.plans.values()
    if any(plan.targets for plan in plans):
        return f"nothing differs at {', '.join(next(iter(plans)).targets)}: the rest was not looked at"
    if not all(map(verified_whole, plans)):
        return "nothing differs in what Intercom's API tells"
    return "nothing differs: every workspace is what the specs say"


def _besides(matrix: Matrix) -> Iterator[str]:
    """What holds of a workspace beside its changes: what was not compared there, what else apply makes."""
    for name, plan in matrix.plans.items():
        for what, addresses in unverified(plan, whole=False).items():
            yield f"In `{name}`: {what}: {name_list(addresses, _WIDTH - len(what) - len(name) - 10)}"
        if plan.makes_registrar:
            yield f"In `{name}`: {REGISTRAR[0].lower()}{REGISTRAR[1:]}"


def _remarks(matrix: Matrix) -> tuple[list[tuple[Remark, list[str]]], str]:
    """What the plans remark, errors first, each once with the workspaces it is for; and what is said of the rest.

    No workspaces: it is for all that there is a plan for.
    """
    found: dict[Remark, list[str]] = {}
    for name, plan in matrix.plans.items():
        for remark in dict.fromkeys(plan.remarks):
            found.setdefault(remark, []).append(name)
    told = sorted(found.items(), key=lambda each: each[0].severity != "error")
    told = [(remark, [] if len(names) == len(matrix.plans) else names) for remark, names in told]
    more = len(told) - _MOST_REMARKS
    return told[:_MOST_REMARKS], f"and {more} more to say: `plan -w NAME` does" if more > 0 else ""


# --- for terminals ------------------------------------------------------------------------------------------


def matrix_text(matrix: Matrix) -> str:
    """The table as text with terminal styles, then a line for each workspace and what is wrong."""
    return "\n".join(_lines(matrix))


def _lines(matrix: Matrix) -> Iterator[str]:
    rows, more = _kept(matrix.rows, lambda _: 1, _MOST_LINES)
    if rows:
        yield from _table(matrix, rows)
        if more:
            yield f"  {more}: `plan -w NAME` shows each"
        yield ""
    widest = max(len(printable(name)) for name in matrix.columns)
    for name, plan in matrix.columns.items():
        label = style(f"{printable(name):<{widest}}", bold=True)
        if isinstance(plan, Plan):
            yield f"{label}  {_what_of(plan)}; {_caps(plan, '->')}"
        else:
            yield f"{label}  {style('no plan', fg='red')}"
    remarks, unsaid = _remarks(matrix)
    for remark, names in remarks:
        within = f"in {_quoted_names(names)}: " if names else ""
        yield ""
        yield from finding_lines(remark, remark.source, within=within)
    if unsaid:
        yield f"\n{unsaid}"
    for name, error in matrix.failures.items():
        yield f"\n{printable(name)}: {error_text(error)}"
    yield ""
    verdict = _verdict(matrix)
    yield style(f"{verdict[0].upper()}{verdict[1:]}.", bold=True)
    yield from (printable(beside) for beside in _besides(matrix))
    refused = [name for name, plan in matrix.plans.items() if over_threshold(plan)]
    if refused:
        told = f"In {_quoted_names(refused)} it archives more than the project allows: apply refuses it (PLAN607)."
        yield style(printable(told), fg="red")
    needing = [name for name, plan in matrix.plans.items() if plan.destructive and name not in refused]
    if needing:
        told = f"In {_quoted_names(needing)} it archives or deletes, which needs --allow-destructive."
        yield style(printable(told), fg="red")


def _table(matrix: Matrix, rows: Sequence[Row]) -> Iterator[str]:
    """The address, then a cell for each workspace. What has no room is shorter: signs, then numbers for names."""
    addresses = [_shortened(printable(row.address)) for row in rows]
    first = max(map(len, addresses))
    names = [printable(name) for name in matrix.columns]
    numbers = [str(number) for number in range(1, len(names) + 1)]
    for words, heads in ((True, names), (False, names), (False, numbers)):
        cells = [[_cell(matrix, row, name, words) for name in matrix.columns] for row in rows]
        widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
        if first + sum(widths) + 2 * len(widths) + 2 <= _WIDTH:
            break
    if not words:
        legend = "  + create, register or restore   ~ update   - archive or delete   ! by hand"
        waits = any(row.waiting(name) for row in rows for name in matrix.columns)
        yield style(f"{legend}   . waits" if waits else legend, dim=True)
    if heads is numbers:
        yield style(f"  {', '.join(map(' '.join, zip(numbers, names, strict=True)))}", dim=True)
    head = "  ".join(f"{each:<{width}}" for each, width in zip(heads, widths, strict=True))
    yield style(f"  {'':<{first}}  {head}".rstrip(), bold=True)
    for row, address, line in zip(rows, addresses, cells, strict=True):
        coloured = [
            _coloured(cell, width, row.actions(name))
            for name, cell, width in zip(matrix.columns, line, widths, strict=True)
        ]
        yield f"  {address:<{first}}  {'  '.join(coloured)}".rstrip()


def _shortened(address: str) -> str:
    return address if len(address) <= _WIDEST_ADDRESS else f"{address[: _WIDEST_ADDRESS - 1]}…"


def _cell(matrix: Matrix, row: Row, name: str, words: bool = True) -> str:
    if name in matrix.failures:
        return _UNKNOWN
    actions, waiting = row.actions(name), row.waiting(name)
    if not words:
        return "".join(dict.fromkeys([*(SIGNS[action] for action in actions), *("." for _ in waiting)]))
    told = [f"{SIGNS[action]} {'by hand' if action == 'manual' else action}" for action in actions]
    return ", ".join(told + [f". {action} waits" for action in waiting])


def _coloured(cell: str, width: int, actions: Sequence[Action]) -> str:
    padding = " " * (width - len(cell))
    if not actions:
        return cell + padding
    # Of several, the one that a reviewer must not miss.
    gravest = max((SIGNS[action] for action in actions), key="+!~-".index)
    return style(cell, fg=COLOURS[gravest]) + padding


def _caps(plan: Plan, arrow: str) -> str:
    pairs = (("attributes", plan.attributes), ("events", plan.events))
    return ", ".join(
        f"{what} {each.used if each.used == each.after else f'{each.used} {arrow} {each.after}'} of {each.limit}"
        for what, each in pairs
    )


def _quoted_names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


# --- for pull requests --------------------------------------------------------------------------------------


def matrix_markdown(matrix: Matrix) -> str:
    """GitHub-flavoured Markdown; whatever comes from specs or workspaces is escaped."""
    return "\n".join(_markdown(matrix)) + "\n"


def _markdown(matrix: Matrix) -> Iterator[str]:
    yield f"### intercom-iac plan for {', '.join(map(plain, matrix.columns))}: {_verdict(matrix)}"
    yield ""
    yield "| workspace | plan | caps |"
    yield "|---|---|---|"
    for name, plan in matrix.columns.items():
        if isinstance(plan, Plan):
            yield f"| {plain(name)} | {_what_of(plan)} | {_caps(plan, '→')} |"
        else:
            code = error_code(plan)
            hint = f" — {prose_in_table(plan.hint)}" if plan.hint else ""
            yield f"| {plain(name)} | {f'**{code}** ' if code else ''}{prose_in_table(plan.message)}{hint} | |"
    for beside in _besides(matrix):
        yield ""
        yield f"{prose(beside)}."
    remarks, unsaid = _remarks(matrix)
    if remarks:
        yield ""
    for remark, names in remarks:
        within = f"in {', '.join(map(plain, names))}: " if names else ""
        yield finding_item(remark, remark.source, within=within)
    if unsaid:
        yield f"\n… {unsaid}"
    lines = {row.address: _markdown_row(matrix, row) for row in matrix.rows}
    rows, more = _kept(matrix.rows, lambda row: len(lines[row.address]) + 1, _MOST_CHARACTERS)
    if rows:
        yield ""
        yield f"| address | {' | '.join(map(plain, matrix.columns))} |"
        yield f"|---|{'---|' * len(matrix.columns)}"
        yield from (lines[row.address] for row in rows)
    if more:
        yield f"\n… {more}; `plan --all --format json` has every one."


def _markdown_row(matrix: Matrix, row: Row) -> str:
    cells = [
        plain(_cell(matrix, row, name))
        if row.actions(name) or row.waiting(name) or name in matrix.failures
        else ""
        for name in matrix.columns
    ]
    risk = " **destructive**" if row.risk == "destructive" else ""
    return f"| {plain(row.address)}{risk} | {' | '.join(cells)} |"
