"""What docs/rules.md shows is true: each form compiles to what it says, each command runs."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from intercom_iac.compilers import to_screen_steps
from intercom_iac.compilers.sql import DIALECTS
from intercom_iac.project import find_project
from intercom_iac.reporting.plan.numbered_steps import numbered_steps
from intercom_iac.rules import canonical_text, compile_rule, format_rule, parse, settle_words
from intercom_iac.specs import load_specs
from intercom_iac.text import Excerpt

ROOT = Path(__file__).parents[2]
ELSEWHERE = (ROOT / "docs" / "rules-elsewhere.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")
SCHEMA = load_specs(find_project(ROOT)).or_raise()
LISTED = [
    line for block in re.findall(r"```rule\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines() if line
]
ROWS = [row for row in re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE) if not row.startswith("`contact")]
IN_TABLES = [form for row in ROWS for form in re.findall(r"`([^`]+)`", row)]
TABLES = {"contacts", "companies", "contact_companies", "events", "contact_tags", "company_tags"}
SYNONYMS = re.findall(r"^\| (`.+`) \| (`[^`]+`) \|$", PAGE, re.MULTILINE)
LINTED = {"plan_type != pro or plan_type != free", "x > 10 and x < 5"}
FORMS = [*LISTED, *(form for form in IN_TABLES if form not in TABLES | LINTED)]
RULES_ELSEWHERE = re.findall(r"^\| .+ \| `([^`]+)` \|$", ELSEWHERE, re.MULTILINE)
ON_SCREEN = re.findall(r"^\| (.+ · .+) \| `([^`]+)` \|$", ELSEWHERE, re.MULTILINE)
# Those of Spark and PostgreSQL are run by tests/e2e/test_preview_engines.py.
COMMANDS = [
    command
    for command in re.findall(r"^\$ intercom-iac (.+)$", PAGE, re.MULTILINE)
    if "--engine spark" not in command and "--database-env" not in command
]


def test_there_are_many() -> None:
    assert len(FORMS) > 110
    assert len(SYNONYMS) > 12
    assert len(RULES_ELSEWHERE) > 60
    assert len(ON_SCREEN) > 15
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("text", FORMS)
def test_its_forms_compile(text: str) -> None:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert rule is not None, diagnostics
    assert not [each for each in diagnostics if each.severity == "warning"]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (written, row[1].strip("`"))
        for row in SYNONYMS
        for written in re.findall(r"`([^`]+)`", row[0])
        if "fmt" not in row[1]
    ],
)
def test_what_else_is_read_is_formatted_as_it_says(written: str, canonical: str) -> None:
    syntax, _ = parse(Excerpt.from_text(written, "<rule>"))
    assert syntax is not None
    assert canonical_text(settle_words(syntax, frozenset)) == canonical


@pytest.mark.parametrize("text", RULES_ELSEWHERE)
def test_what_would_be_written_elsewhere_has_a_rule(text: str) -> None:
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert rule is not None
    assert not [diagnostic for diagnostic in diagnostics if diagnostic.severity != "info"]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (row, form)
        for row in ROWS
        for form in re.findall(r"`([^`]+)`", row)
        if "ago" in form or "from now" in form
    ],
)
def test_forms_that_a_row_calls_the_same_are(row: str, text: str) -> None:
    first = re.findall(r"`([^`]+)`", row)[0]
    canonical = {
        format_rule(rule)
        for each in (first, text)
        if (rule := compile_rule(Excerpt.from_text(each, "<rule>"), SCHEMA)[0]) is not None
    }
    assert len(canonical) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(scratch, command: str) -> None:
    contact = {"id": "a", "role": "user", "custom_attributes": {"plan_type": "trial"}}
    scratch.write({"contacts.ndjson": json.dumps(contact), "companies.ndjson": '{"id": "k"}'})
    result = scratch.run(f"{command} --project {shlex.quote(str(ROOT))}")
    assert result.code == 0, result
    assert result.out


def test_it_names_every_dialect_and_table() -> None:
    assert set(DIALECTS) <= set(re.findall(r"`(\w+)`", PAGE))
    assert set(re.findall(r"^\| `(\w+)` \| `\w*id`", PAGE, re.MULTILINE)) == TABLES


@pytest.mark.parametrize(("shown", "text"), ON_SCREEN)
def test_what_the_screen_shows_are_the_steps_of_the_rule(shown: str, text: str) -> None:
    rule, _ = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert rule is not None
    (step,) = to_screen_steps(rule, {key: segment.name for key, segment in SCHEMA.segments.items()})
    assert step.partition(" (not certain: ")[0] == f"add filter: {shown}"


def test_its_steps_on_the_screen_are_those_of_its_rule() -> None:
    found = re.search(r"The steps of\n`(.+)`:\n\n```text\n(.*?)```", PAGE, re.DOTALL)
    assert found
    rule, _ = compile_rule(Excerpt.from_text(found[1], "<rule>"), SCHEMA)
    assert rule is not None
    steps = numbered_steps(("before", *to_screen_steps(rule)))
    assert [f"{step.label}{'' if step.depth else '.'} {step.text}" for step in steps][1:] == [
        line.strip() for line in found[2].splitlines()
    ]
