"""An audit as GitHub-flavoured Markdown, within what a comment may hold."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.auditing import Audit

from ..kit.markdown import length, plain, prose, prose_in_html, prose_in_table
from .groups import (
    Group,
    cap_sentence,
    count_sentence,
    finding_groups,
    is_read,
    sample_sentence,
    severity_counts,
)

_LONGEST = 60_000
_FORMS = (50, 20, 8, 3)
"""How many findings of a kind are told one by one: the most that there is room for."""


def audit_markdown(audit: Audit) -> str:
    """The report; whatever comes from the workspace is escaped. What is too long has fewer findings of each kind."""
    texts = (_text(audit, shown) for shown in _FORMS)
    return next((text for text in texts if length(text) <= _LONGEST), _text(audit, 0))


def _text(audit: Audit, shown: int) -> str:
    return "\n".join(_lines(audit, shown)) + "\n"


def _lines(audit: Audit, shown: int) -> Iterator[str]:
    yield f"### Audit of {plain(audit.target)}: {severity_counts(audit)}"
    yield ""
    yield f"Workspace {plain(audit.workspace.name)} ({plain(audit.workspace.app_id)}), {audit.day.isoformat()}: "
    yield f"{plain(sample_sentence(audit))}. It has {plain(count_sentence(audit))}."
    yield ""
    yield "| cap | use |"
    yield "|---|---|"
    for cap in audit.caps:
        use = cap_sentence(cap, audit) if is_read(cap, audit) else "the token may not read them"
        yield f"| {cap.name} | {plain(use)} |"
    for group in finding_groups(audit):
        yield ""
        yield from _group_lines(group, shown)


def _group_lines(group: Group, shown: int) -> Iterator[str]:
    kind, findings = group.kind, group.findings
    title = f"<b>{kind.severity} {kind.id}</b>: {prose_in_html(kind.title)} ({len(findings):,})"
    yield f"<details{' open' if kind.severity != 'info' else ''}><summary>{title}</summary>"
    yield ""
    if group.suggestion is not None:
        yield prose(group.suggestion)
        yield ""
    if shown:
        columns = ["what", *(["suggestion"] if group.suggestion is None else [])]
        yield f"| address | {' | '.join(columns)} |"
        yield f"|---|{'---|' * len(columns)}"
        for finding in findings[:shown]:
            cells = [plain(finding.address), prose_in_table(finding.message)]
            if group.suggestion is None:
                cells.append(prose_in_table(finding.suggestion))
            yield f"| {' | '.join(cells)} |"
    if len(findings) > shown:
        yield ""
        yield f"{len(findings) - shown:,} more, which `audit --format json` tells."
    yield ""
    yield "</details>"
