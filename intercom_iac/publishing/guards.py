"""Whether a publish may be carried out: how much it changes, and whose the tag is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from intercom_iac.diagnostics import Diagnostic, UnsafePlan
from intercom_iac.diagnostics.codes import published as codes

from .membership import MembershipChange
from .publications import Publication


def refuse_if_unsafe(
    changes: Sequence[tuple[Publication, MembershipChange]],
    *,
    max_change_percent: float | None,
    published_tags: Collection[str] = (),
) -> None:
    """Raises `UnsafePlan` with every reason at once.

    `published_tags` are the ids of tags that this project has published before, as far as this machine knows.
    """
    found = [
        finding
        for publication, change in changes
        for finding in (
            *_too_many(publication, change, max_change_percent),
            *_somebody_elses(publication, change, published_tags),
        )
    ]
    if found:
        raise UnsafePlan("the members are not safe to write", diagnostics=found)


def _too_many(
    publication: Publication, change: MembershipChange, max_percent: float | None
) -> Iterator[Diagnostic]:
    if max_percent is None or 100 * change.changes <= max_percent * change.concerned:
        return
    # A single one is a decision, not an accident: only 0 forbids it.
    if change.changes == 1 and max_percent > 0:
        return
    # People come and go while they are read.
    share = 100 * change.changes / max(change.concerned, change.changes)
    of = (
        "who are or were members" if change.reach is None else f"{publication.carriers}, none of which had it"
    )
    yield codes.TOO_MANY_CHANGES.at(
        publication.segment.span,
        f"`{change.key}` ({change.published_as}): {change.enter:,} enter and {change.leave:,} leave, of "
        f"{change.concerned:,} {of} ({share:.0f}%), and the project allows {max_percent:g}%",
        hint="raise `safety.max_change_percent` in the project file if that is meant",
    )


def _somebody_elses(
    publication: Publication, change: MembershipChange, published_tags: Collection[str]
) -> Iterator[Diagnostic]:
    """A tag most of whose carriers are no members was most likely put on them by somebody else."""
    if publication.tag_id is None or publication.segment.adopt or publication.tag_id in published_tags:
        return
    if 2 * change.leave <= change.carriers:
        return
    yield codes.NOT_ITS_OWN.at(
        publication.segment.span,
        f"the tag `{change.target}` is on {change.carriers:,} {publication.carriers}, of whom {change.leave:,} are "
        f"not in `{change.key}`: they would lose what somebody else may have given them",
        hint="where they are to lose it, write `adopt: true` at the segment; else give it another `name`",
    )
