"""Tracking plans that are nearly right: whatever stands in the place of what, there is a proposal or an error."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intercom_iac.adopting.fit import fit_of
from intercom_iac.adopting.sources import FORMATS, Content, read_content, read_contents, recognise
from intercom_iac.adopting.tracking_plans import propose_from_readings
from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.model import Schema
from intercom_iac.project.policy.settings import NamingSettings

FIELD = {
    "type": ["string", "null"],
    "enum": ["a", "b"],
    "const": "a",
    "format": "date",
    "description": "x",
    "pattern": "a",
    "$ref": "#/$defs/x",
    "anyOf": [{"type": "string"}, {"enum": ["a"]}],
    "allOf": [{"type": "string"}],
    "isSystemProperty": True,
}
MEMBERS = {
    "type": "object",
    "properties": {"a": FIELD, "b": {"type": "array", "items": {}}},
    "required": ["a"],
}
ENVELOPE = {"type": "object", "properties": {"properties": MEMBERS, "traits": MEMBERS, "context": MEMBERS}}
PLANS: list[Any] = [
    {"rules": [{"type": kind, "key": "k", "version": 1, "deprecatedAt": "2020", "jsonSchema": ENVELOPE}]}
    for kind in ("TRACK", "IDENTIFY", "GROUP", "COMMON")
] + [
    {
        "rules": {
            "events": [{"name": "e", "rules": ENVELOPE}],
            "identify": ENVELOPE,
            "group_traits": [{"name": "a"}],
        }
    },
    {
        "events": [
            {
                "name": "e",
                "tags": ["x"],
                "nameMapping": [{"destination": "Intercom", "name": "n"}],
                "rules": {
                    "properties": {
                        "properties": MEMBERS,
                        "userProperties": MEMBERS,
                        "groupProperties": MEMBERS,
                    }
                },
            }
        ]
    },
    {
        "entries": [
            {
                "entityType": kind,
                "name": "e",
                "schemaJson": {**MEMBERS, "metadata": {"com.mixpanel": {"dropped": True}}},
            }
            for kind in ("event", "profile")
        ]
    },
    {"self": {"vendor": "v", "name": "n", "version": "1-0-0"}, **MEMBERS},
    {
        "apiVersion": "v1",
        "resourceType": "data-product",
        "data": {
            "eventSpecifications": [
                {
                    "name": "e",
                    "event": {"source": "iglu:v/n/jsonschema/1-0-0", "schema": MEMBERS},
                    "entities": {"tracked": [{"source": "iglu:v/m/jsonschema/1-0-0"}]},
                }
            ]
        },
    },
    {"$schema": "s", "title": "t", "allOf": [MEMBERS], **MEMBERS},
    {
        "version": "rudder/v1",
        "kind": "events",
        "metadata": {"name": "g"},
        "spec": {"events": [{"id": "e", "name": "E", "event_type": "track", "description": "{{ .x }}"}]},
    },
    {
        "version": "rudder/v1",
        "kind": "properties",
        "metadata": {"name": "g"},
        "spec": {"properties": [{"id": "p", "name": "P", "types": ["string"], "config": {"min_length": 1}}]},
    },
    {
        "version": "rudder/v0.1",
        "kind": "tp",
        "spec": {
            "rules": [
                {
                    "event": {"$ref": "#/events/g/e"},
                    "properties": [
                        {"$ref": "#/properties/g/p", "required": True, "properties": [{"property": "x"}]}
                    ],
                    "variants": [
                        {
                            "discriminator": "#property:p",
                            "cases": [{"properties": [{"property": "#property:p"}]}],
                        }
                    ],
                }
            ]
        },
    },
]
VALUES = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        -1,
        1.5,
        "",
        "x",
        "a.b$",
        "#property:p",
        [],
        [None],
        ["x", 1],
        {},
        {"x": None},
        {"type": []},
    ]
)


def steps_of(data: Any, prefix: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each part of the data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [prefix, *(step for key, value in inside for step in steps_of(value, (*prefix, key)))]


def replaced(data: Any, steps: tuple[Any, ...], value: Any) -> Any:
    if not steps:
        return value
    changed = copy.deepcopy(data)
    holder = changed
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return changed


@st.composite
def nearly_right(draw: st.DrawFn) -> list[Any]:
    """All plans, two parts of which are something else."""
    plans = list(PLANS)
    for _ in range(2):
        at = draw(st.integers(0, len(plans) - 1))
        plans[at] = replaced(plans[at], draw(st.sampled_from(steps_of(plans[at]))), draw(VALUES))
    return plans


def propose(contents: list[Content]) -> None:
    known = [(name, content) for content in contents if (name := recognise(content)) is not None]
    naming = NamingSettings(attributes="snake_case", events=None, metadata="camelCase")
    proposal = propose_from_readings(read_contents(known), naming=naming)
    fit_of(Schema(), proposal)
    assert all(note.what and note.why for note in proposal.not_mapped)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nearly_right())
def test_whatever_stands_for_a_part_of_a_plan_there_is_an_answer(plans: list[Any]) -> None:
    propose([read_content(f"{at}.json", json.dumps(plan).encode()) for at, plan in enumerate(plans)])


@pytest.mark.parametrize("at", range(len(PLANS)))
def test_any_part_may_be_nothing(at: int) -> None:
    for steps in steps_of(PLANS[at]):
        for value in (None, [], {}, "x", 3):
            contents = [
                Content(f"{at}.json", replaced(PLANS[at], steps, value)),
                Content("events.json", PLANS[10]),
            ]
            propose(contents)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_that_is_named_and_is_another_is_refused(name: Any) -> None:
    for plan in PLANS:
        try:
            read_contents([(name, Content("plan.json", plan))])
        except IntercomIacError as error:
            assert error.exit_code == 3


TABLES = [
    "Action,Object Type,Object Name,30 Day Volume,Property Type,Event Property Name,Property Value Type\n"
    ",Event,Paid,3,,,\n,,,,Event Property,total,number\n",
    "Property Type,Property Name,Property Value Type\nUser Property,a,string\n",
    "name,model,type,description,options,event\na,contact,string,x,a|b,\nb,event,,,,\nc,,number,,,b\n",
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(TABLES),
    st.integers(0, 150),
    st.sampled_from(['"', ",", ";", "\n", "\r", "\x00", "", "é", "\t"]),
)
def test_a_character_more_in_a_table_is_read_or_told(table: str, at: int, character: str) -> None:
    text = table[:at] + character + table[at + (not character) :]
    try:
        propose([read_content("table.csv", text.encode())])
    except IntercomIacError as error:
        assert error.exit_code == 3
        assert "table.csv" in error.message


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLANS), st.integers(0, 2_000))
def test_a_plan_that_is_cut_is_told(plan: Any, at: int) -> None:
    text = json.dumps(plan)[:at]
    if len(text) == len(json.dumps(plan)):
        return
    with pytest.raises(IntercomIacError) as raised:
        read_content(str(Path("plan.json")), text.encode())
    assert raised.value.exit_code == 3
