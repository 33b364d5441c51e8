"""How many people the changes of rules exchange in a workspace: by its search, exact or at most."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from intercom_iac.breaking import MemberCount, MemberCounts, Report, Rules
from intercom_iac.breaking.members import MemberChange
from intercom_iac.diagnostics import WorkspaceError
from intercom_iac.model import Predicate, Snapshot
from intercom_iac.model.predicate import And, Not
from intercom_iac.planning.measuring import Count
from intercom_iac.planning.publications import Members
from intercom_iac.prover import Unsatisfiable
from intercom_iac.rules.normal import chain

from ..notices import NotCounted, Notify

MOST_SEGMENTS = 20
"""How many segments are counted, two to four searches each."""


def count_members(
    report: Report,
    snapshot: Snapshot,
    count: Count,
    *,
    today: date | None,
    max_audience_change_percent: float | None,
    notify: Notify,
) -> Report:
    """The report with the people of each segment that changed, as far as the workspace's search tells.

    Nobody is counted where the day in the workspace is not known, where it does not have what a rule reads, or where
    it does not answer; with a limit the report says so.
    """
    changed = report.changed_rules
    asked = [] if today is None else list(changed)[:MOST_SEGMENTS]
    if today is not None and len(asked) < len(changed):
        left_out = tuple(changed[pair].address for pair in list(changed)[MOST_SEGMENTS:])
        notify(NotCounted(left_out, MOST_SEGMENTS))
    counts: dict[Rules, MemberCounts] = {}
    for pair in asked:
        members = changed[pair].members
        assert today is not None
        assert members is not None
        try:
            found = MemberSearches(snapshot, today, count).members(pair, members)
        except WorkspaceError:
            break
        if found is not None:
            counts[pair] = found
    return report.with_counts(counts, max_audience_change_percent)


class MemberSearches:
    """Counts of the people of rules in a workspace as it was read."""

    def __init__(self, snapshot: Snapshot, today: date, count: Count) -> None:
        self._members = Members(snapshot, today=today, zone=ZoneInfo(snapshot.identity.timezone))
        self._count = count

    def members(self, pair: Rules, change: MemberChange | None = None) -> MemberCounts | None:
        """Who is proved not to enter or leave is not searched; None where a rule cannot be searched."""
        old, new = pair
        before, after = self._people(old), self._people(new)
        if before is None or after is None:
            return None
        nobody = MemberCount(0)
        moved = MemberCount(abs(after.count - before.count)) if before.exact and after.exact else None
        if change and isinstance(change.enters, Unsatisfiable):
            leave = moved or self._people(chain(And, (old, Not(new))))
            return leave and MemberCounts(before=before, after=after, enter=nobody, leave=leave)
        if change and isinstance(change.leaves, Unsatisfiable):
            enter = moved or self._people(chain(And, (new, Not(old))))
            return enter and MemberCounts(before=before, after=after, enter=enter, leave=nobody)
        enter, leave = self._people(chain(And, (new, Not(old)))), self._people(chain(And, (old, Not(new))))
        return (
            None
            if enter is None or leave is None
            else MemberCounts(before=before, after=after, enter=enter, leave=leave)
        )

    def _people(self, rule: Predicate) -> MemberCount | None:
        search = self._members.search(rule)
        return None if search is None else MemberCount(self._count(search.query), exact=search.exact)
