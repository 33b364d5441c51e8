"""Which workspace of a project file is which of the one before."""

from __future__ import annotations

import pytest

from intercom_iac.project import ProjectSettings, earlier_names, removed_workspaces
from intercom_iac.yaml.shape_reading import read_shape


def settings(**workspaces: dict[str, str]) -> ProjectSettings:
    return read_shape(ProjectSettings, {"version": 1, "workspaces": workspaces})


US, EU = {"region": "us", "app_id": "abc"}, {"region": "eu", "app_id": "def"}


@pytest.mark.parametrize(
    ("then", "now", "found", "gone"),
    [
        ({"a": US}, {"a": EU}, {"a": "a"}, []),
        ({"a": US}, {"b": US}, {"b": "a"}, []),
        ({"a": US}, {"b": EU}, {}, ["a"]),
        ({"a": US}, {"a": EU, "b": US}, {"a": "a"}, []),
        ({"a": US, "b": EU}, {"b": US}, {"b": "b"}, ["a"]),
        ({"a": {"sandbox": "x.db"}}, {"b": {"sandbox": "x.db"}}, {"b": "a"}, []),
        ({"a": {"region": "us"}}, {"b": {"region": "us"}}, {}, ["a"]),
        (
            {"a": {"base_url": "http://127.0.0.1:1"}},
            {"b": {"base_url": "http://127.0.0.1:1"}},
            {"b": "a"},
            [],
        ),
    ],
)
def test_they_are_known_by_name_then_by_place(then, now, found, gone) -> None:
    then, now = settings(**then), settings(**now)
    assert earlier_names(then, now) == found
    told = list(removed_workspaces(then, found, "v1"))
    assert [each.message.split("`")[1] for each in told] == gone
    assert {each.code for each in told} <= {"BACK799"}
