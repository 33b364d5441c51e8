"""Segments over people in files: DuckDB counts whom `evaluate` means, in both forms of file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import evaluator
from intercom_iac.preview import Files, people, preview
from previewed import NOW, ROME, RULES, TODAY, rule

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
    {"id": "e", "tags": {"data": [{"id": "3", "name": None}, {"id": 4}, {"name": 4}, "3", ["3"]]}},
    {"id": "f", "tags": {"data": None, "tags": [{"name": "vip"}]}, "custom_attributes": {"position": "2"}},
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
    assert found.contacts == len(persons) == 6
    for size in found.sizes:
        holds = evaluator(rules[size.key], today=TODAY, zone=ROME)
        members = tuple(str(each.contact["id"]) for each in persons if holds(each))
        assert (size.key, size.ids, size.count) == (size.key, members, len(members))
    assert {each.count for each in found.sizes} == {1, 2, 3, 5}


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
    assert [each.count for each in found.sizes] == [0, 6, 0, 6]


def test_no_rule_still_counts_contacts(files: Files) -> None:
    assert preview({}, files, today=TODAY, zone=ROME).contacts == 6


def test_an_empty_file_has_nobody(tmp_path: Path) -> None:
    empty = tmp_path / "contacts.ndjson"
    empty.write_text("")
    found = preview({"x": rule("vip")}, Files(empty), today=TODAY, zone=ROME, ids=True)
    assert (found.contacts, found.sizes[0].ids) == (0, ())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("contacts", b'{"id": "a"}\nnot json\n', "contacts.ndjson:2: the line is no JSON object"),
        ("contacts", b'{"id": "a"}\n[1]\n', "contacts.ndjson:2: the line is no JSON object"),
        ("contacts", b'{"id": "a"}\n\n{"id": ""}\n', "contacts.ndjson:3: the contact has no `id`"),
        ("contacts", b'{"id": "a\xff"}\n', "is not UTF-8 text"),
        ("companies", b'{"id": null}\n', "companies.ndjson:1: the company has no `id`"),
        ("events", b"5\n", "events.ndjson:1: the line is no JSON object"),
        ("events", b'{"metadata": {"x": -inf}}\n', "events.ndjson:1: the line is no JSON object"),
        (
            "contacts",
            b'{"id": "a"}\n{"id": "b", "x": NaN}\n',
            "contacts.ndjson:2: the line is no JSON object",
        ),
        ("contacts", b'{"id": "a", "x": [1, Infinity]}\n', "contacts.ndjson:1: the line is no JSON object"),
        ("contacts", b'{"id": "a", }\n', "contacts.ndjson:1: the line is no JSON object"),
        ("contacts", b'{"id": "a"}\r{"id": "b"}\n', "contacts.ndjson:1: the line is no JSON object"),
        ("contacts", b'{"id": "7"}\n\n{"id": 7}\n', "contacts.ndjson:3: a second contact has the `id` `7`"),
        ("companies", b'{"id": "k"}\n{"id": "k"}\n', "companies.ndjson:2: a second company has the `id` `k`"),
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
    with pytest.raises(Misuse) as refused:
        list(people(files.contacts, files.companies, files.events))
    assert message in refused.value.message or content.startswith(b"PAR1")


def test_of_a_key_that_stands_twice_the_first_counts_in_both(tmp_path: Path) -> None:
    path = tmp_path / "c[1]*.ndjson"
    path.write_text(
        '{"id": "a", "id": "b", "custom_attributes": {"vip": true, "vip": false, "plan": "nan, inf: [nan,]"}}'
    )
    asked = rule("vip and plan contains nan")
    found = preview({"x": asked}, Files(path), today=TODAY, zone=ROME, ids=True)
    assert found.sizes[0].ids == ("a",)
    (person,) = people(path, None, None)
    assert (person.contact["id"], evaluator(asked, today=TODAY, zone=ROME)(person)) == ("a", True)


def test_a_missing_file_and_a_folder_are_refused(files: Files, tmp_path: Path) -> None:
    for path, what in ((tmp_path / "nope", "no such file"), (tmp_path, "it is no file")):
        with pytest.raises(Misuse, match=what):
            preview({"x": rule("vip")}, Files(path), today=TODAY, zone=ROME)
