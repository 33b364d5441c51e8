"""How many people belonged to segments before their rules changed, and how many do after: counted among people in
files or in a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from intercom_iac.breaking import MemberCount, MemberCounts, Report, Rules
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate, fields_of, intercom_segments_of, reads_days
from intercom_iac.model.predicate import And, Not
from intercom_iac.rules.normal import chain

from .notices import DaysCounted, ListsInPart, Notify, SegmentsLeftOut, ignore_notice
from .revisions import compare_revisions
from .rules.evaluation_day import EvaluationDay
from .rules.proof_world import proof_world
from .session import Session

if TYPE_CHECKING:
    from intercom_iac.preview import Files, PostgresTables, Preview, SparkFiles
    from intercom_iac.project import BaseReference

    People = Files | SparkFiles | PostgresTables

_Role = Literal["before", "after", "enter", "leave"]
_Counted = tuple[Rules, _Role]
_Types = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Counting:
    """Where people are counted, on which day, and who is told what on the way."""

    people: People
    day: EvaluationDay
    notify: Notify
    progress: Callable[[str, float], None] | None


def report_changes(
    session: Session,
    against: BaseReference,
    *,
    people: People | None = None,
    zone: ZoneInfo | None = None,
    notify: Notify = ignore_notice,
    progress: Callable[[str, float], None] | None = None,
) -> Report:
    """Every change since a revision or folder, with the people of each segment that changed, counted among `people`.

    Days are in the zone that is given, else in that of the project file, else in UTC: no workspace is asked. A
    segment that only Intercom can decide is left out of what is counted, and so is one that reads companies or events
    of which there is no file; both are told. Raises as `compare_revisions`
    does, and `Misuse` where a file is not what it should be.
    """
    report = compare_revisions(session, against, zone=zone).report
    if people is None:
        return report
    changed = report.changed_rules
    left_out = [pair for pair in changed if any(map(intercom_segments_of, pair))]
    if left_out:
        notify(SegmentsLeftOut(tuple(changed[pair].address for pair in left_out)))
    pairs = [pair for pair in changed if pair not in left_out]
    rules = dict(_rules_to_count(pairs))
    day = _day(session, rules.values(), zone)
    counting = _Counting(people, day, notify, progress)
    if rules:
        _notify_of_people(list(rules.values()), counting)
    counts: dict[_Counted, MemberCount] = {}
    for passed in _passes(rules):
        counts |= _count(passed, counting)
    return report.with_counts(
        {pair: _member_counts(pair, counts) for pair in pairs if _is_told_by(people, pair)},
        session.project.settings.safety.max_audience_change_percent,
    )


def _is_told_by(people: People, pair: Rules) -> bool:
    """Whether these people tell who enters and leaves: files of contacts alone say nothing of their companies."""
    from intercom_iac.preview import PostgresTables

    from .rules.evaluating import kinds_not_given

    return isinstance(people, PostgresTables) or not kinds_not_given(pair, people)


def _day(session: Session, rules: Iterable[Predicate], zone: ZoneInfo | None) -> EvaluationDay:
    """The first day of the proofs: what is counted is what is proved."""
    world = proof_world(session, zone=zone)
    settings = session.project.settings
    is_declared = settings.timezone is not None or any(
        workspace.timezone is not None for workspace in settings.workspaces.values()
    )
    source = (
        f"as {session.project.source.path} says" if is_declared else "since the project file says no other"
    )
    return EvaluationDay(
        today=world.first,
        zone=ZoneInfo(world.zone),
        source="as --timezone says" if zone is not None else source,
        matters=any(map(reads_days, rules)),
    )


def _notify_of_people(rules: Sequence[Predicate], counting: _Counting) -> None:
    from intercom_iac.preview import PostgresTables

    from .rules.evaluating import notify_of_files_not_given

    if not isinstance(counting.people, PostgresTables):
        notify_of_files_not_given(rules, counting.people, counting.notify)
    if counting.day.matters:
        counting.notify(DaysCounted(counting.day))


def _rules_to_count(pairs: Iterable[Rules]) -> Iterator[tuple[_Counted, Predicate]]:
    """Whom to count of each pair. Where a field has another type now, no pass reads both rules."""
    for pair in pairs:
        old, new = pair
        yield (pair, "before"), old
        yield (pair, "after"), new
        if _agree(_types(old), _types(new)):
            yield (pair, "enter"), chain(And, (new, Not(old)))
            yield (pair, "leave"), chain(And, (old, Not(new)))


def _passes(rules: Mapping[_Counted, Predicate]) -> list[dict[_Counted, Predicate]]:
    """The rules in as few groups as it takes that no field has two types in one."""
    types: list[dict[tuple[str, str], str]] = []
    groups: list[dict[_Counted, Predicate]] = []
    for counted, rule in rules.items():
        read = _types(rule)
        at = next((at for at, known in enumerate(types) if _agree(known, read)), len(groups))
        if at == len(groups):
            types.append({})
            groups.append({})
        types[at] |= read
        groups[at][counted] = rule
    return groups


def _types(rule: Predicate) -> dict[tuple[str, str], str]:
    """The types of the fields that a rule reads; an option is a text."""
    return {
        (field.owner, field.name): "text" if field.type.is_text else field.type.value
        for field in fields_of(rule)
    }


def _agree(types: _Types, others: _Types) -> bool:
    return all(others.get(key, name) == name for key, name in types.items())


def _count(rules: Mapping[_Counted, Predicate], counting: _Counting) -> dict[_Counted, MemberCount]:
    """The people of rules that are counted in one pass."""
    named = {str(number): counted for number, counted in enumerate(rules)}
    preview = _preview({name: rules[counted] for name, counted in named.items()}, counting)
    if preview.in_part:
        counting.notify(ListsInPart(preview.in_part))
    return {named[size.key]: MemberCount(size.count) for size in preview.sizes}


def _preview(rules: Mapping[str, Predicate], counting: _Counting) -> Preview:
    from intercom_iac.preview import Files, preview, preview_on_engine

    people, day, watch = counting.people, counting.day, counting.progress
    if isinstance(people, Files):
        return preview(rules, people, today=day.today, zone=day.zone, watch=watch)
    return preview_on_engine(rules, people, today=day.today, zone=day.zone, watch=watch)


def _member_counts(pair: Rules, counts: Mapping[_Counted, MemberCount]) -> MemberCounts:
    before, after = counts[pair, "before"], counts[pair, "after"]
    return MemberCounts(
        before=before,
        after=after,
        enter=counts.get((pair, "enter"), MemberCount(after.count, exact=False)),
        leave=counts.get((pair, "leave"), MemberCount(before.count, exact=False)),
    )
