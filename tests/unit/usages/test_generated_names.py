"""What `usages` knows of a generated Python package is what `generate` writes."""

from __future__ import annotations

import ast

import pytest

from intercom_iac.generating import GenerateOptions, python_files
from intercom_iac.model import Schema
from intercom_iac.usages import CodeFile, CodeJudge, judge_file, language_of
from intercom_iac.usages.languages.python_imports import NO_EVENTS
from support.payload_schemas import schema_of

SCHEMA = schema_of("""\
version: 1
attributes:
  contact: {plan_type: {type: options, options: [free, pro]}, class: {type: string}}
  company: {seat_count: {type: integer}}
events:
  Plan changed: {metadata: {to_plan: {type: string, required: true}}}
""")


def test_all_that_is_exported_is_known() -> None:
    package = python_files(Schema(), GenerateOptions(specs_digest=""))[0].text
    [exported] = [
        ast.literal_eval(statement.value)
        for statement in ast.parse(package).body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__"
    ]
    # The records are known by their names, and the type of options is nothing that is called.
    others = {"ContactAttributes", "CompanyAttributes", "ContactRole"}
    assert {*exported} - others == NO_EVENTS - {"runtime"}


@pytest.mark.parametrize(
    "calls",
    [
        "ContactAttributes(signed_up_at=moment, plan_type='gold', class_='x')\n"
        "CompanyAttributes(monthly_spend=3)\nPlan_changed(to_plan=3)",
        "ContactAttributes(signedUpAt=moment, planType='gold', class_='x')\n"
        "CompanyAttributes(monthlySpend=3)\nPlan_changed(toPlan=3)",
    ],
    ids=["the names of the specs", "camel case"],
)
def test_keys_and_events_are_those_of_the_specs(calls: str) -> None:
    language = language_of("app.py")
    assert language is not None
    code = "from generated.python import CompanyAttributes, ContactAttributes, Plan_changed\n" + calls
    file = CodeFile("app.py", code.encode(), frozenset({"generated/python"}))
    judgement = judge_file(CodeJudge(SCHEMA), language, file)
    assert [found.code for found in judgement.mistakes] == ["PAYL905", "PAYL904"]
    assert [use.address for use in judgement.uses] == [
        "attribute.contact.plan_type",
        "attribute.contact.class",
        "event.Plan changed",
    ]


def test_a_handle_is_no_text() -> None:
    language = language_of("app.ts")
    assert language is not None
    code = (
        "import { trackEvent, update, planChanged, PLAN } from './generated/typescript';\n"
        "trackEvent(planChanged, { to_plan: 'pro' });\n"
        "trackEvent('planChanged', { to_plan: 'pro' });\n"
        "update({ plan_type: PLAN });\n"
    )
    file = CodeFile("app.ts", code.encode(), frozenset({"generated/typescript"}))
    judgement = judge_file(CodeJudge(SCHEMA), language, file)
    assert [(found.code, found.span and found.span.line) for found in judgement.mistakes] == [
        ("PAYL920", 3),
        ("PAYL919", 4),
    ]
