"""The embedded workspace: which file is meant, and what is done to it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from intercom_iac.application import (
    SegmentQuery,
    Session,
    add_sandbox_segment,
    embedded_file,
    export_people,
    read_segment_query,
    reset_sandbox,
    seed_sandbox,
    session_if_any,
)
from intercom_iac.diagnostics import InvalidSpecs, Misuse

MIXED = """\
version: 1
workspaces:
  live: {base_url: 'http://127.0.0.1:9', app_id: abc}
  first: {sandbox: first.db}
  second: {sandbox: second.db}
"""
DAY = date(2026, 1, 31)


def test_without_a_project_it_is_the_default_of_the_folder(tmp_path: Path) -> None:
    assert session_if_any(tmp_path) is None
    assert embedded_file(None, tmp_path) == tmp_path / ".intercom-iac" / "sandbox.db"
    assert embedded_file(None) == Path(".intercom-iac/sandbox.db")


def test_with_a_project_it_is_that_of_its_workspace(write) -> None:
    session = write(project=MIXED)
    root = session.project.root
    assert embedded_file(session) == root / "first.db"
    assert embedded_file(session.for_workspace("second")) == root / "second.db"
    assert embedded_file(write(project=MIXED + "default_workspace: second\n")) == root / "second.db"


@pytest.mark.parametrize(
    ("name", "message"), [("live", "is no embedded workspace"), ("x", "has no workspace")]
)
def test_a_workspace_that_is_not_embedded_is_misuse(write, name: str, message: str) -> None:
    with pytest.raises(Misuse, match=message):
        embedded_file(write(project=MIXED, workspace=name))


def test_a_project_without_an_embedded_workspace_is_misuse(write) -> None:
    project = MIXED.split("  first")[0]
    with pytest.raises(Misuse, match="no embedded workspace"):
        embedded_file(write(project=project))


def test_a_named_project_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidSpecs):
        session_if_any(tmp_path, project=tmp_path / "nowhere")


def test_it_is_seeded_exported_and_emptied(session, tmp_path: Path) -> None:
    path = embedded_file(session)
    seeded = seed_sandbox(path, session, people=5, number=1, today=DAY)
    assert seeded.people == 5
    assert {*seeded.without_values} == {"attribute.contact.tier", "attribute.contact.seats_used"}
    written = list(export_people(path, tmp_path / "people"))
    assert [file.kind for file in written] == ["contacts", "companies", "events", "tags"]
    assert written[0].count == len((tmp_path / "people" / "contacts.ndjson").read_text().splitlines()) == 5
    assert json.loads(written[3].path.read_text())["type"] == "list"
    reset_sandbox(path)
    assert next(export_people(path, tmp_path / "people")).count == 0


def test_the_events_are_those_of_the_specs_where_there_are_any(session, tmp_path: Path) -> None:
    def event_names(path: Path, given: Session | None) -> set[str]:
        # Of the last 90 days, which are all that is exported.
        seed_sandbox(path, given, people=3, number=1, today=datetime.now(UTC).date())
        *_, events, _ = export_people(path, tmp_path / "people")
        return {json.loads(line)["event_name"] for line in events.path.read_text().splitlines()}

    assert event_names(tmp_path / "a.db", session) == {"signed_up"}
    assert len(event_names(tmp_path / "b.db", None) - {"signed_up"}) > 1


def test_wrong_specs_seed_nothing(write, tmp_path: Path) -> None:
    with pytest.raises(InvalidSpecs):
        seed_sandbox(tmp_path / "a.db", write("attributes: []\n"), people=1, number=1, today=DAY)


def test_what_is_not_there_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="there is no embedded workspace"):
        list(export_people(tmp_path / "a.db", tmp_path / "people"))
    assert not (tmp_path / "people").exists()


def test_a_segment_is_built(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    assert add_sandbox_segment(path, " At risk ") == "At risk"
    with pytest.raises(Misuse):
        add_sandbox_segment(path, "Other", SegmentQuery({"field": "nothing"}, exact=True))


@pytest.mark.parametrize(
    ("content", "query"),
    [
        ('{"query": {"field": "a"}, "exact": true}', SegmentQuery({"field": "a"}, exact=True)),
        ('{"query": {"field": "a"}, "exact": false}', SegmentQuery({"field": "a"}, exact=False)),
        ('{"query": null}', SegmentQuery({}, exact=True)),
        ('{"field": "a"}', SegmentQuery({"field": "a"}, exact=True)),
    ],
)
def test_a_query_is_read_bare_or_as_it_is_compiled(tmp_path: Path, content: str, query: SegmentQuery) -> None:
    (tmp_path / "q.json").write_text(content)
    assert read_segment_query(tmp_path / "q.json") == query


@pytest.mark.parametrize("content", ["{", "[]", "7"])
def test_a_file_without_a_query_is_misuse(tmp_path: Path, content: str) -> None:
    (tmp_path / "q.json").write_text(content)
    with pytest.raises(Misuse):
        read_segment_query(tmp_path / "q.json")
