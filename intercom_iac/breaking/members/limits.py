"""How many of the people of a segment a change may exchange: `safety.max_audience_change_percent`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes.breaking import audiences as codes
from intercom_iac.text import Span

from ..change import SchemaChange
from .member_change import MemberCounts

_COUNT_IN_FILES = "`breaking --contacts FILE` counts exactly"


def limit_findings(changes: Iterable[SchemaChange], max_percent: float | None) -> Iterator[Diagnostic]:
    """What is found of each segment whose people may be others, as `limit_finding` has it."""
    for change in {change.address: change for change in changes if _is_to_be_counted(change)}.values():
        counts = change.members and change.members.counts
        finding = limit_finding(change.address, counts, max_percent, change.source)
        if finding is not None:
            yield finding


def limit_finding(
    address: str, counts: MemberCounts | None, max_percent: float | None, span: Span | None = None
) -> Diagnostic | None:
    """An error where more people enter and leave a segment than the project allows, in percent of those who belonged
    to it; a warning where the counts do not tell. A single person may always, unless the limit is 0."""
    if max_percent is None:
        return None
    allowed = f"and the project allows {max_percent:g}%"
    if counts is None:
        return codes.AUDIENCE_CHANGE_UNKNOWN.at(
            span,
            f"`{address}`: nobody could be counted who enters or leaves, {allowed}",
            hint=_COUNT_IN_FILES,
        )
    if not _exceeds(counts.changes.count, counts, max_percent):
        return None
    message = f"`{address}`: {_exchange_words(counts)}, {allowed}"
    if _exceeds_for_sure(counts, max_percent):
        hint = "raise `safety.max_audience_change_percent` in the project file if that is meant"
        return codes.AUDIENCE_CHANGE.at(span, message, hint=hint)
    return codes.AUDIENCE_CHANGE_UNKNOWN.at(
        span, f"{message}: whether it is more cannot be told by searching", hint=_COUNT_IN_FILES
    )


def _is_to_be_counted(change: SchemaChange) -> bool:
    members = change.members
    return members is not None and members.rules is not None and members.relation != "equivalent"


def _exchange_words(counts: MemberCounts) -> str:
    share = ""
    if counts.before.count and counts.before.exact and counts.changes.exact:
        share = f" ({100 * counts.changes.count / counts.before.count:.0f}%)"
    exchange = f"{counts.enter} people would enter and {counts.leave} would leave"
    return f"{exchange}, of {counts.before} who belong to it{share}"


def _exceeds(changes: int, counts: MemberCounts, max_percent: float) -> bool:
    """Whether so many changes may be too many; of whom they are is not sure where that is a bound."""
    least = counts.before.count if counts.before.exact else 0
    return not _is_single(changes, max_percent) and 100 * changes > max_percent * least


def _exceeds_for_sure(counts: MemberCounts, max_percent: float) -> bool:
    changes = counts.least_changes
    return not _is_single(changes, max_percent) and 100 * changes > max_percent * counts.before.count


def _is_single(changes: int, max_percent: float) -> bool:
    """A single one is a decision, not an accident: only 0 forbids it."""
    return changes == 0 or (changes == 1 and max_percent > 0)
