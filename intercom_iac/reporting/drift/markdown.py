"""What drifted, as Markdown for an issue or the summary of a nightly run; whatever comes from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from intercom_iac.drift import Finding, Report
from intercom_iac.text import brief_text
from intercom_iac.text.likeness import distinguish

from ..diagnostics.markdown import finding_item
from ..kit.markdown import code, length, plain, prose, prose_in_table
from .words import TITLES, adopted_words, advice, against_words, copy_words, groups, kind_words, summary_words

# GitHub takes issues of 65,536 characters.
_LONGEST = 60_000
_ROWS = (500, 100, 20, 5)


def drift_markdown(report: Report) -> str:
    """GitHub-flavoured Markdown. Where it is too long, each kind tells fewer of its findings, and how many are left.

    The first line is a comment that nobody sees, the same for every report of a workspace.
    """
    text = ""
    for rows in _ROWS:
        text = "\n".join(_lines(report, rows)) + "\n"
        if length(text) <= _LONGEST:
            break
    return text


def _lines(report: Report, rows: int) -> Iterator[str]:
    yield f"<!-- intercom-iac drift {quote(report.workspace, safe='')[:400]} -->"
    yield f"### Drift of {code(report.workspace, 80)}: {summary_words(report)}"
    yield ""
    yield f"Workspace {code(report.identity.app_id, 80)} against {prose(against_words(report))}"
    for kind, findings in groups(report):
        yield ""
        yield f"**{TITLES[kind]}**"
        yield ""
        yield "| address | what | specs | workspace | why |"
        yield "|---|---|---|---|---|"
        yield from (_row(finding) for finding in findings[:rows])
        if len(findings) > rows:
            yield ""
            yield f"… and {len(findings) - rows} more; `drift --format json` has every one."
    yield from _rest(report, rows)
    tips = list(advice(report))
    if tips:
        yield ""
        yield from (f"- {prose(tip)}" for tip in tips)


def _row(finding: Finding) -> str:
    sides: tuple[list[str], list[str]] = ([], [])
    for field in finding.fields:
        values = distinguish(field.specs, field.workspace)
        for side, value in zip(sides, values, strict=True):
            side.append(f"{plain(field.path)}: {plain(brief_text(value, 200))}")
    why = prose_in_table(finding.reason)
    if finding.hint:
        why += f"<br>{prose_in_table(finding.hint)}"
    if finding.source is not None:
        why += f"<br>{plain(str(finding.source))}"
    specs, workspace = ("<br>".join(side) for side in sides)
    return f"| {plain(finding.address)} | {plain(kind_words(finding))} | {specs} | {workspace} | {why} |"


def _rest(report: Report, rows: int) -> Iterator[str]:
    """What is said beside the findings: adoptions, renames, what is ignored, what was not read."""
    items = {
        "Written into the specs": [
            f"{plain(one.address)} · {prose(adopted_words(one))}" for one in report.adopted
        ],
        "Not adopted": [f"{plain(one.address)}: {prose(one.why)}" for one in report.not_adopted],
        "Renames under way": [f"{plain(copy.address)}: {prose(copy_words(copy))}" for copy in report.copies],
        "Ignored": [
            f"{plain(ignored.finding.address)}, {plain(kind_words(ignored.finding))}: {prose(ignored.by.reason)}"
            for ignored in report.ignored
        ],
        "Not read, so not compared": [
            f"{plain(unread.what)} ({code(unread.call)}): {prose(unread.reason)}" for unread in report.unread
        ],
        "Not looked at": [f"{prose(one.what)}: {prose(one.why)}" for one in report.unverified],
    }
    for title, lines in items.items():
        if lines:
            yield ""
            yield f"**{title}**"
            yield ""
            yield from (f"- {line}" for line in lines[:rows])
            if len(lines) > rows:
                yield f"- … and {len(lines) - rows} more"
    if report.diagnostics:
        yield ""
        yield from (finding_item(diagnostic, diagnostic.span) for diagnostic in report.diagnostics)
