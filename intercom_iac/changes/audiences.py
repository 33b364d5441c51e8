"""The fields of an audience, which a segment publishes."""

from __future__ import annotations

from collections.abc import Iterable

from intercom_iac.compilers import AudienceFilters
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import AudiencePredicate, LiveAudience

from .row import FieldRow, PlanRisk


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredAudience:
    """The audience that a segment declares; `filters` None where the API cannot express its rule."""

    name: str
    filters: AudienceFilters | None


def _filters(predicates: Iterable[AudiencePredicate]) -> list[dict[str, str]]:
    return [predicate.as_json() for predicate in predicates]


def _sorted_filters(filters: list[dict[str, str]] | None) -> list[tuple[tuple[str, str], ...]]:
    """Filters all have to hold, so their order says nothing."""
    return sorted(tuple(sorted(predicate.items())) for predicate in filters or ())


_FILTERS_RISK = PlanRisk(
    risk="caution", reason="its filters differ from the rule: who Fin may talk to changes"
)
NAME: FieldRow[DeclaredAudience, LiveAudience] = FieldRow(
    key="name",
    declared=lambda audience: audience.name,
    live=lambda audience: audience.name,
    created=lambda audience: audience.name,
    risk=lambda before, _: PlanRisk(risk="caution", reason=f"renamed from `{before}`"),
    impacts=None,
)
PREDICATES: FieldRow[DeclaredAudience, LiveAudience] = FieldRow(
    key="predicates",
    declared=lambda audience: audience.filters and _filters(audience.filters.predicates),
    live=lambda audience: _filters(audience.predicates),
    created=lambda audience: audience.filters and _filters(audience.filters.predicates),
    canonical=_sorted_filters,
    risk=lambda _, __: _FILTERS_RISK,
    impacts=None,
)
ROLE_PREDICATES: FieldRow[DeclaredAudience, LiveAudience] = FieldRow(
    key="role_predicates",
    declared=lambda audience: audience.filters and _filters(audience.filters.role_predicates),
    live=lambda audience: _filters(audience.role_predicates),
    created=lambda audience: audience.filters and _filters(audience.filters.role_predicates),
    canonical=_sorted_filters,
    risk=lambda _, __: _FILTERS_RISK,
    impacts=None,
)

FIELDS: tuple[FieldRow[DeclaredAudience, LiveAudience], ...] = (NAME, PREDICATES, ROLE_PREDICATES)
