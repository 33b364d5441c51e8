"""Fills a served sandbox as years of work by hand fill a real workspace; the people are made up, the same every time.

python3 messy_workspace.py http://127.0.0.1:8080
"""

from __future__ import annotations

import json
import random
import sys
import time
from typing import Any
from urllib.request import Request, urlopen

DAY = 24 * 60 * 60
NOW = int(time.time()) // DAY * DAY

# Near-duplicates, dates as text, milliseconds, numbers as text, unused ones, hardly any description.
CONTACT: list[dict[str, Any]] = [
    {
        "name": "plan_type",
        "data_type": "options",
        "options": ["free", "trial", "pro"],
        "description": "Billing plan",
    },
    {"name": "planType", "data_type": "string"},
    {"name": "Plan Type", "data_type": "string"},
    {"name": "signup_date", "data_type": "date", "description": "First day in the product"},
    {"name": "renewal", "data_type": "string"},
    {"name": "last_invoice_at", "data_type": "integer"},
    {"name": "seats", "data_type": "string"},
    {"name": "is_admin", "data_type": "string"},
    {"name": "notes", "data_type": "string"},
    {"name": "nps_score", "data_type": "integer", "description": "Latest answer, 0 to 10"},
    {"name": "nps_scores", "data_type": "integer"},
    {"name": "beta_2021", "data_type": "boolean"},
    {"name": "utm_campaign_old", "data_type": "string"},
    {"name": "tmp_import_id", "data_type": "string"},
    {"name": "favourite_colour", "data_type": "string", "description": "From the survey of 2022"},
]
COMPANY: list[dict[str, Any]] = [
    {"name": "seats_paid", "data_type": "integer", "description": "Seats on the invoice"},
    {"name": "contract_end", "data_type": "date"},
    {"name": "account_tier", "data_type": "string"},
]
AUDIENCES = [
    {
        "name": "On trial",
        "predicates": [
            {
                "attribute": "custom_attributes.plan_type",
                "type": "string",
                "comparison": "eq",
                "value": "trial",
            }
        ],
        "role_predicates": [],
    }
]
EVENTS = ["report_exported", "Report Exported", "report-exported", "invited_teammate"]


class Workspace:
    """The API, as curl would call it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {
            "Authorization": "Bearer by-hand",
            "Content-Type": "application/json",
            "Intercom-Version": "2.16",
        }
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, data, headers, method=method), timeout=30) as answer:
            return json.loads(answer.read() or b"null")


def fill(workspace: Workspace, people: int) -> None:
    chance = random.Random(7)
    for model, attributes in (("contact", CONTACT), ("company", COMPANY)):
        for attribute in attributes:
            options = [{"value": option} for option in attribute.get("options", ())]
            body = {**attribute, "model": model} | ({"options": options} if options else {})
            workspace.call("POST", "/data_attributes", body)
    companies = [
        workspace.call("POST", "/companies", company(number, chance))["id"]
        for number in range(max(1, people // 10))
    ]
    tags = [
        workspace.call("POST", "/tags", {"name": name})["id"]
        for name in ("VIP", "webinar 2023", "beta tester")
    ]
    for number in range(people):
        person = workspace.call("POST", "/contacts", contact(number, chance))["id"]
        workspace.call("POST", f"/contacts/{person}/companies", {"id": companies[number % len(companies)]})
        if chance.random() < 0.2:
            workspace.call("POST", f"/contacts/{person}/tags", {"id": chance.choice(tags)})
        for name in EVENTS:
            if chance.random() < 0.25:
                event = {"event_name": name, "created_at": NOW - chance.randrange(60) * DAY, "id": person}
                workspace.call("POST", "/events", {**event, "metadata": {"format": "pdf", "pages": number}})
    for audience in AUDIENCES:
        workspace.call("POST", "/audiences", audience)


def company(number: int, chance: random.Random) -> dict[str, Any]:
    tier = chance.choice(["Enterprise", "enterprise", "ENTERPRISE ", "smb"])
    values = {"seats_paid": number * 5 + 1, "contract_end": NOW + number * DAY, "account_tier": tier}
    return {"company_id": f"company-{number}", "name": f"Company {number}", "custom_attributes": values}


def contact(number: int, chance: random.Random) -> dict[str, Any]:
    seen = NOW - chance.randrange(90) * DAY
    signed_up = seen - chance.randrange(400) * DAY
    values: dict[str, Any] = {
        # Some write a plan that nobody sells any more.
        "plan_type": chance.choice(["free", "trial", "pro", "pro", "Pro ", "legacy"]),
        "signup_date": signed_up,
        "last_invoice_at": signed_up * chance.choice([1, 1000]),
        "renewal": time.strftime(chance.choice(["%Y-%m-%d", "%d/%m/%Y"]), time.gmtime(seen + 30 * DAY)),
        "seats": str(chance.randrange(1, 40)),
        "is_admin": chance.choice(["true", "false", "yes"]),
        "nps_score": chance.randrange(11),
    }
    values["planType"] = values["plan_type"]
    if chance.random() < 0.1:
        values["Plan Type"] = values["plan_type"]
    if chance.random() < 0.3:
        # An address of example.com, a number that belongs to nobody, the card that payment tests use.
        values["notes"] = chance.choice(
            [f"write to owner{number}@example.com", "call +353 20 915 2310", "paid with 4111 1111 1111 1111"]
        )
    if chance.random() < 0.03:
        values["favourite_colour"] = "teal"
    return {
        "role": "user",
        "external_id": f"user-{number}",
        "email": f"user{number}@example.com",
        "signed_up_at": signed_up,
        "last_seen_at": seen,
        "custom_attributes": values,
    }


if __name__ == "__main__":
    fill(Workspace(sys.argv[1]), people=120)
