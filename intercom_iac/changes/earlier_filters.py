"""Audiences that have the filters of a rule as it was before an attribute took the place of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from intercom_iac.compilers import AudienceFilters, same_filters, to_audience
from intercom_iac.model import Attribute, LiveAttribute, LiveAudience, Schema


def has_earlier_filters(
    live: LiveAudience, filters: AudienceFilters | None, schema: Schema, attributes: Iterable[LiveAttribute]
) -> bool:
    """Whether an audience would have these filters if it read the attributes that take the place of those it reads.

    `attributes` are those of the workspace: the specs need not declare the old one.
    """
    successors = schema.successors()
    if not successors or filters is None:
        return False
    from intercom_iac.compilers.audience.decompile import predicate_of
    from intercom_iac.rules.moved import rule_on_successors

    replaced = {
        (attribute.model, attribute.name): Attribute(
            attribute.model, attribute.name, attribute.type, options=attribute.options
        )
        for attribute in attributes
        if (attribute.model, attribute.name) in successors
    }
    known = replace(schema, attributes=replaced | dict(schema.attributes))
    rule = predicate_of(AudienceFilters(live.predicates, live.role_predicates), known)
    moved = None if rule is None else rule_on_successors(rule, successors, merging=True)
    return moved is not None and same_filters(to_audience(moved).filters, filters)
