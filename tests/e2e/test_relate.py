"""`rule relate` and `segment relate`: what is proved, in every format, and how it ends."""

from __future__ import annotations

import base64
import hashlib
import re

import html5lib
import jsonschema
import pytest

from intercom_iac.cli.relate_options import ASSUMPTIONS
from intercom_iac.model.world import Assumption

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro]}
    trial_end_date: {type: date}
    seats: {type: integer}
segments:
  trial: {rule: plan_type = trial}
  ending: {rule: plan_type = trial and trial_end_date within next 3 days}
  paying: {rule: plan_type = pro}
  on_trial: {rule: not plan_type != trial}
  gone: {rule: plan_type = free, status: archived}
"""
NEVER = "signed_up_at before 2026-01-01 and signed_up_at within last 30 days"


@pytest.fixture
def project(scratch):
    return scratch.spec(SPECS)


@pytest.mark.parametrize(
    ("rule", "relation", "shown"),
    [
        ("plan_type = trial", "sometimes", {"in", "out"}),
        ("plan_type is not pro or plan_type is not trial", "always", {"in"}),
        ("plan_type = pro and plan_type = trial", "never", {"out"}),
        (NEVER, "never", {"out"}),
        ("segment ending and seats > 5", "sometimes", {"in", "out"}),
    ],
)
def test_one_rule(project, rule: str, relation: str, shown: set[str]) -> None:
    schema = project.run("schema relate").json
    result = project.run("rule relate --today 2026-03-14 --format json", rule)
    assert result.code == 0
    jsonschema.validate(result.json, schema)
    assert result.json["relation"] == relation
    assert {side for side, witness in result.json["witnesses"].items() if witness} == shown
    text = project.run("rule relate --today 2026-03-14", rule)
    assert (text.code, text.out.startswith(relation)) == (0, True)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("plan_type = trial", "not plan_type != trial", "equivalent"),
        ("segment ending", "plan_type = trial", "narrower"),
        ("plan_type = trial", "segment ending", "wider"),
        ("plan_type = trial", "seats > 5", "overlapping"),
        ("plan_type = trial", "plan_type = pro", "disjoint"),
    ],
)
def test_two_rules(project, first: str, second: str, relation: str) -> None:
    result = project.run("rule relate --today 2026-03-14 --format json", first, second)
    assert result.code == 0
    jsonschema.validate(result.json, project.run("schema relate").json)
    assert result.json["relation"] == relation
    text = project.run("rule relate --today 2026-03-14", first, second)
    assert text.out.startswith(f"{relation}: ")
    page = project.run("rule relate --today 2026-03-14 --format html", first, second).out
    assert f">{relation}</span>" in page


def test_one_segment_two_and_all(project) -> None:
    assert project.run("segment relate trial").out.startswith("sometimes: some people satisfy `trial`")
    pair = project.run("segment relate ending trial").out
    assert pair.startswith("narrower: whoever satisfies `ending` satisfies `trial`, and not the other way")
    told = project.run("segment relate --today 2026-03-14 --format json").json
    jsonschema.validate(told, project.run("schema relate").json)
    assert [segment["key"] for segment in told["segments"]] == ["trial", "ending", "paying", "on_trial"]
    assert {(pair["first"], pair["second"]): pair["relation"] for pair in told["pairs"]} == {
        ("trial", "ending"): "wider",
        ("trial", "paying"): "disjoint",
        ("trial", "on_trial"): "equivalent",
        ("ending", "paying"): "disjoint",
        ("ending", "on_trial"): "narrower",
        ("paying", "on_trial"): "disjoint",
    }
    three = project.run("segment relate trial paying gone --format json").json
    assert [segment["key"] for segment in three["segments"]] == ["trial", "paying", "gone"]
    text = project.run("segment relate --today 2026-03-14").out
    assert "  trial = on_trial\n" in text
    assert "  ending < trial\n" in text
    assert "  trial | paying\n" in text


def test_without_segments_there_is_nothing_to_relate(scratch) -> None:
    result = scratch.spec("attributes: {contact: {seats: {type: integer}}}\n").run("segment relate")
    assert (result.code, result.out.splitlines()[0]) == (0, "0 segments")
    assert scratch.run("segment relate --format json").json["pairs"] == []
    assert scratch.run("segment relate --format html").code == 0


def test_the_days_and_the_zone_are_those_asked_for(project) -> None:
    rule = "signed_up_at = 2026-03-20"
    told = project.run("rule relate --on-day 2026-03-14 --timezone Europe/Dublin --format json", rule).json
    assert (told["today"], told["on_day"], told["timezone"]) == ("2026-03-14", "2026-03-14", "Europe/Dublin")
    assert told["relation"] == "never"
    later = project.run("rule relate --today 2026-03-14 --format json", rule).json
    assert (later["relation"], later["on_day"], later["timezone"]) == ("sometimes", None, "UTC")
    assert later["witnesses"]["in"]["today"] >= "2026-03-20"


def test_an_assumption_can_be_turned_off(project) -> None:
    rule = "plan_type != free and plan_type != trial and plan_type != pro and plan_type is known"
    assert project.run("rule relate --format json", rule).json["relation"] == "never"
    told = project.run("rule relate --without declared_options --format json", rule).json
    assert (told["relation"], told["without"]) == ("sometimes", ["declared_options"])
    wrong = project.run("rule relate --without gravity", rule)
    assert wrong.code == 3
    schema = project.run("schema relate").json
    assert set(ASSUMPTIONS) == set(Assumption) == set(schema["$defs"]["without"]["items"]["enum"])


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("rule relate 'plan_type = trail'", "`plan_type` has no option `trail`"),
        ("rule relate 'plan_type = trial' 'seats >'", "<second rule>:1:8"),
        ("rule relate 'plan_typ = trial' 'seat > 1'", "<first rule>:1:1"),
        ("rule relate 'plan_typ = trial' 'seat > 1'", "<second rule>:1:1"),
        ("segment relate trail", "the specs have no segment `trail`"),
        ("segment relate trial trial", "`trial` is given twice"),
        ("rule relate", "missing argument `A`"),
        ("rule relate 'seats > 1' --today tomorrow", "`tomorrow` is no day"),
    ],
)
def test_what_cannot_be_related_is_told(project, command: str, said: str) -> None:
    result = project.run(command)
    assert result.code == 3
    assert said in result.err
    assert not result.out


def test_a_page_needs_nothing_else_and_leads_to_itself(project) -> None:
    page = project.run("segment relate --today 2026-03-14 --format html").out
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert not re.search(r"<script|\son\w+=|style=|https?://", page)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    anchors = {found.get("id") for found in tree.iter() if found.get("id")}
    assert {found.get("href").removeprefix("#") for found in tree.iter("a")} <= anchors
    assert "whoever satisfies <code>ending</code> satisfies <code>trial</code>" in page
