"""Tests of segments, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.model import Predicate
from intercom_iac.model.short_person import SegmentTest
from intercom_iac.prover import describe_witness
from intercom_iac.rules.mutants import mutant_text
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
from intercom_iac.text import brief_text, printable
from intercom_iac.yaml.editing.writing import flow_text

from ..diagnostics.terminal import diagnostics_text
from ..kit.columns import wrap_text
from ..kit.styles import style
from .deciding import member_sentence


def tested_text(tested: TestedSegments, width: int) -> str:
    """A line for each test, with the clauses that decided it; then those that fail, underlined, and a summary."""
    return "\n".join(_tested_lines(tested, width))


def _tested_lines(tested: TestedSegments, width: int) -> Iterator[str]:
    for key, results in tested.results.items():
        if not results:
            continue
        yield style(printable(key), bold=True)
        for result in results:
            yield from _result_lines(result, width)
        yield ""
    findings = [
        result.finding
        for results in tested.results.values()
        for result in results
        if result.finding is not None
    ]
    if findings:
        yield diagnostics_text(findings, styled=True)
    yield _tested_summary(tested)


def _result_lines(result: SegmentTestResult, width: int) -> Iterator[str]:
    word = style("pass", fg="green") if result.passed else style("FAIL", fg="red", bold=True)
    name = f"test {result.number}" if result.test.name is None else brief_text(result.test.name)
    said = "cannot be run" if result.run is None else member_sentence(result.run)
    first, *rest = wrap_text(printable(f"{name}: {said}"), max(width - 8, 30))
    yield f"  {word}  {first}"
    yield from (f"        {line}" for line in rest)


def _tested_summary(tested: TestedSegments) -> str:
    results = [result for results in tested.results.values() for result in results]
    passed = sum(result.passed for result in results)
    without = sum(not results for results in tested.results.values())
    segments = len(tested.results) - without
    counts = f"{_count(len(results), 'test')} of {_count(segments, 'segment')}: {passed} passed"
    failed = f", {len(results) - passed} failed" if passed < len(results) else ""
    missing = f"; {_count(without, 'segment')} without tests" if without else ""
    return f"{counts}{failed}{missing}"


# --- proposed -----------------------------------------------------------------------------------------------


def proposed_text(proposed: ProposedSegmentTests, width: int) -> str:
    """For each segment how many tests are proposed and what no test can show, for beside the diff of its file."""
    return "\n".join(_proposed_lines(proposed, width))


def _proposed_lines(proposed: ProposedSegmentTests, width: int) -> Iterator[str]:
    for key, of_segment in proposed.proposed.items():
        yield f"{style(printable(key), bold=True)}: {_proposed_summary(of_segment)}"
        for name, reason in of_segment.undecided:
            yield from _wrapped_lines(f"not decided: {name}: {reason}", width, 2)
        for name in of_segment.untold:
            yield from _wrapped_lines(f"cannot be told by the days of a test: {name}", width, 2)
    if proposed.built_in_intercom:
        yield from _wrapped_lines(_built_in_intercom(proposed.built_in_intercom), width, 0)


def _proposed_summary(proposed: ProposedTests) -> str:
    count = len(proposed.tests)
    summary = f"{_count(count, 'test')} to add" if count else "its tests show every clause on both sides"
    if not count and (proposed.undecided or proposed.untold or proposed.left_out):
        summary = "no test to add"
    if proposed.left_out:
        summary += f"; cut short: {proposed.left_out} more edges and mistakes were not looked at"
    return summary


# --- mistakes -----------------------------------------------------------------------------------------------


def mutations_text(mutations: SegmentMutations, width: int) -> str:
    """For each segment its score, and each mistake that no test notices, with the person who would."""
    return "\n".join(_mutations_lines(mutations, width))


def _mutations_lines(mutations: SegmentMutations, width: int) -> Iterator[str]:
    for key, judged in mutations.judged.items():
        yield f"{style(printable(key), bold=True)}: {_score_text(judged)}"
        for survivor in judged.survivors:
            yield from _survivor_lines(survivor, judged.rule, width)
        for mutant in judged.judged:
            if mutant.outcome == "unknown":
                text = f"not known  {mutant_text(mutant.mutant.variation)}: {mutant.reason}"
                yield from _wrapped_lines(text, width, 2)
        if failing := mutations.failing.get(key):
            yield from _wrapped_lines(_failing_text(failing, key), width, 2)
        if judged.survivors:
            yield ""
    if mutations.built_in_intercom:
        yield from _wrapped_lines(_built_in_intercom(mutations.built_in_intercom), width, 0)
    yield _mutations_summary(mutations)


def _failing_text(failing: int, key: str) -> str:
    notice = "1 test fails, and notices" if failing == 1 else f"{failing} tests fail, and notice"
    return f"{notice} nothing; see `segment test {key}`"


def _score_text(judged: JudgedRule) -> str:
    killed, counted = judged.count("killed"), judged.counted
    score = percent(killed, counted)
    text = (
        "no mistake in it can be noticed"
        if score is None
        else f"{score:g}%, {killed} of {counted} mistakes noticed"
    )
    colour = "green" if killed == counted else "yellow" if killed else "red"
    return style(text, fg=colour) + _uncounted_words(
        judged.count("equivalent"), judged.count("unknown"), judged.left_out
    )


def _uncounted_words(equivalent: int, unknown: int, left_out: int) -> str:
    parts = [
        f"{equivalent} that change{'s' if equivalent == 1 else ''} nothing" if equivalent else "",
        f"{unknown} not known" if unknown else "",
        f"cut short: {left_out} not tried" if left_out else "",
    ]
    said = ", ".join(filter(None, parts))
    return f" ({said})" if said else ""


def _survivor_lines(survivor: Survivor, rule: Predicate, width: int) -> Iterator[str]:
    mutant = survivor.judged.mutant
    place = "" if mutant.clause.span is None else f"{mutant.clause.span}: "
    yield from _wrapped_lines(f"{place}no test notices {mutant_text(mutant.variation)}", width, 2)
    text = describe_witness(survivor.witness, [rule, mutant.rule])
    change = "a member who would be none" if survivor.member else "no member, but would be one"
    yield from _wrapped_lines(f"{text}: {change}", width, 6)
    if survivor.test is None:
        yield "      cannot be told by the days of a test"
    else:
        yield f"      {style(test_line(survivor.test), fg='cyan')}"


def test_line(test: SegmentTest) -> str:
    """A test as the line of a spec file has it."""
    return printable(f"- {flow_text(entry_of_test(test), flow=False)}")


def _mutations_summary(mutations: SegmentMutations) -> str:
    score = mutations.score
    killed, survived = mutations.count("killed"), mutations.count("survived")
    said = _uncounted_words(mutations.count("equivalent"), mutations.count("unknown"), mutations.left_out)
    segments = _count(len(mutations.judged), "segment")
    if score is None:
        return f"{segments}: no mistakes that a test could notice{said}"
    return f"{segments}: {score:g}%, {killed} of {killed + survived} mistakes noticed{said}"


def _built_in_intercom(keys: Sequence[str]) -> str:
    names = ", ".join(f"`{key}`" for key in keys)
    return f"left out, since only Intercom knows the rule that they hang on: {names}"


def _wrapped_lines(text: str, width: int, indent: int) -> Iterator[str]:
    margin = " " * indent
    for number, line in enumerate(wrap_text(printable(text), max(width - indent - 4, 30))):
        yield f"{margin}{'    ' if number else ''}{line}"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
