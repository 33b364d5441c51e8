"""Every command holds the specs to the project's policy, and ends as the gravest finding says."""

from __future__ import annotations

import pytest

WORKSPACES = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
SETTINGS = WORKSPACES + "naming: {attributes: snake_case}\n"
NAMED = "attributes:\n  contact:\n    planType: {type: string}\n"
FLOWING = (
    "attributes:\n  contact:\n    health: {type: integer, labels: {pii: sensitive}}\n"
    "segments:\n  vips: {rule: health > 80}\n  paid: {rule: segment vips, publish: [tag]}\n"
)
FLOW = "policy:\n  flows: [{may_not_depend_on: {pii: sensitive}}]\n"
SILENCED = NAMED.replace("}\n", "}  # intercom-iac: ignore LINT551: since 2019\n")

TABLE = [
    ("", NAMED, 0, "LINT551"),
    ("policy: {levels: {LINT551: error}}\n", NAMED, 3, "LINT551"),
    ("policy: {levels: {LINT551: off}}\n", NAMED, 0, None),
    ("policy: {levels: {LINT551: error}}\n", SILENCED, 0, None),
    ("policy: {levels: {LINT571: error}}\n", SILENCED.replace("planType", "plan_type"), 3, "LINT571"),
    (
        "policy: {require: {attributes: [owner]}, levels: {LINT561: error, LINT551: off}}\n",
        NAMED,
        3,
        "LINT561",
    ),
    (FLOW, FLOWING, 3, "LINT566"),
    (FLOW + "  levels: {LINT566: warning}\n", FLOWING, 0, "LINT566"),
    (FLOW + "  levels: {LINT566: off}\n", FLOWING, 0, None),
]


@pytest.mark.parametrize(("settings", "specs", "code", "finding"), TABLE)
@pytest.mark.parametrize(
    "command",
    ["check", "check --format json", "check --format sarif", "check --format github", "plan"],
)
def test_commands_end_as_the_gravest_finding_says(
    scratch, command: str, settings: str, specs: str, code: int, finding: str | None
) -> None:
    scratch.write({"intercom-iac.yaml": SETTINGS + settings}).spec(specs)
    result = scratch.run(command)
    assert result.code == code
    if finding is None:
        assert "LINT" not in result.out + result.err
    else:
        assert finding in result.out + result.err


def test_apply_writes_nothing_where_a_finding_is_an_error(scratch) -> None:
    scratch.write({"intercom-iac.yaml": SETTINGS + FLOW}).spec(FLOWING)
    result = scratch.run("apply --auto-approve")
    assert result.code == 3
    assert "LINT566" in result.err
    scratch.write({"intercom-iac.yaml": SETTINGS})
    assert {each["action"] for each in scratch.plan()["changes"]} == {"create", "manual"}


def test_a_mistake_in_the_policy_stops_every_command(scratch) -> None:
    scratch.write({"intercom-iac.yaml": SETTINGS + "policy: {levels: {LINT999: off}}\n"}).spec(NAMED)
    for command in ("check", "plan", "segment list"):
        result = scratch.run(command)
        assert result.code == 3
        assert "SPEC162" in result.out + result.err


def test_a_rule_on_the_command_line_is_not_judged_by_levels(scratch) -> None:
    settings = SETTINGS + "policy: {levels: {LINT502: error, LINT503: off}}\n"
    scratch.write({"intercom-iac.yaml": settings}).spec("attributes: {contact: {due: {type: date}}}\n")
    result = scratch.run("rule compile --to english", "not email is unknown")
    assert result.code == 0
    assert "warning[LINT503]" in result.err
    assert scratch.run("rule compile --to english", "due within 3 days").code == 0


def test_what_stands_in_specs_is_escaped(scratch) -> None:
    """Names, owners, labels and reasons come from whoever wrote them."""
    bad = r"\e[2J"
    settings = (
        f"{SETTINGS}policy:\n  owners: [a]\n  labels: {{pii: [none]}}\n"
        f'  forbidden_names: [{{pattern: x, reason: "{bad}"}}]\n'
    )
    specs = (
        f'attributes:\n  contact:\n    ax:\n      type: string\n      owner: "{bad}"\n'
        f'      labels: {{"l{bad}": none, pii: "{bad}"}}\n'
        f'segments:\n  s: {{rule: email is unknown, description: "x{bad}"}}\n'
    )
    scratch.write({"intercom-iac.yaml": settings}).spec(specs)
    for command in ("check", "check --format github", "plan", "explain attribute.contact.ax"):
        result = scratch.run(command)
        assert result.code == 0, result
        assert ("LINT565" in result.out + result.err) == (not command.startswith("explain"))
        assert "\x1b" not in result.out + result.err


def test_explain_shows_the_labels_of_an_attribute(scratch) -> None:
    settings = (
        SETTINGS
        + "policy: {standard: {attribute.contact.email: {pii: personal, purpose: [support, sales]}}}\n"
    )
    scratch.write({"intercom-iac.yaml": settings}).spec(FLOWING)
    own = scratch.run("explain attribute.contact.health --format json").json
    assert own["labels"] == ["pii: sensitive"]
    assert own["read_by"] == ["segment.vips", "segment.paid"]
    standard = scratch.run("explain attribute.contact.email").out
    assert "labels      pii: personal; purpose: support, sales\n" in standard
    assert "labels" not in scratch.run("explain attribute.contact.phone").out
