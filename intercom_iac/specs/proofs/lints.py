"""Remarks on rules that a proof says better: what stands twice is said once.

`rules.lints` looks at the tests that one `and` or `or` joins. What it says of a part of a rule stays, with the fix
that drops the part. Where a proof about a whole rule rests on the same tests, the proof stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.text import Span

# What says that no value, or each value, passes some tests.
_OF_VALUES = frozenset({lint.NEVER_HOLDS.id, lint.FOR_NOBODY.id, lint.FOR_EVERYBODY.id})
# What says why a clause changes nothing.
_OF_CLAUSES = _OF_VALUES | {lint.REPEATED_TEST.id}
# Proof -> the remarks that it takes the place of, where it underlines what they underline.
_REPLACED = {
    codes.NEVER_MATCHES.id: _OF_VALUES,
    codes.ALWAYS_MATCHES.id: _OF_VALUES,
    codes.SPLIT_COMPANIES.id: frozenset({lint.SEVERAL_COMPANIES.id}),
}
_IN_QUESTION = _OF_CLAUSES.union(*_REPLACED.values())


def join_with_lints(
    remarks: Iterable[Diagnostic],
    findings: Iterable[Diagnostic],
    silenced: Sequence[Diagnostic] = (),
    unsplit: Sequence[Span] = (),
) -> list[Diagnostic]:
    """The remarks and findings, each thing said once.

    What is silenced is not said by a remark in its place either. `unsplit` are the places of tests of which it is
    proved that one company passes them all.
    """
    joined: list[Diagnostic] = []
    by_segment: dict[str | None, list[Diagnostic]] = {}
    for remark in remarks:
        if remark.code not in _IN_QUESTION:
            joined.append(remark)
        elif not _is_refuted(remark, unsplit) and not any(_says_same(proof, remark) for proof in silenced):
            by_segment.setdefault(remark.subject, []).append(remark)
    for finding in findings:
        here = by_segment.get(finding.subject, [])
        explained = next((at for at, remark in enumerate(here) if _explains(finding, remark)), None)
        if explained is not None:
            here[explained] = _with_fix_of(finding, here[explained])
            continue
        replaced = [remark for remark in here if _says_same(finding, remark)]
        if replaced:
            by_segment[finding.subject] = [remark for remark in here if remark not in replaced]
        joined.append(_with_advice_of(finding, replaced))
    return [*joined, *(remark for here in by_segment.values() for remark in here)]


def _says_same(finding: Diagnostic, remark: Diagnostic) -> bool:
    if remark.code not in _REPLACED.get(finding.code, ()) or remark.span is None:
        return False
    places = [finding.span, *(related.span for related in finding.related)]
    return any(place is not None and _overlap(place, remark.span) for place in places)


def _explains(finding: Diagnostic, remark: Diagnostic) -> bool:
    """Whether a remark says why a clause changes nothing."""
    return (
        finding.code == codes.NO_EFFECT.id
        and remark.code in _OF_CLAUSES
        and remark.span is not None
        and finding.span is not None
        and _overlap(finding.span, remark.span)
    )


def _with_fix_of(finding: Diagnostic, remark: Diagnostic) -> Diagnostic:
    return remark if remark.fix is not None else replace(remark, fix=finding.fix)


def _with_advice_of(finding: Diagnostic, remarks: Sequence[Diagnostic]) -> Diagnostic:
    """The finding with the hint and the fix of the remark it replaces, which knows the tests in question."""
    if len(remarks) != 1 or finding.fix is not None:
        return finding
    remark = remarks[0]
    return replace(finding, hint=remark.hint or finding.hint, fix=remark.fix)


def _is_refuted(remark: Diagnostic, unsplit: Sequence[Span]) -> bool:
    return remark.code == lint.SEVERAL_COMPANIES.id and any(
        remark.span is not None and _overlap(place, remark.span) for place in unsplit
    )


def _overlap(first: Span, second: Span) -> bool:
    return first.file.path == second.file.path and first.start < second.end and second.start < first.end
