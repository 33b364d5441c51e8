"""What tells that a person edited what they built: when it was saved, and how many people it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import LiveAudience, LiveSegment

from ..finding import Counts, time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEvidence:
    """What is known of segments beside their names.

    `counts` are of those that were counted, by address; of one that is gone, without its own count. `changed_at` is
    when the specs last changed the entry at an address, in Unix seconds; empty where that is not known.
    """

    counts: Mapping[str, Counts]
    changed_at: Mapping[str, int]


def was_saved_again(live: LiveSegment | LiveAudience, changed_at: int | None) -> bool:
    """Whether it was saved after it was made, and after the specs last changed."""
    created, updated = live.history.created_at, live.history.updated_at
    return changed_at is not None and updated is not None and updated > max(changed_at, created or 0)


def is_empty_yet(live: LiveSegment, counts: Counts | None) -> bool:
    """Whether a segment was never saved again and has nobody, though its rule finds people.

    They enter a segment when they are next updated or seen (help articles 324 and 2578258).
    """
    return counts is not None and counts.segment == 0 and counts.search > 0 and not was_saved_again(live, 0)


def evidence_words(live: LiveSegment | LiveAudience, counts: Counts | None, *, saved: bool) -> Iterator[str]:
    if saved:
        yield f"saved {time_text(live.history.updated_at)}, after the specs last changed it"
    if counts is None or counts.segment is None:
        yield "its people were not counted"
        return
    search = (
        "the search of its rule finds exactly" if counts.exact else "the search of its rule, a bound, finds"
    )
    yield f"it has {counts.segment:,} people, and {search} {counts.search:,}; counts can lag"
