"""`segment test`: tests run, proposed, and held against mistakes, in every format, and how it ends."""

from __future__ import annotations

import jsonschema
import pytest

SPECS = """\
attributes:
  contact:
    plan: {type: options, options: [free, trial]}
    ends: {type: date}
segments:
  ending:
    rule: plan = trial and ends within next 3 days  # the last days
    tests:
      - {contact: {plan: trial, ends: today + 3 days}, member: true}
      - {name: too early, contact: {plan: trial, ends: today + 4 days}, member: false}
  paying:
    rule: plan = free
  engaged: {name: Engaged, built_in_intercom: true}
"""
DAY = "--today 2026-03-14"


@pytest.fixture
def project(scratch):
    return scratch.spec(SPECS)


def text_of(project) -> str:
    return (project.root / "specs/example.yaml").read_text("utf-8")


def test_tests_are_run(project) -> None:
    result = project.run(f"segment test {DAY}")
    assert result.code == 0
    assert result.out.splitlines()[:3] == [
        "ending",
        "  pass  test 1: member, since `plan = trial` is true and `ends within next 3 days` is true",
        "  pass  too early: no member, since `ends within next 3 days` is false",
    ]
    assert result.out.endswith("2 tests of 1 segment: 2 passed; 2 segments without tests\n")
    told = project.run(f"segment test ending {DAY} --format json").json
    jsonschema.validate(told, project.run("schema test").json)
    assert told["summary"] == {"segments": 1, "without_tests": 0, "tests": 2, "passed": 2, "failed": 0}
    second = told["segments"][0]["tests"][1]
    assert (second["name"], second["passed"], second["today"]) == ("too early", True, "2026-03-14")
    assert [(clause["text"], clause["holds"]) for clause in second["decided_by"]] == [
        ("ends within next 3 days", False)
    ]


def test_a_test_that_fails(project) -> None:
    project.spec(SPECS.replace("4 days}, member: false", "4 days}, member: true"))
    result = project.run(f"segment test ending {DAY}")
    assert result.code == 1
    assert "  FAIL  too early: no member, since `ends within next 3 days` is false" in result.out
    assert "PROOF1050" in result.out
    assert result.out.endswith("2 tests of 1 segment: 1 passed, 1 failed\n")
    told = project.run(f"segment test {DAY} --format json")
    jsonschema.validate(told.json, project.run("schema test").json)
    assert (told.code, told.json["segments"][0]["tests"][1]["code"]) == (1, "PROOF1050")
    assert project.run(f"segment test paying {DAY}").code == 0
    mutation = project.run(f"segment test ending --mutation {DAY}")
    assert "1 test fails, and notices nothing; see `segment test ending`" in mutation.out


def test_missing_tests_are_proposed_and_written(project) -> None:
    before = text_of(project)
    shown = project.run(f"segment test ending --generate {DAY}")
    assert shown.code == 0
    assert "+      - name: free is outside of plan = trial\n" in shown.out
    assert "-" not in {line[0] for line in shown.out.splitlines()[2:]}
    assert "ending: 5 tests to add" in shown.err
    assert text_of(project) == before
    told = project.run(f"segment test ending --generate {DAY} --format json").json
    jsonschema.validate(told, project.run("schema test").json)
    assert (told["written"], text_of(project)) == (False, before)
    written = project.run(f"segment test ending --generate --write {DAY}")
    assert written.code == 0
    assert text_of(project) == told["files"][0]["text"]
    assert "# the last days" in text_of(project)
    assert project.run(f"check {DAY}").code == 0
    again = project.run(f"segment test ending --generate {DAY}")
    assert (again.out, "its tests show every clause on both sides" in again.err) == ("", True)
    score = project.run(f"segment test ending --mutation --min-score 100 {DAY}")
    assert (score.code, score.out.splitlines()[0]) == (0, "ending: 100%, 9 of 9 mistakes noticed")


def test_mistakes_that_no_test_notices(project) -> None:
    result = project.run(f"segment test --mutation {DAY}")
    assert result.code == 0
    assert result.out.splitlines()[:5] == [
        "ending: 88.8%, 8 of 9 mistakes noticed",
        "  specs/example.yaml:8:11: no test notices `plan = trial` left out",
        "      ada@example.com with plan = free and ends 2026-03-16, on 2026-03-14: no member, but would",
        "          be one",
        "      - {contact: {plan: free, ends: today + 2 days}, member: false}",
    ]
    assert "paying: 0%" in result.out
    assert "left out, since only Intercom knows the rule that they hang on: `engaged`" in result.out
    told = project.run(f"segment test --mutation {DAY} --format json").json
    jsonschema.validate(told, project.run("schema test").json)
    survivor = told["segments"][0]["survivors"][0]
    assert (survivor["kind"], survivor["clause"], survivor["becomes"]) == ("dropped", "plan = trial", None)
    assert survivor["entry"] == {"contact": {"plan": "free", "ends": "today + 2 days"}, "member": False}
    assert survivor["witness"]["contact"]["custom_attributes"]["plan"] == "free"
    low = project.run(f"segment test ending --mutation --min-score 90 {DAY}")
    assert (low.code, low.err) == (1, "88.8% is less than the 90% asked for\n")
    assert project.run(f"segment test ending --mutation --min-score 88 {DAY}").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("endings", "the specs have no segment `endings`"),
        ("ending ending", "`ending` is given twice"),
        ("--write", "--write goes with --generate"),
        ("--generate --mutation", "--generate and --mutation are two things"),
        ("--min-score 5", "--min-score goes with --mutation"),
    ],
)
def test_misuse(project, arguments: str, message: str) -> None:
    result = project.run(f"segment test {arguments}")
    assert result.code == 3
    assert message in result.err


def test_a_project_without_segments(scratch) -> None:
    scratch.spec("attributes: {contact: {seats: {type: integer}}}\n")
    for option in ("", "--generate", "--mutation"):
        assert scratch.run(f"segment test {option}").code == 0
