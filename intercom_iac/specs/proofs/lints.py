"""Remarks on rules that a proof says better: what stands twice is said once.

`rules.lints` looks at the tests that one `and` or `or` joins. What it says of a part of a rule stays, with the fix
that drops the part. Where a proof about a whole rule rests on the same tests, the proof stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

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
    unsaid = {
        code: _Places(span for proof in silenced if proof.code == code for span in _spans(proof))
        for code in _REPLACED
    }
    in_one_company = _Places(unsplit)
    joined: list[Diagnostic] = []
    by_segment: dict[str | None, list[Diagnostic]] = {}
    for remark in remarks:
        if remark.code not in _IN_QUESTION or remark.span is None:
            joined.append(remark)
        elif remark.code == lint.SEVERAL_COMPANIES.id and in_one_company.touch(remark.span):
            continue
        elif not any(
            remark.code in replaced and unsaid[code].touch(remark.span)
            for code, replaced in _REPLACED.items()
        ):
            by_segment.setdefault(remark.subject, []).append(remark)
    segments = {subject: _Remarks(here) for subject, here in by_segment.items()}
    for finding in findings:
        here = segments.get(finding.subject)
        if here is None:
            joined.append(finding)
        elif finding.code == codes.NO_EFFECT.id:
            explained = here.touching([finding.span], _OF_CLAUSES)
            if not explained:
                joined.append(finding)
            for at in explained[:1]:
                here.remarks[at] = _with_fix_of(finding, here.remarks[at])
        else:
            replaced = here.touching(_spans(finding), _REPLACED.get(finding.code, frozenset()))
            joined.append(_with_advice_of(finding, [here.remarks[at] for at in replaced]))
            here.gone.update(replaced)
    return [*joined, *(remark for here in segments.values() for remark in here.left())]


def _spans(finding: Diagnostic) -> list[Span | None]:
    """Where a finding is, and what it rests on."""
    return [finding.span, *(related.span for related in finding.related)]


class _Places:
    """Places of files, to be asked whether any of them shares a character with another one."""

    def __init__(self, spans: Iterable[Span | None]) -> None:
        # Apart from each other and in order, so that the last one before an end is the only one to ask.
        self._places: dict[str, list[tuple[int, int]]] = {}
        for span in sorted(
            (span for span in spans if span is not None), key=lambda span: (span.start, span.end)
        ):
            here = self._places.setdefault(span.file.path, [])
            if here and span.start < here[-1][1]:
                here[-1] = here[-1][0], max(here[-1][1], span.end)
            else:
                here.append((span.start, span.end))

    def touch(self, span: Span) -> bool:
        here = self._places.get(span.file.path, [])
        before = bisect_left(here, span.end, key=lambda place: place[0])
        return before > 0 and here[before - 1][1] > span.start


class _Remarks:
    """The remarks on a segment that a proof may say better, by their place; those that are gone one has replaced."""

    def __init__(self, remarks: list[Diagnostic]) -> None:
        self.remarks = remarks
        self.gone: set[int] = set()
        spans = [(remark.span, at) for at, remark in enumerate(remarks) if remark.span is not None]
        self._ordered = sorted(spans, key=lambda entry: entry[0].start)
        # The furthest end of those up to each: where that is not beyond a place, none before reaches it.
        self._ends = [*accumulate((span.end for span, _ in self._ordered), max)]

    def touching(self, spans: Iterable[Span | None], codes: Collection[str]) -> list[int]:
        """The remarks of some codes that share a character with one of the spans, in their order."""
        found: set[int] = set()
        for span in spans if codes else ():
            if span is None:
                continue
            before = bisect_left(self._ordered, span.end, key=lambda entry: entry[0].start)
            while before and self._ends[before - 1] > span.start:
                before -= 1
                other, at = self._ordered[before]
                if other.end > span.start and other.file.path == span.file.path:
                    found.add(at)
        return sorted(at for at in found - self.gone if self.remarks[at].code in codes)

    def left(self) -> list[Diagnostic]:
        return [remark for at, remark in enumerate(self.remarks) if at not in self.gone]


def _with_fix_of(finding: Diagnostic, remark: Diagnostic) -> Diagnostic:
    return remark if remark.fix is not None else replace(remark, fix=finding.fix)


def _with_advice_of(finding: Diagnostic, remarks: Sequence[Diagnostic]) -> Diagnostic:
    """The finding with the hint and the fix of the remark it replaces, which knows the tests in question."""
    if len(remarks) != 1 or finding.fix is not None:
        return finding
    remark = remarks[0]
    return replace(finding, hint=remark.hint or finding.hint, fix=remark.fix)
