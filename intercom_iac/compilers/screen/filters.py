"""Filters on the screen, and groups of them: what a rule becomes before it is put into steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass

from .vocabulary import OPERATORS, Kind, Operator, is_true_of_unknown

Match = Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: `subject` are the words that lead to it, `("Company data", "Plan")`; `value` what is typed in.

    `doubts` say what is not certain of it, besides what the vocabulary says of its operator.
    """

    subject: tuple[str, ...]
    kind: Kind
    operator: Operator
    value: str | None = None
    doubts: tuple[str, ...] = ()

    def uncertainties(self) -> tuple[str, ...]:
        """All that is not certain of the filter."""
        doubt = OPERATORS[self.kind][self.operator].doubt
        return self.doubts if doubt is None else (doubt, *self.doubts)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A clause that the screen cannot express, as a rule says it, and why."""

    clause: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Filters of which all or any have to match. Two parts or more; a part is never a group that matches alike.

    `clause` is the text of the rule that the group stands for.
    """

    match: Match
    parts: tuple[Form, ...]
    clause: Callable[[], str] = field(compare=False, repr=False)


Form = Filter | Lacking | Group


def join(match: Match, parts: Iterable[Form], clause: Callable[[], str]) -> Form:
    """All or any of the parts, groups that match alike laid out flat and filters left out that repeat another; of one
    part, that one."""
    flat: list[Form] = []
    seen: set[Filter | Lacking] = set()
    for part in parts:
        for form in part.parts if isinstance(part, Group) and part.match == match else (part,):
            if isinstance(form, Group):
                flat.append(form)
            elif form not in seen:
                seen.add(form)
                flat.append(form)
    return flat[0] if len(flat) == 1 else Group(match, tuple(flat), clause)


def leaves(form: Form) -> Iterator[Filter | Lacking]:
    """The filters of a form, and the clauses it lacks, in their order."""
    if isinstance(form, Group):
        for part in form.parts:
            yield from leaves(part)
    else:
        yield form


def map_filters(form: Form, change: Callable[[Filter], Filter]) -> Form:
    """The form with each filter changed."""
    match form:
        case Group(parts=parts):
            return replace(form, parts=tuple(map_filters(part, change) for part in parts))
        case Filter():
            return change(form)
        case Lacking():
            return form


def takes_unknown(form: Form) -> bool:
    """Whether it holds where no value that it asks for is known, as for a person without a company."""
    match form:
        case Group(match="all", parts=parts):
            return all(map(takes_unknown, parts))
        case Group(parts=parts):
            return any(map(takes_unknown, parts))
        case Filter(operator=operator):
            return is_true_of_unknown(operator)
        case Lacking():
            return False
