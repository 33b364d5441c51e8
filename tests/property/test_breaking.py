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
from intercom_iac.diagnostics import registered
from intercom_iac.model import Schema
from intercom_iac.specs import digest
from support.generators import examples
from support.generators.revisions import revisions, words_alone

CODES = registered()
LEVELS = {"error": "breaking", "warning": "risky", "info": "safe"}


@examples(400)
@given(revisions())
def test_specs_differ_in_meaning_if_and_only_if_a_change_is_told(pair: tuple[Schema, Schema]) -> None:
    assert (digest(pair[0]) == digest(pair[1])) == (compare_schemas(*pair) == ())


@examples(100)
@given(revisions())
def test_specs_do_not_differ_from_themselves(pair: tuple[Schema, Schema]) -> None:
    for each in pair:
        assert compare_schemas(each, each) == ()


@examples(200)
@given(revisions())
def test_what_is_told_is_classified_and_of_something_in_the_specs(pair: tuple[Schema, Schema]) -> None:
    addresses = {
        each.address
        for schema in pair
        for entries in (schema.attributes, schema.events, schema.segments)
        for each in entries.values()
    }
    found = compare_schemas(*pair)
    for each in found:
        assert LEVELS[CODES[each.code].severity] == each.level
        assert each.address in addresses or each.address.partition(".metadata.")[0] in addresses
        assert addresses.issuperset(each.affected)
        assert each.address not in each.affected
        assert each.diagnostic().severity == CODES[each.code].severity
    assert len({(each.address, each.code, str(each.before), str(each.after)) for each in found}) == len(found)
    jsonschema.validate(encode_report(report(pair)), breaking_schema())


@examples(100)
@given(words_alone())
def test_words_break_nothing(pair: tuple[Schema, Schema]) -> None:
    assert {each.level for each in compare_schemas(*pair)} <= {"safe"}
    assert report(pair).release.bump in ("patch", "none")


@examples(50)
@given(revisions())
def test_what_several_workspaces_share_is_told_once(pair: tuple[Schema, Schema]) -> None:
    alone = compare_schemas(*pair)
    assert compare_workspaces({"staging": pair, "production": pair}) == alone
    same, as_one = replace(pair[1]), (pair[0], pair[0])
    assert compare_workspaces({"staging": pair, "production": (pair[0], same)}) == alone
    some = compare_workspaces({"staging": pair, "production": as_one, "test": (pair[0], same)})
    assert [each.message for each in some] == [f"in `staging`, `test`: {each.message}" for each in alone]
    assert {each.workspaces for each in some} <= {("staging", "test")}


def report(pair: tuple[Schema, Schema]) -> Report:
    from datetime import date

    return build_report(
        compare_schemas(*pair), against="HEAD", acceptances=[], today=date(2026, 1, 31), releases=(None, None)
    )
