"""Typed rule -> the filters of an audience, where a list of filters that all hold can say it."""

from __future__ import annotations

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import AudiencePredicate, Predicate
from intercom_iac.model.predicate import And
from intercom_iac.rules.normal import normal_form

from ..limitations import unsupported
from .limitations import ROLE_ONCE, UNSUPPORTED
from .vocabulary import filters_of, roles_of

_LONGEST = 60
_WAY_OUT = "publish it as a tag, or build the audience by hand"


@dataclass(frozen=True, slots=True)
class AudienceFilters:
    """`predicates` all hold, and the contact has one of the roles, any where none is named."""

    predicates: tuple[AudiencePredicate, ...] = ()
    role_predicates: tuple[AudiencePredicate, ...] = ()


@dataclass(frozen=True, slots=True)
class AudienceResult:
    """The filters, or None where an audience cannot express the rule; then `diagnostics` say why, at the clause."""

    filters: AudienceFilters | None
    diagnostics: tuple[Diagnostic, ...] = ()


def to_audience(predicate: Predicate) -> AudienceResult:
    """The rule as an audience's filters: a conjunction of tests of the vocabulary, nothing else."""
    rule = normal_form(predicate)
    tests: list[AudiencePredicate] = []
    roles: list[tuple[str, ...]] = []
    diagnostics: list[Diagnostic] = []
    for part in rule.parts if isinstance(rule, And) else (rule,):
        if asked := roles_of(part):
            roles.append(asked)
        elif filters := filters_of(part):
            tests += filters
        else:
            lacking = unsupported(part, UNSUPPORTED)
            assert lacking is not None, f"nothing says why {type(part).__name__} is no filter"
            diagnostics.append(_not_in_audience(part, lacking.reason))
        if len(set(roles)) > 1:
            diagnostics.append(_not_in_audience(part, ROLE_ONCE))
            roles.pop()
    if diagnostics:
        return AudienceResult(None, tuple(diagnostics))
    role_tests = (AudiencePredicate("role", "role", "eq", role) for role in (roles[0] if roles else ()))
    return AudienceResult(AudienceFilters(tuple(tests), tuple(role_tests)))


def _not_in_audience(part: Predicate, reason: str) -> Diagnostic:
    """The diagnostic at a clause that is no filter."""
    clause = "this" if part.span is None else f"`{_shorten(part.span.text)}`"
    message = f"an audience cannot express {clause}: {reason}"
    return lint.NOT_IN_AUDIENCE.at(part.span, message, hint=_WAY_OUT)


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
