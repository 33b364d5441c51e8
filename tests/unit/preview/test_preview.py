"""Segments over people in files: DuckDB counts whom `evaluate` means, in both forms of file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from intercom_iac.diagnostics import Excerpt, Misuse
from intercom_iac.model import (
    Attribute,
    DataType,
    Event,
    MetadataKey,
    ModelName,
    Predicate,
    Schema,
    evaluator,
)
from intercom_iac.preview import Files, people, preview
from intercom_iac.rules import compile_rule

TODAY, ROME = date(2026, 3, 29), ZoneInfo("Europe/Rome")
NOW = 1774738800  # 2026-03-29 00:00 in Rome
TYPES: dict[tuple[ModelName, str], str] = {
    ("contact", "plan"): "string",
    ("contact", "the one/ring"): "integer",
    ("contact", "score"): "float",
    ("contact", "vip"): "boolean",
    ("contact", "ends"): "date",
    ("company", "seats"): "integer",
}
SCHEMA = Schema(
    {(model, name): Attribute(model, name, DataType(kind)) for (model, name), kind in TYPES.items()},
    {"order.paid": Event("order.paid", metadata=(MetadataKey("total", DataType.INTEGER),))},
)
RULES = {
    "trial": "plan = trial",
    "not trial": "plan != trial",
    "ring": "`the one/ring` > 2",
    "score": "score >= 0.5",
    "vip": "vip",
    "soon": "ends within next 3 days",
    "city": "location.city contains ROM",
    "seats": "company.seats > 5",
    "no seats": "not company.seats > 5",
    "tagged": "tag vip or company tag big",
    "paid": "event order.paid where total > 3 count >= 2 within last 7 days",
    "never paid": "event order.paid count < 1",
    "lately": "event order.paid last within last 1 day",
}
CONTACTS: list[dict[str, Any]] = [
    {
        "id": "a",
        "custom_attributes": {"plan": "trial", "the one/ring": 3, "score": 0.5, "vip": True, "ends": NOW},
        "location": {"city": "Roma"},
        "companies": {"data": [{"id": "k1"}, {"id": "gone"}, "junk", {"id": None}]},
        "tags": {"data": [{"name": "vip"}]},
    },
    {"id": 7, "custom_attributes": {"plan": 5, "the one/ring": "3", "score": 1, "vip": "yes", "ends": True}},
    {"id": "c", "custom_attributes": "none", "companies": None, "tags": {"data": [{"id": "3"}]}},
    {"id": "d", "companies": {"data": [{"id": 8}]}, "location": "Rome", "tags": None},
]
COMPANIES: list[dict[str, Any]] = [
    {"id": "k1", "custom_attributes": {"seats": 6}},
    {"id": 8, "custom_attributes": {"seats": 1}, "tags": {"tags": [{"name": "big"}]}},
]
EVENTS: list[dict[str, Any]] = [
    {"intercom_user_id": "a", "event_name": "order-paid", "created_at": NOW, "metadata": {"total": 4}},
    {"intercom_user_id": "a", "event_name": "Order.Paid", "created_at": NOW - 1, "metadata": {"total": 5.5}},
    {
        "intercom_user_id": "c",
        "event_name": "order.paid",
        "created_at": NOW - 9e6,
        "metadata": {"total": "9"},
    },
    {"intercom_user_id": 7, "event_name": "order.paid", "created_at": None},
    {"intercom_user_id": None, "event_name": "order.paid", "created_at": NOW},
    {"event_name": "other"},
]


def rule(text: str) -> Predicate:
    found, diagnostics = compile_rule(Excerpt.whole(text, "<rule>"), SCHEMA)
    assert found is not None, diagnostics
    return found


def written(path: Path, objects: list[dict[str, Any]]) -> Path:
    path.write_text("\n\n".join(map(json.dumps, objects)) + "\n")
    return path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(
        written(tmp_path / "contacts.ndjson", CONTACTS),
        written(tmp_path / "companies.ndjson", COMPANIES),
        written(tmp_path / "events.ndjson", EVENTS),
    )


def test_it_counts_whom_evaluate_means(files: Files) -> None:
    rules = {key: rule(text) for key, text in RULES.items()}
    found = preview(rules, files, today=TODAY, zone=ROME, ids=True)
    persons = list(people(files.contacts, files.companies, files.events))
    assert found.contacts == len(persons) == 4
    for size in found.sizes:
        holds = evaluator(rules[size.key], today=TODAY, zone=ROME)
        members = tuple(str(each.contact["id"]) for each in persons if holds(each))
        assert (size.key, size.ids, size.count) == (size.key, members, len(members))
    assert {each.count for each in found.sizes} == {1, 2, 3}


def test_overlaps_are_whom_two_share(files: Files) -> None:
    many = {f"r{at}": rule("plan = trial" if at % 2 else "vip or score > 0.7") for at in range(130)}
    found = preview(many, files, today=TODAY, zone=ROME)
    assert {each.key: each.count for each in found.sizes} == {
        f"r{at}": 1 if at % 2 else 2 for at in range(130)
    }
    shared = {(each.first, each.second): each.count for each in found.overlaps}
    assert len(shared) == 130 * 129 // 2
    assert (shared["r0", "r1"], shared["r0", "r128"], shared["r1", "r129"]) == (1, 2, 1)
    assert all(each.ids is None for each in found.sizes)


def test_nobody_has_what_is_in_no_file(files: Files) -> None:
    rules = {key: rule(RULES[key]) for key in ("seats", "no seats", "paid", "never paid")}
    found = preview(rules, Files(files.contacts), today=TODAY, zone=ROME)
    assert [each.count for each in found.sizes] == [0, 4, 0, 4]


def test_no_rule_still_counts_contacts(files: Files) -> None:
    assert preview({}, files, today=TODAY, zone=ROME).contacts == 4


def test_an_empty_file_has_nobody(tmp_path: Path) -> None:
    empty = tmp_path / "contacts.ndjson"
    empty.write_text("")
    found = preview({"x": rule("vip")}, Files(empty), today=TODAY, zone=ROME, ids=True)
    assert (found.contacts, found.sizes[0].ids) == (0, ())


def parquet(path: Path, select: str) -> Path:
    duckdb.sql(select).write_parquet(str(path))
    return path


@pytest.fixture
def lake(tmp_path: Path) -> Files:
    contacts = """
        select * from (values
            ('a', 'trial', 3, 0.5, true, 1774738800, 'Roma', ['k1', 'k2'], ['vip']),
            ('b', null, null, null, null, null, null, null, null),
            ('c', 'Trial', 2, 1.5, false, 1774738799, 'Paris', [], [])
        ) t(id, plan, "the one/ring", score, vip, ends, location__city, company_ids, tags)"""
    companies = "select * from (values ('k1', 6, ['big']), ('k2', 1, null)) t(id, seats, tags)"
    events = """
        select * from (values
            ('a', 'order.paid', 1774738800, '{"total": 4}'),
            ('a', 'order-paid', 1774738799, '{"total": 5}'),
            ('b', 'order.paid', 1, null)
        ) t(contact_id, event_name, created_at, metadata)"""
    return Files(
        parquet(tmp_path / "contacts.parquet", contacts),
        parquet(tmp_path / "companies.parquet", companies),
        parquet(tmp_path / "events.parquet", events),
    )


def test_parquet_is_read_as_it_lies(lake: Files) -> None:
    found = preview({key: rule(text) for key, text in RULES.items()}, lake, today=TODAY, zone=ROME, ids=True)
    assert {each.key: each.ids for each in found.sizes} == {
        "trial": ("a",),
        "not trial": ("b", "c"),
        "ring": ("a",),
        "score": ("a", "c"),
        "vip": ("a",),
        "soon": ("a",),
        "city": ("a",),
        "seats": ("a",),
        "no seats": ("b", "c"),
        "tagged": ("a",),
        "paid": ("a",),
        "never paid": ("c",),
        "lately": ("a",),
    }


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("contacts", b'{"id": "a"}\nnot json\n', "contacts.ndjson:2: the line is no JSON object"),
        ("contacts", b'{"id": "a"}\n[1]\n', "contacts.ndjson:2: the line is no JSON object"),
        ("contacts", b'{"id": "a"}\n\n{"id": ""}\n', "contacts.ndjson:3: the contact has no `id`"),
        ("contacts", b'{"id": "a\xff"}\n', "is not UTF-8 text"),
        ("companies", b'{"id": null}\n', "companies.ndjson:1: the company has no `id`"),
        ("events", b"5\n", "events.ndjson:1: the line is no JSON object"),
        ("contacts", b"PAR1 and then nothing", "cannot read"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    files: Files, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / f"{name}.ndjson").write_bytes(content)
    with pytest.raises(Misuse) as refused:
        preview({"x": rule(RULES["tagged"])}, files, today=TODAY, zone=ROME)
    assert message in refused.value.message


def test_a_missing_file_and_a_folder_are_refused(files: Files, tmp_path: Path) -> None:
    for path, what in ((tmp_path / "nope", "no such file"), (tmp_path, "it is no file")):
        with pytest.raises(Misuse, match=what):
            preview({"x": rule("vip")}, Files(path), today=TODAY, zone=ROME)


def test_a_column_that_is_missing_or_of_another_type_is_named(tmp_path: Path) -> None:
    path = parquet(tmp_path / "c.parquet", "select 'a' as id, 'yes' as vip, 1 as plam")
    with pytest.raises(Misuse) as refused:
        preview({"x": rule("plan = trial")}, Files(path), today=TODAY, zone=ROME)
    assert refused.value.message == f"`{path}` has no column `plan`"
    assert refused.value.hint == "did you mean `plam`?"
    with pytest.raises(Misuse) as refused:
        preview({"x": rule("vip")}, Files(path), today=TODAY, zone=ROME)
    assert refused.value.message == f"the column `vip` of `{path}` is VARCHAR, and `vip` is boolean"
    assert refused.value.hint == "it should hold booleans"


def test_progress_is_told(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "c.parquet",
        "select range::varchar as id, (range % 7)::varchar as plan from range(3000000)",
    )
    told: list[float] = []
    rules = {f"r{at}": rule(f"plan contains '{at}' or plan starts with '{at}'") for at in range(8)}
    found = preview(rules, Files(path), today=TODAY, zone=ROME, watch=told.append)
    assert found.contacts == 3_000_000
    assert all(0 <= each <= 1 for each in told)
