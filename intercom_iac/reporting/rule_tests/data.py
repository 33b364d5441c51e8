"""Tests of segments as JSON, `format_version` "1.0"; test.schema.json, beside what runs them, describes it."""

from __future__ import annotations

from typing import Any

from intercom_iac.model import Predicate
from intercom_iac.model.address import segment_address
from intercom_iac.model.world import World
from intercom_iac.prover import describe_witness, encode_witness
from intercom_iac.rules.mutants import Mutant, clause_text, mutant_text
from intercom_iac.specs.contracts import (
    JudgedRule,
    ProposedSegmentTests,
    ProposedTests,
    SegmentMutations,
    SegmentTestResult,
    Survivor,
    TestedSegments,
    entry_of_test,
    percent,
)
from intercom_iac.text import Span


def tested_json(tested: TestedSegments) -> dict[str, Any]:
    """Each test of each segment, whether it passes, and the clauses that decided it."""
    results = [result for results in tested.results.values() for result in results]
    passed = sum(result.passed for result in results)
    return {
        **_head(tested.world),
        "summary": {
            "segments": len(tested.results),
            "without_tests": sum(not results for results in tested.results.values()),
            "tests": len(results),
            "passed": passed,
            "failed": len(results) - passed,
        },
        "segments": [
            {"key": key, "address": segment_address(key), "tests": [_result(result) for result in of_segment]}
            for key, of_segment in tested.results.items()
        ],
    }


def _result(result: SegmentTestResult) -> dict[str, Any]:
    run = result.run
    return {
        "number": result.number,
        "name": result.test.name,
        "passed": result.passed,
        "member": result.test.member,
        "is_member": None if run is None else run.is_member,
        "today": None if run is None else run.today.isoformat(),
        "decided_by": []
        if run is None
        else [
            {
                "text": clause_text(decided.clause),
                "holds": decided.holds,
                "source": _source(decided.clause.span),
            }
            for decided in run.decided_by
        ],
        "code": None if result.finding is None else result.finding.code,
        "message": None if result.finding is None else result.finding.message,
        "source": _source(result.test.span),
    }


def proposed_json(proposed: ProposedSegmentTests, *, written: bool) -> dict[str, Any]:
    """The tests to add, as data of the spec format, with what each shows; and the files with them."""
    return {
        **_head(proposed.world),
        "written": written,
        "files": [{"file": file.path, "text": file.after} for file in proposed.files],
        "segments": [_proposal_data(key, of_segment) for key, of_segment in proposed.proposed.items()],
        "built_in_intercom": list(proposed.built_in_intercom),
    }


def _proposal_data(key: str, proposed: ProposedTests) -> dict[str, Any]:
    return {
        "key": key,
        "address": segment_address(key),
        "covered": proposed.covered,
        "tests": [
            {
                "entry": entry_of_test(test.test),
                "member": test.test.member,
                "shows": list(test.shows),
                "witness": encode_witness(test.witness),
            }
            for test in proposed.tests
        ],
        "undecided": [{"shows": name, "reason": reason} for name, reason in proposed.undecided],
        "untold": list(proposed.untold),
        "left_out": proposed.left_out,
    }


def mutations_json(mutations: SegmentMutations) -> dict[str, Any]:
    """The score, and each mistake that no test notices with the person who would."""
    return {
        **_head(mutations.world),
        "summary": {
            "segments": len(mutations.judged),
            "mutants": sum(len(judged.judged) + judged.left_out for judged in mutations.judged.values()),
            "killed": mutations.count("killed"),
            "survived": mutations.count("survived"),
            "equivalent": mutations.count("equivalent"),
            "unknown": mutations.count("unknown"),
            "not_tried": mutations.left_out,
            "score": mutations.score,
        },
        "segments": [
            _mutation_data(key, judged, mutations.failing.get(key, 0))
            for key, judged in mutations.judged.items()
        ],
        "built_in_intercom": list(mutations.built_in_intercom),
    }


def _mutation_data(key: str, judged: JudgedRule, failing: int) -> dict[str, Any]:
    return {
        "key": key,
        "address": segment_address(key),
        "mutants": len(judged.judged) + judged.left_out,
        "killed": judged.count("killed"),
        "survived": judged.count("survived"),
        "equivalent": judged.count("equivalent"),
        "unknown": judged.count("unknown"),
        "not_tried": judged.left_out,
        "score": percent(judged.count("killed"), judged.counted),
        "failing_tests": failing,
        "survivors": [_survivor(survivor, judged.rule) for survivor in judged.survivors],
        "undecided": [
            {**_mutant(mutant.mutant), "reason": mutant.reason}
            for mutant in judged.judged
            if mutant.outcome == "unknown"
        ],
    }


def _survivor(survivor: Survivor, rule: Predicate) -> dict[str, Any]:
    mutant = survivor.judged.mutant
    return {
        **_mutant(mutant),
        "member": survivor.member,
        "person": describe_witness(survivor.witness, [rule, mutant.rule]),
        "entry": None if survivor.test is None else entry_of_test(survivor.test),
        "witness": encode_witness(survivor.witness),
    }


def _mutant(mutant: Mutant) -> dict[str, Any]:
    becomes = mutant.variation.becomes
    return {
        "kind": mutant.kind,
        "change": mutant_text(mutant.variation),
        "clause": clause_text(mutant.clause),
        "becomes": None if becomes is None else clause_text(becomes),
        "rule": clause_text(mutant.rule),
        "source": _source(mutant.clause.span),
    }


def _head(world: World) -> dict[str, Any]:
    return {"format_version": "1.0", "today": world.first.isoformat(), "timezone": world.zone}


def _source(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"file": span.file.path, "line": span.line, "column": span.column}
