"""How much of Intercom's caps is used, and when they will be met at the present pace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from math import floor
from typing import Literal

from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Sample, Snapshot, event_key
from intercom_iac.model.limits import MAX_ATTRIBUTES, MAX_EVENTS

from ..finding import AuditFinding

_NEAR = 0.8
"""The share of a cap from which on it is near."""
_SOON = 180
"""Days within which a cap that is met at the present pace is near."""
_PACE = 180
"""Days whose makings are the present pace; of a younger workspace, all of its own."""
_LEAST_PACE = 30
_LAST_DAY = date(9999, 12, 31)
DAYS_OF_MONTH = 30.44


@dataclass(frozen=True, slots=True, kw_only=True)
class CapUse:
    """How much of a cap is used.

    `recent` were made in the last `days`, which is the pace: `per_month`. `met_on` is the day the cap is met if it
    goes on like that; None where it does not grow, or only after the year 9999. `at_least`: there may be more than
    `used`, since nothing lists them.
    """

    name: Literal["attributes", "events"]
    used: int
    limit: int
    archived: int | None
    recent: int
    days: int
    met_on: date | None
    at_least: bool = False

    @property
    def share(self) -> float:
        return self.used / self.limit

    @property
    def per_month(self) -> float:
        return self.recent / self.days * DAYS_OF_MONTH if self.days else 0.0


def cap_uses(snapshot: Snapshot, sample: Sample, today: date) -> tuple[CapUse, CapUse]:
    """The use of the caps on active custom attributes, and on event names, of which some may be unknown."""
    active = [attribute for attribute in snapshot.attributes if not attribute.archived]
    made = [attribute.history.created_at for attribute in active]
    attributes = _use(
        "attributes", made, MAX_ATTRIBUTES, today, archived=len(snapshot.attributes) - len(active)
    )
    return attributes, _use(
        "events", [*event_beginnings(snapshot, sample).values()], MAX_EVENTS, today, at_least=True
    )


def event_beginnings(snapshot: Snapshot, sample: Sample) -> dict[str, int | None]:
    """The events that are known, as Intercom compares their names, with when the sampled first did each."""
    found: dict[str, int | None] = {event_key(name): None for name in snapshot.events}
    for summaries in sample.summaries.values():
        for summary in summaries:
            key = event_key(summary.name)
            before = found.get(key)
            moments = [moment for moment in (before, summary.first) if moment is not None]
            found[key] = min(moments, default=None)
    return found


def cap_findings(uses: Sequence[CapUse], today: date) -> Iterator[AuditFinding]:
    """A finding for each cap of which something is used."""
    for use in uses:
        if not use.used:
            continue
        near = use.share >= _NEAR or (use.met_on is not None and use.met_on <= today + timedelta(days=_SOON))
        full = use.used >= use.limit
        kind = codes.CAP_MET if full else codes.CAP_NEAR if near else codes.CAP_USE
        what = "active custom attributes" if use.name == "attributes" else "event names"
        least = "at least " if use.at_least else ""
        yield AuditFinding(
            kind=kind,
            address=use.name.removesuffix("s"),
            message=f"the workspace has {least}{use.used:,} of {use.limit:,} {what}: {pace_text(use, today)}",
            suggestion=_suggestion(use, urgent=full or near),
            evidence={
                "used": use.used,
                "limit": use.limit,
                "share": round(use.share, 4),
                "archived": use.archived,
                "made": use.recent,
                "in_days": use.days,
                "per_month": round(use.per_month, 2),
                "met_on": None if use.met_on is None else use.met_on.isoformat(),
            },
            weight=80 + 10 * min(use.share, 1.0),
        )


def pace_text(use: CapUse, today: date) -> str:
    """How fast it grows, and when the cap will be met."""
    if use.used >= use.limit:
        return "no further one can be made"
    if not use.recent:
        return (
            f"none was made in the last {use.days:,} days" if use.days else "when they were made is not known"
        )
    pace = f"{use.recent:,} made in the last {use.days:,} days"
    if use.met_on is None or (use.met_on - today).days > 3_650:
        return f"{pace}, at which pace the cap is years away"
    return f"{pace}, at which pace the cap is met around {use.met_on.isoformat()}"


def _suggestion(use: CapUse, *, urgent: bool) -> str:
    if use.name == "events":
        way = "archive events that nobody sends or filters by in Intercom, under Settings > Data > Events"
    else:
        way = "archive what is not used: the archive candidates of this report are in the order to look at"
    return way if urgent else f"there is room; when it gets short, {way}"


def _use(
    name: Literal["attributes", "events"],
    made: Sequence[int | None],
    limit: int,
    today: date,
    *,
    archived: int | None = None,
    at_least: bool = False,
) -> CapUse:
    days_ago = [
        ago for moment in made if moment is not None and (ago := _days_ago(moment, today)) is not None
    ]
    days = min(_PACE, max(_LEAST_PACE, max(days_ago) + 1)) if days_ago else 0
    recent = sum(ago < days for ago in days_ago)
    met_on = None
    if recent and len(made) < limit:
        ahead = floor((limit - len(made)) * days / recent)
        met_on = today + timedelta(days=ahead) if ahead <= (_LAST_DAY - today).days else None
    return CapUse(
        name=name,
        used=len(made),
        limit=limit,
        archived=archived,
        recent=recent,
        days=days,
        met_on=met_on,
        at_least=at_least,
    )


def _days_ago(moment: int, today: date) -> int | None:
    """How many days ago a moment was, 0 for those to come; None for a number that is no time."""
    try:
        return max(0, (today - datetime.fromtimestamp(moment, UTC).date()).days)
    except (OverflowError, ValueError, OSError):
        return None
