"""What publishing a segment changes: how many enter, how many leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PublishedAs = Literal["tag", "attribute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChange:
    """One segment in one form: `members` are to have it, `enter` of them have not, `leave` others have."""

    key: str
    published_as: PublishedAs
    members: int
    enter: int
    leave: int
