"""Events and tags that are one to people and several to Intercom."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics.codes import audit as codes
from intercom_iac.model import Sample, Snapshot, event_address
from intercom_iac.model.address import tag_address
from intercom_iac.text.lists import brief_list

from ..finding import AuditFinding
from ..likenesses import same_but_spelling

_MOST_GROUPS = 50
"""How many groups of tags are told one by one."""


def like_events(snapshot: Snapshot, sample: Sample) -> Iterator[AuditFinding]:
    """Groups of event names that case and separators alone tell apart."""
    people, times = event_uses(sample)
    names = dict.fromkeys((*snapshot.events, *people))
    for group in same_but_spelling(names):
        ordered = sorted(group, key=lambda name: (-times.get(name, 0), name))
        yield AuditFinding(
            kind=codes.LIKE_EVENTS,
            address=event_address(ordered[0]),
            related=tuple(event_address(name) for name in ordered[1:]),
            message=f"the events {brief_list(ordered)} differ in case or separators alone",
            suggestion=f"send `{ordered[0]}` alone, and archive the others in Intercom: segments and messages that "
            "count one of them miss the rest",
            evidence={
                "times": {name: times.get(name, 0) for name in ordered},
                "people": {name: people.get(name, 0) for name in ordered},
                "sampled_people": len(sample.summaries),
            },
            weight=50 + len(group),
        )


def event_uses(sample: Sample) -> tuple[dict[str, int], dict[str, int]]:
    """By the name of an event: how many of the sampled people did it, and how often they did."""
    people: dict[str, int] = {}
    times: dict[str, int] = {}
    for summaries in sample.summaries.values():
        for name in {summary.name for summary in summaries}:
            people[name] = people.get(name, 0) + 1
        for summary in summaries:
            times[summary.name] = times.get(summary.name, 0) + summary.count
    return people, times


def like_tags(snapshot: Snapshot) -> Iterator[AuditFinding]:
    """Groups of tags that case and separators alone tell apart; where there are very many, the rest as a number."""
    groups = same_but_spelling(snapshot.tags)
    for group in groups[:_MOST_GROUPS]:
        yield AuditFinding(
            kind=codes.LIKE_TAGS,
            address=tag_address(group[0]),
            related=tuple(tag_address(name) for name in group[1:]),
            message=f"the tags {brief_list(group)} differ in case or separators alone",
            suggestion="tag everybody with one of them, then delete the others",
            evidence={"tags": list(group)},
            weight=30,
        )
    rest = groups[_MOST_GROUPS:]
    if rest:
        yield AuditFinding(
            kind=codes.LIKE_TAGS,
            address="tag",
            message=f"{len(rest):,} further groups of tags differ in case or separators alone",
            suggestion="mend the ones that are told first; the next audit tells the next",
            evidence={"groups": len(rest), "tags": sum(map(len, rest))},
            weight=29,
        )
