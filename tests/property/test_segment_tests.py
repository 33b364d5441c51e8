"""Whoever a proof shows is the person of a test: in short form, written into a file and read again, the rule says the
same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import event, given
from hypothesis import strategies as st

from intercom_iac.model import STANDARD, Schema, Segment
from intercom_iac.model.names import name_mistakes
from intercom_iac.model.predicate import Not, intercom_segments_of
from intercom_iac.model.world import World
from intercom_iac.project import find_project
from intercom_iac.prover import Satisfiable, decide
from intercom_iac.rules import format_rule
from intercom_iac.specs import (
    Entry,
    attribute_entry,
    event_entry,
    load_specs,
    new_spec_file,
    segment_entry,
)
from intercom_iac.specs.contracts import entry_of_test, run_segment_test, short_test
from support.generators import DAYS, examples, rules, schemas

WORLD = World(date(2026, 3, 14), zone="Europe/Dublin")
ZONE = ZoneInfo(WORLD.zone)


@examples(60)
@given(data=st.data())
def test_a_witness_is_the_person_of_a_test(data: st.DataObject) -> None:
    declared = data.draw(schemas())
    schema = Schema(
        {
            key: attribute
            for key, attribute in declared.attributes.items()
            if not name_mistakes("attribute", attribute.name) and key not in STANDARD
        },
        {
            name: tracked
            for name, tracked in declared.events.items()
            if not any(name_mistakes("metadata key", key.name) for key in tracked.metadata)
        },
    )
    rule = data.draw(rules(schema, data.draw(st.sampled_from(DAYS))))
    if intercom_segments_of(rule):
        return
    for wanted, member in ((rule, True), (Not(rule), False)):
        verdict = decide(wanted, WORLD, explain=False)
        event(type(verdict).__name__)
        if not isinstance(verdict, Satisfiable):
            continue
        witness = verdict.witness
        test = short_test(witness, [rule], member=member)
        assert run_segment_test(test, rule, today=witness.today, zone=ZONE).passed
        segment = segment_entry(Segment("tested", "tested", format_rule(rule), rule))
        entry = Entry(segment.path, {**segment.data, "tests": [entry_of_test(test)]})
        things = [
            *map(attribute_entry, schema.attributes.values()),
            *map(event_entry, schema.events.values()),
        ]
        with TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "specs").mkdir()
            (root / "intercom-iac.yaml").write_text("version: 1\n")
            (root / "specs" / "all.yaml").write_text(new_spec_file([*things, entry]))
            read = load_specs(find_project(root))
        assert not read.errors, read.errors
        (again,) = read.schema.tests["tested"]
        written = read.schema.segments["tested"].typed_rule
        assert run_segment_test(again, written, today=witness.today, zone=ZONE).passed
