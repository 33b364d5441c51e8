"""Two revisions of specs: nothing that differs in meaning goes unsaid, and nothing is said of what does not."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
from hypothesis import given

from intercom_iac.breaking import (
    Report,
    breaking_schema,
    build_report,
    compare_schemas,
    compare_workspaces,
    encode_report,
)
from intercom_iac.diagnostics import all_codes
from intercom_iac.model import Schema
from intercom_iac.specs import digest
from support.generators import examples
from support.generators.revisions import revisions, words_alone

CODES = all_codes()
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


def report(pair: tuple[Schema, Schema]) -> Report:
    from datetime import date

    return build_report(
        compare_schemas(*pair), against="HEAD", acceptances=[], today=date(2026, 1, 31), releases=(None, None)
    )
