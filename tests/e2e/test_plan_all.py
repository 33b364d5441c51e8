"""`plan --all`: every workspace's plan in one table, and how the command ends."""

from __future__ import annotations

import jsonschema
import pytest

from intercom_iac.planning import matrix_schema

PROJECT = """\
version: 1
default_workspace: staging
workspaces:
  staging: {sandbox: .intercom-iac/staging.db}
  production: {sandbox: .intercom-iac/production.db, variables: {TEAM: emea}}
variables:
  TEAM: {default: support}
"""
EU = "  eu: {region: eu, app_id: abc12345, token_env: EU_TOKEN}\n"
DOWN = "  down: {base_url: 'http://127.0.0.1:9', app_id: abc12345, token_env: DOWN_TOKEN}\n"
SPEC = """\
attributes:
  contact:
    team: {type: options, options: ["${TEAM}", nobody]}
    score: {type: float, only: [staging]}
segments:
  ours: {name: "Of ${TEAM}", rule: "team = ${TEAM}", publish: [tag]}
"""


@pytest.fixture
def project(scratch, monkeypatch: pytest.MonkeyPatch):
    for name in ("TEAM", "EU_TOKEN", "DOWN_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    # What is not there is tried again after a while: not here.
    monkeypatch.setattr("time.sleep", lambda _: None)
    return scratch.write({"intercom-iac.yaml": PROJECT}).spec(SPEC)


def more_workspaces(project, *more: str):
    return project.write(
        {"intercom-iac.yaml": PROJECT.replace("variables:\n  TEAM", f"{''.join(more)}variables:\n  TEAM")}
    )


def actions(result) -> dict[str, dict[str, list[str]]]:
    return {row["address"]: row["actions"] for row in result.json["matrix"]}


def timeless(plan: dict[str, object]) -> dict[str, object]:
    """The plan but for when it was made."""
    return {key: value for key, value in plan.items() if key not in ("created_at", "digest")}


def test_each_workspace_gets_what_is_for_it(project) -> None:
    made = project.run("plan --all --format json")
    assert made.code == 0
    jsonschema.Draft202012Validator(matrix_schema()).validate(made.json)
    assert actions(made) == {
        "attribute.contact.team": {"staging": ["create"], "production": ["create"]},
        "attribute.contact.score": {"staging": ["create"], "production": []},
        "segment.ours": {"staging": ["create"], "production": ["create"]},
    }
    for name in ("staging", "production"):
        assert timeless(made.json["plans"][name]) == timeless(project.plan("-w", name))
    digests = {each["specs_digest"] for each in made.json["plans"].values()}
    assert len(digests) == 2


def test_an_applied_workspace_has_nothing_left(project) -> None:
    project.apply("-w", "production")
    made = project.run("plan --all --format json")
    assert all(row["production"] == [] for row in actions(made).values())
    created = next(each for each in project.plan("-w", "staging")["changes"] if each["object"] == "tag")
    assert created["name"] == "Of support"
    project.apply()
    assert project.run("plan --all --detailed-exitcode").code == 0
    assert "Nothing differs: every workspace is what the specs say." in project.run("plan --all").out


def test_a_saved_plan_is_of_its_workspace(project) -> None:
    assert project.run("plan -w production --out plan.json").code == 0
    assert project.run("apply plan.json").code == 0
    assert project.plan("-w", "production")["changes"] == []
    assert len(project.plan("-w", "staging")["changes"]) == 3


def test_changes_end_with_two_only_when_asked(project) -> None:
    assert project.run("plan --all").code == 0
    assert project.run("plan --all --detailed-exitcode").code == 2


@pytest.mark.parametrize(
    ("more", "environment", "code", "failed"),
    [
        ([EU], {}, 4, {"eu": "API801"}),
        ([DOWN], {"DOWN_TOKEN": "x"}, 5, {"down": "API806"}),
        ([DOWN, EU], {"DOWN_TOKEN": "x"}, 5, {"down": "API806", "eu": "API801"}),
        ([EU, DOWN], {"DOWN_TOKEN": "x"}, 4, {"down": "API806", "eu": "API801"}),
    ],
)
def test_a_workspace_that_fails_does_not_hide_the_others(
    project, monkeypatch: pytest.MonkeyPatch, more: list[str], environment: dict[str, str], code: int, failed
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    made = more_workspaces(project, *more).run("plan --all --detailed-exitcode --format json")
    assert made.code == code
    assert {name: error["code"] for name, error in made.json["errors"].items()} == failed
    assert set(made.json["plans"]) == {"staging", "production"}
    assert set(actions(made)["segment.ours"]) == {"staging", "production"}
    assert all(f"error[{each}]" in made.err for each in failed.values())
    text = project.run("plan --all")
    assert text.code == code
    assert "segment.ours" in text.out
    assert all(f"{name}: error[{each}]" in text.out for name, each in failed.items())


def test_a_plan_with_errors_ends_with_six(project) -> None:
    many = "".join(f"    a{index}: {{type: string}}\n" for index in range(250))
    project.apply("-w", "production")
    project.spec(f"attributes:\n  contact:\n{many}")
    made = project.run("plan --all --format json --detailed-exitcode")
    assert made.code == 6
    assert "PLAN6" in made.err
    assert "error[PLAN6" in project.run("plan --all").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("-w staging", "leave out --all, or -w staging"),
        ("--out plan.json", "plan -w NAME --out FILE"),
        ("--full", "plan -w NAME --full"),
        ("--format html", "plan -w NAME --format html"),
        ("--target attribute.contact.tema", "did you mean `attribute.contact.team`?"),
    ],
)
def test_what_does_not_go_with_all(project, options: str, said: str) -> None:
    result = project.run(f"plan --all {options}")
    assert result.code == 3
    assert said in result.err
    assert result.out == ""


def test_one_descriptor_cannot_hold_two_tokens(project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERCOM_IAC_TOKEN_FD", "9")
    result = more_workspaces(project, EU, DOWN).run("plan --all")
    assert result.code == 3
    assert "`INTERCOM_IAC_TOKEN_FD` holds one token" in result.err


def test_a_target_of_some_workspaces_bounds_every_plan(project) -> None:
    made = project.run("plan --all --format json --target attribute.contact.score")
    assert actions(made) == {"attribute.contact.score": {"staging": ["create"], "production": []}}
    other = project.run("plan -w production --target attribute.contact.score")
    assert (other.code, other.err.splitlines()[0]) == (
        3,
        "error: `attribute.contact.score` is only for `staging`",
    )


def test_a_mistake_for_one_workspace_is_told_before_any_is_read(project) -> None:
    project.spec(f"{SPEC}  leaving: {{rule: score > 1}}\n")
    result = project.run("plan --all")
    assert result.code == 3
    assert "error[REF408]: in `production`: `score` is only for `staging`" in result.err
    assert not (project.root / ".intercom-iac").exists()
    assert project.run("plan -w staging").code == 0
    assert project.run("plan -w production").code == 3


def test_check_is_for_every_workspace(project) -> None:
    result = project.run("check")
    assert result.out == (
        "staging: 2 attributes, 0 events, 1 segment\nproduction: 1 attribute, 0 events, 1 segment\n"
        "1 file: nothing wrong\n"
    )
    project.spec(SPEC.replace("team = ${TEAM}", "team = support"))
    wrong = project.run("check --format json")
    assert wrong.code == 3
    assert [each["message"] for each in wrong.json["diagnostics"]] == [
        "in `production`: `team` has no option `support`"
    ]
    github = project.run("check --format github")
    assert "in `production`: " in github.out


@pytest.mark.parametrize(
    ("command", "staging", "production"),
    [
        ("segment list", "Of support", "Of emea"),
        ("segment compile --to english", "support", "emea"),
        ("rule compile 'team has any value and score > 1' --to english", "score", "only for `staging`"),
        ("rule debug types 'score > 1'", "score", "only for `staging`"),
        ("explain segment.ours", 'team is "support"', 'team is "emea"'),
        ("explain attribute.contact.score", "float", "only for `staging`"),
        ("segment preview --contacts c.ndjson", "ours", "ours"),
        ("rule eval 'score > 1' --contacts c.ndjson", "0 members", "only for `staging`"),
    ],
)
def test_commands_are_for_one_workspace(project, command: str, staging: str, production: str) -> None:
    project.write({"c.ndjson": '{"id": "1"}\n'})
    default = project.run(command)
    assert staging in default.out + default.err
    assert project.run(f"{command} -w staging") == default
    other = project.run(f"{command} -w production")
    assert production in other.out + other.err
    nowhere = project.run(f"{command} -w nowhere")
    assert nowhere.code == 3
    assert "no workspace `nowhere`" in nowhere.err


def test_a_segment_that_is_elsewhere_says_where(project) -> None:
    project.spec(f"{SPEC}  leaving: {{rule: score > 1, only: [staging]}}\n")
    result = project.run("segment compile leaving -w production")
    assert result.code == 3
    assert "`segment.leaving` is only for `staging`" in result.err
