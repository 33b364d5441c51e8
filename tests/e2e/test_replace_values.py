"""`sync --replace NEW`: who gets the values of the old attribute, what is told, and what is left alone."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from typing import Any

import pytest

from intercom_iac.sandbox import Request, Sandbox

OLD = """\
    plan: {type: options, options: [free, trial, pro], status: deprecated}
    text: {type: string, status: deprecated}
"""
NEW = """\
    billing:
      type: options
      options: [free, none, paid]
      replaces: {attribute: plan, convert: {trial: none, pro: paid}}
    number: {type: integer, replaces: {attribute: text}}
"""
COMPANY = "  company:\n    tier: {type: string, status: deprecated}\n    level: {type: string, renamed_from: tier}\n"
SPECS = f"attributes:\n  contact:\n{OLD}{NEW}{COMPANY}"


def call(scratch: Any, method: str, path: str, body: Any = None, **query: str) -> Any:
    """A call that somebody else makes."""
    headers = {"authorization": "Bearer x", "content-type": "application/json"}
    with closing(Sandbox(scratch.root / ".intercom-iac" / "sandbox.db")) as sandbox:
        answer = sandbox.handle(Request(method, path, query, headers, json.dumps(body).encode()))
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


@pytest.fixture
def people(scratch) -> Any:
    """A workspace with both attributes of each pair, and four people."""
    scratch.spec(SPECS).apply()
    for key, values in {
        "u1": {"plan": "trial", "text": "12"},
        "u2": {"plan": "pro", "text": "a dozen"},
        "u3": {"plan": "free", "billing": "paid"},
        "u4": {},
    }.items():
        call(scratch, "POST", "/contacts", {"external_id": key, "custom_attributes": values})
    return scratch


def values_of(scratch: Any, name: str) -> dict[str, Any]:
    contacts = call(scratch, "GET", "/contacts")["data"]
    return {
        contact["external_id"]: contact["custom_attributes"].get(name)
        for contact in contacts
        if contact["external_id"] in ("u1", "u2", "u3", "u4")
    }


def test_values_are_copied_by_their_rules_once_and_nothing_is_overwritten(people) -> None:
    planned = people.run("sync --replace billing --dry-run --format json --detailed-exitcode")
    assert planned.code == 2
    assert planned.json["source"] | {"rows": 3, "valid": 3, "rejected": 0} == planned.json["source"]
    progress = {"old": "plan", "new": "billing", "copied": 1, "left": 2, "cannot_convert": 0}
    assert planned.json["plan"]["replacement"] == progress
    assert (planned.json["plan"]["update"], planned.json["plan"]["unchanged"]) == (2, 1)
    assert values_of(people, "billing") == {"u1": None, "u2": None, "u3": "paid", "u4": None}
    (stage,) = [stage for stage in people.plan()["stages"] if stage["address"] == "attribute.contact.billing"]
    assert stage["copies"] == {"copied": progress["copied"], "of": 3}
    done = people.run("sync --replace contact.billing --auto-approve --format json")
    assert (done.code, done.json["outcome"]["done"]) == (0, 2)
    assert values_of(people, "billing") == {"u1": "none", "u2": "paid", "u3": "paid", "u4": None}
    again = people.run("sync --replace attribute.contact.billing --auto-approve --format json")
    assert (again.code, again.json["outcome"]) == (0, again.json["outcome"] | {"done": 0, "failed": 0})
    stages = {stage["address"]: stage["stage"] for stage in people.plan()["stages"]}
    assert stages["attribute.contact.billing"] == 4


def test_what_does_not_convert_is_listed_and_the_rest_is_copied(people) -> None:
    done = people.run("sync --replace number --auto-approve --rejects rejects.csv")
    assert done.code == 1
    assert "1 not converted, and left as they are" in done.out
    assert "its `text` is no whole number" in done.out
    assert "a dozen" not in done.out + done.err
    assert values_of(people, "number") == {"u1": 12, "u2": None, "u3": None, "u4": None}
    (row,) = csv.DictReader((people.root / "rejects.csv").read_text().splitlines())
    (contact,) = [
        contact for contact in call(people, "GET", "/contacts")["data"] if contact["external_id"] == "u2"
    ]
    assert (row["column"], row["code"]) == ("text", "SYNC160")
    assert contact["id"] in row["reason"]
    assert "a dozen" not in str(row)


def test_companies_that_have_people_get_theirs(people) -> None:
    for company_id in ("c1", "c2"):
        made = call(
            people,
            "POST",
            "/companies",
            {"company_id": company_id, "custom_attributes": {"tier": "gold"}},
        )
        if company_id == "c1":
            (contact, *_) = call(people, "GET", "/contacts")["data"]
            call(people, "POST", f"/contacts/{contact['id']}/companies", {"id": made["id"]})
    done = people.run("sync --replace level --auto-approve")
    assert done.code == 0
    assert "companies without people are in no list" in done.out
    assert "Synced: 1 done." in done.out
    companies = [call(people, "GET", "/companies", company_id=company_id) for company_id in ("c1", "c2")]
    levels = [company.get("data", [company])[0]["custom_attributes"].get("level") for company in companies]
    assert levels == ["gold", None]


def test_a_limit_on_changes_holds(people) -> None:
    project = people.root / "intercom-iac.yaml"
    project.write_text(f"{project.read_text()}safety: {{max_change_percent: 20}}\n")
    refused = people.run("sync --replace billing --auto-approve")
    assert refused.code == 6
    assert "max_change_percent" in refused.err
    assert values_of(people, "billing")["u1"] is None


def test_a_saved_plan_is_carried_out_as_far_as_it_holds(people) -> None:
    assert people.run("sync --replace billing --out copy.plan").code == 0
    assert values_of(people, "billing")["u1"] is None
    (contact,) = [
        contact for contact in call(people, "GET", "/contacts")["data"] if contact["external_id"] == "u2"
    ]
    call(people, "PUT", f"/contacts/{contact['id']}", {"custom_attributes": {"billing": "free"}})
    done = people.run("sync --plan copy.plan")
    assert done.code == 1, "one was changed meanwhile, and is left"
    assert "1 record has changed since the plan was made" in done.out
    assert values_of(people, "billing") == {"u1": "none", "u2": "free", "u3": "paid", "u4": None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("plan", "`plan` takes the place of no attribute"),
        ("biling", "did you mean `billing`?"),
        ("billing --plan p.plan", "each say what is to be written"),
        ("billing --key email", "`--key` does not go with `--replace`"),
        ("billing --mode upsert", "`--mode` does not go with `--replace`"),
        ("billing --map a=b", "`--map` does not go with `--replace`"),
    ],
)
def test_what_cannot_be_copied_is_an_error(people, arguments: str, message: str) -> None:
    refused = people.run(f"sync --replace {arguments} --auto-approve")
    assert refused.code == 3
    assert message in refused.err


def test_records_of_another_kind_are_an_error(people) -> None:
    refused = people.run("sync companies --replace billing --auto-approve")
    assert refused.code == 3
    assert "`billing` is an attribute of contacts" in refused.err


def test_the_new_attribute_has_to_be_there_and_the_old_one_too(scratch) -> None:
    scratch.spec(f"attributes:\n  contact:\n{OLD}").apply()
    scratch.spec(SPECS)
    early = scratch.run("sync --replace billing --auto-approve")
    assert early.code == 3
    assert "`apply` creates it" in early.err
    scratch.spec(f"attributes:\n  contact:\n{NEW}", "example.yaml")
    scratch.spec(
        "attributes:\n  contact:\n    other: {type: string, renamed_from: gone}\n", "more.yaml"
    ).apply()
    missing = scratch.run("sync --replace other --auto-approve")
    assert missing.code == 3
    assert "the workspace has no attribute `gone`" in missing.err
