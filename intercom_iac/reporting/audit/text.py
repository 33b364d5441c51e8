"""An audit on a terminal: the caps, then each kind of finding with the heaviest of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.auditing import Audit, AuditFinding, CapUse
from intercom_iac.text import printable

from ..kit.columns import wrap_text
from ..kit.styles import severity_label, style
from .groups import (
    Group,
    cap_sentence,
    count_sentence,
    finding_groups,
    is_read,
    sample_sentence,
    severity_counts,
)

_SHOWN = 8
"""Findings of a kind that are told one by one."""
_BAR = 20


def audit_text(audit: Audit, width: int = 100) -> str:
    """The audit as text with terminal styles; whoever prints it strips them where they do not belong."""
    return "\n".join(_lines(audit, width))


def _lines(audit: Audit, width: int) -> Iterator[str]:
    workspace = audit.workspace
    title = f"Audit of {audit.target}: {workspace.name or workspace.app_id} ({workspace.app_id})"
    first, *rest = wrap_text(printable(title), width)
    yield style(first, bold=True)
    yield from rest
    yield from wrap_text(sample_sentence(audit), width)
    yield from wrap_text(count_sentence(audit), width)
    yield ""
    for cap in audit.caps:
        yield from _cap_lines(cap, audit, width)
    for group in finding_groups(audit):
        yield ""
        yield from _group_lines(group, width)
    yield ""
    yield style(f"{severity_counts(audit)}.", bold=True)


def _cap_lines(cap: CapUse, audit: Audit, width: int) -> Iterator[str]:
    if not is_read(cap, audit):
        yield f"{cap.name:<10}  the token may not read them"
        return
    filled = min(_BAR, round(cap.share * _BAR))
    colour = "red" if cap.used >= cap.limit else "yellow" if cap.share >= 0.8 else "green"
    bar = style("█" * filled, fg=colour) + style("░" * (_BAR - filled), dim=True)
    first, *rest = wrap_text(cap_sentence(cap, audit), width - _BAR - 14)
    yield f"{cap.name:<10}  {bar}  {first}"
    yield from (f"{'':{_BAR + 14}}{line}" for line in rest)


def _group_lines(group: Group, width: int) -> Iterator[str]:
    kind, findings = group.kind, group.findings
    count = f" ({len(findings):,})" if len(findings) > 1 else ""
    yield f"{severity_label(kind.severity, kind.id)}: {style(f'{kind.title}{count}', bold=True)}"
    for finding in findings[:_SHOWN]:
        yield from _finding_lines(finding, width, with_suggestion=group.suggestion is None)
    if len(findings) > _SHOWN:
        yield f"  and {len(findings) - _SHOWN:,} more, which `--format json` and `--format html` tell"
    if group.suggestion is not None:
        yield from _labelled_lines("help", group.suggestion, width)


def _finding_lines(finding: AuditFinding, width: int, *, with_suggestion: bool) -> Iterator[str]:
    address, *further = wrap_text(printable(finding.address), width - 2)
    yield f"  {address}"
    yield from (f"  {line}" for line in further)
    yield from (f"    {line}" for line in wrap_text(printable(finding.message), width - 4))
    if with_suggestion:
        yield from (f"  {line}" for line in _labelled_lines("help", finding.suggestion, width - 2))


def _labelled_lines(label: str, text: str, width: int) -> Iterator[str]:
    first, *rest = wrap_text(printable(text), width - len(label) - 4)
    yield f"  {style(label, dim=True)}: {first}"
    yield from (f"  {'':{len(label)}}  {line}" for line in rest)
