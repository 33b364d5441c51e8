"""What `breaking` has to say: the changes, which of them are accepted, the release, and what is wrong around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from intercom_iac.diagnostics import LEVELS, Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import Acceptance, Version
from intercom_iac.text import Span

from .acceptances import acceptance_of, check_acceptances
from .change import SchemaChange
from .members import MemberCounts, limit_findings
from .members.member_change import Rules
from .release import Release, required_bump


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A change, and the acceptance of a breaking one that holds today."""

    change: SchemaChange
    acceptance: Acceptance | None = None

    @property
    def breaks(self) -> bool:
        """Whether it is breaking, and nobody agreed on it."""
        return self.change.level == "breaking" and self.acceptance is None

    def diagnostic(self) -> Diagnostic:
        return self.change.diagnostic(self.acceptance.text if self.acceptance else None)


@dataclass(frozen=True, slots=True)
class Report:
    """`against` is the revision or folder as it was given; `diagnostics` are about acceptances, the release and the
    specs compared with, not the changes themselves. `limits` are findings about how many people changes exchange."""

    against: str
    changes: tuple[ReportedChange, ...]
    release: Release
    diagnostics: tuple[Diagnostic, ...] = ()
    limits: tuple[Diagnostic, ...] = ()

    @property
    def summary(self) -> dict[str, int]:
        """How many changes of each level, accepted ones apart: they are not counted as breaking."""
        counts: dict[str, int] = dict.fromkeys((*LEVELS, "accepted"), 0)
        for reported in self.changes:
            counts["accepted" if reported.acceptance else reported.change.level] += 1
        return counts

    def of_workspace(self, name: str) -> Report:
        """The same with the changes that hold for a workspace."""
        held = (reported for reported in self.changes if name in (reported.change.workspaces or (name,)))
        return replace(self, changes=tuple(held))

    def with_counts(
        self, counts: Mapping[Rules, MemberCounts], max_audience_change_percent: float | None
    ) -> Report:
        """The same with how many people belonged to the segments that changed, by their old and new rules."""
        changes = tuple(
            replace(reported, change=reported.change.with_counts(counts)) for reported in self.changes
        )
        limits = limit_findings((reported.change for reported in changes), max_audience_change_percent)
        return replace(self, changes=changes, limits=tuple(limits))

    @property
    def changed_rules(self) -> dict[Rules, SchemaChange]:
        """The old and the new rule of each segment whose people may not be the same, with the change."""
        return {
            members.rules: reported.change
            for reported in self.changes
            if (members := reported.change.members) is not None
            and members.rules is not None
            and members.relation != "equivalent"
        }

    @property
    def exceeds_limits(self) -> bool:
        """Whether a change exchanges more people than the project allows."""
        return any(finding.is_error for finding in self.limits)

    @property
    def other_findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong around the changes."""
        return *self.limits, *self.diagnostics

    @property
    def failed(self) -> bool:
        """Whether the changes may not go through as they are."""
        return any(reported.breaks for reported in self.changes) or any(
            diagnostic.is_error for diagnostic in self.other_findings
        )

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything as diagnostics: the changes, the gravest first, then what is wrong around them."""
        return [*(reported.diagnostic() for reported in self.changes), *self.other_findings]


def build_report(
    changes: Sequence[SchemaChange],
    *,
    against: str,
    acceptances: Sequence[Acceptance],
    today: date,
    releases: tuple[Version | None, Version | None],
    release_span: Span | None = None,
    diagnostics: Iterable[Diagnostic] = (),
) -> Report:
    """The changes as of a day. `releases` are the old and the new one, `diagnostics` those of the old specs."""
    before, after = releases
    release = Release(
        before=before, after=after, bump=required_bump(changes, before or after), span=release_span
    )
    reported = (
        ReportedChange(change=change, acceptance=acceptance_of(change, acceptances, today))
        for change in changes
    )
    return Report(
        against=against,
        changes=tuple(reported),
        release=release,
        diagnostics=(
            *diagnostics,
            *check_acceptances(acceptances, changes, today, against),
            *release.check(against),
        ),
    )
