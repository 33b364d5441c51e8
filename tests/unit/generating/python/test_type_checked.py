"""Generated Python under pyright's strict mode: clean for any names, and an error for what the specs do not allow."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from support.generated_python import imported_package, write_package

SPECS = r"""
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], description: What they pay for, owner: growth}
    source: {type: options, options: [ads, friend], open_options: true}
    trial_end_date: {type: date}
    seats: {type: integer}
    score: {type: float}
    old_plan: {type: string, status: deprecated}
    billing: {type: string, renamed_from: old_plan}
    gone: {type: string, status: archived}
  company:
    tier: {type: options, options: [gold, silver]}
events:
  upgraded:
    description: Paid for a higher plan
    metadata:
      plan: {type: options, options: [free, pro], required: true}
      price: {type: float}
      page: {type: string}
  legacy: {status: deprecated}
  forgotten: {status: archived}
"""
HOSTILE = r'''
version: 1
attributes:
  contact:
    job title: {type: string, description: 'Ends with a quote "'}
    class: {type: integer, description: "Triple \"\"\" quotes, \\ and \\N{x}"}
    __proto__: {type: boolean}
    __init__: {type: string}
    __post_init__: {type: string}
    __repr__: {type: string}
    constructor: {type: options, options: ['say "hi"', "it's", 'back\slash', '"""', '東京', '{0}', '🎈']}
    date: {type: date}
    datetime: {type: date}
    str: {type: string}
    Literal: {type: options, options: [a, b]}
    self: {type: float}
    größe: {type: integer}
    東京: {type: options, options: [x, y]}
    2fa: {type: boolean}
    match: {type: string}
    None: {type: string, status: deprecated}
    attribute: {type: string}
    plan-type: {type: options, options: [a, b]}
    planType: {type: options, options: [a, b]}
    PlanType: {type: options, options: [a, b]}
  company:
    def: {type: float, status: deprecated}
events:
  print: {}
  str:
    metadata: {str: {type: string}, it s: {type: integer, required: true}, self: {type: string}}
  IntercomData: {metadata: {plan: {type: options, options: [a, b]}}}
  runtime: {metadata: {metadata: {type: string}, UNSET: {type: string}}}
  "🎈": {}
  old event: {status: deprecated, metadata: {class: {type: boolean, required: true}}}
  contact plan type: {}
'''
RIGHT = """
from datetime import UTC, date, datetime

import hostile
from ordinary import (
    UNSET, AsyncIntercomData, CompanyAttributes, ContactAttributes, ContactPlanType, Event, IntercomData, Money,
    NotFound, RichLink, upgraded,
)

plan: ContactPlanType = "pro"
days = 3
person = ContactAttributes(plan_type=plan, source="podcast", trial_end_date=date(2026, 1, 31), score=3)
cleared = ContactAttributes(plan_type=None, seats=5 if days else UNSET, name="Ada", signed_up_at=datetime.now(UTC))
occurrence: Event = upgraded(plan="pro", price=Money(amount=900, currency="eur"), page=RichLink(url="", value=""))
with IntercomData("token", region="eu", timezone="Europe/Dublin") as data:
    contact_id: str = data.contacts.update(person, external_id="u1")
    data.contacts.update(external_id="u1", attributes=cleared)
    data.companies.update(CompanyAttributes(tier="gold", size=5), company_id="acme")
    data.companies.add_contact(company_id="acme", id=contact_id)
    try:
        data.events.send(occurrence, external_id="u1", created_at=datetime.now(UTC))
    except NotFound as error:
        print(error.status, error.request_id, error.maybe_done)


async def main() -> str:
    async with AsyncIntercomData("token") as data:
        await data.events.send(upgraded(plan="free"), email="ada@example.com")
        return await data.contacts.update(person, id="c1")


hostile.ContactAttributes(job_title="x", class_=1, _proto__=True, date_=date.today(), 東京="x", plan_type="a")
hostile.str_(it_s=1, str_="x", self_="y")
hostile.IntercomData_(plan="a")
hostile.runtime_(metadata_="x", UNSET_="y")
hostile.u1f388()
hostile.IntercomData("token")
"""
BEFORE = """
from ordinary import *

data = IntercomData("token")
"""
# The last line of a program, and what is said of it.
WRONG = [
    (
        "ContactAttributes(plan_type='trail')",
        "\"Literal['trail']\" is not assignable to type \"Literal['free",
    ),
    ("ContactAttributes(plan_typ='pro')", 'assigned to parameter "plan_typ" of type "Never"'),
    ("ContactAttributes(gone='x')", 'assigned to parameter "gone" of type "Never"'),
    ("ContactAttributes(tier='gold')", 'assigned to parameter "tier" of type "Never"'),
    ("CompanyAttributes(seats=5)", 'No parameter named "seats"'),
    ("ContactAttributes(trial_end_date=1769860800000)", 'cannot be assigned to parameter "trial_end_date"'),
    ("ContactAttributes(trial_end_date='2026-01-31')", '"datetime | date | Unset | None"'),
    ("ContactAttributes(seats='5')", '"Literal[\'5\']" is not assignable to "int"'),
    ("ContactAttributes(email=None)", '"None" is not assignable to "str"'),
    ("ContactAttributes('pro')", 'No overloads for "__init__"'),
    ("ContactAttributes(old_plan='x')", "`old_plan` is deprecated, use `billing`"),
    ("person = ContactAttributes(); person.seats = 5", 'Attribute "seats" is read-only'),
    ("upgraded()", 'Argument missing for parameter "plan"'),
    ("upgraded(plan='gold')", "\"Literal['gold']\" is not assignable to type \"Literal['free']\""),
    ("upgraded(plan='pro', colour='red')", 'No parameter named "colour"'),
    ("upgraded(plan='pro', price='9')", '"Literal[\'9\']" is not assignable to "float"'),
    ("upgraded(plan='pro', page=None)", '"None" is not assignable to "str"'),
    ("upgraded(plan='pro', page=Money(amount=1, currency='eur'))", '"Money" is not assignable to "RichLink"'),
    ("legacy()", 'The function "legacy" is deprecated'),
    ("forgotten()", '"forgotten" is not defined'),
    ("downgraded()", '"downgraded" is not defined'),
    (
        "data.contacts.update(CompanyAttributes(), external_id='u1')",
        '"CompanyAttributes" is not assignable to "Con',
    ),
    ("data.contacts.update(ContactAttributes(), 'u1')", "Expected 1"),
    ("data.companies.update(CompanyAttributes(tier='gold'))", 'Argument missing for parameter "company_id"'),
    (
        "data.events.send('upgraded', external_id='u1')",
        '"Literal[\'upgraded\']" is not assignable to "Event"',
    ),
    (
        "data.events.send(upgraded(plan='pro'), id='c1', created_at=1769860800)",
        'is not assignable to "datetime"',
    ),
    ("IntercomData('token', region='uk')", '"Literal[\'uk\']" is not assignable to type "Region"'),
    ("async def f(): AsyncIntercomData('t').events.send(upgraded(plan='pro'))", 'not used; use "await"'),
]


def write_specs(folder: Path, text: str, package: Path) -> Path:
    """The package of specs, which stand in a folder of their own."""
    (folder / "specs").mkdir(parents=True)
    (folder / "specs" / "all.yaml").write_text(text, "utf-8")
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    return write_package(load_specs(find_project(folder)).or_raise(), package)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both packages, a right program and wrong ones."""
    root = tmp_path_factory.mktemp("typed")
    write_specs(tmp_path_factory.mktemp("ordinary"), SPECS, root / "ordinary")
    write_specs(tmp_path_factory.mktemp("hostile"), HOSTILE, root / "hostile")
    (root / "right.py").write_text(RIGHT, "utf-8")
    for number, (program, _) in enumerate(WRONG):
        (root / f"wrong_{number}.py").write_text(BEFORE + program + "\n", "utf-8")
    (root / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
    return root


@pytest.fixture(scope="module")
def errors(folder: Path) -> Callable[[str], list[tuple[int, str]]]:
    """Line and message of what pyright finds in a file, or in the files of a folder."""
    command = [
        sys.executable,
        "-m",
        "pyright",
        "--outputjson",
        "--pythonpath",
        sys.executable,
        "-p",
        str(folder),
    ]
    # Not from the folder: the packages of our own tree are not to be found.
    run = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=300, check=False)
    found = json.loads(run.stdout)
    assert found["summary"]["filesAnalyzed"] == len(WRONG) + 5

    def of(name: str) -> list[tuple[int, str]]:
        return [
            (mistake["range"]["start"]["line"], mistake["message"].replace("\xa0", " "))
            for mistake in found["generalDiagnostics"]
            if Path(mistake["file"]).relative_to(folder).parts[0] == name
        ]

    return of


@pytest.mark.parametrize("name", ["ordinary", "hostile", "right.py"])
def test_the_code_is_clean(errors: Callable[[str], list[Any]], name: str) -> None:
    assert errors(name) == []


@pytest.mark.parametrize(("number", "program", "message"), [(n, *wrong) for n, wrong in enumerate(WRONG)])
def test_a_wrong_program_is_an_error(
    errors: Callable[[str], list[tuple[int, str]]], number: int, program: str, message: str
) -> None:
    found = errors(f"wrong_{number}.py")
    last = len(BEFORE.splitlines())
    assert any(line == last and message in told for line, told in found), found


def test_hostile_names_are_sent_as_they_are(folder: Path) -> None:
    with imported_package(folder / "hostile") as package:
        person = package.ContactAttributes(job_title="x", class_=1, _proto__=True, _init__="a", 東京="y")
        record = package.runtime._wire_record(person, None)
        assert record == {
            "custom_attributes": {
                "job title": "x",
                "class": 1,
                "__proto__": True,
                "__init__": "a",
                "東京": "y",
            }
        }
        occurrence = package.str_(it_s=5, self_="x")
        assert occurrence.name == "str"
        assert [(key.name, value) for key, value in occurrence.metadata] == [("it s", 5), ("self", "x")]
        assert package.ContactConstructor.__args__[:2] == ('say "hi"', "it's")
        with pytest.warns(DeprecationWarning, match="the event `old event` is deprecated") as warned:
            package.old_event(class_=True)
        assert warned[0].filename == __file__


def test_formatters_and_linters_find_nothing_to_do(folder: Path) -> None:
    for command in (["format", "--check"], ["check", "--select", "E4,E7,E9,F,I,UP,B"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--target-version", "py311", "ordinary"],
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
        )
        assert run.returncode == 0, run.stdout
