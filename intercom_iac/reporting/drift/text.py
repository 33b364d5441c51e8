"""What drifted, for people: grouped by kind, the values of both sides beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.drift import Finding, Report
from intercom_iac.text import columns, printable
from intercom_iac.text.likeness import distinguish

from ..kit.columns import pad, wrap_text
from ..kit.styles import style
from ..kit.values import value_line
from .words import (
    SIGNS,
    TITLES,
    adopted_words,
    advice,
    against_words,
    copy_words,
    groups,
    kind_words,
    summary_words,
)

_WIDTH = 100
_LABEL = 6
_MOST_IGNORED = 10
_COLOURS = {"~": "yellow", "-": "red", "+": "green", "!": "cyan"}


def drift_text(report: Report) -> str:
    """The report with terminal styles; whoever prints it strips them where they do not belong."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    where = f"{report.workspace} ({report.identity.app_id})"
    yield style(printable(f"{where} against {against_words(report)}"), bold=True)
    if report.adopted or report.not_adopted:
        yield ""
        yield from _adoption(report)
    for kind, findings in groups(report):
        yield ""
        yield style(TITLES[kind], bold=True)
        for finding in findings:
            yield from _finding(finding)
    for title, lines in _rest(report).items():
        if lines:
            yield ""
            yield style(title, bold=True)
            for line in lines:
                yield from _wrapped_lines("", line, indent=4)
    yield ""
    yield printable(f"{report.workspace}: {summary_words(report)}")
    yield from (f"  {line}" for line in advice(report))


def _rest(report: Report) -> dict[str, list[str]]:
    """What is said beside the findings."""
    ignored = [
        f"{one.finding.address}, {kind_words(one.finding)}: {one.by.reason}"
        + ("" if one.by.until is None else f", until {one.by.until.isoformat()}")
        for one in report.ignored
    ]
    if len(ignored) > _MOST_IGNORED:
        ignored[_MOST_IGNORED:] = [f"and {len(ignored) - _MOST_IGNORED} more"]
    return {
        "Renames under way": [f"{copy.address}: {copy_words(copy)}" for copy in report.copies],
        "Ignored": ignored,
        "Not read, so not compared": [f"{one.what} ({one.call}): {one.reason}" for one in report.unread],
        "Not looked at": [f"{one.what}: {one.why}" for one in report.unverified],
    }


def _adoption(report: Report) -> Iterator[str]:
    if report.adopted:
        yield style("Written into the specs", bold=True)
        for one in report.adopted:
            yield f"    {printable(f'{one.address}  {adopted_words(one)}')}"
    if report.not_adopted:
        yield style("Not adopted", bold=True)
        for one in report.not_adopted:
            yield f"    {printable(one.address)}"
            yield from _wrapped_lines("why", one.why)
            if one.hint:
                yield from _wrapped_lines("help", one.hint)


def _finding(finding: Finding) -> Iterator[str]:
    sign = SIGNS[finding.kind]
    address = style(f"  {sign} {printable(finding.address)}", fg=_COLOURS[sign])
    yield f"{address}  {kind_words(finding)}"
    widest = max((columns(printable(field.path)) for field in finding.fields), default=0)
    for field in finding.fields:
        if field.path == "archived":
            continue  # the kind says it
        specs, workspace = (value_line(value) for value in distinguish(field.specs, field.workspace))
        label = f"{'':{_LABEL}}{style(pad(printable(field.path), widest), dim=True)}  "
        yield f"{label}specs      {specs}"
        yield f"{'':{_LABEL + widest}}  workspace  {workspace}"
    yield from _wrapped_lines("why", finding.reason)
    if finding.hint:
        yield from _wrapped_lines("help", finding.hint)
    if finding.source is not None:
        yield from _wrapped_lines("at", str(finding.source))


def _wrapped_lines(label: str, text: str, *, indent: int = _LABEL) -> Iterator[str]:
    lead = f"{style(label, dim=True)} " if label else ""
    used = len(label) + 1 if label else 0
    for line in wrap_text(printable(text), _WIDTH - indent - used):
        yield f"{'':{indent}}{lead}{line}"
        lead = " " * used
