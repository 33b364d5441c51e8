"""Generated rules over generated schemas: text and tree say the same, logic is two-valued, search agrees."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.compilers import to_search
from intercom_iac.diagnostics import Excerpt
from intercom_iac.model import (
    Attribute,
    DataType,
    Event,
    Field,
    MetadataKey,
    ModelName,
    Person,
    Predicate,
    Schema,
    Segment,
    evaluate,
    evaluator,
)
from intercom_iac.model.predicate import (
    And,
    Away,
    Calendar,
    Compares,
    DayTest,
    Equals,
    InSegment,
    IsKnown,
    IsTrue,
    Matches,
    Not,
    OccurrenceDay,
    Occurrences,
    OnDay,
    OneOf,
    Or,
    SomeCompany,
    Tagged,
    Within,
)
from intercom_iac.rules import compile_rule, english, filter_steps, format_rule, format_syntax, parse, tree
from intercom_iac.sandbox import Request, Sandbox

TODAY = date(2026, 3, 29)  # clocks change in Europe on this day
ZONES = ["UTC", "America/New_York", "Europe/Dublin", "Pacific/Auckland", "Asia/Kolkata", "America/Santiago"]

# --- schemas ------------------------------------------------------------------------------------------------

WORDS = [
    "trial",
    "Trial",
    "pro plus",
    "it's",
    'say "hi"',
    "and",
    "unknown",
    "true",
    "5",
    "2026-01-31",
    "Žofie",
    "ß",
    "#1",
]
NAMES = [
    "plan",
    "tier",
    "count",
    "last",
    "event",
    "not",
    "company.x",
    "the one ring",
    "größe",
    "in",
    "a-b",
    "is",
    "東京",
]
OPTIONS = ("free", "trial", "pro plus", "not", "it's")


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    first = draw(st.integers(0, len(NAMES) - 1))
    names = NAMES[first:] + NAMES[:first]
    types = draw(st.lists(st.sampled_from(DataType), min_size=4, max_size=8))
    attributes: dict[tuple[ModelName, str], Attribute] = {}
    for index, (name, type_) in enumerate(zip(names, types, strict=False)):
        model: ModelName = "company" if index % 3 == 2 else "contact"
        options = OPTIONS if type_ is DataType.OPTIONS else ()
        attributes[model, name] = Attribute(model, name, type_, options)
    keys = tuple(
        MetadataKey(name, type_, options=OPTIONS if type_ is DataType.OPTIONS else ())
        for name, type_ in zip(["format", "where"], draw(st.lists(st.sampled_from(DataType))), strict=False)
    )
    return Schema(
        attributes, {"report exported": Event("report exported", metadata=keys), "login": Event("login")}
    )


# --- rules --------------------------------------------------------------------------------------------------

DAYS = st.integers(0, 4)
CALENDAR = st.integers(-5, 5).map(lambda days: TODAY + timedelta(days=days))
DAY_TESTS: st.SearchStrategy[DayTest] = st.one_of(
    st.builds(Within, st.sampled_from(["next", "last"]), DAYS),
    st.builds(
        Away,
        st.sampled_from(["more than", "less than", "exactly", "at least", "at most"]),
        DAYS,
        st.sampled_from(["ago", "from now"]),
    ),
    st.builds(Calendar, st.sampled_from(["<", "<=", "=", ">=", ">"]), CALENDAR),
)
INTEGERS = st.integers(-2, 3)
FLOATS = st.sampled_from([-1.5, 0.0, 1.0, 1.25, 2.0, 1e-7])


def constants(field: Field) -> st.SearchStrategy[Any]:
    match field.type:
        case DataType.INTEGER:
            return INTEGERS
        case DataType.FLOAT:
            return FLOATS
        case DataType.OPTIONS:
            return st.sampled_from(field.options)
        case _:
            return st.sampled_from(WORDS)


def field_tests(field: Field) -> st.SearchStrategy[Predicate]:
    known = st.just(IsKnown(field))
    match field.type:
        case DataType.BOOLEAN:
            return st.one_of(known, st.just(IsTrue(field)), st.just(Equals(field, False)))
        case DataType.DATE:
            return st.one_of(known, DAY_TESTS.map(lambda test: OnDay(field, test)))
        case _:
            value = constants(field)
            equal = value.map(lambda each: Equals(field, each))
            among = st.lists(value, min_size=1, max_size=3).map(lambda each: OneOf(field, tuple(each)))
            if field.type.is_number:
                signs = st.sampled_from(["<", "<=", ">", ">="])
                return st.one_of(known, equal, among, st.builds(Compares, st.just(field), signs, value))
            operators = st.sampled_from(["contains", "starts with", "ends with"])
            texts = st.sampled_from([*WORDS, "tri", "SS", "l"])
            return st.one_of(known, equal, among, st.builds(Matches, st.just(field), operators, texts))


def trees(leaves: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(conjunction),
            st.lists(inner, min_size=2, max_size=3).map(disjunction),
            inner.map(negation),
        ),
        max_leaves=6,
    )


def conjunction(parts: list[Predicate]) -> Predicate:
    return And(tuple(inner for each in parts for inner in (each.parts if isinstance(each, And) else (each,))))


def disjunction(parts: list[Predicate]) -> Predicate:
    return Or(tuple(inner for each in parts for inner in (each.parts if isinstance(each, Or) else (each,))))


def negation(part: Predicate) -> Predicate:
    return part.part if isinstance(part, Not) else Not(part)


def fields_in(schema: Schema, model: ModelName) -> list[Field]:
    standard = {"contact": ["role", "email", "location.city", "created_at"], "company": ["plan", "size"]}[
        model
    ]
    names = [name for of, name in schema.attributes if of == model] + standard
    return [field for name in names if (field := schema.field(model, name)) is not None]


def rules(schema: Schema, segments: dict[str, Predicate] | None = None) -> st.SearchStrategy[Predicate]:
    def tests(fields: list[Field]) -> st.SearchStrategy[Predicate]:
        return st.sampled_from(fields).flatmap(field_tests)

    tags = st.sampled_from(["vip", "not", "it's so"]).map(Tagged)
    leaves = [
        tests(fields_in(schema, "contact")),
        trees(st.one_of(tests(fields_in(schema, "company")), tags)).map(SomeCompany),
        tags,
        *(event_rules(event, tests) for event in schema.events.values()),
    ]
    if segments:
        leaves.append(st.sampled_from(sorted(segments)).map(lambda key: InSegment(key, segments[key])))
    return trees(st.one_of(leaves))


def event_rules(event: Event, tests: Any) -> st.SearchStrategy[Predicate]:
    fields = [field for key in event.metadata if (field := event.field(key.name)) is not None]
    where = st.none() if not fields else st.none() | trees(tests(fields))
    signs = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    return st.one_of(
        st.builds(Occurrences, st.just(event.name), where, signs, st.integers(0, 3), st.none() | DAY_TESTS),
        st.builds(OccurrenceDay, st.just(event.name), st.sampled_from(["first", "last"]), DAY_TESTS, where),
    )


# --- people -------------------------------------------------------------------------------------------------


def moments(zone: ZoneInfo) -> st.SearchStrategy[int]:
    """Around the edges of days near today."""
    midnights = st.integers(-7, 7).map(
        lambda days: int(
            datetime.combine(TODAY + timedelta(days=days), datetime.min.time(), zone).timestamp()
        )
    )
    return st.builds(lambda moment, off: moment + off, midnights, st.sampled_from([-3600, -1, 0, 1, 43200]))


def values(field: Field, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    match field.type:
        case DataType.BOOLEAN:
            return st.booleans()
        case DataType.DATE:
            return moments(zone)
        case DataType.FLOAT:
            return FLOATS | INTEGERS
        case _:
            return constants(field)


@st.composite
def people(draw: st.DrawFn, schema: Schema, zone: ZoneInfo) -> Person:
    def custom(model: ModelName) -> dict[str, Any]:
        fields = [each for each in fields_in(schema, model) if each.custom]
        return {each.name: draw(st.none() | values(each, zone)) for each in fields}

    contact = {
        "role": draw(st.sampled_from(["user", "lead"])),
        "email": draw(st.none() | st.sampled_from(["trial@example.com", "Žofie"])),
        "created_at": draw(moments(zone)),
        "custom_attributes": custom("contact"),
        "tags": {
            "data": [{"name": each} for each in draw(st.lists(st.sampled_from(["vip", "not"]), max_size=2))]
        },
    }
    companies = [
        {
            "plan": {"name": draw(st.sampled_from(WORDS))},
            "size": draw(INTEGERS),
            "custom_attributes": custom("company"),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    events = [
        {
            "event_name": draw(st.sampled_from(["report exported", "Report Exported", "login"])),
            "created_at": draw(moments(zone)),
            "metadata": {"format": draw(st.sampled_from(WORDS) | INTEGERS), "where": draw(st.booleans())},
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    return Person(contact, companies, events)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Schema, Predicate, Person, ZoneInfo]:
    schema, zone = draw(schemas()), ZoneInfo(draw(st.sampled_from(ZONES)))
    return schema, draw(rules(schema)), draw(people(schema, zone)), zone


@st.composite
def rules_with_segments(draw: st.DrawFn) -> tuple[Schema, Predicate]:
    plain = draw(schemas())
    inner = draw(rules(plain))
    segments = {"other one": Segment("other one", "Other", format_rule(inner), inner)}
    schema = Schema(plain.attributes, plain.events, segments)
    return schema, draw(rules(schema, {"other one": inner}))


# --- properties ---------------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(rules_with_segments())
def test_the_canonical_text_compiles_to_the_same_rule(case: tuple[Schema, Predicate]) -> None:
    schema, rule = case
    text = format_rule(rule)
    again, diagnostics = compile_rule(Excerpt.whole(text, "<rule>"), schema)
    assert (again, diagnostics) == (rule, [])
    syntax, _ = parse(Excerpt.whole(text, "<rule>"))
    assert syntax is not None
    assert format_syntax(syntax) == text


@settings(max_examples=30, deadline=None)
@given(rules_with_segments())
def test_every_rule_has_a_sentence_steps_and_plain_data(case: tuple[Schema, Predicate]) -> None:
    _, rule = case
    assert english(rule).startswith("contacts ")
    assert filter_steps(rule)
    assert json.loads(json.dumps(tree(rule))) == tree(rule)


@settings(max_examples=80, deadline=None)
@given(cases())
def test_logic_is_two_valued(case: tuple[Schema, Predicate, Person, ZoneInfo]) -> None:
    _, rule, person, zone = case

    def holds(each: Predicate) -> bool:
        return evaluate(each, person, today=TODAY, zone=zone)

    assert holds(Not(rule)) is not holds(rule)
    assert holds(Not(Not(rule))) is holds(rule)
    if isinstance(rule, (And, Or)):
        other = Or if isinstance(rule, And) else And
        assert holds(Not(rule)) is holds(other(tuple(Not(each) for each in rule.parts)))


# --- search, judged by a reading of the description of our own ------------------------------------------------


def found(query: dict[str, Any], contact: dict[str, Any], zone: ZoneInfo, level: int = 0) -> bool:
    """Whether POST /contacts/search finds the contact: groups, operators, days as the description says."""
    if "field" not in query:
        assert level < 2, "too many levels"
        assert 1 <= len(query["value"]) <= 15
        assert len({"field" in each for each in query["value"]}) == 1, "filters and groups mixed"
        results = [found(each, contact, zone, level + 1) for each in query["value"]]
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
    if isinstance(wanted, int) and abs(wanted) > 1_000_000:
        assert operator in ("=", "<", ">")
        if value is None:
            return False
        day, moment = (datetime.fromtimestamp(each, zone).date() for each in (wanted, value))
        return {"=": moment == day, "<": moment < day, ">": moment > day}[operator]
    if operator in ("=", "!="):
        return (value == wanted) is (operator == "=")
    if operator == "!~":
        return value is None or wanted.lower() not in value.lower()
    if value is None:
        return False
    if operator in ("~", "^", "$"):
        text, part = value.lower(), wanted.lower()
        return {"~": part in text, "^": text.startswith(part), "$": text.endswith(part)}[operator]
    return {"<": value < wanted, "<=": value <= wanted, ">": value > wanted, ">=": value >= wanted}[operator]


@settings(max_examples=150, deadline=None)
@given(cases())
def test_a_search_finds_every_member_and_the_residual_decides(
    case: tuple[Schema, Predicate, Person, ZoneInfo],
) -> None:
    _, rule, person, zone = case
    search = to_search(rule, today=TODAY, zone=zone)
    member = evaluate(rule, person, today=TODAY, zone=zone)
    selected = found(search.query, dict(person.contact), zone)
    if search.exact:
        assert (search.residual, search.requires) == (None, ())
        assert selected is member
    else:
        assert search.residual is not None
        assert (selected and evaluator(search.residual, today=TODAY, zone=zone)(person)) is member
        assert search.diagnostics


# --- search, judged by the embedded workspace ---------------------------------------------------------------

ATTRIBUTES = {
    "plan": DataType.OPTIONS,
    "the one ring": DataType.STRING,
    "usage": DataType.INTEGER,
    "score": DataType.FLOAT,
    "vip": DataType.BOOLEAN,
    "ends": DataType.DATE,
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
        self.zone = ZoneInfo(self.sandbox.timezone)
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
            "ends": [self.moment(day, off) for day in range(-6, 7) for off in (-1, 0, 43200)],
        }
        for number in range(60):
            given = {name: pick.choice(pool) for name, pool in pools.items() if pick.random() < 0.8}
            role = {"role": "lead"} if number % 4 == 0 else {"role": "user", "external_id": str(number)}
            email = {"email": f"trial{number}@example.com"} if number % 3 else {}
            self.call("/contacts", {**role, **email, "custom_attributes": given})
        self.contacts = self.found({"field": "role", "operator": "IN", "value": ["user", "lead"]})
        assert len(self.contacts) == 60

    def moment(self, days: int, seconds: int) -> int:
        day = datetime.combine(TODAY + timedelta(days=days), datetime.min.time(), self.zone)
        return int(day.timestamp()) + seconds

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


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace()


@settings(max_examples=150, deadline=None)
@given(rules(WORKSPACE))
def test_the_embedded_workspace_finds_who_the_rule_means(workspace: Workspace, rule: Predicate) -> None:
    search = to_search(rule, today=TODAY, zone=workspace.zone)
    holds = evaluator(rule, today=TODAY, zone=workspace.zone)
    members = {key for key, each in workspace.contacts.items() if holds(Person(each))}
    selected = workspace.found(search.query)
    if search.residual is not None:
        decides = evaluator(search.residual, today=TODAY, zone=workspace.zone)
        selected = {key: each for key, each in selected.items() if decides(Person(each))}
    assert set(selected) == members
