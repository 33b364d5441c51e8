"""Rules read, compiled, evaluated, previewed and looked into."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.application import (
    Notice,
    Session,
    compile_counts,
    compile_rule,
    compile_segments,
    evaluate_rule,
    list_segments,
    preview_segments,
    read_rule,
    view_normal_form,
    view_syntax,
    view_tokens,
    view_types,
)
from intercom_iac.application.notices import DaysCounted, FilesNotGiven
from intercom_iac.application.rules.targets import DIALECTS, TARGETS
from intercom_iac.compilers import sql
from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.preview import Files

DAY = date(2026, 1, 31)
DUBLIN = ZoneInfo("Europe/Dublin")
LIVE = "version: 1\nworkspaces: {live: {base_url: 'http://127.0.0.1:9', app_id: abc}}\n"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Three contacts: one free with many seats, one free with few, one of a large company."""
    contacts = [
        {"id": "1", "custom_attributes": {"tier": "free", "seats_used": 9}},
        {"id": "2", "custom_attributes": {"tier": "free", "seats_used": 1}},
        {"id": "3", "companies": {"data": [{"id": "c"}], "has_more": True}},
    ]
    companies = [{"id": "c", "size": 5000}]
    for name, objects in (("contacts", contacts), ("companies", companies)):
        (tmp_path / f"{name}.ndjson").write_text("\n".join(map(json.dumps, objects)))
    return Files(tmp_path / "contacts.ndjson", tmp_path / "companies.ndjson")


def test_a_rule_is_read_with_its_warnings(session: Session) -> None:
    rule = read_rule(session, "tier = free")
    assert rule.predicate
    assert rule.warnings == ()
    with pytest.raises(InvalidSpecs):
        read_rule(session, "tir = free")
    with pytest.raises(Misuse):
        read_rule(session, "tier = \udcff")


@pytest.mark.parametrize("target", TARGETS)
def test_a_rule_is_compiled_to_each_target(session: Session, target: str) -> None:
    compiled = compile_rule(session, read_rule(session, "tier = free").predicate, target)
    assert not compiled.failed
    assert compiled.data
    assert compiled.text
    assert not compiled.day.matters


def test_the_dialects_are_those_of_the_compiler() -> None:
    assert {*DIALECTS} == {*sql.DIALECTS}


def test_what_cannot_be_compiled_is_in_the_value(session: Session) -> None:
    compiled = compile_rule(session, read_rule(session, "company.size > 5").predicate, "audience")
    assert compiled.failed == bool(compiled.diagnostics)


def test_the_day_is_that_of_the_session_and_the_zone_that_given(write) -> None:
    session = write(today=DAY)
    rule = read_rule(session, "created_at within last 3 days").predicate
    day = compile_rule(session, rule, "search", zone=DUBLIN).day
    assert (day.today, day.zone, day.matters, day.problem) == (DAY, DUBLIN, True, None)
    assert not compile_rule(session, rule, "english", zone=DUBLIN).day.matters


def test_the_zone_is_the_workspaces_where_nobody_says_it(session: Session) -> None:
    rule = read_rule(session, "created_at within last 3 days").predicate
    day = compile_rule(session, rule, "search").day
    assert day.zone.key == "America/New_York"
    assert day.source == "the time zone of own"
    assert not (session.project.root / "own.db").exists()


def test_a_zone_that_is_not_known_is_utc_with_the_reason(write) -> None:
    session = write(project=LIVE)
    rule = read_rule(session, "created_at within last 3 days").predicate
    day = compile_rule(session, rule, "search").day
    assert day.zone.key == "UTC"
    assert "INTERCOM_TOKEN" in (day.problem or "")


def test_segments_are_compiled_by_key(session: Session, notices: list[Notice]) -> None:
    assert {*compile_segments(session, [], "english")} == {"free_riders", "big_companies"}
    chosen = compile_segments(session, ["free_riders"], "search", notify=notices.append)
    assert chosen["free_riders"].data["exact"] is True
    assert notices == []
    with pytest.raises(Misuse, match="no segment `free_rider`"):
        compile_segments(session, ["free_rider"], "search")


def test_days_of_segments_are_told(write, notices: list[Notice]) -> None:
    session = write("segments: {recent: {name: Recent, rule: created_at within last 3 days}}\n", today=DAY)
    compile_segments(session, [], "search", zone=DUBLIN, notify=notices.append)
    (notice,) = notices
    assert isinstance(notice, DaysCounted)
    assert (notice.day.today, notice.day.zone) == (DAY, DUBLIN)


def test_counts_are_one_statement_of_sql(session: Session) -> None:
    statement = compile_counts(session, [], "sql", dialect="postgres")
    assert statement.data["dialect"] == "postgres"
    assert "free_riders" in statement.text
    with pytest.raises(Misuse, match="`--counts` is about SQL"):
        compile_counts(session, [], "search")


def test_segments_are_listed(session: Session) -> None:
    first, second = list_segments(session)
    assert (first.key, first.publish) == ("free_riders", ("audience", "tag"))
    assert second.reads == ("attribute.company.size",)


def test_a_rule_is_evaluated_for_people_in_files(
    session: Session, files: Files, notices: list[Notice]
) -> None:
    rule = read_rule(session, "tier = free and seats_used > 5").predicate
    assert evaluate_rule(session, rule, files, notify=notices.append).members == ("1",)
    assert notices == []
    companies = evaluate_rule(session, read_rule(session, "company.size > 10").predicate, files)
    assert companies.members == ("3",)
    assert companies.in_part == {"companies": 1}


def test_files_that_the_rules_read_and_were_not_given_are_told(
    session: Session, files: Files, notices: list[Notice]
) -> None:
    rule = read_rule(session, "company.size > 10").predicate
    contacts = Files(files.contacts)
    assert evaluate_rule(session, rule, contacts, notify=notices.append).members == ()
    preview_segments(session, [], contacts, notify=notices.append)
    assert notices == [FilesNotGiven(("companies",))] * 2


def test_segments_are_counted(session: Session, files: Files) -> None:
    previewed = preview_segments(session, [], files, ids=True)
    assert {size.key: size.ids for size in previewed.preview.sizes} == {
        "free_riders": ("1",),
        "big_companies": ("3",),
    }
    assert previewed.names["free_riders"] == "Free riders"


def test_a_rule_at_each_stage(session: Session) -> None:
    assert [word["text"] for word in view_tokens("tier = free").data] == ["tier", "=", "free"]
    assert view_syntax("nothing = known").text
    rule = read_rule(session, "not (tier = free)").predicate
    assert view_types(rule).data != view_normal_form(rule).data
    for view in (view_tokens, view_syntax):
        with pytest.raises(InvalidSpecs):
            view("tier =")
