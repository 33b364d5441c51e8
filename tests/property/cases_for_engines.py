"""What generated rules rarely meet, for each engine: odd clocks, wild moments, exact numbers, whole words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.compilers import sql
from intercom_iac.compilers.sql.days import day_number
from intercom_iac.model import DataType, Event, Field, MetadataKey, Person, Predicate, Schema
from intercom_iac.model.days import calendar_day, day_start
from intercom_iac.model.predicate import (
    ActiveDays,
    AgainstField,
    Aggregate,
    Aggregation,
    ComparesFields,
    DaysFromField,
    EventSequence,
    Matches,
    Not,
    Occurrences,
    OrderComparison,
)
from support.engines import Engine, differences
from support.generators import World
from support.generators.times import Moment

Case = Callable[[Engine], None]

FIRST = date(1970, 1, 1).toordinal()
NEWFOUNDLAND = ZoneInfo("America/St_Johns")
# Clocks that skip midnight or a day, and that are set back over midnight.
CHANGES: list[tuple[tzinfo, list[date]]] = [
    (UTC, [date(1969, 12, 31), date(2026, 3, 1)]),
    (ZoneInfo("UTC"), [date(2026, 3, 1)]),
    (ZoneInfo("Etc/GMT+5"), [date(2026, 3, 1)]),
    (timezone(timedelta(hours=5, minutes=30)), [date(2026, 3, 1)]),
    (timezone(-timedelta(hours=3, minutes=30)), [date(1969, 12, 31), date(2026, 3, 1)]),
    (ZoneInfo("Europe/Dublin"), [date(2026, 3, 29), date(2026, 10, 25)]),
    (ZoneInfo("America/Santiago"), [date(2026, 4, 5), date(2026, 9, 6)]),
    (ZoneInfo("Pacific/Apia"), [date(2011, 12, 30), date(2011, 12, 31)]),
    (NEWFOUNDLAND, [date(1987, 10, 25), date(2006, 10, 29), date(2010, 11, 7)]),
    (ZoneInfo("Antarctica/Casey"), [date(2010, 3, 5)]),
]
# In milliseconds, far outside of the calendar, and at its ends.
WILD: list[int | None] = [
    None,
    1_700_000_000_000,
    2**63 - 1,
    1 - 2**63,
    253_402_300_799,
    -62_135_596_800,
    -62_135_500_000,
]


def case_days_are_the_calendars_whatever_the_clocks_do(engine: Engine) -> None:
    for zone, days in CHANGES:
        around = [
            day_start(day, zone) + minutes * 60
            for day in days
            for minutes in (-61, -1, 0, 1, 59, 60, 61, 1439)
        ]
        listed = " union all ".join(
            f"select cast({'null' if moment is None else moment} as bigint) as moment"
            for moment in around + WILD
        )
        number = day_number("x.moment", sql.DIALECTS[engine.name], zone)
        found = dict(engine.rows(f"select x.moment, {number} from ({listed}) x"))
        assert found.pop(None) is None, zone
        assert found == {moment: calendar_day(moment, zone).toordinal() - FIRST for moment in found}, zone


def case_the_present_day_is_that_of_the_clock(engine: Engine) -> None:
    zones: list[tzinfo] = [zone for zone, _ in CHANGES]
    zones += [ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")]
    days = [sql.current_day(sql.DIALECTS[engine.name], zone).expression for zone in zones]
    before = time.time()
    (found,) = engine.rows(f"select {', '.join(days)}")
    after = time.time()
    for zone, day in zip(zones, found, strict=True):
        assert FIRST + int(day) in {calendar_day(moment, zone).toordinal() for moment in (before, after)}, (
            zone
        )


# --- rules --------------------------------------------------------------------------------------------------

KEYS = (
    MetadataKey("amount", DataType.FLOAT),
    MetadataKey("Amount", DataType.INTEGER),
    MetadataKey("a key with a name that is as long as sixty-three bytes would be", DataType.FLOAT),
    MetadataKey("note", DataType.STRING),
)
SCHEMA = Schema({}, {"paid": Event("paid", metadata=KEYS), "seen": Event("seen")})
AT = Moment(date(2010, 11, 7), NEWFOUNDLAND)
CREATED = SCHEMA.field("contact", "created_at")
NOTHING: dict[str, Any] = {"role": "user", "custom_attributes": {}, "tags": {"data": []}}


def key(name: str) -> Field:
    field = SCHEMA.events["paid"].field(name)
    assert field is not None
    return field


def occurrence(name: str, moment: int | None = 0, **metadata: Any) -> dict[str, Any]:
    return {"event_name": name, "created_at": moment, "metadata": metadata}


def person(number: int, *events: dict[str, Any], **values: Any) -> Person:
    return Person({"id": f"p{number}", **NOTHING, **values}, [], list(events))


def assert_agreed(engine: Engine, people: list[Person], rules: Sequence[Predicate]) -> None:
    """That the engine finds who the rules and their complements mean."""
    differing = differences(engine, World(SCHEMA, people, [*rules, *map(Not, rules)], AT))
    assert not differing, differing[0]


AMOUNTS: list[list[Any]] = [
    [],
    [None, "5", True],
    [0.1, 0.2],
    [0.1, 0.1, 0.1],
    [33.3, 33.3, 33.3],
    [1, 2, 2.5],
    [2**53 + 1, -(2**53)],
    [2**63 - 1, 2**63 - 1],
    [1e300, 1],
    [-1e300],
    [1e-7, 1e-7],
]
BOUNDS = [0.1, 0.3, 99.9, 0, 1, 1.5, 5.5, 2**63 - 1, 1e300, 1e-7, 1e-200]


def case_numbers_are_added_as_the_decimals_they_are_written_as(engine: Engine) -> None:
    people = [
        person(number, *(occurrence("paid", amount=amount, Amount=amount) for amount in amounts))
        for number, amounts in enumerate(AMOUNTS)
    ]
    functions: list[Aggregation] = ["sum", "average", "minimum", "maximum"]
    comparisons: list[OrderComparison] = ["<", "="]
    for function in functions:
        rules = [
            Aggregate("paid", function, key(name), comparison, bound)
            for name in ("amount", "Amount")
            for comparison in comparisons
            for bound in BOUNDS
        ]
        assert_agreed(engine, people, rules)


def case_a_key_with_a_long_name_has_a_column_of_its_own(engine: Engine) -> None:
    long = KEYS[2].name
    people = [
        person(0, occurrence("paid", **{long: 3, "amount": 2})),
        person(1, occurrence("paid", amount=3)),
    ]
    rules: list[Predicate] = [Aggregate("paid", "sum", key(name), "=", 3) for name in (long, "amount")]
    assert_agreed(engine, people, [*rules, ComparesFields(key(long), ">", key("amount"))][:2])


TEXTS = [
    "a",
    "éa",
    "a1",
    "1a",
    "_a_",
    "a\u0301",
    "²a",
    "a-b",
    "aΣ",
    "Σ a",
    "İa",
    "a\n",
    "x.a",
    "東a",
    "a東",
    "A!",
    "b a+b",
]
WORDS_SOUGHT = ["a", "a+b", "x.a", "Σ", "\u0301", "İa", "a-", "."]


def case_a_whole_word_has_neither_letter_nor_digit_beside_it(engine: Engine) -> None:
    # To PostgreSQL it is for the locale to say what a digit is: to those of C a superscript is none.
    texts = [text for text in TEXTS if engine.name != "postgres" or "²" not in text]
    people = [person(number, occurrence("paid", note=text)) for number, text in enumerate(texts)]
    where = [Matches(key("note"), "contains word", word) for word in WORDS_SOUGHT]
    assert_agreed(engine, people, [Occurrences("paid", test) for test in where])


def sequences() -> Iterator[list[dict[str, Any]]]:
    """A visit and a payment so many seconds apart, around the hour that comes twice and other midnights."""
    for start in (0, -60, 60, 3600, 86_399, 10 * 86_400):
        moment = day_start(AT.today, NEWFOUNDLAND) + start
        for apart in (-1, 0, 1, 3600, 86_400, 2 * 86_400 + 3600):
            seen, paid = occurrence("seen", moment), occurrence("paid", moment + apart)
            yield [paid, seen]
            yield [occurrence("paid", moment - 86_400), seen, occurrence("seen", None), paid]


def case_an_event_follows_another_at_its_moment_and_for_so_many_days(engine: Engine) -> None:
    people = [person(number, *events) for number, events in enumerate(sequences())]
    people.append(person(len(people), occurrence("seen"), occurrence("paid", None)))
    rules: list[Predicate] = [
        EventSequence(first, then, days)
        for first, then in (("seen", "paid"), ("paid", "seen"), ("seen", "seen"))
        for days in (None, 0, 1, 2)
    ]
    assert_agreed(engine, people, rules)


def case_days_of_events_are_counted_and_held_against_those_of_the_contact(engine: Engine) -> None:
    assert CREATED is not None
    midnight = day_start(AT.today, NEWFOUNDLAND)
    moments = [midnight + offset for offset in (-1, 0, 59, 61, 3600, 86_400)] + [1_700_000_000_000]
    people = [
        person(number, *(occurrence("seen", moment) for moment in moments[:number]), created_at=created)
        for number, created in enumerate(
            [midnight, midnight - 1, midnight + 61, None, 2**62, midnight, midnight]
        )
    ]
    windows = [
        None,
        AgainstField("=", CREATED),
        AgainstField(">", CREATED),
        DaysFromField("within", 0, "of", CREATED),
        DaysFromField("more than", 0, "before", CREATED),
        DaysFromField("less than", 0, "after", CREATED),
    ]
    rules: list[Predicate] = [
        ActiveDays("seen", ">=", days, window=window) for days in (0, 1, 2) for window in windows
    ]
    assert_agreed(engine, people, rules)


CASES: list[Case] = [case for name, case in globals().items() if name.startswith("case_")]
