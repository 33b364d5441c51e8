"""What the reports of drift have in common: kinds in words, their order, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from intercom_iac.drift import FILES, KINDS, Adopted, Copy, Finding, Kind, Report
from intercom_iac.text import quoted_names

TITLES: Mapping[Kind, str] = {
    "changed": "Changed in the workspace",
    "edited": "Edited in the workspace",
    "archived": "Archived in the workspace, active in the specs",
    "restored": "Archived in the specs, there in the workspace",
    "missing": "In the specs, missing in the workspace",
    "unmanaged": "In the workspace, not in the specs",
    "undeclared": "Done by people, not in the specs",
    "near_cap": "Near a cap of Intercom",
}
SIGNS: Mapping[Kind, str] = {
    "changed": "~",
    "edited": "~",
    "archived": "-",
    "restored": "+",
    "missing": "-",
    "unmanaged": "+",
    "undeclared": "+",
    "near_cap": "!",
}
_CONFIDENCE = {"certain": "", "likely": "likely", "unknown": "perhaps"}


def groups(report: Report) -> Iterator[tuple[Kind, Sequence[Finding]]]:
    """The findings of each kind there is, in the order in which they are told."""
    for kind in TITLES:
        found = [finding for finding in report.findings if finding.kind == kind]
        if found:
            yield kind, found


def against_words(report: Report) -> str:
    """What the workspace was compared with, with its commit and time."""
    if report.moment.name == FILES:
        return "the files as they are"
    told = f"`{report.moment.name}`"
    if report.revision is None:
        return told
    about = [report.revision[:12]]
    if report.moment.committed_at:
        about.append(datetime.fromtimestamp(report.moment.committed_at, UTC).strftime("%Y-%m-%d %H:%M UTC"))
    return f"{told} ({', '.join(about)})"


def kind_words(finding: Finding) -> str:
    """The kind, of what where the address does not say it, and how sure it is."""
    kind = finding.kind.replace("_", " ")
    thing = "" if finding.address.partition(".")[0] == finding.thing else f"{finding.thing} "
    words = f"{thing}{kind}"
    sure = _CONFIDENCE[finding.confidence]
    return f"{words} ({sure})" if sure else words


def summary_words(report: Report) -> str:
    """How many findings there are, by kind, and how many are ignored."""
    counts = [f"{report.summary[kind]} {kind.replace('_', ' ')}" for kind in KINDS if report.summary[kind]]
    text = ", ".join(counts) or "nothing drifted"
    if report.ignored:
        text += f"; {len(report.ignored)} ignored, as the project file says"
    return text


def copy_words(copy: Copy) -> str:
    """How far the values of a renamed attribute are copied."""
    old, new, copied = copy.old, copy.new, copy.copied
    text = f"`{copy.replaced}` has a value in {old.filled:,} of {old.of:,} sampled, the new one in {new.filled:,}"
    if not copied.of:
        return f"{text}: nothing to copy was seen"
    low, high = copied.interval
    share = f"{copied.rate:.0%}; of all, {low:.0%} to {high:.0%}"
    return f"{text}: copied for {copied.filled:,} of {copied.of:,} ({share}){_lost_words(copy)}"


def _lost_words(copy: Copy) -> str:
    """Which values the copy leaves behind."""
    lost = copy.lost
    if not lost.objects:
        return ""
    values = ", ".join(f"`{value.value}` {value.times:,}x ({value.why})" for value in lost.values)
    left = lost.different - len(lost.values)
    more = f" and {left:,} more values" if left else ""
    return f"; {lost.objects:,} would lose theirs, which do not convert: {values}{more}"


def adopted_words(adopted: Adopted) -> str:
    """Where what was adopted stands, and for which other workspaces."""
    place = f"{adopted.file}:{adopted.line}"
    return f"{place}, for {quoted_names(adopted.also_for)} as well" if adopted.also_for else place


def advice(report: Report) -> Iterator[str]:
    """What to do about the findings."""
    if any(finding.kind not in ("missing", "near_cap") for finding in report.findings):
        yield "`intercom-iac drift --adopt ADDRESS` takes the workspace's value into the specs"
    if any(finding.source is not None for finding in report.findings):
        yield "`intercom-iac apply --target ADDRESS` puts the specs' value back"
