"""What a target cannot express: each compiler declares it as rows of data, its `UNSUPPORTED`.

A row is asked of a single test of a rule in normal form, or of `Not` before one. What no row is about, the compiler
expresses exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    ComparesFields,
    InIntercomSegment,
    Matches,
    Not,
    OnDay,
    SomeCompany,
    own_fields,
)


@dataclass(frozen=True, slots=True)
class Limitation:
    """Tests of these forms that a target cannot express, and the reason that is given at the clause.

    `negated` narrows it to the complements of such tests, or to the tests themselves; `when`, which is given the test
    with its `Not`, to some of them. In `reason`, `{field}` and `{operator}` are those of the test, `{other}` is the
    field that it compares `{field}` with, `{name}` that of the segment that it asks for.
    """

    forms: tuple[type[Predicate], ...]
    reason: str
    negated: bool | None = None
    when: Callable[[Predicate], bool] | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A test that the target cannot express: the test itself, without its `not`, and why."""

    test: Predicate
    reason: str


Limitations = Mapping[type[Predicate], tuple[Limitation, ...]]


def by_form(*limitations: Limitation) -> Limitations:
    """The rows of a target by the form that they are about, in the order in which they are asked."""
    forms = dict.fromkeys(form for limitation in limitations for form in limitation.forms)
    return MappingProxyType({form: tuple(row for row in limitations if form in row.forms) for form in forms})


def unsupported(node: Predicate, limitations: Limitations) -> Unsupported | None:
    """What a target with these limitations cannot express of a test, or of `Not` before one; None where it can.

    Of a company, it is what it cannot express of the company's own test.
    """
    test, negated = (node.part, True) if isinstance(node, Not) else (node, False)
    for limitation in limitations.get(type(test), ()):
        applies = limitation.negated is None or limitation.negated is negated
        if applies and (limitation.when is None or limitation.when(node)):
            return Unsupported(test, _reason(limitation, test))
    if isinstance(test, SomeCompany):
        inner = unsupported(test.rule, limitations)
        return None if inner is None else Unsupported(test, inner.reason)
    return None


def compares_fields(node: Predicate) -> bool:
    """Whether a test, or the one behind `Not`, is about two fields of the same owner: numbers, or dates."""
    test = node.part if isinstance(node, Not) else node
    return isinstance(test, ComparesFields) or (
        isinstance(test, OnDay) and isinstance(test.test, FIELD_DAY_TESTS)
    )


def _reason(limitation: Limitation, test: Predicate) -> str:
    if "{" not in limitation.reason:
        return limitation.reason
    names = [field.name for field in own_fields(test)] or [""]
    return limitation.reason.format(
        field=names[0],
        other=names[-1],
        operator=test.operator if isinstance(test, Matches) else "",
        name=test.name if isinstance(test, InIntercomSegment) else "",
    )
