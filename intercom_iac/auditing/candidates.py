"""Attributes that could be archived, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import LiveAttribute, Sample, Snapshot
from intercom_iac.model.fill import Fill

from .code_use import CodeUse
from .readers import join_readers
from .samples.values import AttributeValues, read_values

HARDLY_FILLED = 0.05
"""Below this share of the sample an attribute is hardly filled."""
LONG_UNSEEN = 180
"""Days after which those that have a value of an attribute were not seen for long."""
SECONDS_OF_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An active attribute that could be archived, and why.

    `last_filled` is when the most recently seen of those with a value was seen, in Unix seconds; None where nobody in
    the sample has one. `read_by` are the addresses of what would break: what is known to read it. `code_places` is
    where code names it, None where no code was read.
    """

    attribute: LiveAttribute
    fill: Fill
    last_filled: int | None
    read_by: tuple[str, ...]
    reasons: tuple[str, ...]
    code_places: tuple[str, ...] | None = None


def archive_candidates(
    snapshot: Snapshot, sample: Sample, read_by: Mapping[str, Sequence[str]]
) -> tuple[Candidate, ...]:
    """The active attributes that are hardly filled or long unseen in the sample, the best to archive first.

    First come those that nothing is known to read, then the least filled, then the longest unseen. `read_by` maps the
    address of an attribute to its known readers, as `Schema.needed_by()` does; audiences of the workspace are added.
    Of contacts or companies of which none was sampled, the fill is not known: there an attribute is a candidate where
    `read_by` knows of readers and none of it.
    """
    return rank_candidates(read_values(snapshot, sample), snapshot, read_by)


def rank_candidates(
    attributes: Iterable[AttributeValues],
    snapshot: Snapshot,
    read_by: Mapping[str, Sequence[str]],
    code: CodeUse | None = None,
) -> tuple[Candidate, ...]:
    """The same of attributes whose sampled values are read already.

    `code` makes candidates of those that neither code nor rules use, however well they are filled, and puts those
    that code names behind the others.
    """
    readers = join_readers(snapshot, read_by)
    found: list[Candidate] = []
    for values in attributes:
        reading = readers.get(values.address, ())
        reasons = tuple(_reasons(values))
        if code is not None and values.address in code.unused and not reading:
            reasons = (*reasons, f"no code in {code.files_text} names it")
        if not values.fill.of and read_by and not reading:
            reasons = ("nothing that is known reads it",)
        if reasons:
            candidate = Candidate(
                attribute=values.attribute,
                fill=values.fill,
                last_filled=values.last_seen,
                read_by=reading,
                reasons=reasons,
                code_places=None if code is None else tuple(code.places.get(values.address, ())),
            )
            found.append(candidate)
    return tuple(sorted(found, key=_rank))


def days_unseen(seen: int | None, newest: int | None) -> int | None:
    """Days between the last sight of a value and that of anybody; None where either is not known."""
    return None if seen is None or newest is None else max(0, newest - seen) // SECONDS_OF_DAY


def _reasons(values: AttributeValues) -> Iterator[str]:
    fill = values.fill
    if not fill.of:
        return
    if not fill.filled:
        yield f"none of {fill.of:,} has a value"
    elif fill.rate < HARDLY_FILLED:
        yield f"{fill.filled:,} of {fill.of:,} have a value"
    days = days_unseen(values.last_seen, values.newest)
    if days is not None and days >= LONG_UNSEEN:
        yield f"nobody who has a value was seen in the last {days:,} days of the sample"


def _rank(candidate: Candidate) -> tuple[bool, bool, float, int, str]:
    return (
        bool(candidate.read_by),
        bool(candidate.code_places),
        candidate.fill.rate,
        candidate.last_filled or 0,
        candidate.attribute.address,
    )
