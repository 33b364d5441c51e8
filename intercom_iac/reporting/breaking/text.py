"""What the changes of the specs break, for people: grouped by level, what is safe a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from intercom_iac.breaking import Release, Report, ReportedChange, SchemaChange, version_text
from intercom_iac.text import brief_text, printable
from intercom_iac.text.likeness import distinguish

from ..kit.styles import style

_WIDTH = 100
_SHOWN_SAFE = 12
SHOWN_REACHED = 8
_COLOURS = {"breaking": "red", "risky": "yellow", "safe": "green", "accepted": "cyan"}


def breaking_text(report: Report) -> str:
    """The changes as text with terminal styles; whoever prints it strips them where they do not belong."""
    return "\n".join(_lines(report))


def breaking_summary(report: Report) -> str:
    """How many changes there are, and last which version they ask for."""
    counts = [f"{count} {level}" for level, count in report.summary.items() if count]
    total = style(f"{', '.join(counts)}." if counts else "Nothing differs.", bold=True)
    return f"{total}\n{release_text(report.release)}"


def _lines(report: Report) -> Iterator[str]:
    yield style(f"Specs against {printable(report.against)}", bold=True)
    for title, group in level_groups(report):
        yield ""
        colour = _COLOURS["accepted" if title.endswith("accepted") else title.lower()]
        yield style(title, fg=colour, bold=True)
        if title == "Safe":
            yield from _one_line_each(group)
        else:
            for reported in group:
                yield from _change_lines(reported, colour)


def level_groups(report: Report) -> Iterator[tuple[str, list[ReportedChange]]]:
    """The changes by what is to be done about them; groups without any are left out."""
    for title, group in (
        ("Breaking", [reported for reported in report.changes if reported.breaks]),
        ("Breaking, accepted", [reported for reported in report.changes if reported.acceptance]),
        ("Risky", [reported for reported in report.changes if reported.change.level == "risky"]),
        ("Safe", [reported for reported in report.changes if reported.change.level == "safe"]),
    ):
        if group:
            yield title, group


def _change_lines(reported: ReportedChange, colour: str) -> Iterator[str]:
    change = reported.change
    code = style(f"[{change.code}]", dim=True)
    yield f"  {style(printable(change.address), fg=colour)}  {code}"
    yield from _wrapped_lines("", change.message)
    for what, who in change.people.items():
        yield from _wrapped_lines(what, who)
    if change.counts_text is not None:
        yield from _wrapped_lines("counted", change.counts_text)
    if change.has_values:
        for label, value in zip(("was", "now"), distinguish(change.before, change.after), strict=True):
            yield from _wrapped_lines(label, brief_text(value, 400))
    if change.unnamed_affected:
        yield from _wrapped_lines("affects", ", ".join(change.unnamed_affected))
    yield from reached_lines(change)
    if reported.acceptance:
        yield from _wrapped_lines("accepted", reported.acceptance.text.removeprefix("accepted "))
    if change.source or change.old_source:
        yield from _wrapped_lines("at", change_place(change))
    if change.hint and not reported.acceptance:
        yield from _wrapped_lines("help", change.hint)


def reached_lines(change: SchemaChange) -> Iterator[str]:
    """What the change does to segments, a paragraph each; the first of them where there are many."""
    for reached in change.reached[:SHOWN_REACHED]:
        yield from _wrapped_lines("reaches", reached.text)
    if len(change.reached) > SHOWN_REACHED:
        more = len(change.reached) - SHOWN_REACHED
        yield from _wrapped_lines("reaches", f"{more} more, which `--format json` tells")


def change_place(change: SchemaChange) -> str:
    """Where it stands in the new specs, else where it stood in the old ones."""
    return str(change.source or change.old_source)


def _wrapped_lines(label: str, text: str) -> Iterator[str]:
    """A label and its text, folded so that it stays beside the label."""
    width = max(len(label), 4) + 2 if label else 0
    first, *rest = wrap(printable(text), _WIDTH - width - 6) or [""]
    yield f"      {style(f'{label:<{width}}', dim=True) if label else ''}{first}"
    yield from (f"{'':{width + 6}}{line}" for line in rest)


def _one_line_each(group: Sequence[ReportedChange]) -> Iterator[str]:
    """A line each; what is longer than a screen is counted."""
    shown = group if len(group) <= _SHOWN_SAFE else group[: _SHOWN_SAFE - 1]
    width = min(max(len(reported.change.address) for reported in shown), 48)
    for reported in shown:
        change = reported.change
        code = f"[{change.code}]"
        text = change_summary(change, max(24, _WIDTH - width - len(code) - 6))
        yield f"  {style(f'{printable(change.address):<{width}}', fg='green')}  {text}  {style(code, dim=True)}"
    if len(shown) < len(group):
        yield f"  and {len(group) - len(shown)} more, which `--format json` tells"


def change_summary(change: SchemaChange, longest: int) -> str:
    """The message, with the values where there is room for them."""
    text = printable(change.message)
    if change.has_values:
        before, after = distinguish(change.before, change.after)
        values = f"{printable(brief_text(before, 60))} -> {printable(brief_text(after, 60))}"
        full = f"{text}: {values}"
    else:
        added = change.added_values
        full = f"{text}: {printable(brief_text(added, 60))}" if added else text
    if len(full) <= longest:
        return full
    room = longest - len(text) - 2
    return f"{full[: longest - 1]}…" if room > 12 else text


def release_text(release: Release) -> str:
    """Which version the changes ask for, and what the project file says."""
    if release.bump == "none":
        return "No new version is asked for."
    least = f", {version_text(release.least)} or more" if release.least else ""
    state = "the project file has no `release`"
    if release.after:
        state = f"the project file says {version_text(release.after)}"
    elif release.before:
        state = "the project file no longer has a `release`"
    return f"It asks for a {release.bump} version{least}; {state}."
