"""Two revisions of specs: nothing that differs in meaning goes unsaid, and nothing is said of what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import jsonschema
from hypothesis import given

from intercom_iac.breaking import (
    Report,
    SchemaChange,
    breaking_schema,
    build_report,
    compare_schemas,
    compare_workspaces,
    encode_report,
)
from intercom_iac.diagnostics import all_codes
from intercom_iac.model import Schema
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable
from intercom_iac.rules.meaning import satisfies
from intercom_iac.specs import digest
from support.generators import examples
from support.generators.revisions import revisions, words_alone

CODES = all_codes()
WORLD = World(first=date(2026, 1, 31))
# The rule changed, it is written otherwise, it is moved, or its people are others by what it reads.
ABOUT_RULES = ("BACK709", "BACK738", "BACK746", "BACK726")
LEVELS = {"error": "breaking", "warning": "risky", "info": "safe"}


@examples(400)
@given(revisions())
def test_specs_differ_in_meaning_if_and_only_if_a_change_is_told(pair: tuple[Schema, Schema]) -> None:
    assert (digest(pair[0]) == digest(pair[1])) == (compare_schemas(*pair) == ())


@examples(80)
@given(revisions())
def test_specs_do_not_differ_from_themselves(pair: tuple[Schema, Schema]) -> None:
    for schema in pair:
        assert compare_schemas(schema, schema) == ()


@examples(120)
@given(revisions())
def test_what_is_told_is_classified_and_of_something_in_the_specs(pair: tuple[Schema, Schema]) -> None:
    addresses = {
        entry.address
        for schema in pair
        for entries in (schema.attributes, schema.events, schema.segments)
        for entry in entries.values()
    }
    found = compare_schemas(*pair)
    for change in found:
        assert LEVELS[CODES[change.code].severity] == change.level
        assert change.address in addresses or change.address.partition(".metadata.")[0] in addresses
        assert addresses.issuperset(change.affected)
        assert change.address not in change.affected
        assert change.diagnostic().severity == CODES[change.code].severity
    assert len(
        {(change.address, change.code, str(change.before), str(change.after)) for change in found}
    ) == len(found)
    jsonschema.validate(encode_report(report(pair)), breaking_schema())


@examples(40)
@given(revisions())
def test_proofs_change_what_is_said_of_segments_alone_and_show_people_who_enter_and_leave(
    pair: tuple[Schema, Schema],
) -> None:
    found = compare_schemas(*pair, WORLD)
    jsonschema.validate(encode_report(report(pair, found)), breaking_schema())
    assert _others(found) == _others(compare_schemas(*pair))
    for change in found:
        members = change.members
        if members is None or members.rules is None:
            continue
        old, new = members.rules
        for verdict, expected in ((members.enters, (False, True)), (members.leaves, (True, False))):
            if isinstance(verdict, Satisfiable) and pair[0].attributes == pair[1].attributes:
                witness = verdict.witness
                day, zone = witness.today, ZoneInfo(witness.zone)
                asked = (satisfies(witness.person, rule, today=day, zone=zone) for rule in (old, new))
                assert tuple(asked) == expected


@examples(100)
@given(words_alone())
def test_words_break_nothing(pair: tuple[Schema, Schema]) -> None:
    assert {change.level for change in compare_schemas(*pair)} <= {"safe"}
    assert report(pair).release.bump in ("patch", "none")


@examples(50)
@given(revisions())
def test_what_several_workspaces_share_is_told_once(pair: tuple[Schema, Schema]) -> None:
    alone = compare_schemas(*pair)
    assert compare_workspaces({"staging": pair, "production": pair}) == alone
    same, as_one = replace(pair[1]), (pair[0], pair[0])
    assert compare_workspaces({"staging": pair, "production": (pair[0], same)}) == alone
    some = compare_workspaces({"staging": pair, "production": as_one, "test": (pair[0], same)})
    assert [change.message for change in some] == [
        f"in `staging`, `test`: {change.message}" for change in alone
    ]
    assert {change.workspaces for change in some} <= {("staging", "test")}


def _others(changes: Sequence[SchemaChange]) -> list[tuple[str, str, str]]:
    """The changes that are not about the rule of a segment."""
    return [
        (change.address, change.code, change.message) for change in changes if change.code not in ABOUT_RULES
    ]


def report(pair: tuple[Schema, Schema], changes: Sequence[SchemaChange] | None = None) -> Report:
    return build_report(
        compare_schemas(*pair) if changes is None else changes,
        against="HEAD",
        acceptances=[],
        today=date(2026, 1, 31),
        releases=(None, None),
    )
