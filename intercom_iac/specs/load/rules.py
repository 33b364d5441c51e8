"""Rules of segments -> predicates, and what an audience cannot express of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import InIntercomSegment, Predicate, Schema
from intercom_iac.text import Excerpt

from .declarations import Declarations
from .rule_fixes import offer_built_in_intercom, with_yaml_edits
from .unresolved import Unresolved


def compile_segment_rules(
    declared: Declarations, schema: Schema, unresolved: Unresolved
) -> tuple[Mapping[str, Predicate], list[Diagnostic]]:
    """The predicates of the segments' rules by key, against attributes and events of the schema.

    What is wrong with a rule only because of what is unresolved is left out: that has a diagnostic of its own.
    """
    known = {
        segment.name: InIntercomSegment(segment.name, segment.entry.name or segment.name, segment.span)
        for segment in declared.segments
        if segment.entry.has_unknown_rule
    }
    rules: dict[str, Excerpt] = {
        segment.name: segment.excerpt("rule") for segment in declared.segments if segment.name not in known
    }
    if not rules:
        return known, []
    # Here, since the grammar's library is heavy and many files hold no rule.
    from intercom_iac.rules import compile_rules

    archived = {
        segment.name: segment.span for segment in declared.segments if segment.entry.status == "archived"
    }
    predicates, diagnostics = compile_rules(rules, schema, archived, known)
    unexplained = (diagnostic for diagnostic in diagnostics if not unresolved.explains(diagnostic))
    told = with_yaml_edits(unexplained, declared.segments)
    return predicates, [*offer_built_in_intercom(told, declared.segments)]


def check_audiences(schema: Schema) -> Iterator[Diagnostic]:
    """What an audience cannot express of the rules that are published as one: a person has to build those."""
    from intercom_iac.compilers import to_audience

    for segment in schema.segments.values():
        if "audience" in segment.publish and segment.status != "archived":
            yield from to_audience(segment.typed_rule).diagnostics
