"""Generated rules as contact searches: what the query finds and the residual leaves are the rule's members."""

from __future__ import annotations

import json
import random
import weakref
from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from typing import Any, get_args
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import given

from intercom_iac.compilers import to_search
from intercom_iac.model import Attribute, DataType, Field, Person, Predicate, Schema, fields_of, fold
from intercom_iac.model.predicate import (
    AgainstField,
    Amount,
    Between,
    ComparesFields,
    DayName,
    DaysBetween,
    DaysFromField,
    DayTest,
    Matches,
    NamedDay,
    Not,
    OnDay,
    OrderComparison,
)
from intercom_iac.rules import satisfies
from intercom_iac.sandbox import Request, Sandbox
from support.api_description import validator, where_described
from support.generators import OPTIONS, WORDS, Moment, cases, examples, rules

TODAY = date(2026, 3, 29)  # clocks change in Europe on this day

# --- search, judged by a reading of the description of our own ------------------------------------------------


def found(
    query: dict[str, Any], contact: dict[str, Any], zone: ZoneInfo, dates: set[str | None], level: int = 0
) -> bool:
    """Whether POST /contacts/search finds the contact: groups, operators, days as the description says."""
    if "field" not in query:
        assert level < 2, "too many levels"
        assert 1 <= len(query["value"]) <= 15
        assert len({"field" in each for each in query["value"]}) == 1, "filters and groups mixed"
        results = [found(each, contact, zone, dates, level + 1) for each in query["value"]]
        return all(results) if query["operator"] == "AND" else any(results)
    value: Any = contact
    for key in query["field"].split(".", 1):
        value = value.get(key) if isinstance(value, dict) else None
    operator, wanted = query["operator"], query["value"]
    assert not isinstance(wanted, float)
    if operator in ("IN", "NIN"):
        assert wanted
        assert not any(isinstance(each, (bool, float)) for each in wanted)
        return (value in wanted) is (operator == "IN")
    if wanted is None:
        return (value is None) is (operator == "=")
    if query["field"] in dates:
        assert operator in ("=", "<", ">")
        if value is None:
            return False
        day, moment = (datetime.fromtimestamp(each, zone).date() for each in (wanted, value))
        return {"=": moment == day, "<": moment < day, ">": moment > day}[operator]
    if operator in ("=", "!="):
        return (value == wanted) is (operator == "=")
    if operator == "!~":
        return value is None or fold(wanted) not in fold(value)
    if value is None:
        return False
    if operator in ("~", "^", "$"):
        text, part = fold(value), fold(wanted)
        return {"~": part in text, "^": text.startswith(part), "$": text.endswith(part)}[operator]
    return {"<": value < wanted, "<=": value <= wanted, ">": value > wanted, ">=": value >= wanted}[operator]


@examples(150)
@given(cases())
def test_a_search_finds_every_member_and_the_residual_decides(case: tuple[Predicate, Person, Moment]) -> None:
    rule, person, at = case
    search = to_search(rule, today=at.today, zone=at.zone)
    member = satisfies(person, rule, today=at.today, zone=at.zone)
    dates = {each.search for each in fields_of(rule) if each.type is DataType.DATE}
    selected = found(search.query, dict(person.contact), at.zone, dates)
    if search.exact:
        assert (search.residual, search.requires) == (None, ())
        assert selected is member
    else:
        assert search.residual is not None
        assert (selected and satisfies(person, search.residual, today=at.today, zone=at.zone)) is member
        assert search.diagnostics


# --- search, judged by the embedded workspace ---------------------------------------------------------------

ATTRIBUTES = {
    "plan": DataType.OPTIONS,
    "the one ring": DataType.STRING,
    "usage": DataType.INTEGER,
    "score": DataType.FLOAT,
    "vip": DataType.BOOLEAN,
    "ends": DataType.DATE,
    "starts": DataType.DATE,
}
WORKSPACE = Schema(
    {
        ("contact", name): Attribute("contact", name, type_, OPTIONS if type_ is DataType.OPTIONS else ())
        for name, type_ in ATTRIBUTES.items()
    }
)


class Workspace:
    """An embedded workspace with people in it, spoken to as over the wire."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(None)
        weakref.finalize(self, self.sandbox.close)
        self.zone = ZoneInfo(self.sandbox.timezone)
        self.at = Moment(TODAY, self.zone)
        for name, type_ in ATTRIBUTES.items():
            body: dict[str, Any] = {"name": name, "model": "contact", "data_type": str(type_)}
            if type_ is DataType.OPTIONS:
                body["options"] = [{"value": each} for each in OPTIONS]
            self.call("/data_attributes", body)
        pick = random.Random(7)
        pools: dict[str, list[Any]] = {
            "plan": list(OPTIONS),
            "the one ring": WORDS,
            "usage": [-2, -1, 0, 1, 2, 3],
            "score": [-1.5, 0, 1, 1.25, 2],
            "vip": [True, False],
            "ends": [self.at.seconds(day) + off for day in range(-6, 7) for off in (-1, 0, 43200)],
            "starts": [self.at.seconds(day) + off for day in range(-6, 7) for off in (-1, 0, 43200)],
        }
        for number in range(60):
            given = {name: pick.choice(pool) for name, pool in pools.items() if pick.random() < 0.8}
            role = {"role": "lead"} if number % 4 == 0 else {"role": "user", "external_id": str(number)}
            email = {"email": f"trial{number}@example.com"} if number % 3 else {}
            self.call("/contacts", {**role, **email, "custom_attributes": given})
        self.contacts = self.found({"field": "role", "operator": "IN", "value": ["user", "lead"]})
        assert len(self.contacts) == 60

    def call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {
            "authorization": "Bearer any",
            "intercom-version": "2.16",
            "content-type": "application/json",
        }
        answer = self.sandbox.handle(Request("POST", path, {}, headers, json.dumps(body).encode()))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def found(self, query: dict[str, Any]) -> dict[str, dict[str, Any]]:
        answer = self.call("/contacts/search", {"query": query, "pagination": {"per_page": 150}})
        return {each["id"]: each for each in answer["data"]}

    def members(self, rule: Predicate) -> set[str]:
        return {
            key
            for key, contact in self.contacts.items()
            if satisfies(Person(contact), rule, today=TODAY, zone=self.zone)
        }

    def check(self, rule: Predicate) -> None:
        """The query finds every member and, where it says that it is exact, nobody else."""
        search = to_search(rule, today=TODAY, zone=self.zone)
        selected, members = set(self.found(search.query)), self.members(rule)
        if search.exact:
            assert selected == members, rule
        else:
            assert search.residual is not None
            assert selected >= members, rule
            assert selected & self.members(search.residual) == members, rule


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace()


@examples(150)
@given(rules(WORKSPACE, TODAY))
def test_the_embedded_workspace_finds_who_the_rule_means(workspace: Workspace, rule: Predicate) -> None:
    workspace.check(rule)


def field(name: str) -> Field:
    found = WORKSPACE.field("contact", name)
    assert found is not None
    return found


def forms_of_two_bounds_or_two_fields() -> Iterator[Predicate]:
    usage, score, text, ends, starts = map(field, ("usage", "score", "the one ring", "ends", "starts"))
    signs, amounts, sides = get_args(OrderComparison), get_args(Amount), ("before", "after")
    points = (-3, -1, 0, 1, date(2026, 3, 28), date(2026, 4, 1))
    tests: list[DayTest] = [
        *(NamedDay(sign, day) for sign, day in product(signs, get_args(DayName))),
        *(DaysBetween(first, last) for first, last in product(points, points)),
        *(AgainstField(sign, starts) for sign in signs),
        *(DaysFromField(amount, 2, side, starts) for amount, side in product(amounts, sides)),
        *(DaysFromField("within", 2, side, starts) for side in (*sides, "of")),
    ]
    yield from (OnDay(ends, test) for test in tests)
    yield from (Between(usage, first, last) for first, last in product((-1, 1, 2), (-1, 0, 2, 2**63)))
    yield from (Between(score, first, last) for first, last in product((-1.5, 0.0, 1.25), (-1.0, 1.25, 2.0)))
    yield from (ComparesFields(usage, sign, score) for sign in signs)
    yield from (Matches(text, "contains word", word) for word in ("hi", "plus", "padded", "T", "x", "σ"))


def test_the_embedded_workspace_finds_who_each_form_of_two_bounds_or_two_fields_means(
    workspace: Workspace,
) -> None:
    for test in forms_of_two_bounds_or_two_fields():
        workspace.check(test)
        workspace.check(Not(test))


# --- search, judged by the official description -------------------------------------------------------------


@pytest.fixture(scope="module")
def official() -> jsonschema.Draft4Validator:
    return validator({"$ref": "#/components/schemas/search_request"})


@where_described
@examples(200)
@given(cases())
def test_the_official_description_takes_the_query(
    official: jsonschema.Draft4Validator, case: tuple[Predicate, Person, Moment]
) -> None:
    rule, _, at = case
    search = to_search(rule, today=at.today, zone=at.zone)
    assert [error.message for error in official.iter_errors({"query": search.query})] == []


@where_described
def test_the_official_description_would_refuse_another_operator(official: jsonschema.Draft4Validator) -> None:
    query = {"field": "email", "operator": "LIKE", "value": "a"}
    assert list(official.iter_errors({"query": query}))
