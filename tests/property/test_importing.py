"""Any workspace is imported: the specs have no error, a plan is empty, and a second import writes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given

from intercom_iac.adopting import Imported
from intercom_iac.application import (
    ImportRequest,
    check,
    import_workspace,
    open_session,
    plan,
    write_import,
)
from intercom_iac.model.limits import PREDEFINED_SEGMENTS
from intercom_iac.workspace import Target, open_workspace
from support.generators import examples
from support.generators.workspaces import GeneratedWorkspace, workspaces

FILE = Path(".intercom-iac/sandbox.db")


def imported(root: Path) -> Imported:
    session = open_session(root, project=root)
    found = import_workspace(session, ImportRequest(), people=20)
    write_import(session, found)
    return found


@examples(30)
@given(workspace=workspaces())
def test_after_an_import_nothing_differs(workspace: GeneratedWorkspace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "intercom-iac.yaml").write_text("version: 1\n")
        (root / FILE).parent.mkdir()
        workspace.fill(root / FILE)
        live = open_workspace(Target("sandbox", sandbox=root / FILE))
        try:
            snapshot = live.snapshot()
        finally:
            live.close()
        first = imported(root)
        session = open_session(root, project=root)
        assert not check(session).failed
        planned = plan(session)
        assert planned.changes == ()
        # What is not in the specs is told: nothing goes missing in silence.
        count = len(snapshot.attributes) + len(snapshot.audiences) + len(snapshot.tags)
        count += sum(segment.name not in PREDEFINED_SEGMENTS for segment in snapshot.segments)
        told = [one for one in first.not_mapped if "metadata" not in one.what and "event" not in one.what]
        written = [entry for entry in first.written if not entry.address.startswith("event.")]
        assert len(told) + len(written) == count
        before = {path: path.stat().st_mtime_ns for path in root.rglob("*.yaml")}
        second = imported(root)
        assert second.written == second.differs == ()
        assert not second.texts
        assert {path: path.stat().st_mtime_ns for path in root.rglob("*.yaml")} == before
        assert set(second.kept) == {entry.address for entry in first.written}
