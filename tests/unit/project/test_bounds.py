"""What a project may reach: its own folder, and hosts that may have the token."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.reporting import diagnostics_text


def mistakes(folder: Path, text: str) -> InvalidSpecs:
    (folder / "intercom-iac.yaml").write_text(text)
    with pytest.raises(InvalidSpecs) as caught:
        find_project(folder)
    return caught.value


@pytest.mark.parametrize(
    ("settings", "place", "hint"),
    [
        ("base_url: 'https://h.example:1/a'", "'https://h.example:1/a'", "`allow_host: h.example`"),
        (
            "base_url: https://api.intercom.io.h.example",
            "https://api",
            "`allow_host: api.intercom.io.h.example`",
        ),
        (
            "base_url: https://H.example, allow_host: other.example",
            "other.example",
            "`allow_host: h.example`",
        ),
        ("base_url: https://h.example, allow_host: '*'", "'*'", "`allow_host: h.example`"),
        ("base_url: https://h.example, allow_host: https://h.example", "https", "`allow_host: h.example`"),
        ("base_url: https://api.intercom.io, allow_host: h.example", "h.example", "needs no leave"),
        ("region: us, allow_host: h.example", "h.example", "leave it out"),
    ],
)
def test_a_host_that_is_not_intercoms_has_to_be_allowed_by_its_name(
    tmp_path: Path, settings: str, place: str, hint: str
) -> None:
    [each] = mistakes(tmp_path, f"version: 1\nworkspaces: {{live: {{{settings}}}}}\n").diagnostics
    assert each.code == "SPEC129"
    assert each.span is not None
    assert each.span.text.startswith(place)
    assert hint in (each.hint or "")


@pytest.mark.parametrize(
    "settings",
    [
        "base_url: https://api.eu.intercom.io",
        "base_url: 'https://API.intercom.io:443/', allow_host: api.intercom.io",
        "base_url: 'https://H.example:8443', allow_host: h.Example",
        "base_url: 'http://localhost:8080'",
    ],
)
def test_a_host_that_may_have_the_token(tmp_path: Path, settings: str) -> None:
    (tmp_path / "intercom-iac.yaml").write_text(f"version: 1\nworkspaces: {{live: {{{settings}}}}}\n")
    assert find_project(tmp_path).settings.workspaces


@pytest.mark.parametrize("specs", ["..", "../specs", "a/../../specs", "link", "link/below", "./x/../.."])
def test_the_specs_stay_in_the_project(tmp_path: Path, specs: str) -> None:
    (tmp_path / "specs" / "below").mkdir(parents=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "link").symlink_to(tmp_path / "specs")
    [each] = mistakes(project, f"version: 1\nspecs: {specs}\n").diagnostics
    assert (each.code, str(each.span)) == ("SPEC108", "intercom-iac.yaml:2:8")


@pytest.mark.parametrize("specs", [".", "specs", "a/../specs", "link"])
def test_specs_that_do_stay_there(tmp_path: Path, specs: str) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "link").symlink_to("specs")
    (tmp_path / "intercom-iac.yaml").write_text(f"version: 1\nspecs: {specs}\n")
    assert find_project(tmp_path).settings.specs == specs


@pytest.mark.parametrize("file", ["../sandbox.db", ".intercom-iac/x/../../../s.db", "link/s.db"])
def test_an_embedded_workspace_stays_in_the_project(tmp_path: Path, file: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "link").symlink_to(tmp_path)
    [each] = mistakes(project, f"version: 1\nworkspaces:\n  a: {{sandbox: {file}}}\n").diagnostics
    assert (each.code, str(each.span)) == ("SPEC108", "intercom-iac.yaml:3:16")
    assert each.span is not None
    assert each.span.text == file
    assert not (tmp_path / "sandbox.db").exists()


@pytest.mark.parametrize("folder", ["project", "elsewhere"])
def test_a_whole_path_is_taken_as_it_is_said(tmp_path: Path, folder: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    file = tmp_path / folder / "sandbox.db"
    (project / "intercom-iac.yaml").write_text(f"version: 1\nworkspaces:\n  a: {{sandbox: {file}}}\n")
    assert find_project(project).settings.workspaces["a"].sandbox == str(file)


def test_a_project_file_that_is_a_link_elsewhere_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("password: s3cret\n")
    project = tmp_path / "project"
    project.mkdir()
    (project / "intercom-iac.yaml").symlink_to("../netrc")
    with pytest.raises(InvalidSpecs) as raised:
        find_project(project)
    [each] = raised.value.diagnostics
    assert each.code == "SPEC108"
    assert "s3cret" not in diagnostics_text([each])
    (project / "real.yaml").write_text("version: 1\n")
    (project / "intercom-iac.yaml").unlink()
    (project / "intercom-iac.yaml").symlink_to("real.yaml")
    assert find_project(project).settings.specs == "specs"
