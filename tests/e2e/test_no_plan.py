"""Where there is no plan, `plan --format markdown` says so under the marker of the plan it stands in for."""

from __future__ import annotations

import pytest

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs
from intercom_iac.reporting import no_plan_markdown
from intercom_iac.reporting.kit.markdown import length
from intercom_iac.reporting.plan.markdown import LIMIT

SPEC = "attributes: {contact: {tier: {type: string}}}\n"
REMOTE = "{base_url: 'http://127.0.0.1:9', token_env: CRM_TOKEN}"
ONE = f"version: 1\nworkspaces: {{production: {REMOTE}}}\n"
TWO = f"version: 1\nworkspaces: {{production: {REMOTE}, staging: {REMOTE}}}\n"


@pytest.mark.parametrize(
    ("project", "spec", "token", "options", "head", "said", "code"),
    [
        (ONE, SPEC.replace("type:", "typ:"), "x", "", " production", "**error SPEC", 3),
        (ONE, SPEC, "", "", " production", "**error API801**", 4),
        (ONE, SPEC, "x", "", " production", "**error API806**", 5),
        (ONE, SPEC, "x", "--target event.nope", " production", "**error** ", 3),
        (TWO, SPEC, "x", "-w staging", " staging", "**error API806**", 5),
        (TWO, SPEC, "x", "", "", "**error** the project has several workspaces", 3),
        ("version: [\n", SPEC, "x", "-w staging", " staging", "**error SPEC", 3),
        ("version: [\n", SPEC, "x", "", "", "**error SPEC", 3),
    ],
)
def test_the_error_stands_where_the_plan_would(
    scratch, monkeypatch, project: str, spec: str, token: str, options: str, head: str, said: str, code: int
) -> None:
    monkeypatch.setenv("CRM_TOKEN", token)
    scratch.write({"intercom-iac.yaml": project}).spec(spec)
    result = scratch.run(f"plan --format markdown {options}")
    title = f"### No plan for `{head.strip()}`" if head else "### No plan"
    assert result.out.startswith(f"<!-- intercom-iac plan{head} -->\n{title}\n\n- {said}"), result
    assert result.code == code
    # What people and other formats are told stays as it was.
    plain = scratch.run(f"plan {options}")
    assert (plain.out, plain.err, plain.code) == ("", result.err, code)


def test_what_comes_from_the_specs_is_escaped() -> None:
    hostile = Diagnostic("SPEC101", "<b>@team</b>", hint="![x](http://evil.example)")
    text = no_plan_markdown("a --> `b`", InvalidSpecs([hostile]))
    first, rest = text.split("\n", 1)
    assert first == "<!-- intercom-iac plan a%20--%3E%20%60b%60 -->"
    assert "<b>" not in rest
    assert "@team" not in rest
    assert "![x]" not in rest
    assert "http://evil" not in rest


def test_it_fits_into_a_comment_however_much_is_wrong() -> None:
    warning = Diagnostic("LINT101", "beside the point", severity="warning")
    many = [Diagnostic("SPEC101", f"{number} {'*' * 390}") for number in range(2000)]
    text = no_plan_markdown("production", InvalidSpecs([warning, *many]))
    assert LIMIT * 0.9 < length(text) <= LIMIT
    told = text.count("**error SPEC101**")
    assert text.endswith(f"… and {2001 - told} more; `intercom-iac check` tells all of them.\n")
    assert "LINT101" not in text
