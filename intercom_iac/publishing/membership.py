"""What publishing a segment changes: how many enter, how many leave."""

from __future__ import annotations

from typing import Literal

from intercom_iac.lazy_dataclass import dataclass

PublishedAs = Literal["tag", "attribute", "company tag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChange:
    """One segment in one form: `members` are to have it, `enter` of them have not, `leave` others have.

    `target` is the tag or the attribute, by its name in Intercom. `source` is where the members come from, None for
    the rule; of its rows `not_found` have no contact in the workspace, `ambiguous` have several, `rejected` have no
    key that works. `kept` others would leave, and stay since rows were rejected. `reach` is how many contacts or
    companies the workspace has, where none of them has it yet.
    """

    key: str
    published_as: PublishedAs
    members: int
    enter: int
    leave: int
    name: str = ""
    target: str = ""
    source: str | None = None
    not_found: int = 0
    ambiguous: int = 0
    rejected: int = 0
    kept: int = 0
    reach: int | None = None

    @property
    def carriers(self) -> int:
        """How many have it now."""
        return self.members - self.enter + self.leave + self.kept

    @property
    def concerned(self) -> int:
        """What a percentage of changes is of: how many are members or have it; the first time, how many there are."""
        return self.members + self.leave + self.kept if self.reach is None else self.reach

    @property
    def changes(self) -> int:
        return self.enter + self.leave
