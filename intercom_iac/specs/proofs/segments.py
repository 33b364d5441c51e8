"""Everything that is proved of the segments of specs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Predicate
from intercom_iac.model.address import segment_address
from intercom_iac.model.predicate import Not
from intercom_iac.model.world import World
from intercom_iac.prover import Unsatisfiable, Witness, decide, describe_witness
from intercom_iac.text import Span

from ..load.expansion import explain_values
from ..load.loading import Loaded
from ..load.rule_fixes import with_yaml_edits
from .clauses import ClauseProofs
from .companies import split_companies
from .searching import searchable_tests
from .segment_pairs import find_inclusions, pair_findings
from .segment_rules import SegmentRule, segment_rules
from .subjects import SubjectReader
from .whole_rules import Decide, decide_rule, whole_rule_finding


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is proved. `unsplit` are the places of tests of companies that one company has to pass all."""

    findings: list[Diagnostic]
    unsplit: list[Span]


def prove_segments(loaded: Loaded, world: World) -> Proofs:
    """What is proved of each segment's rule, of its clauses, and of two segments."""
    declared = loaded.declared.segments
    segments = list(segment_rules(loaded.schema, declared))
    findings, unsplit = _Proving(partial(decide, world=world)).prove(segments)
    explained = explain_values(with_yaml_edits(findings, declared), loaded.values)
    return Proofs(findings=list(explained), unsplit=unsplit)


class _Proving:
    def __init__(self, decide: Decide) -> None:
        self._decide = decide
        self._reader = SubjectReader()
        self._constant: dict[Predicate, bool] = {}
        self._clauses = ClauseProofs(decide, self._reader, self._is_constant)

    def prove(self, segments: Iterable[SegmentRule]) -> tuple[list[Diagnostic], list[Span]]:
        findings: list[Diagnostic] = []
        unsplit: list[Span] = []
        ordinary: list[SegmentRule] = []
        for segment in segments:
            verdicts = decide_rule(segment, self._decide)
            whole = whole_rule_finding(verdicts)
            if whole is not None:
                findings += _about(segment, [whole])
            if verdicts.relation.name in ("never", "always"):
                continue
            ordinary.append(segment)
            findings += _about(segment, self._clauses.findings(segment))
            findings += _about(segment, searchable_tests(segment, self._decide))
            for found, verdict, split in split_companies(segment, self._decide, _describe):
                if split is not None:
                    findings += _about(segment, [split])
                elif isinstance(verdict, Unsatisfiable):
                    unsplit += [test.span for test in found.tests if test.span is not None]
        inclusions = find_inclusions(ordinary, self._decide, self._reader)
        findings += pair_findings(ordinary, inclusions)
        return findings, unsplit

    def _is_constant(self, clause: Predicate) -> bool:
        if clause not in self._constant:
            self._constant[clause] = any(
                isinstance(self._decide(rule), Unsatisfiable) for rule in (clause, Not(clause))
            )
        return self._constant[clause]


def _about(segment: SegmentRule, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    return (replace(finding, subject=segment_address(segment.key)) for finding in findings)


def _describe(witness: Witness, rule: Predicate) -> str:
    return describe_witness(witness, [rule])
