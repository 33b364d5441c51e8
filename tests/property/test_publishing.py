"""Whatever the rule and whoever has the tag: who is written enters or leaves, and then the tag is the members'."""

from __future__ import annotations

import json
import random
import weakref
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from intercom_iac.model import Attribute, DataType, Person, Predicate, Schema, Segment
from intercom_iac.model.predicate import Tagged
from intercom_iac.publishing import Candidates, LastRun, Publication, difference_by_rule
from intercom_iac.rules import satisfies
from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.workspace import Target
from intercom_iac.workspace.client.client import Client
from intercom_iac.workspace.embedded import Embedded
from intercom_iac.workspace.intercom.belongings import Belongings
from intercom_iac.workspace.intercom.records import HttpRecords
from intercom_iac.writes import Write
from support.generators import OPTIONS, WORDS, examples, rules

TODAY = date(2026, 3, 29)
ATTRIBUTES = {
    "plan": DataType.OPTIONS,
    "the one ring": DataType.STRING,
    "usage": DataType.INTEGER,
    "vip": DataType.BOOLEAN,
}
SCHEMA = Schema(
    {
        ("contact", name): Attribute("contact", name, type_, OPTIONS if type_ is DataType.OPTIONS else ())
        for name, type_ in ATTRIBUTES.items()
    }
)


class Kept:
    """Keeps the writes that it is given."""

    def __init__(self) -> None:
        self.kept: list[Write] = []

    @property
    def writes(self) -> int:
        return len(self.kept)

    def write(self, write: Write) -> None:
        self.kept.append(write)


class Workspace:
    """An embedded workspace of 40 people, some of whom carry the tag; whom a rule makes carry it changes."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(None)
        weakref.finalize(self, self.sandbox.close)
        self.zone = ZoneInfo(self.sandbox.timezone)
        for name, type_ in ATTRIBUTES.items():
            body: dict[str, Any] = {"name": name, "model": "contact", "data_type": str(type_)}
            if type_ is DataType.OPTIONS:
                body["options"] = [{"value": option} for option in OPTIONS]
            self.call("POST", "/data_attributes", body)
        pick = random.Random(11)
        pools: dict[str, list[Any]] = {
            "plan": list(OPTIONS),
            "the one ring": WORDS,
            "usage": [-2, -1, 0, 1, 2, 3],
            "vip": [True, False],
        }
        for number in range(40):
            custom = {name: pick.choice(pool) for name, pool in pools.items() if pick.random() < 0.8}
            role = {"role": "lead"} if number % 4 == 0 else {"role": "user", "external_id": str(number)}
            self.call("POST", "/contacts", {**role, "custom_attributes": custom})
        self.tag_id = str(self.call("POST", "/tags", {"name": "Members"})["id"])
        client = Client(
            Target("sandbox", sandbox=Path("s.db")), transport=Embedded(self.sandbox, Path("s.db"))
        )
        self.records = HttpRecords(client)
        self.candidates = Candidates(
            self.records,
            Belongings(client),
            tags={"Members": self.tag_id},
            today=TODAY,
            zone=self.zone,
            parallelism=1,
        )

    def call(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"authorization": "Bearer any", "content-type": "application/json"}
        answer = self.sandbox.handle(Request(method, path, {}, headers, json.dumps(body).encode()))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def people(self) -> list[dict[str, Any]]:
        query = {"field": "role", "operator": "IN", "value": ["user", "lead"]}
        return self.call("POST", "/contacts/search", {"query": query, "pagination": {"per_page": 150}})[
            "data"
        ]

    def carriers(self) -> set[str]:
        return {
            contact["id"]
            for contact in self.people()
            if any(tag["id"] == self.tag_id for tag in contact["tags"]["data"])
        }

    def members(self, rule: Predicate) -> set[str]:
        return {
            contact["id"]
            for contact in self.people()
            if satisfies(Person(contact), rule, today=TODAY, zone=self.zone)
        }


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace()


@examples(40)
@given(rules(SCHEMA, TODAY))
def test_the_tag_is_the_members_and_only_the_difference_is_written(
    workspace: Workspace, rule: Predicate
) -> None:
    segment = Segment("members", "Members", "...", rule, publish=("tag",))
    publication = Publication(
        segment=segment,
        published_as="tag",
        target="Members",
        carried=Tagged("Members"),
        tag_id=workspace.tag_id,
    )
    before, members = workspace.carriers(), workspace.members(rule)
    sink = Kept()
    change = difference_by_rule(publication, workspace.candidates, sink, LastRun())
    assert (change.carriers, change.members) == (len(before), len(members))
    written = {(write.action, write.live_id) for write in sink.kept}
    entered = {("tag", contact_id) for contact_id in members - before}
    assert written == entered | {("untag", contact_id) for contact_id in before - members}
    assert len(written) == len(sink.kept) == change.enter + change.leave
    for write in sink.kept:
        make = workspace.records.tag_contact if write.action == "tag" else workspace.records.untag_contact
        make(str(write.live_id), workspace.tag_id)
    assert workspace.carriers() == members
    again = difference_by_rule(publication, workspace.candidates, Kept(), LastRun())
    assert (again.members, again.changes) == (len(members), 0)
