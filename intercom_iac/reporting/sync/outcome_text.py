"""What became of the writes of a sync, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.syncing import Meanwhile, SyncReport, shown_key
from intercom_iac.text import columns, printable
from intercom_iac.writes import Delivery, WriteFailure

from ..diagnostics.terminal import error_text
from ..kit.columns import pad
from ..kit.styles import hint_label, style
from ..kit.values import name_list

_MEANWHILE: Mapping[Meanwhile, str] = {
    "changed": "was changed",
    "gone": "is not there any more",
    "exists": "is there by now",
    "person left out": "is an event of such a person",
    "as planned": "is as it was",
    "done": "is as it is to be",
}


def sync_outcome_text(report: SyncReport, *, show_values: bool = False) -> str:
    """Done, failed, not tried, with the first that failed."""
    assert report.outcome is not None
    changed = _changed_lines(report, show_values=show_values)
    return "\n".join((*changed, *_lines(report.outcome, show_values=show_values)))


def _changed_lines(report: SyncReport, *, show_values: bool) -> Iterator[str]:
    """What a saved plan would overwrite that somebody else has written since."""
    if not report.changed_meanwhile:
        return
    records = "record has" if report.changed_meanwhile == 1 else "records have"
    yield style(
        f"left as they are: {report.changed_meanwhile:,} {records} changed since the plan was made",
        fg="yellow",
    )
    keys = [
        printable(shown_key("", changed.key, show_values=show_values)) for changed in report.changed_examples
    ]
    width = max(map(columns, keys), default=0)
    for changed, key in zip(report.changed_examples, keys, strict=True):
        names = f": {name_list(list(changed.properties))}" if changed.properties else ""
        yield f"  {pad(key, width)}  {_MEANWHILE[changed.why]}{names}"
    hidden = report.changed_meanwhile - len(keys)
    if hidden > 0:
        yield f"  and {hidden:,} more"


def _lines(outcome: Delivery, *, show_values: bool) -> Iterator[str]:
    for failure in outcome.failures:
        yield from _failure_lines(failure, show_values=show_values)
    hidden = outcome.failed - len(outcome.failures)
    if hidden > 0:
        yield f"and {hidden:,} more that failed; --failed FILE has all"
    if outcome.stopped is not None:
        yield error_text(outcome.stopped)
    if outcome.complete:
        # The plan has said so where there was nothing to do.
        if outcome.done:
            yield style(f"Synced: {outcome.done:,} done.", fg="green", bold=True)
        return
    why = "Interrupted" if outcome.interrupted else "Stopped" if outcome.stopped is not None else "Ended"
    yield style(
        f"{why}: {outcome.done:,} done, {outcome.failed:,} failed, {outcome.not_tried:,} not tried. "
        "Run it again for what is left; nothing has to be undone.",
        bold=True,
    )


def _failure_lines(failure: WriteFailure, *, show_values: bool) -> Iterator[str]:
    write, error = failure.write, failure.error
    key = shown_key(write.key_name, write.key, show_values=show_values)
    row = "" if write.row is None else f" (row {write.row:,})"
    label = style(f"failed: {write.action} {write.record} {printable(key)}{row}", fg="red", bold=True)
    yield label + style(f" [{error.code}]", dim=True)
    yield f"  {printable(error.message)}"
    if error.hint is not None:
        yield f"  {hint_label()}: {printable(error.hint)}"
