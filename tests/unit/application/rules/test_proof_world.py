"""The world of proofs: days, zone and assumptions, by what is given and what the project file says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.application import open_session, proof_world
from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model.world import Assumption, World
from intercom_iac.project.settings import AssumptionName

DAY = date(2026, 3, 14)


def session_of(folder: Path, project: str):
    (folder / "intercom-iac.yaml").write_text(f"version: 1\n{project}")
    return open_session(folder, today=DAY)


def test_without_a_word_it_is_every_day_from_today_on_in_utc(tmp_path: Path) -> None:
    assert proof_world(session_of(tmp_path, "")) == World(DAY, zone="UTC")


def test_the_project_file_gives_the_zone_and_what_is_not_assumed(tmp_path: Path) -> None:
    session = session_of(
        tmp_path, "timezone: Europe/Dublin\nproofs: {without: [past_timestamps, known_role]}\n"
    )
    world = proof_world(session, without=[Assumption.SHORT_TEXTS])
    assert world.zone == "Europe/Dublin"
    assert world.without == {Assumption.PAST_TIMESTAMPS, Assumption.KNOWN_ROLE, Assumption.SHORT_TEXTS}


def test_what_is_given_comes_before_what_the_project_file_says(tmp_path: Path) -> None:
    session = session_of(tmp_path, "timezone: Europe/Dublin\n")
    day = date(2026, 5, 1)
    assert proof_world(session, on_day=day, zone=ZoneInfo("UTC")) == World(day, day, "UTC")
    assert proof_world(session, today=day).first == day


def test_the_zone_is_that_of_the_workspace(tmp_path: Path) -> None:
    session = session_of(
        tmp_path,
        "workspaces:\n  one: {sandbox: one.db}\n  two: {sandbox: two.db, timezone: Asia/Tokyo}\n",
    )
    assert proof_world(session.for_workspace("two")).zone == "Asia/Tokyo"
    assert proof_world(session).zone == "UTC"


def test_the_project_file_knows_every_assumption() -> None:
    assert set(get_args(AssumptionName)) == set(Assumption)


def test_an_assumption_that_there_is_not_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(InvalidSpecs) as caught:
        session_of(tmp_path, "proofs: {without: [known_roles]}\n")
    (diagnostic,) = caught.value.diagnostics
    assert "known_role" in (diagnostic.hint or "")
