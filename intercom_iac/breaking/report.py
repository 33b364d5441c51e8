"""What `breaking` has to say: the changes, which of them are accepted, the release, and what is wrong around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intercom_iac.diagnostics import LEVELS, Diagnostic
from intercom_iac.project import Acceptance, Version
from intercom_iac.text import Span

from .accepted import acceptance_of, check_acceptances
from .change import SchemaChange
from .release import Release, asked_for


@dataclass(frozen=True, slots=True)
class Judged:
    """A change, and the acceptance of a breaking one that holds today."""

    change: SchemaChange
    accepted: Acceptance | None = None

    @property
    def breaks(self) -> bool:
        """Whether it is breaking, and nobody agreed on it."""
        return self.change.level == "breaking" and self.accepted is None

    def diagnostic(self) -> Diagnostic:
        return self.change.diagnostic(self.accepted.in_words if self.accepted else None)


@dataclass(frozen=True, slots=True)
class Report:
    """`against` is the revision or folder as it was given; `diagnostics` are about acceptances, the release and the
    specs compared with, not the changes themselves."""

    against: str
    changes: tuple[Judged, ...]
    release: Release
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def summary(self) -> dict[str, int]:
        """How many changes of each level, accepted ones apart: they are not counted as breaking."""
        counts: dict[str, int] = dict.fromkeys((*LEVELS, "accepted"), 0)
        for each in self.changes:
            counts["accepted" if each.accepted else each.change.level] += 1
        return counts

    def of_workspace(self, name: str) -> Report:
        """The same with the changes that hold for a workspace."""
        held = tuple(each for each in self.changes if name in (each.change.workspaces or (name,)))
        return replace(self, changes=held)

    @property
    def failed(self) -> bool:
        """Whether the changes may not go through as they are."""
        return any(each.breaks for each in self.changes) or any(
            diagnostic.is_error for diagnostic in self.diagnostics
        )

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything as diagnostics: the changes, the gravest first, then what is wrong around them."""
        return [*(each.diagnostic() for each in self.changes), *self.diagnostics]


def judge(
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
    release = Release(before, after, asked_for(changes, before or after), release_span)
    return Report(
        against,
        tuple(Judged(each, acceptance_of(each, acceptances, today)) for each in changes),
        release,
        (*diagnostics, *check_acceptances(acceptances, changes, today, against), *release.check(against)),
    )
