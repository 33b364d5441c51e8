"""What code uses and what is wrong there, for people: each attribute and event with its places, then the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.text import columns, printable
from intercom_iac.usages import UsageReport, Use

from .diagnostics.terminal import diagnostics_text
from .kit.styles import style

_MOST_PLACES = 5
_MOST_LINES = 50
_MOST_PATHS = 8


def usages_text(report: UsageReport) -> str:
    """The report with terminal styles; whoever prints it strips them where they do not belong."""
    return "\n".join(_lines(report))


def _lines(report: UsageReport) -> Iterator[str]:
    by_address: dict[str, list[Use]] = {}
    for use in report.uses:
        by_address.setdefault(use.address, []).append(use)
    for address in sorted(by_address):
        yield style(printable(address), bold=True)
        yield from _places(by_address[address])
    if by_address:
        yield ""
    if report.mistakes:
        yield diagnostics_text(report.mistakes)
        yield ""
    yield from _list("Not known, since the code does not write it out", report.not_known)
    yield from _list("Used by no code that was read", report.idle)
    if report.skipped:
        yield style("Not looked at", bold=True)
        paths = [f"{skipped.path}  {skipped.reason}" for skipped in report.skipped]
        yield from _shorten(paths, _MOST_PATHS)
        yield ""
    yield from (f"note: {printable(note)}" for note in report.notes)


def _places(uses: Sequence[Use]) -> Iterator[str]:
    yield from (f"  {use.kind}  {printable(str(use.span))}" for use in uses[:_MOST_PLACES])
    if len(uses) > _MOST_PLACES:
        yield f"  and at {len(uses) - _MOST_PLACES} more; `--format json` has every one"


def _list(title: str, findings: Sequence[Diagnostic]) -> Iterator[str]:
    if not findings:
        return
    yield style(title, bold=True)
    places = ["" if finding.span is None else str(finding.span) for finding in findings]
    width = max(map(columns, places[:_MOST_LINES]))
    yield from _shorten(
        [
            f"{place}{' ' * (width - columns(place))}  {finding.severity}[{finding.code}]: {finding.message}"
            for place, finding in zip(places, findings, strict=True)
        ]
    )
    yield ""


def _shorten(lines: Sequence[str], most: int = _MOST_LINES) -> Iterator[str]:
    yield from (f"  {printable(line)}" for line in lines[:most])
    if len(lines) > most:
        yield f"  and {len(lines) - most} more; `--format json` has every one"
