"""Every small history of a contact: the judge of what is said to be impossible. Knows nothing of the prover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import combinations_with_replacement, product
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.model import Field, Person, Predicate
from intercom_iac.model.predicate import Aggregate, Compares, Equals, IsTrue, Occurrences, own_fields, walk
from intercom_iac.rules.meaning import satisfies

ZONE = ZoneInfo("UTC")


def moment(day: date, hour: int = 12) -> int:
    return int(datetime.combine(day, time(hour), ZONE).timestamp())


def histories(
    today: date, events: Sequence[str], metadata: Sequence[Mapping[str, Any]], *, back: int, most: int
) -> Iterator[tuple[dict[str, Any], ...]]:
    """All multisets of up to `most` occurrences, on the days from so many days back to today, at one of two hours."""
    single = [
        {"event_name": event, "created_at": moment(today - timedelta(days=days), hour), "metadata": values}
        for event in events
        for days in range(back + 1)
        for hour in ((12,) if len(events) == 1 else (12, 13))
        for values in metadata
    ]
    for number in range(most + 1):
        yield from combinations_with_replacement(single, number)


def metadata_of(rules: Sequence[Predicate]) -> list[dict[str, Any]]:
    """Metadata that tell apart what the rules ask of them: each constant, beside it, another, and none."""
    values: dict[Field, list[Any]] = {}
    for rule in rules:
        for part in walk(rule):
            for field in own_fields(part):
                if field.owner == "event":
                    values.setdefault(field, [None])
            if isinstance(part, IsTrue):
                values[part.field] += [True]
            if isinstance(part, Equals):
                beside = [part.value + 1] if isinstance(part.value, int) else ["other"]
                values[part.field] += [part.value, *beside]
            if isinstance(part, Compares):
                values[part.field] += [part.value - 1, part.value, part.value + 1]
            if isinstance(part, Aggregate):
                values[part.key] += [part.value - 1, part.value, part.value + 1]
    keys = list(values)
    return [
        {key.name: value for key, value in zip(keys, combination, strict=True) if value is not None}
        for combination in product(
            *(dict.fromkeys([*options, *_known(field)]) for field, options in values.items())
        )
    ]


def _known(field: Field) -> list[Any]:
    return ["other"] if field.type.is_text else [1]


def passing(
    literals: Sequence[Predicate], persons: Iterator[tuple[date, Person]]
) -> tuple[date, Person] | None:
    """The first who passes all of the tests."""
    for today, person in persons:
        if all(satisfies(person, literal, today=today, zone=ZONE) for literal in literals):
            return today, person
    return None


def decide_metadata(rule: Predicate, today: date) -> Mapping[str, Any] | None:
    """Metadata that satisfy a rule, of all that tell apart what it asks."""
    for metadata in metadata_of([rule]):
        if satisfies_occurrence(metadata, rule, today):
            return metadata
    return None


def satisfies_occurrence(metadata: Mapping[str, Any], rule: Predicate, today: date) -> bool:
    """Whether an occurrence with these metadata is counted under the rule."""
    occurrence = {"event_name": "asked", "created_at": moment(today), "metadata": metadata}
    return satisfies(Person({}, (), (occurrence,)), Occurrences("asked", rule), today=today, zone=ZONE)
