"""Everything that is proved of the segments of specs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.address import segment_address
from intercom_iac.model.world import World
from intercom_iac.prover import Unsatisfiable, Witness
from intercom_iac.text import Span

from ..load.expansion import explain_values
from ..load.loading import Loaded
from ..load.rule_fixes import with_yaml_edits
from .clauses import ClauseProofs
from .companies import split_companies
from .questions import Questions
from .searching import searchable_tests
from .segment_pairs import pair_findings
from .segment_rules import SegmentRule, segment_rules
from .subjects import SubjectReader
from .whole_rules import unproved_finding, whole_rule_finding


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is proved. `unsplit` are the places of tests of companies that one company has to pass all."""

    findings: list[Diagnostic]
    unsplit: list[Span]


def prove_segments(loaded: Loaded, world: World) -> Proofs:
    """What is proved of each segment's rule, of its clauses, and of two segments."""
    declared = loaded.declared.segments
    every_rule = list(segment_rules(loaded.schema, declared))
    segments = [segment for segment in every_rule if segment.unproved is None]
    findings, unsplit = _Proving(Questions(world, [segment.rule for segment in segments])).prove(segments)
    findings += _unproved_findings(every_rule)
    explained = explain_values(with_yaml_edits(findings, declared), loaded.values)
    return Proofs(findings=list(explained), unsplit=unsplit)


class _Proving:
    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._reader = SubjectReader()
        self._clauses = ClauseProofs(questions, self._reader)

    def prove(self, segments: Iterable[SegmentRule]) -> tuple[list[Diagnostic], list[Span]]:
        findings: list[Diagnostic] = []
        unsplit: list[Span] = []
        ordinary: list[SegmentRule] = []
        for segment in segments:
            whole = whole_rule_finding(segment, self._questions)
            if whole is not None:
                findings += _about(segment, [whole])
            if whole is not None and whole.code != codes.UNDECIDED.id:
                # Nothing that is left to say of a rule for nobody or everybody is worth knowing.
                continue
            ordinary.append(segment)
            findings += _about(segment, self._clauses.findings(segment))
            findings += _about(segment, searchable_tests(segment, self._questions))
            for found, verdict, split in split_companies(segment, self._questions, _describe):
                if split is not None:
                    findings += _about(segment, [split])
                elif isinstance(verdict, Unsatisfiable):
                    unsplit += [test.span for test in found.tests if test.span is not None]
        findings += pair_findings(ordinary, self._questions, self._reader)
        return findings, unsplit


def _unproved_findings(rules: Iterable[SegmentRule]) -> Iterator[Diagnostic]:
    """One finding for all of which nothing is proved, at the first."""
    unproved = [segment for segment in rules if segment.unproved is not None]
    if unproved:
        yield from _about(unproved[0], [unproved_finding(unproved[0], len(unproved) - 1)])


def _about(segment: SegmentRule, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    return (replace(finding, subject=segment_address(segment.key)) for finding in findings)


def _describe(witness: Witness, rule: Predicate) -> str:
    from intercom_iac.prover import describe_witness

    return describe_witness(witness, [rule])
