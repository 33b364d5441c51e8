"""Specs are edited, people work in Intercom's screens, applies succeed and break off, in any order.

Whatever happens: an apply never touches what the specs do not know, nothing is archived or deleted that the specs do
not call archived, nothing is made twice, and the plan after an apply that came to its end is empty.
"""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from intercom_iac.applying import apply
from intercom_iac.diagnostics import Unreachable
from intercom_iac.model import Schema, Snapshot
from intercom_iac.planning import Plan, plan
from intercom_iac.specs import digest
from intercom_iac.workspace import HttpWorkspace, Target, open_workspace
from support.generators import examples
from support.generators.declared import NAMES, TYPES, declared_schemas
from support.silent_progress import SilentProgress

WRITES = ("create_", "update_", "register_", "rename_", "delete_")
HAND = st.integers(0, 3)


class Breaking:
    """A workspace whose n-th write gets no answer; `taken` says whether it was made all the same."""

    def __init__(self, live: HttpWorkspace, nth: int, taken: bool) -> None:
        self._live, self._left, self._taken = live, nth, taken
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._live, name)
        if not name.startswith(WRITES):
            return method

        def write(*arguments: Any) -> None:
            with self._lock:
                self._left -= 1
                breaks = self._left == 0
            if not breaks or self._taken:
                method(*arguments)
            if breaks:
                raise Unreachable("no answer", maybe_done=True)

        return write


class Machine(RuleBasedStateMachine):
    @initialize(types=st.fixed_dictionaries({name: st.sampled_from(TYPES) for name in NAMES}))
    def begin(self, types: dict[str, Any]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.live = open_workspace(Target("sandbox", sandbox=Path(self.folder.name) / "sandbox.db"))
        self.types = types
        self.schema = Schema()

    def teardown(self) -> None:
        if hasattr(self, "live"):
            self.live.close()
            self.folder.cleanup()

    # --- people ---------------------------------------------------------------------------------------------

    @rule(data=st.data())
    def edit_the_specs(self, data: st.DataObject) -> None:
        self.schema = data.draw(declared_schemas(self.types))

    @rule(number=HAND)
    def make_an_attribute_by_hand(self, number: int) -> None:
        if not any(each.name == f"hand_{number}" for each in self.live.snapshot().attributes):
            self.live.create_attribute("contact", f"hand_{number}", {"type": "string"})

    @rule(number=HAND)
    def make_a_tag_by_hand(self, number: int) -> None:
        self.live.create_tag(f"Hand {number}")

    @rule(number=HAND)
    def make_an_audience_by_hand(self, number: int) -> None:
        role = {"attribute": "role", "type": "role", "comparison": "eq", "value": "user"}
        self.live.create_audience(f"Hand {number}", [], [role])

    @precondition(lambda self: hasattr(self, "live") and self.live.snapshot().attributes)
    @rule(data=st.data(), archived=st.booleans())
    def change_an_attribute_by_hand(self, data: st.DataObject, archived: bool) -> None:
        """Whichever it is: one of the specs' has to come back with the next apply."""
        snapshot = self.live.snapshot()
        read = {filter_.attribute for each in snapshot.audiences for filter_ in each.predicates}
        chosen = data.draw(st.sampled_from(snapshot.attributes))
        self.live.update_attribute(chosen.id, {"description": data.draw(st.sampled_from(["", "by hand"]))})
        if f"custom_attributes.{chosen.name}" not in read and f"company.{chosen.name}" not in read:
            self.live.update_attribute(chosen.id, {"archived": archived})

    # --- applies --------------------------------------------------------------------------------------------

    @rule(parallelism=st.sampled_from([1, 4]))
    def apply_the_plan(self, parallelism: int) -> None:
        made = self.planned()
        if made.errors:
            return
        before = self.live.snapshot()
        outcome = apply(made, self.live, SilentProgress(), parallelism=parallelism)
        assert outcome.complete, outcome
        self.compare(before, self.live.snapshot())
        assert self.planned().calls == ()

    @rule(nth=st.integers(1, 12), taken=st.booleans(), parallelism=st.sampled_from([1, 4]))
    def an_apply_breaks_off(self, nth: int, taken: bool, parallelism: int) -> None:
        made = self.planned()
        if made.errors or len(made.calls) < nth:
            return
        before = self.live.snapshot()
        outcome = apply(made, Breaking(self.live, nth, taken), SilentProgress(), parallelism=parallelism)
        assert outcome.failed is not None
        assert outcome.failed.in_flight
        self.compare(before, self.live.snapshot())

    def planned(self) -> Plan:
        live = self.live.snapshot()
        return plan(self.schema, live, workspace="sandbox", specs_digest=digest(self.schema))

    def compare(self, before: Snapshot, after: Snapshot) -> None:
        """What an apply, whole or broken off, may have done between two looks at the workspace."""
        specs = self.schema.attributes
        was = {(each.model, each.name): each for each in before.attributes}
        found = {(each.model, each.name): each for each in after.attributes}
        assert len(found) == len(after.attributes)
        for key, attribute in was.items():
            if key not in specs:
                assert found[key] == attribute
            elif found[key].archived and not attribute.archived:
                assert specs[key].status == "archived"
        names = {each.name for each in self.schema.segments.values()}
        names |= {each.renamed_from for each in self.schema.segments.values() if each.renamed_from}
        strangers = [each for each in before.audiences if each.name not in names]
        assert [each for each in after.audiences if each.name not in names] == strangers
        assert {
            name: key for name, key in before.tags.items() if name not in names
        }.items() <= after.tags.items()
        gone = {each.name for each in before.audiences} | set(before.tags)
        gone -= {each.name for each in after.audiences} | set(after.tags)
        allowed = {
            name
            for each in self.schema.segments.values()
            if each.status == "archived" or each.renamed_from
            for name in (each.name, each.renamed_from)
        }
        assert gone <= allowed
        for name, count in Counter(each.name for each in after.audiences).items():
            assert count <= max(1, sum(each.name == name for each in before.audiences))
        assert set(before.events) <= set(after.events)


TestMachine = Machine.TestCase
TestMachine.settings = examples(40, stateful_step_count=15)
