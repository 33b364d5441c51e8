"""The changes of the specs between two revisions as a section of a changelog."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from intercom_iac.breaking import Report, ReportedChange, SchemaChange, version_text
from intercom_iac.text import brief_text
from intercom_iac.text.likeness import distinguish

from ..kit.markdown import plain, prose

Section = Literal["breaking", "changed", "added", "removed"]
_SECTIONS: tuple[Section, ...] = ("breaking", "changed", "added", "removed")


def changelog_markdown(report: Report) -> str:
    """Markdown: a heading with the release, where there is one, and a list for each kind of change."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    release = _release(report)
    yield f"## {release}" if release else f"## Changes since {plain(report.against)}"
    sections = _sections(report)
    if not report.changes:
        yield ""
        yield "Nothing changed."
    for section in _SECTIONS:
        if sections[section]:
            yield ""
            yield f"### {section.capitalize()}"
            yield ""
            yield from (f"- {_entry(reported)}" for reported in sections[section])


def _release(report: Report) -> str | None:
    """The release that the changes belong to; that of the old specs is none of theirs."""
    before, after = report.release.before, report.release.after
    return version_text(after) if after is not None and after != before else None


def _sections(report: Report) -> dict[Section, list[ReportedChange]]:
    sections: dict[Section, list[ReportedChange]] = {section: [] for section in _SECTIONS}
    for reported in report.changes:
        change = reported.change
        section: Section = "breaking" if change.level == "breaking" else change.kind
        sections[section].append(reported)
    return sections


def _entry(reported: ReportedChange) -> str:
    change = reported.change
    text = f"**{plain(change.address)}**: {prose(_text(change), 800)}"
    affected = change.unnamed_affected
    if affected and change.level != "safe":
        text += f" Affects {', '.join(map(plain, affected))}."
    if reported.acceptance:
        text += f" Accepted: {prose(reported.acceptance.reason.rstrip('.'))}."
    return text


def _text(change: SchemaChange) -> str:
    """What changed, as a sentence, with the values."""
    if change.has_values:
        before, after = distinguish(change.before, change.after)
        return f"{change.message}: {brief_text(before, 240)} → {brief_text(after, 240)}."
    if change.added_values:
        # Under the heading that says so, an entry needs not be called added.
        lead = "" if change.message == "added" else f"{change.message}: "
        return f"{lead}{brief_text(change.added_values, 240)}."
    return f"{change.message}."


def changelog_json(report: Report) -> dict[str, Any]:
    """`{"format_version", "against", "release", "breaking": [...], "changed", "added", "removed"}`: the lists hold
    address, code, the sentence, whom it affects, and the reason of an accepted change."""
    return {
        "format_version": "1.0",
        "against": report.against,
        "release": _release(report),
        **{
            section: [
                {
                    "address": reported.change.address,
                    "code": reported.change.code,
                    "text": _text(reported.change),
                    "affected": list(reported.change.affected),
                    "reason": reported.acceptance.reason if reported.acceptance else None,
                }
                for reported in group
            ]
            for section, group in _sections(report).items()
        },
    }
