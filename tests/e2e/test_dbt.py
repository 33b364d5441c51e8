"""`segment compile --to dbt`: which files it writes and leaves alone, and the members that dbt finds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from intercom_iac.model import DataType, Field, Person
from support.dbt import load, missing_dbt, run_dbt

SPECS = """\
attributes:
  contact:
    plan: {type: options, options: [free, "it's", pro]}
    ends: {type: date}
  company:
    seats: {type: integer}
events:
  Signed.Up:
    metadata:
      source: {type: options, options: [web, app], required: true}
segments:
  ending: {rule: ends within next 3 days and plan = "it's", publish: [tag]}
  ended: {rule: ends before today or plan is unknown}
  large: {rule: company.seats > 10}
  new here: {rule: "event Signed.Up where source = web within last 7 days"}
  tagged: {rule: "tag '{{ vip }}' and not segment ending"}
"""
BUILT = "  theirs: {built_in_intercom: true}\n  both: {rule: segment theirs and plan = pro}\n"


def test_a_folder_has_the_models_of_the_segments_that_are_asked_for(scratch) -> None:
    scratch.spec(SPECS)
    (scratch.root / "models").mkdir()
    (scratch.root / "models" / "mine.sql").write_text("select 1")
    every = scratch.run("segment compile --to dbt --out models --format json")
    assert every.code == 0
    files = ["ending.sql", "ended.sql", "large.sql", "new_here.sql", "tagged.sql", "schema.yml"]
    assert every.json == {"files": files, "written": files, "removed": []}
    assert "days are counted from the day of each run in" in every.err
    again = scratch.run("segment compile --to dbt --out models --format json")
    assert again.json == {"files": files, "written": [], "removed": []}
    one = scratch.run("segment compile large --to dbt --out models")
    removed = [f"removed models/{name}" for name in sorted({*files} - {"large.sql", "schema.yml"})]
    assert one.out.splitlines() == ["wrote models/schema.yml", *removed]
    assert {path.name for path in (scratch.root / "models").iterdir()} == {
        "large.sql",
        "schema.yml",
        "mine.sql",
    }


def test_what_was_not_generated_is_not_overwritten(scratch) -> None:
    scratch.spec(SPECS)
    (scratch.root / "models").mkdir()
    (scratch.root / "models" / "schema.yml").write_text("version: 2\n")
    refused = scratch.run("segment compile --to dbt --out models")
    assert refused.code == 3
    assert "`models/schema.yml` is there already, and was not generated for dbt" in refused.err
    assert [path.name for path in (scratch.root / "models").iterdir()] == ["schema.yml"]


def test_what_only_intercom_decides_is_left_out_or_an_error(scratch) -> None:
    scratch.spec(SPECS + BUILT)
    left_out = scratch.run("segment compile --to dbt --out models")
    assert left_out.code == 0
    assert "left out, since only Intercom can decide who belongs: `theirs` and `both`" in left_out.err
    asked = scratch.run("segment compile both --to dbt --out other")
    assert asked.code == 3
    assert "only Intercom knows its rule" in asked.err
    assert not (scratch.root / "other").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--to dbt", "name their folder with --out"),
        ("--to sql --out models", "--out goes with --to dbt"),
        ("--to dbt --out models --live", "--live does not go with --to dbt"),
        ("--to dbt --out models --counts", "--counts does not go with --to dbt"),
        ("--to dbt --out models --today 2026-01-31", "intercom_today: 2026-01-31"),
    ],
)
def test_what_does_not_go_together_is_refused(scratch, arguments: str, message: str) -> None:
    scratch.spec(SPECS)
    refused = scratch.run(f"segment compile {arguments}")
    assert refused.code == 3
    assert message in refused.err
    assert not (scratch.root / "models").exists()


def test_two_segments_of_one_model_are_told_and_a_table_is_not_taken(scratch) -> None:
    segments = "segments:\n  new-here: {rule: plan = pro}\n  New_Here: {rule: plan = free}\n"
    scratch.spec("attributes: {contact: {plan: {type: string}}}\n" + segments)
    collided = scratch.run("segment compile --to dbt --out models")
    assert collided.code == 3
    assert "the segment `New_Here` and the segment `new-here` are both `new_here` in dbt" in collided.err
    scratch.spec("attributes: {contact: {plan: {type: string}}}\nsegments: {contacts: {rule: plan = pro}}\n")
    assert "wrote models/contacts_segment.sql\n" in scratch.run("segment compile --to dbt --out models").out


@pytest.mark.outside
def test_dbt_builds_the_models_and_finds_the_members(scratch) -> None:
    why = missing_dbt()
    if why is not None:
        pytest.skip(why)
    scratch.spec(SPECS)
    assert scratch.run("segment compile --to dbt --out models --timezone Europe/Dublin").code == 0
    fields = [contact_field("plan", DataType.OPTIONS), contact_field("ends", DataType.DATE)]
    seats = Field("company", "seats", DataType.INTEGER, wire="custom_attributes.seats", search=None)
    with duckdb.connect(scratch.root / "people.duckdb") as database:
        load(database, PEOPLE, fields, [seats])
    for day in (DAY, None):
        variables = [] if day is None else ["--vars", f"intercom_today: {day.isoformat()}"]
        built = run_dbt(scratch.root, "build", *variables)
        assert built.returncode == 0, built.stdout
        assert "Deprecat" not in built.stdout, built.stdout
        members = preview(scratch, day or datetime.now(ZoneInfo("Europe/Dublin")).date())
        assert day is None or any(members.values())
        with duckdb.connect(scratch.root / "people.duckdb", read_only=True) as database:
            for key, ids in members.items():
                model = key.replace(" ", "_")
                found = database.execute(f'select id from segments."{model}" order by id').fetchall()
                assert [contact_id for (contact_id,) in found] == sorted(ids), key


DAY = date(2026, 3, 29)  # clocks are set forward in Dublin


def at(day: int, hour: int = 0) -> int:
    return int(datetime(2026, 3, day, hour, tzinfo=ZoneInfo("Europe/Dublin")).astimezone(UTC).timestamp())


def contact_field(name: str, kind: DataType) -> Field:
    return Field("contact", name, kind, wire=f"custom_attributes.{name}", search=None)


def person(
    number: int, attributes: dict[str, Any], *, events: Any = (), seats: int | None = None, tag: str = ""
) -> Person:
    tags = {"data": [{"id": tag, "name": tag}] if tag else []}
    contact = {"id": f"c{number}", "custom_attributes": attributes, "tags": tags}
    companies = (
        ()
        if seats is None
        else ({"id": f"o{number}", "custom_attributes": {"seats": seats}, "tags": {"tags": []}},)
    )
    return Person(contact, companies, tuple(events))


def signed_up(day: int, source: str) -> dict[str, Any]:
    return {"event_name": "signed-up", "created_at": at(day), "metadata": {"source": source}}


PEOPLE = [
    person(1, {"plan": "it's", "ends": at(29)}, tag="{{ vip }}"),
    person(2, {"plan": "it's", "ends": at(28, 23)}, tag="{{ vip }}"),
    person(3, {"plan": "pro", "ends": at(31)}, seats=11),
    person(4, {}, seats=10, events=[signed_up(22, "web")]),
    person(5, {"plan": "free"}, events=[signed_up(21, "web"), signed_up(29, "app")]),
]


def preview(scratch: Any, day: date) -> dict[str, list[str]]:
    """The members by our own evaluator, over the same people in files."""
    rows = {"contacts": [person.contact for person in PEOPLE], "companies": [], "events": []}
    for someone in PEOPLE:
        key = someone.contact["id"]
        rows["companies"] += someone.companies
        rows["events"] += [{**event, "intercom_user_id": key, "user_id": key} for event in someone.events]
        links = [{"id": company["id"]} for company in someone.companies]
        someone.contact["companies"] = {"data": links, "has_more": False}
    names = {tag["id"]: tag["name"] for someone in PEOPLE for tag in someone.contact["tags"]["data"]}
    tags = {"type": "list", "data": [{"id": key, "name": name} for key, name in names.items()]}
    (scratch.root / "tags.json").write_text(json.dumps(tags))
    given = " --tags tags.json"
    for kind, objects in rows.items():
        (scratch.root / f"{kind}.ndjson").write_text("".join(f"{json.dumps(entry)}\n" for entry in objects))
        given += f" --{kind} {kind}.ndjson"
    previewed = scratch.run(
        f"segment preview --ids --format json --timezone Europe/Dublin --today {day.isoformat()}{given}"
    )
    assert previewed.code == 0, previewed.err
    return {segment["key"]: segment["ids"] for segment in previewed.json["segments"]}
