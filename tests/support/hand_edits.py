"""Somebody edits the embedded workspace of a project by hand, through the API."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from intercom_iac.workspace import HttpWorkspace, Target, open_workspace

SANDBOX = Path(".intercom-iac") / "sandbox.db"


@contextmanager
def embedded(root: Path) -> Iterator[HttpWorkspace]:
    """The workspace of a project in this folder."""
    workspace = open_workspace(Target("sandbox", sandbox=root / SANDBOX))
    try:
        yield workspace
    finally:
        workspace.close()


def edit_attribute(root: Path, name: str, **change: Any) -> None:
    with embedded(root) as workspace:
        [live] = [each for each in workspace.snapshot().attributes if each.name == name]
        workspace.update_attribute(live.id, change)


def create_attribute(root: Path, name: str, model: str = "contact", **fields: Any) -> None:
    with embedded(root) as workspace:
        workspace.create_attribute(model, name, {"type": "string", **fields})


def call(root: Path, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """A call that no `Workspace` makes."""
    with embedded(root) as workspace:
        client: Any = workspace._client
        return client.delete(path) if method == "delete" else getattr(client, method)(path, body)


def save_segment(root: Path, name: str, *, seconds_later: int, new_name: str | None = None) -> None:
    """A segment is saved again in Intercom's screens, so long after it was made."""
    with closing(sqlite3.connect(root / SANDBOX)) as database, database:
        database.execute(
            "update segments set updated_at = created_at + ?, name = ? where name = ?",
            (seconds_later, new_name or name, name),
        )
