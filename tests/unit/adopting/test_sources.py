"""What each format maps to, and what is listed: small inputs in the shapes of real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intercom_iac.adopting.sources import FORMATS, Content, read_content, recognise
from intercom_iac.adopting.sources.tables import listed_values
from intercom_iac.diagnostics import Misuse
from support.tracking_plans import entries, left_out, propose, track, traits

TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def envelope(**parts: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": "object", **part} for name, part in parts.items()},
    }


# --- Segment ------------------------------------------------------------------------------------------------


def test_segment_rules_are_events_and_attributes(tmp_path: Path) -> None:
    rules = [
        {
            **track("Order Paid"),
            "jsonSchema": {
                **envelope(properties={"properties": {"total": NUMBER}, "required": ["total"]}, context={}),
                "description": "Somebody paid",
            },
        },
        {**track("Old", a=TEXT), "deprecatedAt": "2023-05-01T00:00:00.000Z"},
        {**track("New"), "deprecatedAt": "0001-01-01T00:00:00.000Z"},
        traits("IDENTIFY", plan_type={"type": "string", "enum": ["free", "pro"]}),
        traits("GROUP", seats={"type": "integer"}),
    ]
    assert entries(propose(tmp_path, {"plan.json": {"rules": rules}})) == {
        "attribute.contact.plan_type": {"type": "options", "options": ["free", "pro"]},
        "attribute.company.seats": {"type": "integer"},
        "event.Order Paid": {
            "description": "Somebody paid",
            "metadata": {"total": {"type": "float", "required": True}},
        },
        "event.Old": {"metadata": {"a": {"type": "string"}}, "status": "deprecated"},
        "event.New": {},
    }


def test_what_segment_has_and_intercom_does_not_is_listed(tmp_path: Path) -> None:
    rules = [
        {"type": "PAGE", "key": "Home", "jsonSchema": {}},
        {"type": "SCREEN", "key": None, "jsonSchema": {}},
        {"type": "COMMON", "key": None, "jsonSchema": envelope(context={"properties": {"app": TEXT}})},
        {"type": "TRACK", "key": "", "jsonSchema": {}},
        {**track("Paid"), "jsonSchema": envelope(properties={}, context={"properties": {"ip": TEXT}})},
        {
            **traits("IDENTIFY", a=TEXT),
            "jsonSchema": envelope(traits={"properties": {"a": TEXT}, "required": ["a"]}),
        },
    ]
    proposal = propose(tmp_path, {"plan.json": {"data": {"trackingPlan": {"rules": rules}}}})
    assert left_out(proposal) == [
        "`required` of `a` of IDENTIFY traits",
        "PAGE rule `Home`",
        "SCREEN rule",
        "COMMON rule (`app`)",
        "a TRACK rule without a key",
        "`context` of event `Paid` (holds `ip`)",
    ]
    assert proposal.not_mapped[1].place == f"{tmp_path / 'plan.json'}: $.data.trackingPlan.rules[0]"


def test_of_two_versions_of_an_event_the_later_is_taken(tmp_path: Path) -> None:
    versions = [
        track("Paid", a=TEXT),
        {**track("Paid", b=TEXT), "version": 3},
        {**track("Paid", c=TEXT), "version": 2},
    ]
    proposal = propose(tmp_path, {"plan.json": {"data": {"rules": versions}}})
    assert entries(proposal) == {"event.Paid": {"metadata": {"b": {"type": "string"}}}}
    assert left_out(proposal) == ["version 1 of event `Paid`", "version 2 of event `Paid`"]


def test_a_property_that_is_called_properties_is_one(tmp_path: Path) -> None:
    proposal = propose(tmp_path, {"plan.json": {"rules": [track("Listed", properties=NUMBER, other=TEXT)]}})
    assert list(entries(proposal)["event.Listed"]["metadata"]) == ["properties", "other"]


def test_what_has_to_be_there_and_is_not_described_is_listed(tmp_path: Path) -> None:
    proposal = propose(
        tmp_path, {"plan.json": {"rules": [track("Paid", ("total", "currency"), total=NUMBER)]}}
    )
    assert entries(proposal) == {"event.Paid": {"metadata": {"total": {"type": "float", "required": True}}}}
    assert left_out(proposal) == ["`required` of `currency` of event `Paid`"]


def test_a_property_that_is_called_context_makes_no_envelope(tmp_path: Path) -> None:
    proposal = propose(
        tmp_path, {"plan.json": {"rules": [track("Seen", context={"type": "object"}, category=TEXT)]}}
    )
    assert entries(proposal) == {"event.Seen": {"metadata": {"category": {"type": "string"}}}}
    assert left_out(proposal) == ["`context` of event `Seen`"]


def test_the_older_api_has_the_same(tmp_path: Path) -> None:
    plan = {
        "name": "workspaces/x",
        "rules": {
            "events": [
                {
                    "name": "Paid",
                    "description": "x",
                    "rules": envelope(properties={"properties": {"a": TEXT}}, traits={}),
                },
                {"rules": {}},
            ],
            "identify": envelope(traits={"properties": {"plan_type": TEXT}}),
            "group_traits": [{"name": "seats", "description": "How many", "rules": {"type": "integer"}}],
            "global": envelope(context={"properties": {"ip": TEXT}}),
        },
    }
    proposal = propose(tmp_path, {"plan.json": {"tracking_plans": [plan]}})
    assert entries(proposal) == {
        "attribute.contact.plan_type": {"type": "string"},
        "attribute.company.seats": {"type": "integer"},
        "event.Paid": {"description": "x", "metadata": {"a": {"type": "string"}}},
    }
    assert left_out(proposal) == ["an event without a name", "COMMON rule (`ip`)"]
    assert proposal.entries[1].place.endswith("$.tracking_plans[0].rules.group_traits[0]")


# --- RudderStack --------------------------------------------------------------------------------------------

RUDDER = {
    "events.yaml": """\
version: rudder/v0.1
kind: events
metadata: {name: shop}
spec:
  events:
    - {id: paid, name: Order Paid, event_type: track, description: Somebody paid}
    - {id: who, event_type: identify}
    - {id: firm, event_type: group}
    - {id: view, event_type: page}
    - {id: alone, name: Alone, event_type: track}
    - {id: templated, name: "{{ .NAME }}", event_type: track, description: "{{ .TEXT }}"}
""",
    "properties.yaml": """\
version: rudder/v0.1
kind: properties
metadata: {name: shop}
spec:
  properties:
    - {id: total, name: total, type: "number, null", propConfig: {minimum: 0}}
    - {id: state, name: state, type: "#/custom-types/kinds/state"}
    - {id: items, name: items, type: array, propConfig: {itemTypes: [string]}}
    - {id: spare, name: spare, type: string}
    - {id: cart, name: cart, type: object}
""",
    "types.yaml": """\
version: rudder/v0.1
kind: custom-types
metadata: {name: kinds}
spec:
  types:
    - {id: state, name: State, type: string, config: {enum: [open, closed]}}
    - {id: unused, name: Unused, type: string}
""",
    "plan.yaml": """\
version: rudder/0.1
kind: tp
metadata: {name: plan}
spec:
  id: plan
  rules:
    - type: event_rule
      id: a
      event: {$ref: "#/events/shop/paid"}
      properties:
        - {$ref: "#/properties/shop/total", required: true}
        - {$ref: "#/properties/shop/state", required: true}
        - {$ref: "#/properties/shop/items"}
        - {$ref: "#/properties/shop/cart", properties: [{$ref: "#/properties/shop/total"}]}
        - {$ref: "#/properties/shop/missing"}
      variants:
        - {type: discriminator, discriminator: "#/properties/shop/state", cases: []}
    - {type: event_rule, id: b, event: {$ref: "#/events/shop/who"}, properties: [{$ref: "#/properties/shop/state"}]}
    - {type: event_rule, id: c, event: {$ref: "#/events/shop/gone"}}
""",
}


def test_rudderstack_references_lead_from_file_to_file(tmp_path: Path) -> None:
    proposal = propose(tmp_path, RUDDER)
    state = {"type": "options", "options": ["open", "closed"]}
    assert entries(proposal) == {
        "attribute.contact.state": state,
        "event.Order Paid": {
            "description": "Somebody paid",
            "metadata": {"total": {"type": "float"}, "state": {"required": True, **state}},
        },
        "event.Alone": {},
        "event.templated": {},
    }
    assert left_out(proposal) == [
        "rule `c` of event `#/events/shop/gone`",
        "page event `view`",
        "property `spare`",
        "custom type `Unused`",
        "`minimum` of `total` of event `Order Paid`",
        "`items` of event `Order Paid`",
        "`cart` (holds `total`) of event `Order Paid`",
        "property `#/properties/shop/missing` of event `Order Paid`",
        "the variants of event `Order Paid` by `state`",
        "the name of event `templated`",
        "the description of event `templated`",
    ]
    assert [note.place for note in proposal.not_mapped][:2] == [
        f"{tmp_path / 'plan.yaml'}:19",
        f"{tmp_path / 'events.yaml'}:9",
    ]
    templated = proposal.entries[-1]
    assert templated.comment is not None
    assert "`{{ .NAME }}`" in templated.comment


def test_rudderstack_v1_refers_by_kind_and_id(tmp_path: Path) -> None:
    files = {
        "a/events.yaml": "version: rudder/v1\nkind: events\nspec:\n  events:\n"
        "    - {id: paid, name: Paid, event_type: track}\n",
        "a/properties.yaml": "version: rudder/v1\nkind: properties\nspec:\n  properties:\n"
        "    - {id: code, name: Code, types: [integer, 'null'], config: {multiple_of: 2}}\n"
        "    - {id: mail, name: Mail, type: '#custom-type:mail'}\n",
        "b/types.yaml": "version: rudder/v1\nkind: custom-types\nspec:\n  types:\n"
        "    - {id: mail, name: Mail, type: string, config: {min_length: 5}}\n",
        "b/plan.yaml": "version: rudder/v1\nkind: tracking-plan\nspec:\n  rules:\n"
        "    - {id: r, event: '#event:paid', properties: [{property: '#property:code', required: true},"
        " {property: '#property:mail', required: true}]}\n",
        "b/other.yaml": "version: rudder/v1\nkind: event-stream-source\nspec: {}\n",
    }
    proposal = propose(tmp_path, files)
    assert entries(proposal) == {
        "event.Paid": {
            "metadata": {"Code": {"type": "integer"}, "Mail": {"type": "string", "required": True}}
        }
    }
    assert left_out(proposal) == [
        "the file of kind `event-stream-source`",
        "`multipleOf` of `Code` of event `Paid`",
        "`minLength` of `Mail` of event `Paid`",
    ]


# --- Amplitude ----------------------------------------------------------------------------------------------

AMPLITUDE = """\
Action,Object Type,Object Name,Event Display Name,Object Description,Event Schema Status,{volume},Event Last Seen,\
Property Type,Property Group Names,{name},Property Description,Property Value Type,Property Required,\
Property Is Array,Enum Values,Property Regex
,Event,Order Paid,Paid!,Somebody paid,Live,"1,204",02/03/2024,,,,,,,,,
,,,,,,,,Event Property,,total,The total,number,TRUE,FALSE,,
,,,,,,,,Event Property,,currency,,enum,FALSE,FALSE,"eur, usd",
,,,,,,,,Event Property,,anything,,any,FALSE,FALSE,,
,,,,,,,,Event Property,,items,,string,FALSE,TRUE,,
,,,,,,,,Event Property,,code,,string,FALSE,FALSE,,^a
,,,,,,,,Event Property Group,"Shop, Gone",,,,,,,
,Event,Old,,,Deprecated,0,02/03/2022,,,,,,,,,
Ignore,Event,Blocked,,,Blocked,9,,,,,,,,,,
,Custom Event,Computed,,,Live,7,,,,,,,,,,
,Property Group,Shop,,,,,,,,,,,,,,
,,,,,,,,Event Property,,shop,,string,TRUE,FALSE,,
"""


@pytest.mark.parametrize(
    ("volume", "name"),
    [
        ("30 Day Volume", "Event Property Name"),
        ("90 Day Volume", "Property Name"),
        ("event_volume_(30_days)", "event property name"),
    ],
)
def test_amplitude_rows_below_an_event_are_its_properties(tmp_path: Path, volume: str, name: str) -> None:
    proposal = propose(tmp_path, {"events.csv": AMPLITUDE.format(volume=volume, name=name)}, min_volume=0)
    assert entries(proposal) == {
        "event.Order Paid": {
            "description": "Somebody paid",
            "metadata": {
                "total": {"type": "float", "required": True, "description": "The total"},
                "currency": {"type": "options", "options": ["eur", "usd"]},
                "anything": {"type": "string"},
                "code": {"type": "string"},
                "shop": {"type": "string", "required": True},
            },
        },
        "event.Old": {"status": "deprecated"},
    }
    assert proposal.entries[1].comment == f"unused: `{volume}` is 0, last seen 02/03/2022"
    assert left_out(proposal) == [
        "event `Blocked`",
        "Custom Event `Computed`",
        "the columns `Event Display Name`, `Event Last Seen`",
        "the type of `anything` of event `Order Paid`",
        "`items` of event `Order Paid`",
        "the pattern `^a` of `code` of event `Order Paid`",
        "property group `Gone` of event `Order Paid`",
    ]
    assert proposal.not_mapped[4].place == f"{tmp_path / 'events.csv'}:6"


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("free, pro", ["free", "pro"]),
        ('free,"EU, west"', ["free", "EU, west"]),
        ('free, "EU, west"', ["free", "EU, west"]),
        ("free\npro\n", ["free", "pro"]),
        ('["free", "EU, west"]', ["free", "EU, west"]),
        ("[free, pro]", ["free", "pro"]),
        ("[1, null]", ["1", "null"]),
    ],
)
def test_values_of_amplitude_are_a_list_in_a_cell(cell: str, options: list[str]) -> None:
    assert listed_values(cell) == options


def test_amplitude_takes_what_is_seen_often(tmp_path: Path) -> None:
    proposal = propose(
        tmp_path, {"e.csv": AMPLITUDE.format(volume="7 Day Volume", name="Property Name")}, min_volume=1000
    )
    assert list(entries(proposal)) == ["event.Order Paid"]
    assert [note.why for note in proposal.not_mapped if note.what == "`Old`"] == [
        "`--min-volume 1000` leaves it out"
    ]


def test_amplitude_user_properties_have_their_type_in_either_column(tmp_path: Path) -> None:
    table = (
        "Action,Property Type,Property Name,Property Value Type,Enum Values,Property Schema Status,"
        "Property Value Type\n"
        ',User Property,gp:plan_type,enum,"free, pro",Live,\n'
        ",User Property,seats,,,Deprecated,number\n"
        ",Group Property,tier,,,Live,string\n"
        ",Derived Property,score,,,Live,number\n"
        ",User Property,gone,,,Deleted,string\n"
    )
    proposal = propose(tmp_path, {"user_properties.csv": "\ufeff" + table.replace("\n", "\r\n")})
    assert entries(proposal) == {
        "attribute.contact.plan_type": {"type": "options", "options": ["free", "pro"]},
        "attribute.contact.seats": {"type": "float", "status": "deprecated"},
        "attribute.company.tier": {"type": "string"},
    }
    assert left_out(proposal) == ["`gone` of user properties", "Derived Property `score`"]


def test_amplitude_user_properties_may_stand_below_events(tmp_path: Path) -> None:
    table = (
        "Action,Object Type,Object Name,Property Type,Property Name,Property Value Type\n"
        ",Event,Paid,,,\n,,,Event Property,total,number\n,,,User Property,plan_type,string\n"
    )
    assert entries(propose(tmp_path, {"joined.csv": table})) == {
        "attribute.contact.plan_type": {"type": "string"},
        "event.Paid": {"metadata": {"total": {"type": "float"}}},
    }


def test_amplitude_user_properties_have_volumes_too(tmp_path: Path) -> None:
    table = (
        "Property Type,Property Name,Property Value Type,Property 90 Day Volume,Property Last Seen\n"
        "User Property,often,string,12,01/02/2024\nUser Property,never,string,0,01/02/2021\n"
    )
    proposal = propose(tmp_path, {"p.csv": table})
    assert proposal.entries[1].comment == "unused: `Property 90 Day Volume` is 0, last seen 01/02/2021"
    chosen = propose(tmp_path, {"p.csv": table}, min_volume=1)
    assert list(entries(chosen)) == ["attribute.contact.often"]


# --- Avo, Mixpanel, Snowplow --------------------------------------------------------------------------------


def test_avo_has_properties_of_events_people_and_groups(tmp_path: Path) -> None:
    events = [
        {
            "id": "1",
            "name": "Item Added",
            "description": "x",
            "tags": ["shop"],
            "nameMapping": [{"destination": "Intercom", "name": "added_an_item"}],
            "rules": envelope(
                properties={
                    "properties": {
                        "price": {**NUMBER, "nameMapping": [{"destination": {"id": "x"}, "name": "cost"}]},
                        "sizes": {"type": "array"},
                        "os": {**TEXT, "isSystemProperty": True},
                    },
                    "required": ["price"],
                },
                userProperties={"properties": {"plan_type": {"enum": ["free", "pro"], "type": "string"}}},
                groupProperties={
                    "properties": {"Team": {"type": "object", "properties": {"seats": {"type": "int"}}}}
                },
            ),
        },
        {
            "id": "2",
            "name": "Item Bought",
            "nameMapping": [{"destination": {"id": "x", "name": "Amplitude"}, "name": "bought"}],
            "actions": ["skipLogEvent", "page"],
            "rules": {"properties": {"properties": {"price": NUMBER}}},
        },
    ]
    proposal = propose(tmp_path, {"avo.json": {"events": events}})
    assert proposal.entries[-1].comment == "Avo does not log it as an event"
    assert entries(proposal) == {
        "attribute.contact.plan_type": {"type": "options", "options": ["free", "pro"]},
        "attribute.company.seats": {"type": "integer"},
        "event.added_an_item": {
            "description": "x",
            "metadata": {"price": {"type": "float", "required": True}, "os": {"type": "string"}},
            "source_name": "Item Added",
        },
        "event.Item Bought": {"metadata": {"price": {"type": "float"}}},
    }
    assert left_out(proposal) == [
        "`nameMapping` of an event",
        "`tags` of an event",
        "`actions` of an event",
        "`nameMapping` of a property",
        "`sizes` of event `Item Added`",
    ]


def test_what_avo_adds_to_every_event_is_the_first_to_go(tmp_path: Path) -> None:
    properties = {"os": {**TEXT, "isSystemProperty": True}, **{f"key_{number}": TEXT for number in range(10)}}
    events = [{"id": "1", "name": "Added", "rules": envelope(properties={"properties": properties})}]
    proposal = propose(tmp_path, {"avo.json": {"events": events}})
    assert list(entries(proposal)["event.Added"]["metadata"]) == [f"key_{number}" for number in range(10)]
    assert left_out(proposal) == ["`os` of event `Added`"]


def test_mixpanel_has_events_and_profiles(tmp_path: Path) -> None:
    listed = [
        {
            "entityType": "event",
            "name": "Added",
            "schemaJson": {"description": "x", "properties": {"price": NUMBER}},
        },
        {
            "entityType": "profile",
            "name": "$user",
            "schemaJson": {"properties": {"$city_of_birth": TEXT, "likes": {"type": "array"}}},
        },
        {"entityType": "lookuptable", "name": "t", "schemaJson": {}},
        {
            "entityType": "event",
            "name": "Dropped",
            "schemaJson": {
                "properties": {},
                "metadata": {"com.mixpanel": {"dropped": True, "hidden": False}},
            },
        },
    ]
    for holder in ({"entries": listed}, {"results": listed, "status": "ok"}, listed):
        proposal = propose(tmp_path, {"lexicon.json": holder})
        assert entries(proposal) == {
            "attribute.contact.city_of_birth": {"type": "string", "source_name": "$city_of_birth"},
            "event.Added": {"description": "x", "metadata": {"price": {"type": "float"}}},
            "event.Dropped": {},
        }
        assert proposal.entries[-1].comment == "Mixpanel drops it"
        assert left_out(proposal) == [
            "`likes` of profiles",
            "lookuptable `t`",
            "`dropped` of event `Dropped`",
        ]


SNOWPLOW = {
    "product.yaml": """\
apiVersion: v1
resourceType: data-product
data:
  name: Shop
  domain: Sales
  eventSpecifications:
    - name: Cart opened
      event:
        source: iglu:com.example/cart/jsonschema/1-0-0
        schema: {type: object, properties: {size: {type: integer}}, required: [size]}
      entities: {tracked: [{source: "iglu:com.example/user/jsonschema/1-0-0"}]}
    - name: Cart closed
      event: {source: "iglu:com.other/cart/jsonschema/1-0-0"}
""",
    "cart.json": {
        "self": {"vendor": "com.example", "name": "cart", "format": "jsonschema", "version": "1-0-0"},
        "properties": {"size": {"type": ["integer", "null"]}, "colour": TEXT},
    },
    "user.yaml": "apiVersion: v1\nresourceType: data-structure\nmeta: {schemaType: entity}\n"
    "data:\n  self: {vendor: com.example, name: user, format: jsonschema, version: 1-0-0}\n  properties: {}\n",
    "1-0-0": '{"self": {"vendor": "v", "name": "seen", "version": "1-0-0"}, "properties": {"a": {"type": "string"}}}',
    "1-0-10": '{"self": {"vendor": "v", "name": "seen", "version": "1-0-10"}, '
    '"properties": {"b": {"type": "string"}}}',
}


def test_snowplow_specifications_rest_on_schemas(tmp_path: Path) -> None:
    proposal = propose(tmp_path, SNOWPLOW)
    assert entries(proposal) == {
        "event.seen": {"metadata": {"b": {"type": "string"}}},
        "event.Cart opened": {
            "metadata": {"colour": {"type": "string"}, "size": {"type": "integer", "required": True}}
        },
        "event.Cart closed": {},
    }
    assert left_out(proposal) == [
        "entity `user`",
        "version 1-0-0 of event `seen`",
        "`domain` of `Shop`",
        "entity `iglu:com.example/user/jsonschema/1-0-0` of event `Cart opened`",
        "the schema `iglu:com.other/cart/jsonschema/1-0-0` of event `Cart closed`",
    ]


# --- JSON Schema, CSV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "definitions"),
    [
        ("http://json-schema.org/draft-07/schema#", "definitions"),
        ("https://json-schema.org/draft/2019-09/schema", "$defs"),
        ("https://json-schema.org/draft/2020-12/schema", "$defs"),
    ],
)
def test_a_json_schema_is_an_event(tmp_path: Path, dialect: str, definitions: str) -> None:
    schema = {
        "$schema": dialect,
        "description": "x",
        "properties": {
            "plan": {"$ref": f"#/{definitions}/Plan"},
            "seats": {"type": "integer", "deprecated": True},
        },
        "allOf": [{"properties": {"extra": {"type": "boolean"}}, "required": ["extra"]}],
        "if": {"required": ["plan"]},
        definitions: {"Plan": {"enum": ["free", "pro"]}},
    }
    proposal = propose(
        tmp_path, {"signed_up.schema.json": schema, "b.json": {**schema, "title": "Signed Out"}}
    )
    metadata = {
        "plan": {"type": "options", "options": ["free", "pro"]},
        "seats": {"type": "integer"},
        "extra": {"type": "boolean", "required": True},
    }
    assert entries(proposal) == {
        "event.signed_up": {"description": "x", "metadata": metadata},
        "event.Signed Out": {"description": "x", "metadata": metadata},
    }
    assert left_out(proposal)[:2] == ["`if` of event `signed_up`", "`if` of event `Signed Out`"]
    assert "`deprecated` of `event.signed_up.metadata.seats`" in left_out(proposal)


def test_a_list_of_schemas_is_a_list_of_events(tmp_path: Path) -> None:
    schemas = [{"title": "Paid", "properties": {"a": TEXT}}, {"properties": {"a": TEXT}}]
    proposal = propose(tmp_path, {"x.json": schemas})
    assert list(entries(proposal)) == ["event.Paid"]
    assert left_out(proposal) == ["a schema without a title"]


def test_the_schema_of_a_whole_call_names_its_event(tmp_path: Path) -> None:
    inner = {"type": "object", "properties": {"a": TEXT}}
    schema = {"properties": {"event": {"const": "Paid"}, "type": {"const": "track"}, "properties": inner}}
    proposal = propose(tmp_path, {"x.json": schema})
    assert entries(proposal) == {"event.Paid": {"metadata": {"a": {"type": "string"}}}}
    assert left_out(proposal) == ["`type` of event `Paid`"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_names_says_what_it_says(tmp_path: Path, delimiter: str) -> None:
    rows = [
        *(["name", "model", "type", "description", "options", "event", "required", "note"],),
        *(["plan_type", "contact", "options", "The plan", "free|pro", "", "", "x"],),
        *(["seats", "Company", "int", "", "", "", "", ""],),
        *(["Paid", "event", "", "Somebody paid", "", "", "", ""],),
        *(["total", "", "number", "", "", "Paid", "yes", ""],),
        *(["loose", "", "date", "", "", "", "", ""],),
        *(["odd", "widget", "string", "", "", "", "", ""],),
    ]
    table = "".join(f"{delimiter.join(row)}\n" for row in rows)
    proposal = propose(tmp_path, {"names.csv": table})
    assert entries(proposal) == {
        "attribute.contact.plan_type": {
            "type": "options",
            "options": ["free", "pro"],
            "description": "The plan",
        },
        "attribute.contact.loose": {"type": "date"},
        "attribute.company.seats": {"type": "integer"},
        "event.Paid": {
            "description": "Somebody paid",
            "metadata": {"total": {"type": "float", "required": True}},
        },
    }
    assert left_out(proposal) == ["the model of `loose`", "`odd` of model `widget`", "the columns `note`"]
    assert proposal.entries[1].comment == "no model is named: written for contacts, the likeliest"


# --- recognition --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_another_format_is_refused_by_name(tmp_path: Path, name: Any) -> None:
    with pytest.raises(Misuse, match=f"not of the format `{name}`: it lacks "):
        propose(tmp_path, {"x.json": {"hello": 1}}, source_format=name)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"3",
        b'{"rules": 3}',
        b'{"events": [1]}',
        b'{"a": {"b": []}}',
        b'{"type": "Feature", "properties": {"name": "a place"}}',
        b'{"properties": {"name": "no schema"}}',
    ],
)
def test_what_is_of_no_format_is_not_recognised(data: bytes) -> None:
    content = read_content("x.json", data)
    assert isinstance(content, Content)
    assert recognise(content) is None
