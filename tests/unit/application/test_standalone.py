"""A session for a workspace that no project file names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intercom_iac.application import standalone_session
from intercom_iac.application.target import workspace_target
from intercom_iac.diagnostics import Misuse, Unauthorized

TOKEN = {"INTERCOM_TOKEN": "abc"}


@pytest.mark.parametrize(
    ("given", "name", "base_url", "allow_host"),
    [
        ({}, "us", "https://api.intercom.io", None),
        ({"region": "eu"}, "eu", "https://api.eu.intercom.io", None),
        ({"base_url": "https://api.intercom.io/"}, "api.intercom.io", "https://api.intercom.io", None),
        ({"base_url": "http://127.0.0.1:8080"}, "127.0.0.1", "http://127.0.0.1:8080", None),
        (
            {"base_url": "https://proxy.example.com"},
            "proxy.example.com",
            "https://proxy.example.com",
            "proxy.example.com",
        ),
    ],
)
def test_the_target(
    tmp_path: Path, given: dict[str, Any], name: str, base_url: str, allow_host: str | None
) -> None:
    target = workspace_target(standalone_session(tmp_path, **given, environment=TOKEN))
    assert (target.name, target.base_url, target.allow_host) == (name, base_url, allow_host)
    assert target.token.header() == "Bearer abc"
    assert "abc" not in repr(target)


def test_an_embedded_workspace_is_a_file_wherever_it_is(tmp_path: Path) -> None:
    file = tmp_path / "odd: name.db"
    file.touch()
    folder = tmp_path / "folder"
    folder.mkdir()
    target = workspace_target(standalone_session(folder, sandbox=file, environment={}))
    assert target.sandbox == file


def test_a_project_file_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").write_text("nonsense: [")
    assert standalone_session(tmp_path, region="au").workspace.settings.region == "au"


@pytest.mark.parametrize(
    "given",
    [
        {"region": "us", "base_url": "https://api.intercom.io"},
        {"base_url": "http://proxy.example.com"},
        {"base_url": "https://user:word@proxy.example.com"},
        {"base_url": "nonsense"},
        {"sandbox": Path("missing.db")},
    ],
)
def test_what_names_no_workspace(tmp_path: Path, given: dict[str, Any]) -> None:
    with pytest.raises(Misuse) as error:
        standalone_session(tmp_path, **given)
    assert error.value.hint


def test_a_token_is_needed(tmp_path: Path) -> None:
    with pytest.raises(Unauthorized, match="INTERCOM_TOKEN"):
        workspace_target(standalone_session(tmp_path, environment={}))
