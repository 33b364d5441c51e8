"""A workspace as it is read once, and plans of what was read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse
from intercom_iac.workspace import PARALLELISM

from ..live import open_live
from ..session import Session
from ..target import embedded_target, server_target
from .planning import checked_specs, make_plan

if TYPE_CHECKING:
    from intercom_iac.model import Snapshot
    from intercom_iac.planning import Plan


def read_snapshot(session: Session, *, embedded: Path | None = None, url: str | None = None) -> Snapshot:
    """What the session's workspace holds. An `embedded` workspace, by its file, or the server at a `url` may stand in
    its place.

    Raises `Misuse` for both at once, `Unauthorized` without a token for a server, and `WorkspaceError`.
    """
    if embedded is not None and url is not None:
        raise Misuse("a snapshot is of one workspace", hint="name a file or a URL, not both")
    target = None
    if embedded is not None:
        target = embedded_target(session, embedded)
    elif url is not None:
        target = server_target(session, url)
    with open_live(session, parallelism=PARALLELISM, target=target) as live:
        return live.snapshot()


def plan_from_snapshot(session: Session, snapshot: Snapshot, targets: Sequence[str] = ()) -> Plan:
    """The plan for the session's workspace, were it as the snapshot has it. Raises `InvalidSpecs` and `Misuse`."""
    return make_plan(session, checked_specs(session, targets), snapshot, targets)
