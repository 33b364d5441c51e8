"""What drifted: a finding for each thing that the workspace has otherwise than the specs say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from intercom_iac.changes import Difference
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import LiveAttribute, LiveAudience, LiveSegment
from intercom_iac.text import Span

Kind = Literal["changed", "missing", "archived", "restored", "unmanaged", "undeclared", "edited", "near_cap"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Confidence = Literal["certain", "likely", "unknown"]
Thing = Literal["attribute", "event", "segment", "audience", "tag"]
Since = Literal["new", "before"]


@dataclass(frozen=True, slots=True)
class FieldDrift:
    """A field: what the specs say, and what the workspace has. Values are plain data; None is no value."""

    path: str
    specs: Any
    workspace: Any


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people a segment has, and how many the search finds that its rule compiles to.

    `exact`: the search finds whom the rule selects, and nobody else; otherwise it finds more, if anybody.
    """

    segment: int | None
    search: int
    exact: bool

    @property
    def contradict(self) -> bool:
        """Whether no segment with this rule can have so many people, were the counts of one moment."""
        if self.segment is None:
            return False
        return self.segment != self.search if self.exact else self.segment > self.search

    @property
    def agree(self) -> bool:
        """Whether they say that the segment has this rule: as many people, and not nobody."""
        return self.exact and self.segment == self.search and self.search > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that drifted.

    `thing` says what it is in the workspace: a segment of the specs may be an audience and a tag there. `confidence`
    is of the finding as a whole. `since`: whether it was made after the revision, where that is known; `created_at`
    in Unix seconds. `live` is what the workspace has, where it has it. `source` is where the specs declare it.
    """

    address: str
    kind: Kind
    thing: Thing
    reason: str
    confidence: Confidence = "certain"
    fields: tuple[FieldDrift, ...] = ()
    hint: str | None = None
    source: Span | None = None
    since: Since | None = None
    created_at: int | None = None
    counts: Counts | None = None
    name: str = ""
    live: LiveAttribute | LiveSegment | LiveAudience | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Unverified:
    """What was not looked at, or cannot be known, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When the specs were written down that the workspace is compared with.

    `name` is what people call the revision. `committed_at` is its time in Unix seconds, None of files as they are.
    """

    name: str
    committed_at: int | None = None

    def since(self, created_at: int | None) -> Since | None:
        if created_at is None or self.committed_at is None:
            return None
        return "new" if created_at >= self.committed_at else "before"


def field_drifts(differences: Iterable[Difference]) -> tuple[FieldDrift, ...]:
    """The differences of a comparison with the workspace, whose `before` is what the workspace has."""
    return tuple(
        FieldDrift(path=difference.key, specs=difference.after, workspace=difference.before)
        for difference in differences
    )


def time_text(seconds: int | None) -> str | None:
    """Unix seconds as people read them, in UTC; None for no time, and for one beyond the calendar."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, OSError, ValueError):
        return None
