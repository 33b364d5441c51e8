"""Segments over people in files: DuckDB counts whom the rules mean, in both forms of file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import Attribute, DataType, Predicate, Schema, reads_tags
from intercom_iac.model.predicate import Occurrences
from intercom_iac.preview import Files, preview, truncated_lists
from intercom_iac.rules import compile_rules, satisfies
from intercom_iac.text import Excerpt
from support.preview_cases import NOW, ROME, RULES, TODAY, people, rule

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


TAGS: list[dict[str, Any]] = [{"id": "3", "name": "beta"}, {"id": 4, "name": "4"}, {"id": "9", "name": "x"}]


def written(path: Path, objects: list[dict[str, Any]]) -> Path:
    path.write_text("\n\n".join(map(json.dumps, objects)) + "\n")
    return path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(
        written(tmp_path / "contacts.ndjson", CONTACTS),
        written(tmp_path / "companies.ndjson", COMPANIES),
        written(tmp_path / "events.ndjson", EVENTS),
        written(tmp_path / "tags.ndjson", TAGS),
    )


def test_it_counts_whom_the_rules_mean(files: Files) -> None:
    rules = {key: rule(text) for key, text in RULES.items()}
    found = preview(rules, files, today=TODAY, zone=ROME, ids=True)
    persons = list(people(files, with_tags=True))
    assert found.contacts == len(persons) == 6
    for size in found.sizes:
        members = tuple(
            str(person.contact["id"])
            for person in persons
            if satisfies(person, rules[size.key], today=TODAY, zone=ROME)
        )
        assert (size.key, size.ids, size.count) == (size.key, members, len(members))
    assert {each.count for each in found.sizes} == {1, 2, 3, 5}


def test_an_event_is_one_whatever_the_case_of_its_name(tmp_path: Path) -> None:
    names = [
        "order.paid",
        "Order$Paid",
        "kelvin",
        "KELVIN",
        "ΣΊΣΥΦΟΣ",
        "İzmir",
        'a"b\\c',
        "tab\there",
        "ſ",
        "\x7f/",
    ]
    spelled = dict.fromkeys(
        way(name)
        for name in names
        for way in (str, str.upper, str.lower, str.title, lambda name: name.replace(".", "-"))
    )
    spelled |= dict.fromkeys(("\u212aelvin", "σίσυφος", "i̇zmir", "orders", "Order Paid", "", "other"))
    contacts = written(tmp_path / "c.ndjson", [{"id": name or "none"} for name in spelled])
    events = written(
        tmp_path / "e.ndjson",
        [{"intercom_user_id": name or "none", "event_name": name, "created_at": NOW} for name in spelled],
    )
    rules = {name: Occurrences(name) for name in names}
    found = preview(rules, Files(contacts, events=events), today=TODAY, zone=ROME, ids=True)
    for size in found.sizes:
        assert size.ids == tuple(
            person.contact["id"]
            for person in people(Files(contacts, events=events))
            if satisfies(person, rules[size.key], today=TODAY, zone=ROME)
        )
        assert size.count > 1 or size.key in ("ſ", "\x7f/")


def test_attributes_that_an_engine_takes_for_one_are_refused(tmp_path: Path) -> None:
    names = ("seats", "Seats")
    schema = Schema({("contact", name): Attribute("contact", name, DataType("integer")) for name in names})
    rules, _ = compile_rules({name: Excerpt.from_text(f"{name} > 3", name) for name in names}, schema)
    path = written(tmp_path / "c.ndjson", [{"id": "a", "custom_attributes": {"seats": 9, "Seats": 1}}])
    with pytest.raises(Misuse, match="`seats` and `Seats` of a contact differ in case alone"):
        preview(rules, Files(path), today=TODAY, zone=ROME)
    for key, alone in rules.items():
        found = preview({key: alone}, Files(path), today=TODAY, zone=ROME, ids=True)
        assert found.sizes[0].ids == (("a",) if key == "seats" else ())


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
        (
            "events",
            b'{"event_name": "a"} {"event_name": "b"}\n',
            "events.ndjson:1: the line is no JSON object",
        ),
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
        list(people(files, with_tags=True))
    assert message in refused.value.message or content.startswith(b"PAR1")


def test_of_a_key_that_stands_twice_the_first_counts_in_both(tmp_path: Path) -> None:
    path = tmp_path / "c[1]*.ndjson"
    path.write_text(
        '{"id": "a", "id": "b", "custom_attributes": {"vip": true, "vip": false, "plan": "nan, inf: [nan,]"}}'
    )
    asked = rule("vip and plan contains nan")
    found = preview({"x": asked}, Files(path), today=TODAY, zone=ROME, ids=True)
    assert found.sizes[0].ids == ("a",)
    (person,) = people(Files(path))
    assert (person.contact["id"], satisfies(person, asked, today=TODAY, zone=ROME)) == ("a", True)


def test_a_missing_file_and_a_folder_are_refused(files: Files, tmp_path: Path) -> None:
    for path, what in ((tmp_path / "nope", "no such file"), (tmp_path, "it is no file")):
        with pytest.raises(Misuse, match=what):
            preview({"x": rule("vip")}, Files(path), today=TODAY, zone=ROME)


FORMS = {
    "the answer of GET /tags": '{"type": "list", "data": [{"type": "tag", "id": "3", "name": "vip"}]}',
    "over several lines": '{\n  "type": "list",\n  "data": [\n    {"id": "3", "name": "vip"}\n  ]\n}',
    "a list": '[{"id": 3, "name": "vip"}]',
    "a tag a line": '{"id": "2", "name": "big"}\n\n{"id": "3", "name": "vip"}\n',
    "with a byte order mark": '\ufeff[{"id": "3", "name": "vip"}]',
}


def both_ways(asked: Predicate, files: Files) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Who has the rule, by DuckDB and by its meaning."""
    found = preview({"x": asked}, files, today=TODAY, zone=ROME, ids=True)
    members = (
        str(person.contact["id"])
        for person in people(files, with_tags=reads_tags(asked))
        if satisfies(person, asked, today=TODAY, zone=ROME)
    )
    return found.sizes[0].ids, tuple(members)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_tags_are_named_by_the_answer_of_get_tags(tmp_path: Path, form: str) -> None:
    contacts = written(
        tmp_path / "c.ndjson",
        [{"id": "a", "tags": {"data": [{"id": "3", "type": "tag", "url": "/tags/3"}]}}, {"id": "b"}],
    )
    tags = tmp_path / "tags"
    tags.write_text(form)
    assert both_ways(rule("tag vip"), Files(contacts, tags=tags)) == (("a",), ("a",))
    # The id of a tag is no name of it.
    assert both_ways(rule("tag '3'"), Files(contacts, tags=tags)) == ((), ())


@pytest.mark.parametrize("text", ["tag vip", "not tag vip", "vip or tag big", "company tag vip"])
@pytest.mark.parametrize("tags", [None, [{"id": "4", "name": "vip"}]])
def test_a_tag_without_a_name_is_an_error_and_not_nobody(
    tmp_path: Path, text: str, tags: list[dict[str, Any]] | None
) -> None:
    unnamed = [{"id": "1"}, {"id": "a", "tags": {"data": [{"id": "3"}], "tags": [{"id": "3"}]}}]
    contacts = written(tmp_path / "c.ndjson", unnamed)
    companies = written(tmp_path / "o.ndjson", [{"id": "k", "tags": {"tags": [{"id": "3"}]}}])
    known = None if tags is None else written(tmp_path / "tags.json", tags)
    files = Files(contacts, companies, tags=known)
    for way in (
        lambda: preview({"x": rule(text)}, files, today=TODAY, zone=ROME),
        lambda: list(people(files, with_tags=True)),
    ):
        with pytest.raises(Misuse) as refused:
            way()
        assert "id `3`" in refused.value.message
        assert re.search(r"[co]\.ndjson:\d: ", refused.value.message)
        assert refused.value.hint is not None
        assert ("--tags FILE" in refused.value.hint) == (tags is None)


def test_a_rule_that_asks_for_no_tag_needs_no_names(tmp_path: Path) -> None:
    contacts = written(tmp_path / "c.ndjson", [{"id": "a", "tags": {"data": [{"id": "3"}]}}])
    nowhere = Files(contacts, tags=tmp_path / "nowhere.json")
    assert both_ways(rule("plan is unknown"), nowhere) == (("a",), ("a",))


@pytest.mark.parametrize(
    "content", ["", "nonsense", '{"data": 3}', '["x"]', '[{"id": 3}]', '[{"name": "x"}]', "{", "[" * 99999]
)
def test_a_file_that_holds_no_tags_is_refused(tmp_path: Path, content: str) -> None:
    contacts = written(tmp_path / "c.ndjson", [{"id": "a", "tags": {"data": [{"id": "3"}]}}])
    (tmp_path / "tags.json").write_text(content)
    with pytest.raises(Misuse, match="tags"):
        preview({"x": rule("tag vip")}, Files(contacts, tags=tmp_path / "tags.json"), today=TODAY, zone=ROME)


def test_lists_that_are_told_in_part_are_counted(tmp_path: Path) -> None:
    contacts = written(
        tmp_path / "c.ndjson",
        [
            {"id": "a", "tags": {"data": [], "has_more": True}, "companies": {"has_more": True}},
            {"id": "b", "tags": {"data": [], "has_more": False}, "companies": {"has_more": True}},
            {"id": "c", "tags": {"data": [], "has_more": "true"}},
        ],
    )

    def counted(*texts: str) -> dict[str, int]:
        rules = {text: rule(text) for text in texts}
        return dict(preview(rules, Files(contacts), today=TODAY, zone=ROME).in_part)

    assert counted("tag vip", "company.seats > 5") == {"tags": 1, "companies": 2}
    assert counted("tag vip") == {"tags": 1}
    assert counted("company tag vip") == {"tags": 1, "companies": 2}
    assert counted("vip") == {}
    crowd = people(Files(contacts))
    assert [truncated_lists(person.contact) for person in crowd] == [
        ("tags", "companies"),
        ("companies",),
        (),
    ]
