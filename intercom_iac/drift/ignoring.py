"""Drift that the project file ignores: which findings, and which of its entries are past their day, or of no use."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import drift as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.address_patterns import covers_everything, pattern_covers, pattern_kind
from intercom_iac.project import IgnoredDrift
from intercom_iac.text import did_you_mean

from .finding import Finding


@dataclass(frozen=True, slots=True)
class IgnoredFinding:
    """A finding, and the entry of the project file that ignores it today."""

    finding: Finding
    by: IgnoredDrift


@dataclass(frozen=True, slots=True)
class Sifted:
    """The findings that are reported, and those that are only counted."""

    reported: tuple[Finding, ...]
    ignored: tuple[IgnoredFinding, ...]


def sift(findings: Sequence[Finding], entries: Sequence[IgnoredDrift], today: date) -> Sifted:
    """The findings, parted by what the project file ignores on this day."""
    reported: list[Finding] = []
    ignored: list[IgnoredFinding] = []
    holding = [entry for entry in entries if entry.holds(today)]
    for finding in findings:
        by = next((entry for entry in holding if pattern_covers(entry.pattern, finding.address)), None)
        if by is None:
            reported.append(finding)
        else:
            ignored.append(IgnoredFinding(finding, by))
    return Sifted(tuple(reported), tuple(ignored))


def check_ignored(
    entries: Sequence[IgnoredDrift],
    findings: Sequence[Finding],
    today: date,
    unread_kinds: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """Warnings about entries: those that ignore everything, those whose day is over while there is drift, and those
    without drift. Of a kind that was not read, nobody knows whether there is some."""
    for entry in entries:
        if covers_everything(entry.pattern):
            all_of_it = "everything" if pattern_kind(entry.pattern) is None else "all of a kind"
            yield codes.IGNORES_EVERYTHING.at(
                entry.span,
                f"`{entry.pattern}` ignores {all_of_it}, also what nobody knows of yet",
                hint="name what is meant: an address, or a pattern such as `attribute.contact.hs_*`",
            )
        matching = sum(pattern_covers(entry.pattern, finding.address) for finding in findings)
        if matching and not entry.holds(today):
            until = "" if entry.until is None else entry.until.isoformat()
            what = "one finding" if matching == 1 else f"{matching} findings"
            yield codes.IGNORE_EXPIRED.at(
                entry.span,
                f"`{entry.pattern}` was ignored until {until}, and there {'is' if matching == 1 else 'are'} {what}",
                hint="mend or adopt what drifted, or agree on another day",
            )
        elif not matching and pattern_kind(entry.pattern) not in unread_kinds:
            yield codes.IGNORE_UNUSED.at(
                entry.span,
                f"`{entry.pattern}` ignores nothing: there is no such drift",
                hint=did_you_mean(entry.pattern, [finding.address for finding in findings])
                or "remove the entry: what drifted was mended or adopted",
            )
