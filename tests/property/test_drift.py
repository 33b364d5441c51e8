"""Any edit by hand of a workspace that is as generated specs say is found, named right, and adopted."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from intercom_iac.application import Session, add_sandbox_segment, find_drift, open_session
from intercom_iac.applying import apply
from intercom_iac.compilers import to_audience
from intercom_iac.diagnostics import WorkspaceError
from intercom_iac.model import DataType, LiveAudience, Schema
from intercom_iac.planning import plan
from intercom_iac.specs import attribute_entry, digest, event_entry, new_spec_file, segment_entry
from intercom_iac.workspace import HttpWorkspace
from support.generators import examples
from support.generators.declared import NAMES, TYPES, declared_schemas
from support.hand_edits import SANDBOX, embedded
from support.silent_progress import SilentProgress

Edit = tuple[str, str, Callable[[], object]]
"""An address, the kind of finding that is due there, and what makes it so."""

TEXT = st.text("ab #:\"'${}\t\n\u202e\U0001f600", min_size=1, max_size=12).filter(str.strip)


def edits(schema: Schema, workspace: HttpWorkspace, root: Path, text: str) -> list[Edit]:
    """What somebody may do to the workspace, one thing each."""
    snapshot = workspace.snapshot()
    client: Any = workspace._client
    found: list[Edit] = [
        (
            "attribute.contact.by hand",
            "unmanaged",
            lambda: workspace.create_attribute("contact", "by hand", {"type": "date", "description": text}),
        ),
        (
            "audience.By hand",
            "unmanaged",
            lambda: workspace.create_audience("By hand", [NAMED | {"value": "x"}], []),
        ),
        ("segment.By hand", "unmanaged", lambda: add_sandbox_segment(root / SANDBOX, "By hand")),
        ("event.by hand", "unmanaged", lambda: workspace.register_event("by hand", {})),
    ]
    for live in snapshot.attributes:
        declared = schema.attributes[live.model, live.name]

        def update(live_id: int = live.id, **fields: Any) -> Callable[[], None]:
            return lambda: workspace.update_attribute(live_id, fields)

        if live.archived:
            found.append((live.address, "restored", update(archived=False)))
            continue
        found.append((live.address, "archived", update(archived=True)))
        found.append((live.address, "changed", update(messenger_writable=not live.messenger_writable)))
        if declared.description is not None:
            found.append((live.address, "changed", update(description=f"{text}!")))
        if live.type is DataType.OPTIONS:
            found.append((live.address, "changed", update(options=[*live.options, "${more}"])))
    audiences: dict[str, LiveAudience] = {audience.name: audience for audience in snapshot.audiences}
    for segment in schema.segments.values():
        live = audiences.get(segment.name)
        if segment.status == "archived":
            continue
        if "audience" in segment.publish and live is not None:
            found.append((segment.address, "missing", lambda live=live: workspace.delete_audience(live.id)))
            other = {"predicates": [NAMED | {"value": "other"}], "role_predicates": []}
            if to_audience(segment.typed_rule).filters is not None:
                found.append(
                    (
                        segment.address,
                        "edited",
                        lambda live=live, other=other: workspace.update_audience(live.id, other),
                    )
                )
        if "tag" in segment.publish:
            tag_id = snapshot.tags[segment.name]
            found.append((segment.address, "missing", lambda tag_id=tag_id: client.delete(f"/tags/{tag_id}")))
    return found


NAMED = {"attribute": "name", "type": "string", "comparison": "contains"}


def conforming(root: Path, schema: Schema) -> Session:
    """A project of these specs, on a workspace that is as they say."""
    entries = [
        *map(attribute_entry, schema.attributes.values()),
        *map(event_entry, schema.events.values()),
        *map(segment_entry, schema.segments.values()),
    ]
    (root / "specs").mkdir()
    (root / "specs" / "all.yaml").write_text(new_spec_file(entries), "utf-8")
    settings = "version: 1\nworkspaces: {sandbox: {sandbox: .intercom-iac/sandbox.db}}\n"
    (root / "intercom-iac.yaml").write_text(settings)
    session = open_session(root)
    assume(not session.specs().errors)
    with embedded(root) as workspace:
        made = plan(schema, workspace.snapshot(), workspace="sandbox", specs_digest=digest(schema))
        assume(not made.errors)
        assert apply(made, workspace, SilentProgress()).complete
        for attribute in schema.attributes.values():
            if attribute.status == "archived":
                workspace.create_attribute(attribute.model, attribute.name, {"type": "string"})
        for live in workspace.snapshot().attributes:
            if schema.attributes[live.model, live.name].status == "archived":
                workspace.update_attribute(live.id, {"archived": True})
        # An audience that the API cannot express is built by hand.
        there = {audience.name for audience in workspace.snapshot().audiences}
        for segment in schema.segments.values():
            if "audience" in segment.publish and segment.status != "archived" and segment.name not in there:
                workspace.create_audience(segment.name, [NAMED | {"value": "x"}], [])
    for segment in schema.segments.values():
        if not segment.publish and segment.status != "archived":
            add_sandbox_segment(root / SANDBOX, segment.name)
    return session


@given(data=st.data())
@examples(20)
def test_an_edit_by_hand_is_found_named_and_adopted(data: st.DataObject) -> None:
    types = {name: data.draw(st.sampled_from(TYPES)) for name in NAMES}
    schema = data.draw(declared_schemas(types))
    text = data.draw(TEXT)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        session = conforming(root, schema)
        assert find_drift(session).findings == ()
        with embedded(root) as workspace:
            address, kind, edit = data.draw(
                st.sampled_from(edits(schema, workspace, root, text)), label="edit"
            )
            try:
                edit()
            except WorkspaceError:
                assume(False)  # Intercom does not archive what an audience reads
        [finding] = find_drift(session).findings
        assert (finding.address, finding.kind) == (address, kind)
        before = (root / "specs" / "all.yaml").read_bytes()
        report = find_drift(session, adopt=[address])
        if report.not_adopted:
            assert kind in ("missing", "archived"), report.not_adopted
            assert (root / "specs" / "all.yaml").read_bytes() == before
            return
        assert report.findings == ()
        assert [adopted.address for adopted in report.adopted] == [address]
        after = open_session(root)
        assert not after.specs().errors
        assert find_drift(after).findings == ()
