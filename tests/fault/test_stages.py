"""The stages of a rename and of every change of type, run to their end with a kill at every write.

Each write is killed twice: before it reaches the workspace, and after it was made and before its answer comes. The
plan after that goes on where things stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import httpx
import pytest

from intercom_iac.applying import apply
from intercom_iac.model import Attribute, DataType, ModelName, Replaced, Schema, Segment
from intercom_iac.model.conversions import Converted, convert, value_text
from intercom_iac.planning import Plan, count_copies, plan
from intercom_iac.rules import compile_rules
from intercom_iac.sandbox import Request, Sandbox
from intercom_iac.specs import digest
from intercom_iac.text import Excerpt
from intercom_iac.workspace import Client, HttpWorkspace, Target
from support.silent_progress import SilentProgress

TARGET = Target("sandbox", base_url="http://127.0.0.1")
KEPT: Mapping[DataType, list[Any]] = {
    DataType.STRING: ["free", "pro"],
    DataType.INTEGER: [3, 0],
    DataType.FLOAT: [2.5, 1.0],
    DataType.BOOLEAN: [True, False],
    DataType.DATE: [1_700_000_000, 1_600_000_000],
    DataType.OPTIONS: ["free", "pro"],
}
OPTIONS = {DataType.OPTIONS: ("free", "pro")}
# What `convert` has to say for the values of each type to be those of another.
TARGETS: Mapping[DataType, list[Any]] = {
    DataType.STRING: ["a", "b"],
    DataType.INTEGER: [1, 2],
    DataType.FLOAT: [1.5, 2.5],
    DataType.BOOLEAN: [True, False],
    DataType.DATE: ["2026-01-31", "2026-02-01"],
    DataType.OPTIONS: ["free", "pro"],
}
# A test that an audience can express; it has none of numbers with a fraction, which are for a tag then.
RULES: Mapping[DataType, str] = {
    DataType.STRING: " = free",
    DataType.INTEGER: " > 1",
    DataType.FLOAT: " > 1.5",
    DataType.BOOLEAN: "",
    DataType.DATE: " more than 30 days ago",
    DataType.OPTIONS: " = free",
}
WRITES = ("POST", "PUT", "DELETE")


class Killed(RuntimeError):
    """The process is no more."""


class Workspace(httpx.BaseTransport):
    """A workspace in memory whose every write by an apply is killed twice."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(None)
        self.killed: dict[tuple[str, str, bytes], int] = {}
        self.kills = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.partition(b"?")[0].decode()
        body = request.read()
        writes = self.kills and request.method in WRITES and path != "/contacts/search"
        key = request.method, path, body
        times = self.killed.get(key, 0)
        if writes and times == 0:
            self.killed[key] = 1
            raise Killed
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = self.sandbox.handle(Request(request.method, path, dict(request.url.params), headers, body))
        if writes and times == 1:
            self.killed[key] = 2
            raise Killed
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body)

    def person(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """A call of somebody else's, which nothing kills."""
        headers = {"authorization": "Bearer theirs", "content-type": "application/json"}
        content = b"" if body is None else json.dumps(body).encode()
        answer = self.sandbox.handle(Request(method, path, {"include_archived": "true"}, headers, content))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def live(self) -> HttpWorkspace:
        return HttpWorkspace(TARGET, Client(TARGET, transport=self, sleep=lambda _: None))

    def attributes(self) -> dict[str, bool]:
        """The custom attributes, and whether each is archived."""
        listed = self.person("GET", "/data_attributes")["data"]
        return {each["name"]: each["archived"] for each in listed if each["custom"]}

    def read_by_audiences(self) -> list[str]:
        audiences = self.person("GET", "/audiences")["data"]
        return [each["attribute"] for audience in audiences for each in audience["predicates"]]


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    made = Workspace()
    yield made
    made.sandbox.close()


def specs(old: Attribute, new: Attribute | None, reads: str, *, publishes: bool = True) -> Schema:
    attributes: dict[tuple[ModelName, str], Attribute] = {
        ("contact", each.name): each for each in (old, new) if each is not None
    }
    base = Schema(attributes=attributes)
    rule = f"{reads}{RULES[attributes['contact', reads].type]}"
    predicates, _ = compile_rules({"has": Excerpt.from_text(rule, "<rule>")}, base)
    publish = ("audience", "tag") if publishes else ("tag",)
    segment = Segment("has", "Has", rule, predicates["has"], publish=publish)
    return replace(base, segments={"has": segment})


def planned(schema: Schema, workspace: Workspace) -> Plan:
    live = workspace.live()
    snapshot = live.snapshot()
    return plan(
        schema,
        snapshot,
        workspace="sandbox",
        specs_digest=digest(schema),
        copies=count_copies(schema, snapshot, live.count_contacts),
    )


def apply_until_done(schema: Schema, workspace: Workspace) -> list[Plan]:
    """Applies again and again, as whoever was killed does; the plans that had something to do."""
    plans: list[Plan] = []
    while (made := planned(schema, workspace)).calls:
        plans.append(made)
        assert len(plans) < 20, made.changes
        live = workspace.live()
        live.allow_writes()
        workspace.kills = True
        apply(made, live, SilentProgress(), parallelism=1)
        workspace.kills = False
    return plans


def actions(made: Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.action, change.address, change.waits_for) for change in made.changes]


OLD_ADDRESS, NEW_ADDRESS = "attribute.contact.old", "attribute.contact.new"


@pytest.mark.parametrize(
    ("was", "now"), [*product(DataType, DataType)], ids=lambda data_type: data_type.value
)
def test_the_stages_run_to_their_end(was: DataType, now: DataType, workspace: Workspace) -> None:
    old = Attribute("contact", "old", was, OPTIONS.get(was, ()))
    mapping = (
        ()
        if was is now
        else tuple(
            (value_text(value, was), target) for value, target in zip(KEPT[was], TARGETS[now], strict=True)
        )
    )
    new = Attribute("contact", "new", now, OPTIONS.get(now, ()))
    new = replace(new, renamed_from="old") if was is now else replace(new, replaces=Replaced("old", mapping))
    publishes = DataType.FLOAT not in (was, now)
    apply_until_done(specs(old, None, "old", publishes=publishes), workspace)
    people = [
        workspace.person("POST", "/contacts", {"external_id": f"p{at}", "custom_attributes": {"old": value}})[
            "id"
        ]
        for at, value in enumerate(KEPT[was])
    ]

    # 1: everything is moved in the specs at once, as `mv` writes it. The new one is created, and nothing else.
    deprecated = specs(replace(old, status="deprecated"), new, "new", publishes=publishes)
    for made in apply_until_done(deprecated, workspace):
        assert [call.address for call in made.calls] == [NEW_ADDRESS]
        waits = ("update", "segment.has", (NEW_ADDRESS,))
        assert (waits in actions(made)) == publishes
        assert [(stage.stage, stage.name) for stage in made.stages] == [(1, "create")]
    assert workspace.attributes() == {"old": False, "new": False}
    assert workspace.read_by_audiences() == ["custom_attributes.old"] * publishes

    # 2: the copy is a person's, and apply makes nothing meanwhile.
    waiting = planned(deprecated, workspace)
    assert waiting.calls == ()
    waits = ("update", "segment.has", (NEW_ADDRESS,))
    assert actions(waiting) == [waits] * publishes + [("manual", NEW_ADDRESS, ())]
    assert [(stage.stage, stage.by_hand) for stage in waiting.stages] == [(2, True)]
    assert [(each.count, each.of) for each in waiting.measurements] == [(0, 2)]
    for person, value in zip(people, KEPT[was], strict=True):
        copied = convert(value, was, now, dict(mapping), new.options)
        assert isinstance(copied, Converted)
        workspace.person("PUT", f"/contacts/{person}", {"custom_attributes": {"new": copied.value}})

    # 3: what reads the old one reads the new.
    for made in apply_until_done(deprecated, workspace):
        assert [call.address for call in made.calls] == ["segment.has"]
        assert [stage.stage for stage in made.stages] == [3]
    assert workspace.read_by_audiences() == ["custom_attributes.new"] * publishes
    copied_all = planned(deprecated, workspace)
    assert copied_all.changes == ()
    assert [(stage.stage, stage.by_hand) for stage in copied_all.stages] == [(4, True)]

    # 4: the old one is archived, once the specs say so.
    archived = specs(replace(old, status="archived"), new, "new", publishes=publishes)
    for made in apply_until_done(archived, workspace):
        assert [(call.action, call.address) for call in made.calls] == [("archive", OLD_ADDRESS)]
    end = planned(archived, workspace)
    assert (end.changes, end.stages) == ((), ())
    assert workspace.attributes() == {"old": True, "new": False}
    assert set(workspace.killed.values()) == {2}


def test_specs_that_archive_at_once_still_go_through_the_stages(workspace: Workspace) -> None:
    """`status: archived` says that nothing of the old one is needed: nobody waits for a copy, and all else holds."""
    old = Attribute("contact", "old", DataType.STRING)
    new = Attribute("contact", "new", DataType.STRING, renamed_from="old")
    apply_until_done(specs(old, None, "old"), workspace)
    workspace.person("POST", "/contacts", {"external_id": "p", "custom_attributes": {"old": "x"}})
    schema = specs(replace(old, status="archived"), new, "new")
    made = apply_until_done(schema, workspace)
    distinct = list(dict.fromkeys(tuple(call.address for call in each.calls) for each in made))
    assert distinct == [(NEW_ADDRESS,), ("segment.has",), (OLD_ADDRESS,)]
    assert planned(schema, workspace).changes == ()
