"""Which contacts of a file satisfy a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.compilers import evaluator, parts_evaluator
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import is_registrar, reads_tags, requires
from intercom_iac.preview import (
    Files,
    SparkFiles,
    memory_check,
    people,
    read_keys,
    required_lists,
    truncated_lists,
)

from ..notices import DaysCounted, FilesNotGiven, Notify, ignore_notice
from ..session import Session
from .evaluation_day import EvaluationDay, evaluation_day

if TYPE_CHECKING:
    from intercom_iac.model import Person, Predicate


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The ids of the contacts that satisfy a rule, in the file's order, and the day it was evaluated on.

    `in_part`: how many contacts list only the first of the `tags` or `companies` that the rule reads.
    """

    members: tuple[str, ...]
    day: EvaluationDay
    in_part: Mapping[str, int]


def evaluate_rule(
    session: Session,
    rule: Predicate,
    files: Files,
    *,
    zone: ZoneInfo | None = None,
    memory: str | None = None,
    notify: Notify = ignore_notice,
) -> Evaluation:
    """Evaluates a rule for each contact of the files.

    Raises `Misuse` where a file is not what it should be, and where it takes more than `memory`, such as `1GB`: at
    once if that can be known.
    """
    check_memory = memory_check(memory, files) if memory is not None else lambda: None
    notify_of_files_not_given([rule], files, notify)
    day = evaluation_day(session, [rule], zone)
    if day.matters:
        notify(DaysCounted(day))
    holds = parts_evaluator(rule, today=day.today, zone=day.zone)
    lists = required_lists(rule)
    in_part: Counter[str] = Counter()
    members: list[str] = []
    keys = read_keys(rule, today=day.today, zone=day.zone)
    crowd = people(files, with_tags=reads_tags(rule), keys=keys, check_memory=check_memory)
    for contact, companies, events in crowd:
        if lists:
            in_part.update(name for name in truncated_lists(contact) if name in lists)
        if holds(contact, companies, events):
            members.append(str(contact["id"]))
    return Evaluation(members=tuple(members), day=day, in_part=in_part)


def satisfying(
    session: Session, rule: Predicate, people: Iterable[Person], *, zone: ZoneInfo | None = None
) -> list[Person]:
    """Those of the people who satisfy a rule, in their order; the contact that registers events is nobody."""
    day = evaluation_day(session, [rule], zone)
    holds = evaluator(rule, today=day.today, zone=day.zone)
    return [person for person in people if not is_registrar(person.contact) and holds(person)]


def kinds_not_given(rules: Iterable[Predicate], files: Files | SparkFiles) -> tuple[str, ...]:
    """The kinds of files that the rules read and that are not given."""
    needed = dict.fromkeys(kind for rule in rules for kind in requires(rule))
    given = {"companies": files.companies, "events": files.events}
    return tuple(kind for kind in needed if given[kind] is None)


def notify_of_files_not_given(rules: Iterable[Predicate], files: Files | SparkFiles, notify: Notify) -> None:
    """Tells which kinds of files the rules read and that are not given.

    Nobody has any of what they hold then: right for whoever has none, and a rule that says `not` selects everybody.
    """
    if missing := kinds_not_given(rules, files):
        notify(FilesNotGiven(missing))
