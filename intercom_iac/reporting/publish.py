"""Who enters and leaves published segments, and what became of that, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.publishing import MembershipChange, PublishReport, encode_publish
from intercom_iac.text import columns, printable
from intercom_iac.text.personal import mask_if_doubtful
from intercom_iac.writes import Delivery

from .diagnostics.terminal import error_text
from .kit.columns import pad
from .kit.styles import hint_label, style


def publish_plan_text(report: PublishReport) -> str:
    """A line a segment and form: how many have it, are to have it, enter and leave."""
    return "\n".join(_plan_lines(report))


def _plan_lines(report: PublishReport) -> Iterator[str]:
    workspace = printable(report.workspace)
    if not report.changes:
        yield f"No segment is published to `{workspace}` as a tag or an attribute."
        return
    rows = [("segment", "as", "now", "then", "enter", "leave")]
    rows += [_row(change) for change in report.changes]
    yield from (f"  {line}" for line in _align_rows(rows))
    for change in report.changes:
        yield from _remarks(change)
    if report.withheld:
        due = "change is due that the saved plan does not have: it waits"
        if report.withheld > 1:
            due = "changes are due that the saved plan does not have: they wait"
        yield style(f"{report.withheld:,} {due} for another plan", fg="yellow")
    if report.gone:
        gone = "change of the saved plan is" if report.gone == 1 else "changes of the saved plan are"
        yield f"{report.gone:,} {gone} made already, or no longer due"
    calls = report.writes
    if calls:
        yield f"{calls:,} {'write' if calls == 1 else 'writes'} to `{workspace}`."
    elif report.withheld:
        yield f"Nothing of the saved plan is left to write to `{workspace}`."
    elif any(change.kept for change in report.changes):
        yield "Nothing to write."
    else:
        yield style(f"Nothing to write: `{workspace}` has the members as they are.", fg="green")


def _align_rows(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            pad(cell, width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _row(change: MembershipChange) -> tuple[str, ...]:
    numbers = (change.carriers, change.members, change.enter, change.leave)
    what = f"{change.published_as} {change.target}"
    return (printable(change.key), printable(what), *(f"{number:,}" for number in numbers))


def _remarks(change: MembershipChange) -> Iterator[str]:
    key = printable(change.key)
    if change.source is None:
        return
    source = printable(change.source)
    for count, of_one, of_many in (
        (change.not_found, "names nobody in the workspace", "name nobody in the workspace"),
        (
            change.ambiguous,
            "names several contacts, and is left out",
            "name several contacts, and are left out",
        ),
        (change.rejected, "has no key that works", "have no key that works"),
    ):
        if count:
            rows = f"row of `{source}` {of_one}" if count == 1 else f"rows of `{source}` {of_many}"
            yield style(f"`{key}`: {count:,} {rows}", fg="yellow")
    if change.kept:
        stay = "stays" if change.kept == 1 else "stay"
        yield style(
            f"`{key}`: {change.kept:,} would leave, and {stay} as long as rows of `{source}` are rejected",
            fg="yellow",
        )


def publish_json(report: PublishReport) -> dict[str, Any]:
    """The same as plain data, with what became of it."""
    return encode_publish(report)


def publish_outcome_text(outcome: Delivery) -> str:
    """Done, failed, not tried, and why."""
    return "\n".join(_outcome_lines(outcome))


def _outcome_lines(outcome: Delivery) -> Iterator[str]:
    for failure in outcome.failures:
        write, error = failure.write, failure.error
        yield style(
            f"failed: {write.action} {printable(mask_if_doubtful(write.key) or write.key)}",
            fg="red",
            bold=True,
        )
        yield f"  {printable(error.message)}" + style(f" [{error.code}]", dim=True)
        if error.hint:
            yield f"  {hint_label()}: {printable(error.hint)}"
    if outcome.failed > len(outcome.failures):
        yield f"and {outcome.failed - len(outcome.failures):,} more that failed"
    if outcome.stopped is not None:
        yield error_text(outcome.stopped)
    if outcome.complete:
        yield style(f"Published: {outcome.done:,} done.", fg="green", bold=True)
        return
    why = "Interrupted" if outcome.interrupted else "Stopped" if outcome.stopped is not None else "Published"
    yield style(
        f"{why}: {outcome.done:,} done, {outcome.failed:,} failed, {outcome.not_tried:,} not tried. "
        "Run `segment publish` again for the rest: nothing has to be undone.",
        bold=True,
    )
