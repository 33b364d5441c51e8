"""A plan made after an apply is empty but for what is left by hand, whatever the specs and the workspace were."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from intercom_iac.applying import apply
from intercom_iac.model import CAPABILITIES, Schema
from intercom_iac.planning import Change, Plan, encode, plan
from intercom_iac.planning.operations import operation_flaw
from intercom_iac.specs import digest
from intercom_iac.workspace import HttpWorkspace, Target, open_workspace
from support.generators import examples
from support.generators.declared import NAMES, TYPES, declared_schemas
from support.silent_progress import SilentProgress


@contextmanager
def embedded() -> Iterator[HttpWorkspace]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Target("sandbox", sandbox=Path(folder) / "sandbox.db"))
        try:
            yield workspace
        finally:
            workspace.close()


def planned(schema: Schema, workspace: HttpWorkspace) -> Plan:
    return plan(schema, workspace.snapshot(), workspace="sandbox", specs_digest=digest(schema))


def assert_possible(change: Change) -> None:
    """A change that is not left to a person is one that the table of capabilities has."""
    can = CAPABILITIES[change.object]
    match change.action:
        case "create" | "register":
            assert can.create
        case "update" | "restore":
            assert {each.path for each in change.fields} <= can.change
        case "archive" | "delete":
            assert can.retire == change.action
        case "manual":
            raise AssertionError("no call")


def make_it_so(schema: Schema, workspace: HttpWorkspace) -> None:
    made = planned(schema, workspace)
    assume(not {each.code for each in made.remarks} & {"PLAN612"})
    for change in made.calls:
        assert_possible(change)
        assert operation_flaw(encode(made)["changes"][made.changes.index(change)]) is None
    outcome = apply(made, workspace, SilentProgress())
    assert outcome.complete, outcome
    after = planned(schema, workspace)
    assert after.calls == ()
    assert {each.address for each in after.manual} <= {each.address for each in made.manual}
    assert (after.attributes.used, after.events.used) == (made.attributes.after, made.events.after)


@given(data=st.data())
@examples(60)
def test_the_plan_after_an_apply_is_empty(data: st.DataObject) -> None:
    types = {name: data.draw(st.sampled_from(TYPES)) for name in NAMES}
    first, second = data.draw(declared_schemas(types)), data.draw(declared_schemas(types))
    with embedded() as workspace:
        make_it_so(first, workspace)
        make_it_so(second, workspace)


@given(data=st.data())
@examples(40)
def test_an_apply_leaves_alone_what_the_specs_do_not_know(data: st.DataObject) -> None:
    types = {name: data.draw(st.sampled_from(TYPES)) for name in NAMES}
    first, second = data.draw(declared_schemas(types)), data.draw(declared_schemas(types))
    strangers = first.attributes.keys() - second.attributes.keys()
    assume(strangers)
    with embedded() as workspace:
        make_it_so(first, workspace)
        before = {(each.model, each.name): each for each in workspace.snapshot().attributes}
        make_it_so(second, workspace)
        after = {(each.model, each.name): each for each in workspace.snapshot().attributes}
    for key in strangers:
        assert after.get(key) == before.get(key)


@given(data=st.data())
@examples(40)
def test_a_plan_of_a_target_can_be_applied_on_its_own(data: st.DataObject) -> None:
    types = {name: data.draw(st.sampled_from(TYPES)) for name in NAMES}
    first, second = data.draw(declared_schemas(types)), data.draw(declared_schemas(types))
    with embedded() as workspace:
        make_it_so(first, workspace)
        whole = planned(second, workspace)
        assume(whole.calls and not whole.errors)
        target = data.draw(st.sampled_from([each.address for each in whole.calls]))
        part = plan(
            second, workspace.snapshot(), workspace="sandbox", specs_digest=digest(second), targets=[target]
        )
        assert part.errors == ()
        assert {each.address for each in part.changes} >= {target}
        assert set(map(repr, part.changes)) <= set(map(repr, whole.changes))
        assert apply(part, workspace, SilentProgress()).complete
        make_it_so(second, workspace)


@given(data=st.data())
@examples(30)
def test_an_apply_stopped_anywhere_converges(data: st.DataObject) -> None:
    types = {name: data.draw(st.sampled_from(TYPES)) for name in NAMES}
    schema = data.draw(declared_schemas(types))
    with embedded() as workspace:
        made = planned(schema, workspace)
        stop_after = data.draw(st.integers(0, len(made.calls)))
        asked = iter(range(len(made.calls) + 1))
        apply(made, workspace, SilentProgress(), should_stop=lambda: next(asked) >= stop_after)
        assert len(planned(schema, workspace).calls) == len(made.calls) - stop_after
        make_it_so(schema, workspace)
