"""`start_project`, and the JSON Schemas of the formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.application import (
    FORMAT_NAMES,
    FormatName,
    check,
    format_schema,
    open_session,
    plan,
    start_project,
)


def test_a_new_project_is_right_and_can_be_planned(tmp_path: Path) -> None:
    written = list(start_project(tmp_path))
    assert tmp_path / "intercom-iac.yaml" in written
    session = open_session(tmp_path)
    assert not check(session).failed
    assert plan(session).changes
    assert list(start_project(tmp_path)) == []


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_each_format_has_a_schema(name: FormatName) -> None:
    assert format_schema(name)["$schema"].startswith("https://json-schema.org/")
