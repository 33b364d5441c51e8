"""What a check of records found, for people: the first mistakes by record, then counts by code and by attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from intercom_iac.diagnostics import Family, codes_of
from intercom_iac.payloads import PayloadReport, Violation
from intercom_iac.text import printable

from .kit.columns import wrap_text
from .kit.styles import hint_label, severity_label, style

_WIDTH = 100
_LONGEST_NAME = 60
_MOST_ATTRIBUTES = 20


def payload_text(report: PayloadReport) -> str:
    """The report with terminal styles; whoever prints it strips them where they do not belong."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: PayloadReport) -> Iterator[str]:
    for number, violations in groupby(report.violations, key=lambda violation: violation.record):
        yield style(f"record {number}", bold=True)
        for violation in violations:
            yield from _violation_lines(violation)
        yield ""
    if report.truncated:
        hidden = sum(report.by_code.values()) - len(report.violations)
        yield f"{_count(hidden, 'more mistake')}, counted below; --max-errors shows more of them"
        yield ""
    if report.by_code:
        yield style("By code", bold=True)
        titles = {code: kind.title for code, kind in codes_of(Family.PAYL).items()}
        yield from _table({code: (count, titles[code]) for code, count in report.by_code.items()})
    if report.by_attribute:
        yield style("By attribute", bold=True)
        shown = dict(list(report.by_attribute.items())[:_MOST_ATTRIBUTES])
        yield from _table({name: (count, "") for name, count in shown.items()})
        if len(report.by_attribute) > len(shown):
            yield f"  and {len(report.by_attribute) - len(shown):,} more; --format json has all"
    yield payload_summary(report)


def payload_summary(report: PayloadReport) -> str:
    """The check in a line: `1,000,000 records checked, 9,870 invalid, 10,112 mistakes`."""
    if not report.checked and not report.by_code:
        return "no records"
    found = sum(report.by_code.values())
    parts = [f"{_count(report.checked, 'record')} checked", f"{report.invalid:,} invalid"]
    return ", ".join([*parts, _count(found, "mistake")] if found else [parts[0], "nothing is wrong"])


def _violation_lines(violation: Violation) -> Iterator[str]:
    place = violation.path
    if violation.column is not None:
        place = f"{place}, column {violation.column}" if place else f"column {violation.column}"
    label = severity_label(violation.code.severity, violation.code.id)
    plain = f"{violation.code.severity}[{violation.code.id}]"
    text = f"{place}: {violation.message}" if place else violation.message
    lines = wrap_text(printable(f"{plain}: {text}"), _WIDTH - 2)
    yield "  " + lines[0].replace(plain, label, 1)
    yield from (f"    {line}" for line in lines[1:])
    if violation.hint is not None:
        first, *others = wrap_text(printable(violation.hint), _WIDTH - 10)
        yield f"    {hint_label()}: {first}"
        yield from (f"          {line}" for line in others)
    if violation.declared is not None:
        yield style(printable(f"    declared at {violation.declared}"), dim=True)


def _table(rows: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    names = {name: _short(name) for name in rows}
    width = max(map(len, names.values()))
    digits = max(len(f"{count:,}") for count, _ in rows.values())
    for name, (count, title) in rows.items():
        yield f"  {names[name]:<{width}}  {count:>{digits},}  {title}".rstrip()


def _short(name: str) -> str:
    shown = printable(name[:_LONGEST_NAME])
    return shown if len(name) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…"


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
