"""What the changes of the specs break, as a section of a pull-request comment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from intercom_iac.breaking import Report, ReportedChange
from intercom_iac.text import brief_text
from intercom_iac.text.likeness import distinguish

from ..diagnostics.markdown import finding_item
from ..kit.markdown import length, plain, prose, prose_in_table
from .text import SHOWN_REACHED, change_place, level_groups, release_text

# GitHub takes comments of 65,536 characters, and other sections may stand beside this one.
_LONGEST = 30_000
# What the list of the breaking ones alone may have, where there are very many.
_LONGEST_LIST = 26_000


def breaking_markdown(report: Report) -> str:
    """GitHub-flavoured Markdown; whatever comes from specs is escaped. What is too long loses its safe changes first,
    then the details of the risky ones, then those of the breaking ones, of which the addresses stay."""
    for folded in ((), ("Safe",), ("Safe", "Risky"), ("Safe", "Risky", "Breaking", "Breaking, accepted")):
        text = "\n".join(_lines(report, folded)) + "\n"
        if length(text) <= _LONGEST:
            break
    return text


def _lines(report: Report, folded: Sequence[str]) -> Iterator[str]:
    counts = ", ".join(f"{count} {level}" for level, count in report.summary.items() if count)
    yield f"### intercom-iac: the specs against {plain(report.against)}: {counts or 'nothing differs'}"
    yield ""
    yield prose(release_text(report.release))
    if report.other_findings:
        yield ""
        yield from (finding_item(diagnostic, diagnostic.span) for diagnostic in report.other_findings)
    for title, group in level_groups(report):
        yield ""
        if title in folded:
            yield from _list(title, group)
        elif title == "Safe":
            yield f"<details><summary>{len(group)} safe</summary>"
            yield ""
            yield from _table(group)
            yield ""
            yield "</details>"
        else:
            yield f"**{title}**"
            yield ""
            yield from _table(group)


def _list(title: str, group: Sequence[ReportedChange]) -> Iterator[str]:
    """The addresses alone, or of what is safe the number."""
    if title == "Safe":
        yield f"{len(group)} safe, which are too many for a comment."
        return
    yield f"**{title}**, in short, since there are many:"
    yield ""
    lines = [f"- {plain(reported.change.address)} {reported.change.code}" for reported in group]
    ends = list(accumulate(length(line) + 1 for line in lines))
    kept = bisect_right(ends, _LONGEST_LIST)
    yield from lines[:kept]
    if kept < len(lines):
        yield ""
        yield f"… and {len(lines) - kept} more; `breaking --format json` has every one."


def _table(group: Sequence[ReportedChange]) -> Iterator[str]:
    yield "| address | change | affects | where |"
    yield "|---|---|---|---|"
    for reported in group:
        yield f"| {' | '.join(_cells(reported))} |"


def _cells(reported: ReportedChange) -> Iterator[str]:
    change = reported.change
    yield plain(change.address)
    parts = [f"{prose_in_table(change.message)} ({change.code})"]
    parts += [f"{what}: {plain(who)}" for what, who in change.people.items()]
    if change.counts_text is not None:
        parts.append(f"counted: {plain(change.counts_text)}")
    if change.has_values:
        before, after = distinguish(change.before, change.after)
        parts += [f"was {plain(brief_text(before, 400))}", f"now {plain(brief_text(after, 400))}"]
    elif change.added_values:
        parts.append(plain(brief_text(change.added_values, 400)))
    parts += (prose_in_table(reached.text) for reached in change.reached[:SHOWN_REACHED])
    if len(change.reached) > SHOWN_REACHED:
        parts.append(f"and {len(change.reached) - SHOWN_REACHED} more segments")
    if reported.acceptance:
        parts.append(f"**{prose_in_table(reported.acceptance.text)}**")
    elif change.hint and change.level != "safe":
        parts.append(prose_in_table(change.hint))
    yield "<br>".join(parts)
    yield ", ".join(map(plain, change.unnamed_affected))
    yield plain(change_place(change)) if change.source or change.old_source else ""
