"""A session resolves its workspace and loads its specs once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from intercom_iac.application import Session, open_session
from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.project import DiskTree

TWO = "version: 1\nworkspaces:\n  one: {sandbox: one.db}\n  two: {sandbox: two.db}\n"
SILENCED = (
    "attributes:\n  contact:\n"
    "    plan: {type: string, only: [one]}  # intercom-iac: ignore LINT551: never found\n"
)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files of specs that are read."""
    paths: list[str] = []
    read = DiskTree.read

    def read_and_note(tree: DiskTree, path: str, limit: int) -> bytes:
        paths.append(path)
        return read(tree, path, limit)

    monkeypatch.setattr(DiskTree, "read", read_and_note)
    return paths


def test_the_only_workspace_is_the_default(session: Session) -> None:
    assert session.workspace.name == "own"
    assert session.workspace.settings.sandbox == "own.db"


def test_a_workspace_that_is_not_there_is_misuse(write) -> None:
    with pytest.raises(Misuse, match="the project has no workspace `three`") as raised:
        _ = write(project=TWO, workspace="three").workspace
    assert raised.value.hint == "it has `one`, `two`"


def test_without_a_default_no_workspace_is_meant_and_the_specs_are_of_the_first(write) -> None:
    session = write(project=TWO)
    assert session.specs().files
    with pytest.raises(Misuse, match="several workspaces and no default"):
        _ = session.workspace


def test_the_specs_are_read_once_for_one_workspace_and_for_all(write, reads: list[str]) -> None:
    session = write(project=TWO, workspace="two")
    assert reads == ["intercom-iac.yaml"]
    assert session.specs().schema is session.schema()
    assert {*session.schemas()} == {"one", "two"}
    assert session.for_workspace("one").schema() is session.schemas()["one"]
    assert reads == ["intercom-iac.yaml", "specs/example.yaml"]


def test_the_specs_of_one_workspace_say_the_same_whichever_way_they_came(write) -> None:
    """A silence that no workspace has a use for is told for the project, not for one of them."""
    alone, among_all = (write(SILENCED, TWO, workspace="two") for _ in range(2))
    assert [each.code for each in among_all.specs_by_workspace()["two"].diagnostics] == ["LINT571"]
    assert among_all.specs().diagnostics == alone.specs().diagnostics == ()


def test_errors_are_values_until_the_schema_is_asked_for(write) -> None:
    session = write("attributes: {contact: {plan: {type: strong}}}\n")
    assert session.specs().errors
    for ask in (session.schema, session.schemas, session.valid_specs_by_workspace):
        with pytest.raises(InvalidSpecs):
            ask()


def test_today_is_what_was_said_or_the_present_day(session: Session, write) -> None:
    assert session.day_in() == datetime.now(UTC).date()
    assert write(today=date(2026, 1, 31)).day_in() == date(2026, 1, 31)


def test_a_project_is_found_upwards_or_named(session: Session) -> None:
    root = session.project.root
    assert open_session(root / "specs").project.root == root
    assert open_session(Path("/"), project=root).project.root == root


def test_a_broken_project_file_is_invalid(write) -> None:
    with pytest.raises(InvalidSpecs):
        write(project="version: 1\nworkspaces: {own: {}}\n")
