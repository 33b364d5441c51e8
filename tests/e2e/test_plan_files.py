"""A plan file holds what a workspace holds: its owner alone reads it, and it is there whole or not at all."""

from __future__ import annotations

import json
import os
import threading

import pytest

SPEC = "attributes: {contact: {seats: {type: integer}}}\n"


@pytest.fixture
def project(scratch):
    return scratch.spec(SPEC)


@pytest.mark.parametrize("before", [None, 0o644, 0o666, 0o400])
def test_its_owner_alone_may_read_it_whatever_stood_there(project, before: int | None) -> None:
    path = project.root / "plan.json"
    if before is not None:
        path.write_text("older")
        path.chmod(before)
    umask = os.umask(0)
    try:
        assert project.run("plan --out plan.json").code == 0
    finally:
        os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text())["summary"]["create"] == 1


@pytest.mark.parametrize("target", ["precious", "nowhere"])
def test_a_link_is_not_followed(project, target: str) -> None:
    (project.root / "precious").write_text("kept")
    (project.root / "plan.json").symlink_to(target)
    result = project.run("plan --out plan.json")
    assert result.code == 1
    assert "`plan.json` is a link to a file, which is not overwritten" in result.err
    assert (project.root / "precious").read_text() == "kept"
    assert not (project.root / "nowhere").exists()
    assert (project.root / "plan.json").is_symlink()


def test_a_link_to_a_pipe_is_written_to(project) -> None:
    os.mkfifo(project.root / "pipe")
    (project.root / "out").symlink_to("pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((project.root / "pipe").read_text()))
    reader.start()
    assert project.run("plan --out out").code == 0
    reader.join(timeout=60)
    assert json.loads(read[0])["summary"]["create"] == 1


@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_what_cannot_be_written_leaves_the_older_one(
    project, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / "plan.json").write_text("older")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    result = project.run("plan --out plan.json")
    assert result.code == 1
    assert "cannot write `plan.json`: no space left on device" in result.err
    assert (project.root / "plan.json").read_text() == "older"
    assert sorted(each.name for each in project.root.iterdir()) == [
        ".intercom-iac",
        "intercom-iac.yaml",
        "plan.json",
        "specs",
    ]


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("missing/dir/plan.json", "no such file or directory"),
        ("specs/example.yaml/plan.json", "not a directory"),
    ],
)
def test_a_folder_that_is_not_there_is_what_the_hint_is_of(project, out: str, why: str) -> None:
    result = project.run(f"plan --out {out}")
    assert result.code == 1
    assert f"cannot write `{out}`: {why}" in result.err
    assert (
        f"make the folder `{out.rpartition('/')[0]}` first, or name a file in one that exists" in result.err
    )


def test_a_folder_is_no_file_to_save_to(project) -> None:
    result = project.run("plan --out .")
    assert result.code == 3
    assert "invalid value for `--out`: file `.` is a directory" in result.err
