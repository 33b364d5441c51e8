"""Whether a publish may be carried out: how much it changes, and whose the tag is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from intercom_iac.diagnostics import Diagnostic, UnsafePlan
from intercom_iac.diagnostics.codes import published as codes
from intercom_iac.model.address import attribute_address
from intercom_iac.model.schema import addresses_read
from intercom_iac.planning import Replacement
from intercom_iac.planning.replacements import copy_command

from .membership import MembershipChange
from .publications import Publication


def refuse_if_unsafe(
    changes: Sequence[tuple[Publication, MembershipChange]],
    *,
    max_change_percent: float | None,
    published_tags: Collection[str] = (),
    uncopied: Mapping[str, Replacement],
) -> None:
    """Raises `UnsafePlan` with every reason at once.

    `published_tags` are the ids of tags that this project has published before, as far as this machine knows.
    `uncopied` are attributes that take the place of others whose values they do not have yet, by their addresses.
    """
    found = [
        finding
        for publication, change in changes
        for finding in (
            *_too_many(publication, change, max_change_percent),
            *_somebody_elses(publication, change, published_tags),
            *_without_values(publication, change, uncopied),
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


def _without_values(
    publication: Publication, change: MembershipChange, uncopied: Mapping[str, Replacement]
) -> Iterator[Diagnostic]:
    """An attribute that is still empty makes a rule true or false of everybody."""
    segment = publication.segment
    if not change.changes or segment.source is not None:
        return
    read = [uncopied[address] for address in addresses_read(segment.typed_rule) if address in uncopied]
    for replacement in dict.fromkeys(read):
        new, old, copies = replacement.new, replacement.old, replacement.copies
        missing = (
            f"{copies.of - copies.copied:,} of the {copies.of:,} contacts that have `{old.name}` have no "
            f"`{new.name}` yet"
            if copies is not None
            else f"nothing tells whether the values of `{old.name}` are on `{new.name}` yet"
        )
        yield codes.NOT_COPIED.at(
            segment.span,
            f"`{change.key}` ({change.published_as}): {change.enter:,} enter and {change.leave:,} leave by a rule "
            f"that reads `{new.name}`, and {missing}",
            hint=f"`intercom-iac {copy_command(new)}` copies them; where some are to stay behind, give "
            f"`{attribute_address(old.model, old.name)}` `status: archived`",
        )
