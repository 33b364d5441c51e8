"""`segment test`: the tests of segments, those that are missing, the mistakes that no test notices."""

from __future__ import annotations

import jsonschema
import pytest

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    seats: {type: integer}
segments:
  large_trials:
    rule: plan_type = trial and seats > 5
    tests:
      - {contact: {plan_type: trial, seats: 10}, member: true}
"""
TODAY = "--today 2026-03-14"


@pytest.fixture
def project(scratch):
    return scratch.spec(SPECS)


@pytest.mark.parametrize("mode", ["", "--generate", "--mutation"])
def test_json_is_what_its_schema_says(project, mode: str) -> None:
    result = project.run(f"segment test {mode} {TODAY} --format json")
    assert result.code == 0
    jsonschema.validate(result.json, project.run("schema test").json)


def test_proposed_tests_leave_no_mistake_unnoticed(project) -> None:
    before = project.run(f"segment test --mutation {TODAY}")
    assert (before.code, "`seats > 5` as `seats >= 5`" in before.out) == (0, True)
    assert project.run(f"segment test --mutation --min-score 80 {TODAY}").code == 1
    assert project.run(f"segment test --generate --write {TODAY}").code == 0
    after = project.run(f"segment test --mutation --min-score 100 {TODAY}")
    assert (after.code, "100%" in after.out) == (0, True)
    assert (
        "0 files would change" in (again := project.run(f"segment test --generate {TODAY}")).out + again.err
    )


def test_a_test_that_fails(project) -> None:
    project.spec(SPECS.replace("seats: 10", "seats: 5"))
    result = project.run(f"segment test {TODAY}")
    assert (result.code, "`seats > 5` is false" in result.out) == (1, True)
    told = project.run(f"segment test {TODAY} --format json")
    assert told.code == 1
    jsonschema.validate(told.json, project.run("schema test").json)
