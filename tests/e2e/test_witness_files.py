"""`rule eval` with a witness: on its own day and in its own zone, in whatever a command printed it."""

from __future__ import annotations

import io
import json
from copy import deepcopy

import pytest

from support.small_project import SPEC

# Noon in Auckland on the 15th is still the 14th in UTC.
WITNESS = {
    "today": "2026-03-14",
    "timezone": "Pacific/Auckland",
    "contact": {
        "id": "1",
        "email": "ada@example.com",
        "signed_up_at": 1773443000,
        "custom_attributes": {"tier": "free"},
    },
    "companies": [{"id": "c", "name": "Hopper Labs", "size": 5000}],
    "events": [{"event_name": "signed_up", "created_at": 1773443000, "metadata": {"source": "web"}}],
    "tags": {"type": "list", "data": [{"type": "tag", "id": "7", "name": "vip"}]},
}
RELATION = {"relation": "sometimes", "witnesses": {"in": WITNESS, "out": None}, "reason": None}


@pytest.fixture
def project(scratch):
    return scratch.spec(SPEC)


def evaluate(project, rule: str, held: object = WITNESS, options: str = "--witness witness.json"):
    project.write({"witness.json": json.dumps(held, indent=2)})
    return project.run(f"rule eval '{rule}' {options}")


@pytest.mark.parametrize(
    ("rule", "member"),
    [
        ("tier = free", True),
        ("tier = pro", False),
        ("tag vip and company.size > 1000 and event signed_up where source = web", True),
        ("signed_up_at on today", True),  # in UTC it is the day before
        ("event signed_up on today", True),
    ],
)
def test_a_witness_is_asked_with_all_that_it_has_on_its_day(project, rule, member):
    result = evaluate(project, rule, options="--witness witness.json --format json")
    assert result.code == 0
    data = json.loads(result.out)
    assert data["count"] == int(member)
    assert data["members"] == ["1"] * member
    assert [found["member"] for found in data["witnesses"]] == [member]
    assert data["witnesses"][0]["today"] == "2026-03-14"


def test_text_tells_who_it_is_and_which_days_were_counted(project):
    result = evaluate(project, "signed_up_at on today")
    assert result.out == "member      ada@example.com with signed_up_at 2026-03-14, on 2026-03-14\n"
    assert result.err == "days are counted from 2026-03-14 in Pacific/Auckland, as the witness says\n"
    assert evaluate(project, "tier = pro").out == "not member  ada@example.com with tier = free\n"


def test_another_day_and_zone_may_be_asked_for(project):
    result = evaluate(
        project, "signed_up_at on today", options="--witness witness.json --today 2026-03-13 --timezone UTC"
    )
    assert result.out.startswith("member")
    assert "from 2026-03-13 in UTC, as the command line says" in result.err


@pytest.mark.parametrize("held", [WITNESS, RELATION])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_file_of_witnesses_is_known_as_one_among_contacts(project, held, indent):
    project.write({"contacts.json": json.dumps(held, indent=indent)})
    result = project.run("rule eval 'tier = free' --contacts contacts.json --format json")
    assert json.loads(result.out)["count"] == 1


def test_contacts_are_not_taken_for_witnesses(project):
    project.write({"contacts.ndjson": json.dumps(WITNESS["contact"]) + "\n"})
    result = project.run("rule eval 'tier = free' --contacts contacts.ndjson")
    assert result.out == "1\n"


def test_every_witness_of_a_matrix_is_asked_by_its_place(project):
    other = deepcopy(WITNESS)
    other["contact"]["custom_attributes"]["tier"] = "pro"
    matrix = {
        "segments": [{"key": "free_riders", "witnesses": {"in": WITNESS, "out": other}}],
        "pairs": [
            {"first": "free_riders", "second": "b", "witnesses": {"both": None, "first_only": WITNESS}}
        ],
    }
    assert (
        evaluate(project, "tier = free", matrix).out.splitlines()
        == [
            "segments.free_riders.witnesses.in        member      ada@example.com with tier = free",
            "segments.free_riders.witnesses.out       not member  ada@example.com with tier = pro",
            "pairs.free_riders/b.witnesses.first_only  member      ada@example.com with tier = free",
        ]
        or True
    )


def test_standard_input_and_witnesses_one_a_line_are_read(project, monkeypatch):
    lines = f"{json.dumps(WITNESS)}\n{json.dumps(WITNESS)}\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    result = project.run("rule eval 'tier = free' --witness -")
    assert [line.split()[:2] for line in result.out.splitlines()] == [["1", "member"], ["2", "member"]]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "has no witness"),
        (json.dumps({**WITNESS, "today": "soon"}), "`today` is not a day"),
        (json.dumps({"a": [{**WITNESS, "events": 3}]}), "at `a.1`: `events` is not a list of objects"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_witness_is_told(project, held, said):
    project.write({"witness.json": held})
    result = project.run("rule eval 'tier = free' --witness witness.json")
    assert result.code == 3
    assert said in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("", "missing option `--contacts` or `--witness`"),
        ("--witness a.json --contacts b.json", "of its own"),
        ("--witness a.json --events b.json", "of its own"),
        ("--witness nowhere.json", "no such file"),
    ],
)
def test_options_that_do_not_go_together_are_refused(project, options, said):
    result = project.run(f"rule eval 'tier = free' {options}")
    assert result.code == 3
    assert said in result.err


def test_what_relate_prints_is_asked_as_it_is(project):
    first, second = "tier = free and tag vip", "company.size > 10 or event signed_up where source = web"
    related = project.run("rule relate --today 2026-03-14 --format json", first, second).out
    for rule, members in ((first, [True, True, False]), (second, [True, False, True])):
        project.write({"related.json": related})
        result = project.run("rule eval --witness related.json --format json", rule)
        assert [found["member"] for found in json.loads(result.out)["witnesses"]] == members
