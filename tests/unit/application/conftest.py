"""A small project on an embedded workspace, and sessions of it. No use-case prints anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intercom_iac.application import Notice, Session, open_session
from support.small_project import SPEC

PROJECT = "version: 1\nworkspaces: {own: {sandbox: own.db}}\n"

Write = Callable[..., Session]


@pytest.fixture(autouse=True)
def nothing_printed(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    assert capfd.readouterr() == ("", "")


@pytest.fixture(autouse=True)
def no_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("INTERCOM_TOKEN", "INTERCOM_IAC_TOKEN_FD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a project with one spec file into a folder of the test, and opens a session."""

    def write_project(
        spec: str = SPEC, project: str = PROJECT, *, folder: str = "now", **named: object
    ) -> Session:
        root = tmp_path / folder
        (root / "specs").mkdir(parents=True, exist_ok=True)
        (root / "intercom-iac.yaml").write_text(project)
        (root / "specs" / "example.yaml").write_text(f"version: 1\n{spec}")
        return open_session(root, **named)  # pyright: ignore

    return write_project


@pytest.fixture
def session(write: Write) -> Session:
    return write()


@pytest.fixture
def notices() -> list[Notice]:
    """What was told: its `append` is a `notify`."""
    return []
