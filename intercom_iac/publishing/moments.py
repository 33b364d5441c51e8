"""The members of a segment at two moments, and who is in one of them alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from intercom_iac.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentMembers:
    """The members at a moment, of a file or of the workspace now; `ids` in the order of the file or of the search.

    `everybody` are the ids of all its contacts; None of a workspace, of which only members are read.
    """

    source: str
    today: date
    ids: tuple[str, ...]
    everybody: frozenset[str] | None = None

    @property
    def contacts(self) -> int | None:
        return None if self.everybody is None else len(self.everybody)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipDiff:
    """The members of a segment at two moments."""

    key: str
    name: str
    timezone: str
    before: MomentMembers
    after: MomentMembers

    @property
    def entered(self) -> tuple[str, ...]:
        members = frozenset(self.before.ids)
        return tuple(contact_id for contact_id in self.after.ids if contact_id not in members)

    @property
    def left(self) -> tuple[str, ...]:
        members = frozenset(self.after.ids)
        return tuple(contact_id for contact_id in self.before.ids if contact_id not in members)

    @property
    def new(self) -> frozenset[str] | None:
        """Who of those that entered was not there at all before; None where that is not known."""
        return _absent(self.entered, self.before.everybody)

    @property
    def gone(self) -> frozenset[str] | None:
        """Who of those that left is not there at all any more; None where that is not known."""
        return _absent(self.left, self.after.everybody)


def _absent(ids: Collection[str], everybody: frozenset[str] | None) -> frozenset[str] | None:
    return None if everybody is None else frozenset(ids) - everybody
