"""Whoever judges a record has one verdict: our judge, the fast path over text and over values, and validators of its
JSON Schema in two languages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from intercom_iac import payloads
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.model.payload import PAYLOAD_KINDS, PayloadKind, boot_shape, contact_shape, event_shape
from intercom_iac.payloads import InvalidRecord, RecordJudge
from support.generators import examples
from support.generators.hostile_specs import hostile_schema, hostile_schemas
from support.generators.records import OBJECTS, SCALARS, Record, records
from support.judges import ajv_verdicts, openapi_mistakes

TODAY = date(2027, 1, 15)
BATCH = 10
PAYMENT: Record = {"event_name": "paid", "created_at": 1_800_000_000, "user_id": "u1"}
# Every type as an attribute and as metadata; options that are closed, and open ones.
OPTIONS = ("free", "3", "true")
ATTRIBUTES = [
    *(
        Attribute("contact", str(type_), type_, OPTIONS if type_ is DataType.OPTIONS else ())
        for type_ in DataType
    ),
    Attribute("contact", "open", DataType.OPTIONS, OPTIONS, open_options=True),
]
PAID = Event(
    "paid",
    metadata=tuple(
        MetadataKey(key.name, key.type, options=key.options, open_options=key.open_options)
        for key in ATTRIBUTES
    ),
)
EVERY_TYPE = Schema({("contact", attribute.name): attribute for attribute in ATTRIBUTES}, {"paid": PAID})


BOTH = {True, False}


class Judges:
    """All of them for one kind of record."""

    def __init__(self, schema: Schema, kind: PayloadKind) -> None:
        described = json_schema(schema, kind)
        self.schema = schema
        self.kind: PayloadKind = kind
        self.python = Draft202012Validator(described)
        self.rust = jsonschema_rs.Draft202012Validator(described)
        self.ours = RecordJudge(schema, today=TODAY)

    def verdicts(self, sent: list[Record]) -> list[bool]:
        """Whether each of the records is valid, on which all agree."""
        findings = [self.ours.violations(number, record, self.kind) for number, record in enumerate(sent, 1)]
        errors = [[found for found in of_one if found.code.severity == "error"] for of_one in findings]
        for record, of_one in zip(sent, errors, strict=True):
            assert self.python.is_valid(record) == (not of_one), (record, of_one)
            assert self.rust.is_valid(record) == (not of_one), (record, of_one)
        lines = b"".join(json.dumps(record).encode() + b"\n" for record in sent)
        for source in (BytesIO(lines), sent):
            invalid: list[InvalidRecord] = []
            report = payloads.check_records(
                source, self.schema, self.kind, today=TODAY, max_errors=None, on_invalid=invalid.append
            )
            assert report.checked == len(sent)
            assert list(report.violations) == [found for of_one in findings for found in of_one]
            assert [record.number for record in invalid] == [
                at for at, of_one in enumerate(errors, 1) if of_one
            ]
        return [not of_one for of_one in errors]


def json_schema(schema: Schema, kind: PayloadKind) -> dict[str, Any]:
    makers = {
        "contact": payloads.contact_json_schema,
        "company": payloads.company_json_schema,
        "boot": payloads.boot_json_schema,
        "event": payloads.any_event_json_schema,
    }
    return makers[kind](schema)


@st.composite
def record_batches(draw: st.DrawFn) -> tuple[Schema, PayloadKind, list[Record]]:
    schema, kind = draw(hostile_schemas()), draw(st.sampled_from(PAYLOAD_KINDS))
    return schema, kind, [draw(records(schema, kind)) for _ in range(BATCH)]


@examples(40)
@given(record_batches())
def test_all_have_the_same_verdict(batch: tuple[Schema, PayloadKind, list[Record]]) -> None:
    schema, kind, sent = batch
    for valid in Judges(schema, kind).verdicts(sent):
        event(f"{kind} {'right' if valid else 'wrong'}")


def test_ajv_agrees_on_every_value_of_every_key() -> None:
    values = (*SCALARS, *OBJECTS)
    sent: dict[PayloadKind, list[Record]] = {
        "contact": [{"id": "c1", "custom_attributes": {key: value}} for key in PAID.keys for value in values],
        "event": [PAYMENT | {"metadata": {key: value}} for key in PAID.keys for value in values],
        "boot": [{key: value} for key in boot_shape(EVERY_TYPE).fields for value in values],
    }
    for kind, of_kind in sent.items():
        described = json_schema(EVERY_TYPE, kind)
        rust = jsonschema_rs.Draft202012Validator(described)
        assert ajv_verdicts(described, of_kind) == [rust.is_valid(record) for record in of_kind]


@pytest.mark.parametrize("kind", PAYLOAD_KINDS)
def test_ajv_takes_the_schemas_of_hostile_specs(kind: PayloadKind) -> None:
    described = json_schema(hostile_schema(), kind)
    sent = [{}, PAYMENT, {"external_id": "u1", "custom_attributes": {"constructor": 1}}, {"constructor": []}]
    rust = jsonschema_rs.Draft202012Validator(described)
    assert ajv_verdicts(described, sent) == [rust.is_valid(record) for record in sent]


@pytest.mark.parametrize(
    "schema", [Schema(), EVERY_TYPE, hostile_schema()], ids=["empty", "types", "hostile"]
)
def test_the_openapi_document_is_one(schema: Schema) -> None:
    # Its judge takes a property of this name for a reference.
    events = {
        name: replace(event, metadata=tuple(key for key in event.metadata if key.name != "$ref"))
        for name, event in schema.events.items()
    }
    assert openapi_mistakes(payloads.openapi_document(replace(schema, events=events), "1")) == []


def test_they_agree_on_every_value_of_every_key() -> None:
    contact, paid, boot = (Judges(EVERY_TYPE, kind) for kind in ("contact", "event", "boot"))
    values = (*SCALARS, *OBJECTS)
    contact.verdicts(
        [{"id": "c1", key: value} for key in contact_shape(EVERY_TYPE).fields for value in values]
    )
    boot.verdicts([{key: value} for key in boot_shape(EVERY_TYPE).fields for value in values])
    paid.verdicts([PAYMENT | {key: value} for key in event_shape(PAID).fields for value in values])
    for key in PAID.keys:
        assert (
            set(contact.verdicts([{"id": "c1", "custom_attributes": {key: value}} for value in values]))
            == BOTH
        )
        assert set(paid.verdicts([PAYMENT | {"metadata": {key: value}} for value in values])) == BOTH
