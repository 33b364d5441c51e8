"""Segments that may get no new members: `policy.segments.no_new_members` of the project file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from intercom_iac.diagnostics.codes.breaking import segments as codes
from intercom_iac.model import Segment
from intercom_iac.model.address_patterns import pattern_covers
from intercom_iac.prover import Satisfiable

from ..change import SchemaChange, schema_change
from .member_change import MemberChange

_HINT = (
    "narrow the rule, so that whoever belongs to it belonged to it before; or agree on the change under `accept` in "
    "the project file"
)


def new_member_changes(
    pairs: Iterable[tuple[Segment, Segment]],
    members: Mapping[str, Sequence[MemberChange]],
    patterns: Sequence[str],
) -> Iterator[SchemaChange]:
    """A breaking change for each segment of these keys or patterns that somebody enters; nobody knows, counts too.

    A segment whose key changed is meant by either.
    """
    for before, after in pairs:
        pattern = next(
            (
                pattern
                for pattern in patterns
                if pattern_covers(pattern, before.address) or pattern_covers(pattern, after.address)
            ),
            None,
        )
        change = next((change for change in members.get(after.key, ()) if change.may_enter), None)
        if pattern is not None and change is not None:
            yield schema_change(
                codes.NEW_MEMBERS,
                after.address,
                _message(pattern, change),
                hint=_HINT,
                source=after.span,
                old_source=before.span,
                names_values=True,
                members=change,
            )


def _message(pattern: str, change: MemberChange) -> str:
    gate = f"`no_new_members` (`{pattern}`) lets nobody"
    if isinstance(change.enters, Satisfiable):
        return f"somebody enters, and {gate}"
    return f"whether anybody enters was not decided, which counts as if, and {gate}"
