"""Rules that are made to be hard to decide, each a family by size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.predicate import (
    AgainstField,
    And,
    Calendar,
    Compares,
    ComparesFields,
    Equals,
    IsTrue,
    Matches,
    Not,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
    Tagged,
    Within,
)

from ..generators.rules import conjunction, disjunction, negation
from .language import COMPANY, TODAY

SIZE = 40


def new_field(name: str, kind: DataType, options: tuple[str, ...] = (), owner: str = "contact") -> Field:
    return Field(owner, name, kind, f"custom_attributes.{name}", None, options)


def hard_rules(seed: int = 0, size: int = SIZE) -> Iterator[tuple[str, Predicate]]:
    """A rule of each family, with its name."""
    draw = Random(seed)
    yield "3-CNF over tags", three_cnf(draw, size, [Tagged(f"tag {number}") for number in range(size // 4)])
    booleans = [IsTrue(new_field(f"flag_{number}", DataType.BOOLEAN)) for number in range(size // 4)]
    yield "3-CNF over booleans", three_cnf(draw, size, booleans)
    yield (
        "3-CNF at the threshold",
        three_cnf(draw, 4 * size, [Tagged(f"tag {number}") for number in range(int(size / 1.07))]),
    )
    yield (
        "3-CNF over options, numbers and days",
        three_cnf(draw, 2 * size, list(mixed_tests(draw, size // 2))),
    )
    yield "clauses of four", clauses_of_four(draw, size)
    yield "long disjunctions", long_disjunctions(draw, 5 * size)
    yield "deep negation", deep_negation(draw, 2 * size)
    yield "texts with contains", many_parts(5 * size)
    yield "texts without contains", forbidden_parts(draw, 5 * size)
    yield "pigeons and holes", pigeons(6)
    yield "many companies", many_companies(draw, size // 2)
    yield "a circle of dates", circle_of_dates(size // 2)
    yield "ranks", ranks(6)
    yield "many counts", many_counts(draw, size // 4)


def three_cnf(draw: Random, clauses: int, tests: list[Predicate]) -> Predicate:
    def literal(test: Predicate) -> Predicate:
        return negation(test) if draw.random() < 0.5 else test

    return conjunction(
        [disjunction([literal(test) for test in draw.sample(tests, 3)]) for _ in range(clauses)]
    )


def mixed_tests(draw: Random, count: int) -> Iterator[Predicate]:
    """Tests of a few attributes, which have to do with each other."""
    plan = new_field("plan_name", DataType.OPTIONS, tuple(f"plan {number}" for number in range(6)))
    seats, ends = new_field("seats_used", DataType.INTEGER), new_field("ends_on", DataType.DATE)
    for number in range(count):
        yield draw.choice(
            (
                Equals(plan, f"plan {number % 6}"),
                Compares(seats, ">", number % 9),
                OnDay(ends, Within("next", number % 10)),
                OnDay(ends, Calendar("<", TODAY + timedelta(days=number % 10))),
            )
        )


def clauses_of_four(draw: Random, count: int) -> Predicate:
    tests = list(mixed_tests(draw, count))
    return conjunction(
        [
            disjunction([conjunction(draw.sample(tests, 2)), *map(negation, draw.sample(tests, 2))])
            for _ in range(count)
        ]
    )


def long_disjunctions(draw: Random, count: int) -> Predicate:
    """Values of long lists that have one in common, and one list that leaves it out."""
    job = new_field("job_title", DataType.STRING)
    titles = [f"title {number}" for number in range(count)]
    lists = [[titles[0], *draw.sample(titles, count // 2)] for _ in range(8)]
    either = [Or(tuple(Equals(job, title) for title in dict.fromkeys(names))) for names in lists]
    others = set.intersection(*map(set, lists))
    return And((*either, Not(OneOf(job, tuple(sorted(others))))))


def deep_negation(draw: Random, depth: int) -> Predicate:
    tests = list(mixed_tests(draw, depth))
    rule = tests[0]
    for number, test in enumerate(tests[1:]):
        rule = negation(conjunction([rule, test]) if number % 2 else disjunction([rule, test]))
    return rule


def many_parts(count: int) -> Predicate:
    """More parts than a text has room for."""
    job = new_field("job_title", DataType.STRING)
    return And(tuple(Matches(job, "contains", f"part {number}") for number in range(count)))


def forbidden_parts(draw: Random, count: int) -> Predicate:
    job = new_field("job_title", DataType.STRING)
    letters = "abcdefghij"
    forbidden = {draw.choice(letters) + draw.choice(letters) for _ in range(count)}
    wanted = [first + first for first in letters if first + first not in forbidden]
    return And(
        (
            *(Matches(job, "contains", part) for part in wanted),
            *(Not(Matches(job, "contains", part)) for part in sorted(forbidden)),
        )
    )


def pigeons(holes: int) -> Predicate:
    """One more pigeon than holes, each in one of its own: no resolution is short."""
    inside = [[Tagged(f"pigeon {pigeon} in {hole}") for hole in range(holes)] for pigeon in range(holes + 1)]
    alone = [
        Or((Not(inside[pigeon][hole]), Not(inside[other][hole])))
        for hole in range(holes)
        for pigeon in range(holes + 1)
        for other in range(pigeon)
    ]
    return And((*(Or(tuple(places)) for places in inside), *alone))


def many_companies(draw: Random, count: int) -> Predicate:
    tier, size_class, _ = COMPANY
    some = [
        SomeCompany(And((Equals(tier, draw.choice(tier.options)), Compares(size_class, ">", number))))
        for number in range(count)
    ]
    none = [
        Not(SomeCompany(And((Equals(tier, draw.choice(tier.options)), Compares(size_class, ">", 3 * count)))))
        for _ in range(3)
    ]
    return And((*some, *dict.fromkeys(none)))


def circle_of_dates(count: int) -> Predicate:
    dates = [new_field(f"date_{number}", DataType.DATE) for number in range(count)]
    pairs = list(zip(dates, dates[1:] + dates[:1], strict=True))
    return And(tuple(OnDay(one, AgainstField("<", other)) for one, other in pairs))


def ranks(count: int) -> Predicate:
    """Numbers that all differ from each other, with one value too few for them."""
    numbers = [new_field(f"rank_{number}", DataType.INTEGER) for number in range(count)]
    inside = [
        test for number in numbers for test in (Compares(number, ">=", 1), Compares(number, "<", count))
    ]
    apart = [
        Not(ComparesFields(one, "=", other)) for place, one in enumerate(numbers) for other in numbers[:place]
    ]
    return And((*inside, *apart))


def many_counts(draw: Random, count: int) -> Predicate:
    return And(
        tuple(
            Or(
                tuple(
                    Occurrences(
                        "login", None, draw.choice((">=", "<")), draw.randrange(1, 6), Within("last", days)
                    )
                    for days in draw.sample(range(1, 30), 2)
                )
            )
            for _ in range(count)
        )
    )
