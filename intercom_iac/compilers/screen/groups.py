"""Groups as the screen has them: filters in groups, and the groups beside each other, no deeper.

What a rule nests deeper is laid out by the distributive laws, as groups of which any filter has to match beside each
other that all have to, or the other way round, as long as that does not take too many filters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .filters import Filter, Form, Group, Lacking, Match, join, leaves

# Of how many filters a rule may be once it is laid out; with more, nobody would build it by hand.
MOST_FILTERS = 60
TOO_DEEP = "its groups do not nest so deep; as a segment of its own it would be one filter"

# To leave out what others make needless, each group is compared with each.
_MOST_COMPARED = 60

_Leaves = tuple[Filter | Lacking, ...]


def in_two_levels(form: Form) -> Form:
    """The form with no group inside of a group's group; what cannot be laid out is said to be lacking."""
    if not isinstance(form, Group) or _depth(form) <= 2:
        return form
    if _size(form) <= MOST_FILTERS:
        laid_out = [flat for match in _MATCHES if (flat := _lay_out(form, match)) is not None]
        if laid_out:
            return min(laid_out, key=_size)
    return _without_deep_parts(form)


_MATCHES: tuple[Match, ...] = ("all", "any")


def _without_deep_parts(form: Group) -> Group:
    return replace(
        form,
        parts=tuple(
            Lacking(part.clause(), TOO_DEEP) if isinstance(part, Group) and _depth(part) > 1 else part
            for part in form.parts
        ),
    )


def _depth(form: Form) -> int:
    return 1 + max(map(_depth, form.parts)) if isinstance(form, Group) else 0


def _size(form: Form) -> int:
    return sum(1 for _ in leaves(form))


def _lay_out(form: Group, outer: Match) -> Form | None:
    """Groups that match `outer`, whose filters match the other way; None where that takes too many filters."""
    groups = _groups(form, outer)
    if groups is None:
        return None
    inner: Match = "any" if outer == "all" else "all"
    return join(outer, (join(inner, group, form.clause) for group in groups), form.clause)


def _groups(form: Form, outer: Match) -> list[_Leaves] | None:
    """The filters of each group of the form laid out; None where there are too many."""
    if not isinstance(form, Group):
        return [(form,)]
    of_parts: list[list[_Leaves]] = []
    for part in form.parts:
        groups = _groups(part, outer)
        if groups is None:
            return None
        of_parts.append(groups)
    if form.match == outer:
        return _bounded(group for groups in of_parts for group in groups)
    combined: list[_Leaves] | None = [()]
    for groups in of_parts:
        combined = _bounded((*group, *other) for group in combined for other in groups)
        if combined is None:
            return None
    return combined


def _bounded(groups: Iterable[_Leaves]) -> list[_Leaves] | None:
    """The groups, each filter once in each, without those that hold all filters of another; None where there are too
    many filters."""
    distinct = list(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups))
    if len(distinct) <= _MOST_COMPARED:
        sets = [frozenset(group) for group in distinct]
        distinct = [
            group for group, own in zip(distinct, sets, strict=True) if not any(other < own for other in sets)
        ]
    return distinct if sum(map(len, distinct)) <= MOST_FILTERS else None
