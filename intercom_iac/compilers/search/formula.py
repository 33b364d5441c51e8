"""Formulas over search filters, and their fit into two levels of groups.

A formula says which contacts a rule may hold for; it never says fewer. `ANYBODY` stands for what search cannot
decide. There is no negation: the filters have their own negated operators.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import ceil, prod
from typing import Any, Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.limits import MAX_SEARCH_FILTERS

Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Filter:
    """A single filter of POST /contacts/search. A list of values is a tuple here.

    `listable`: several of these on the field say the same as one with a list.
    """

    field: str
    operator: str
    value: Scalar | tuple[Scalar, ...]
    listable: bool = False

    def as_json(self) -> dict[str, Any]:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"field": self.field, "operator": self.operator, "value": value}


@dataclass(frozen=True, slots=True)
class Group:
    """All or any of the parts hold. All of none is anybody."""

    operator: Literal["AND", "OR"]
    parts: tuple[Formula, ...]


Formula = Filter | Group
ANYBODY = Group("AND", ())


def all_of(parts: Iterable[Formula]) -> Formula:
    """All hold; what anybody passes says nothing."""
    kept = tuple(part for part in parts if part is not ANYBODY)
    if not kept:
        return ANYBODY
    return kept[0] if len(kept) == 1 else Group("AND", kept)


def any_of(parts: Iterable[Formula]) -> Formula:
    """Any holds; where anybody passes one, anybody passes."""
    found = tuple(parts)
    if any(part is ANYBODY for part in found):
        return ANYBODY
    return found[0] if len(found) == 1 else Group("OR", found)


# --- two levels ---------------------------------------------------------------------------------------------

Operator = Literal["AND", "OR"]
# An inner group; the outer group of them has the other operator.
Inner = tuple[Filter, ...]

# Past this many inner groups a formula is weakened instead of multiplied out further.
_MOST_GROUPS = 64


def fit(formulas: Sequence[Formula]) -> tuple[Formula, tuple[bool, ...]]:
    """A formula of two levels within search's bounds that holds wherever all of the given ones do.

    With it, for each given formula, whether it was carried over whole: where all were, the two are equivalent.
    Any-of groups that all hold are tried first, then all-of groups of which any holds.
    """
    conjunction, kept = _conjunction(formulas)
    if not all(kept):
        groups, whole = _distribute(all_of(formulas), "OR")
        groups = _join([_merge_equals(group, "AND") for group in groups], "OR")
        if whole and all(0 < len(group) <= MAX_SEARCH_FILTERS for group in groups) and _has_room(groups):
            return _group(groups, "OR"), (True,) * len(formulas)
    return conjunction, kept


def _conjunction(formulas: Sequence[Formula]) -> tuple[Formula, tuple[bool, ...]]:
    """Any-of groups that all hold, as many as there is room for, formula by formula."""
    groups: list[Inner] = []
    kept: list[bool] = []
    for formula in formulas:
        clauses, whole = _distribute(formula, "AND")
        wanted = [_merge_equals(clause, "OR") for clause in clauses]
        fitting = [group for group in wanted if len(group) <= MAX_SEARCH_FILTERS]
        # So few have room however they go together.
        while len(groups) + len(fitting) > MAX_SEARCH_FILTERS and not _has_room(
            _join([*groups, *fitting], "AND")
        ):
            fitting.pop()
        kept.append(whole and len(fitting) == len(wanted))
        groups += fitting
    return _group(_join(groups, "AND"), "AND"), tuple(kept)


def _join(groups: Sequence[Inner], outer: Operator) -> list[Inner]:
    """The groups, each said once; those of a single filter drawn together where a list says the same."""
    singles = _merge_equals([group[0] for group in groups if len(group) == 1], outer)
    return [*((single,) for single in singles), *dict.fromkeys(group for group in groups if len(group) != 1)]


def _has_room(groups: Sequence[Inner]) -> bool:
    """Whether the groups fit into one: single filters share groups of their own."""
    singles = sum(len(group) == 1 for group in groups)
    return len(groups) - singles + ceil(singles / MAX_SEARCH_FILTERS) <= MAX_SEARCH_FILTERS


def _distribute(formula: Formula, outer: Operator) -> tuple[list[Inner], bool]:
    """The formula as inner groups under one outer operator, and whether they say all that it says.

    The groups always hold wherever the formula does. Anybody is no group under "AND", an empty one under "OR".
    """
    if isinstance(formula, Filter):
        return [(formula,)], True
    distributed = [_distribute(part, outer) for part in formula.parts]
    whole = all(complete for _, complete in distributed)
    lists = [groups for groups, _ in distributed]
    if formula.operator == outer:
        return [inner for groups in lists for inner in groups], whole
    if prod(map(len, lists)) > _MOST_GROUPS:
        # Of each part one group: under "AND" the part implies it; under "OR" the other parts are left out.
        whole = False
        lists = [[min(groups, key=len)] for groups in lists] if outer == "AND" else [min(lists, key=len)]
    return [
        tuple(dict.fromkeys(part for inner in groups for part in inner)) for groups in product(*lists)
    ], whole


def _merge_equals(filters: Sequence[Filter], operator: Operator) -> Inner:
    """The filters of a group, `=` of one field drawn together as `IN` (under "AND", `!=` as `NIN`)."""
    if len(filters) == 1:
        return (filters[0],)
    single, many = ("=", "IN") if operator == "OR" else ("!=", "NIN")
    values: dict[str, list[Scalar]] = {}
    for test in filters:
        if test.listable and test.operator in (single, many):
            given = test.value if isinstance(test.value, tuple) else (test.value,)
            values.setdefault(test.field, []).extend(given)
    found: dict[Filter, None] = {}
    for test in filters:
        if test.listable and test.operator in (single, many) and len(values[test.field]) > 1:
            test = Filter(test.field, many, tuple(dict.fromkeys(values[test.field])), listable=True)
        found[test] = None
    return tuple(found)


def _group(groups: Sequence[Inner], outer: Operator) -> Formula:
    """The groups under the outer operator. A group holds filters or groups, never both: where there are groups, or
    more single filters than one takes, the single ones stand in groups of the outer operator too."""
    singles = [group[0] for group in groups if len(group) == 1]
    several = [Group("OR" if outer == "AND" else "AND", group) for group in groups if len(group) > 1]
    if several or len(singles) > MAX_SEARCH_FILTERS:
        packs = (singles[at : at + MAX_SEARCH_FILTERS] for at in range(0, len(singles), MAX_SEARCH_FILTERS))
        several = [*(Group(outer, tuple(pack)) for pack in packs), *several]
        return several[0] if len(several) == 1 else Group(outer, tuple(several))
    return singles[0] if len(singles) == 1 else Group(outer, tuple(singles))


def filters_of(formula: Formula) -> Iterator[Filter]:
    """The filters of a formula, in their order."""
    if isinstance(formula, Filter):
        yield formula
    else:
        for part in formula.parts:
            yield from filters_of(part)


def as_json(formula: Formula) -> dict[str, Any]:
    """The query of a formula that fits; anybody has none."""
    if isinstance(formula, Filter):
        return formula.as_json()
    return {"operator": formula.operator, "value": [as_json(part) for part in formula.parts]}
