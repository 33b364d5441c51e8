"""Tags, audiences and segments that somebody made in Intercom: what plans say of them, and what stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from intercom_iac.diagnostics import all_codes
from intercom_iac.planning import plan_schema
from intercom_iac.workspace import Target
from intercom_iac.workspace.client.client import Client
from support.git_repositories import commit

ROOT = Path(__file__).parents[2]
HOT = "segments: {hot: {name: hot, rule: role = user, publish: [tag]MORE}}\n"
NOTHING = "events: {signed_up: {}}\n"


def hot(more: str = "") -> str:
    return HOT.replace("MORE", f", {more}" if more else "")


@contextmanager
def api(scratch) -> Iterator[Client]:
    client = Client(Target("sandbox", sandbox=scratch.root / ".intercom-iac" / "sandbox.db"))
    try:
        yield client
    finally:
        client.close()


def tag_people(scratch, people: int, name: str = "hot") -> None:
    with api(scratch) as client:
        tag = client.post("/tags", {"name": name})
        for number in range(people):
            contact = client.post("/contacts", {"email": f"{name}{number}@example.com"})
            client.post(f"/contacts/{contact['id']}/tags", {"id": tag["id"]})


def codes(plan: Any) -> list[tuple[str, str]]:
    return [
        (each["code"], each["severity"]) for each in plan["diagnostics"] if each["code"].startswith("PLAN")
    ]


def test_a_tag_that_people_carry_is_taken_over_by_who_says_so(scratch) -> None:
    scratch.spec(NOTHING)
    commit(scratch.root, "intercom-iac.yaml", "specs/example.yaml")
    tag_people(scratch, 3)
    scratch.spec(hot())
    plan = scratch.plan()
    validate(plan, plan_schema())
    assert codes(plan) == [("PLAN641", "warning")]
    assert "`hot` takes over the tag `hot`, on 3 people" in plan["diagnostics"][0]["message"]
    measured = {
        "address": "segment.hot",
        "text": "takes over the tag `hot`, on 3 people",
        "count": 3,
        "of": None,
    }
    members = {
        "address": "segment.hot",
        "text": "the tag `hot` is on 3 now, on 3 after `segment publish`",
        "count": 3,
        "of": 3,
    }
    assert plan["measurements"] == [measured, members]
    against = scratch.run("plan --against HEAD --format json")
    assert codes(against.json) == [("PLAN640", "error")]
    assert "adopt: true" in against.json["diagnostics"][-1]["hint"]
    scratch.spec(hot("adopt: true"))
    assert codes(scratch.plan("--against", "HEAD")) == codes(scratch.plan()) == []
    # Archived, it outlives the segment.
    scratch.spec(hot("adopt: true, status: archived"))
    plan = scratch.plan()
    assert (plan["changes"], codes(plan)) == ([], [("PLAN642", "info")])
    # Whoever does not say so is asked to have it deleted, by whom many would lose it.
    scratch.spec(hot("status: archived"))
    plan = scratch.plan()
    assert [(each["action"], each["risk"]) for each in plan["changes"]] == [("manual", "destructive")]
    assert plan["measurements"][0]["text"] == "the tag `hot` is on 3 people"
    for output in ("text", "markdown", "html"):
        said = unescape(scratch.run(f"plan --format {output}").out).replace("<code>", "`")
        said = " ".join(said.replace("</code>", "`").split())
        assert "the tag `hot` is on 3 people" in said, output
        assert "destructive" in said, output


def test_a_tag_that_nobody_carries_is_nobodys(scratch) -> None:
    scratch.spec(NOTHING)
    commit(scratch.root, "intercom-iac.yaml", "specs/example.yaml")
    tag_people(scratch, 0)
    scratch.spec(hot())
    assert codes(scratch.plan()) == codes(scratch.plan("--against", "HEAD")) == []


@pytest.mark.parametrize("more", ["", "status: archived"])
def test_a_saved_plan_holds_when_other_people_carry_the_tag(scratch, more: str) -> None:
    tag_people(scratch, 3)
    scratch.spec(f"{NOTHING}{hot(more)}")
    assert scratch.run("plan --out plan.json").code == 0
    assert "on 3 people" in scratch.run("show plan.json").out
    with api(scratch) as client:
        [tag] = client.get("/tags")["data"]
        contact = client.post("/contacts", {"email": "late@example.com"})
        client.post(f"/contacts/{contact['id']}/tags", {"id": tag["id"]})
    applied = scratch.run("apply plan.json")
    assert applied.code == 0, applied
    assert scratch.plan()["changes"] == ([] if not more else scratch.plan()["changes"])


def test_what_is_not_counted_is_told(scratch) -> None:
    names = [f"s{number}" for number in range(22)]
    with api(scratch) as client:
        for name in names:
            client.post("/tags", {"name": name})
    scratch.spec(
        "segments:\n" + "".join(f"  {name}: {{rule: role = user, publish: [tag]}}\n" for name in names)
    )
    told = scratch.run("plan --format json").err
    assert "not counted at `segment.s20` and `segment.s21`" in told


def test_what_a_name_or_a_segment_left_behind_is_listed_with_its_people(scratch) -> None:
    scratch.spec(hot()).apply()
    commit(scratch.root, "intercom-iac.yaml", "specs/example.yaml")
    with api(scratch) as client:
        [tag] = client.get("/tags")["data"]
        contact = client.post("/contacts", {"email": "a@example.com"})
        client.post(f"/contacts/{contact['id']}/tags", {"id": tag["id"]})
    for specs, words in (
        (NOTHING, "and is no segment's now"),
        (hot().replace("name: hot", "name: warm"), "which is called `warm` now"),
    ):
        plan = scratch.spec(specs).plan("--against", "HEAD")
        left = [each["message"] for each in plan["diagnostics"] if each["code"] == "PLAN620"]
        assert len(left) == 1
        assert words in left[0]
        texts = [each["text"] for each in plan["measurements"]]
        assert [text for text in texts if "`warm`" not in text] == ["the tag `hot` is on 1 person"]


AUDIENCE = "segments: {hot: {name: hot, rule: role = RULE, publish: [audience]MORE}}\n".replace(
    "RULE", "user"
)


def test_an_audience_that_is_adopted_outlives_its_segment(scratch) -> None:
    scratch.spec(AUDIENCE.replace("MORE", "")).apply()
    scratch.spec(NOTHING)
    commit(scratch.root, "intercom-iac.yaml", "specs/example.yaml")
    other = AUDIENCE.replace("user", "lead")
    scratch.spec(other.replace("MORE", ""))
    assert codes(scratch.plan()) == [("PLAN641", "warning")]
    assert codes(scratch.run("plan --against HEAD --format json").json) == [("PLAN640", "error")]
    scratch.spec(other.replace("MORE", ", adopt: true"))
    assert codes(scratch.plan("--against", "HEAD")) == []
    scratch.apply()
    scratch.spec(other.replace("MORE", ", adopt: true, status: archived"))
    assert scratch.plan()["changes"] == []
    assert scratch.run("apply --auto-approve --allow-destructive").code == 0
    with api(scratch) as client:
        assert [each["name"] for each in client.get("/audiences")["data"]] == ["hot"]


BUILT = (
    "segments:\n"
    "  vip: {name: VIP people, built_in_intercom: true}\n"
    "  lost: {name: Lost, rule: unknown, built_in_intercom: true}\n"
    "  made: {name: Made, rule: role = user}\n"
)


def test_segments_built_by_hand_stand_in_one_line_and_a_lost_one_has_no_filters(scratch) -> None:
    scratch.spec(BUILT)
    for name in ("VIP people", "Made"):
        scratch.run("sandbox segment add", name)
    commit(scratch.root, "intercom-iac.yaml", "specs/example.yaml")
    plan = scratch.plan()
    [lost] = plan["changes"]
    assert (lost["address"], lost["action"]) == ("segment.lost", "manual")
    assert not any("add filter" in step for step in lost["steps"])
    assert "remove `lost` from the specs" in lost["steps"][-1]
    standing = {each["address"]: each["unverified"] for each in plan["standing"]}
    assert standing == {"segment.vip": "its filters", "segment.made": "its rule"}
    for output in ("text", "markdown", "html"):
        line = "2 segments built by hand: names verified, filters not"
        assert line in scratch.run(f"plan --format {output}").out, output
    # A rule that is written down now is for a person to compare; one that is given up needs nothing.
    scratch.spec(
        BUILT.replace("VIP people, built_in_intercom: true", "VIP people, rule: role = lead").replace(
            "rule: role = user", "built_in_intercom: true"
        )
    )
    steps = {each["address"]: each["steps"] for each in scratch.plan("--against", "HEAD")["changes"]}
    assert set(steps) == {"segment.vip", "segment.lost"}
    assert "compare the filters it has with these" in steps["segment.vip"][1]
    assert any("add filter" in step for step in steps["segment.vip"])


def test_a_built_segment_is_usable_wherever_intercom_decides(scratch) -> None:
    scratch.spec(BUILT.replace("rule: role = user", "rule: segment vip and role = user"))
    scratch.run("sandbox segment add", "VIP people")
    assert scratch.run("check").code == 0
    query = scratch.run("segment compile made --to search")
    assert "<id of segment VIP people>" in query.out
    live = scratch.run("rule compile 'segment vip' --live --format json").json
    assert (live["exact"], live["requires"]) == (True, [])
    with api(scratch) as client:
        ids = {each["name"]: each["id"] for each in client.get("/segments")["segments"]}
    assert live["query"] == {"field": "segment_id", "operator": "=", "value": ids["VIP people"]}
    gone = scratch.run("rule compile 'segment lost' --live --format json")
    assert gone.json["requires"] == ["segment_ids"]
    assert "the workspace has no segment `Lost`" in gone.err
    for command in (
        "rule compile 'segment vip' --to sql",
        "rule compile 'segment vip' --to audience",
        "rule compile 'segment vip' --to english --live",
        "rule eval 'segment vip' --contacts c.ndjson",
        "segment preview made --contacts c.ndjson",
        "segment compile vip --to sql --counts",
    ):
        (scratch.root / "c.ndjson").write_text(json.dumps({"id": "1", "role": "user"}))
        refused = scratch.run(command)
        assert (refused.code, refused.out) == (3, ""), command
    preview = scratch.run("segment preview --contacts c.ndjson --format json")
    assert preview.json["left_out"] == ["vip", "lost", "made"]
    assert "only Intercom can decide" in preview.err
    listed = scratch.run("segment list --format json").json["segments"]
    assert [each["built_in_intercom"] for each in listed] == [True, True, False]
    assert scratch.run("fmt").code == 0
    kept = (scratch.root / "specs/example.yaml").read_text()
    assert "vip: {name: VIP people, built_in_intercom: true}" in kept
    assert "lost: {name: Lost, rule: unknown, built_in_intercom: true}" in kept


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("rules.md", "## Segments built in Intercom"),
        ("plans.md", "## Tags and audiences that somebody else created"),
    ],
)
def test_the_examples_of_the_documentation_are_right(scratch, page: str, heading: str) -> None:
    section = (ROOT / "docs" / page).read_text("utf-8").partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    (example,) = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    scratch.write({"specs/example.yaml": example})
    checked = scratch.run("check --format json")
    assert checked.code == 0, checked
    for code in re.findall(r"LINT\d+", section):
        assert code in all_codes()


def test_a_built_segment_gets_another_key(scratch) -> None:
    scratch.spec("segments: {vip: {built_in_intercom: true}, users: {rule: segment vip and role = user}}\n")
    assert scratch.run("mv segment.vip segment.vips").code == 0
    renamed = (scratch.root / "specs/example.yaml").read_text()
    assert "vips: {" in renamed
    assert "segment vips and role = user" in renamed
    assert scratch.run("check").code == 0
