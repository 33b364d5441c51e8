"""A key that is added to an entry is known wherever the table of fields is read.

The key is made up: `retention` of an attribute. It is added in the three places that a new key has: the entry, the
model and the table, with a code of its own for `breaking`. Nothing else is told of it.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import pytest

import intercom_iac.specs
from intercom_iac.breaking import breaking_schema, build_report, compare_schemas, encode_report
from intercom_iac.changes import FieldRow, Impact, PlanRisk, attributes, metadata
from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes.breaking.examples import between, contact
from intercom_iac.model import Attribute, DataType, Identity, LiveAttribute, Schema, Snapshot
from intercom_iac.planning import decode, encode, plan, plan_schema
from intercom_iac.planning.operations import CreateAttribute, UpdateAttribute
from intercom_iac.reporting import (
    breaking_markdown,
    breaking_text,
    changelog_markdown,
    plan_html,
    plan_markdown,
    plan_text,
)
from intercom_iac.specs import digest
from intercom_iac.specs.load import entries
from intercom_iac.yaml.shapes import optional_key

CODE = Code(
    "BACK749",
    "the retention of an attribute changed",
    "How long its values are kept.",
    wrong=between(contact("seats: {type: integer}"), contact("seats: {type: integer, retention: 30 days}")),
    right=between(contact("seats: {type: integer}"), contact("seats: {type: integer}")),
    severity="warning",
    level="risky",
)


class RetentionEntry(entries.AttributeEntry):
    retention: str | None = optional_key("How long values are kept.")


class RetentionSection(entries.AttributesSection):
    contact: dict[str, RetentionEntry] | None = None
    company: dict[str, RetentionEntry] | None = None


class RetentionFile(entries.SpecFile):
    attributes: RetentionSection | None = None


@dataclass(frozen=True, slots=True)
class RetentionAttribute(Attribute):
    retention: str | None = None


@dataclass(frozen=True, slots=True)
class LiveRetention(LiveAttribute):
    retention: str = "forever"


ROW: FieldRow[Any, Any] = FieldRow(
    key="retention",
    declared=lambda attribute: attribute.retention,
    live=lambda attribute: attribute.retention,
    created=lambda attribute: attribute.retention,
    risk=lambda before, after: PlanRisk(risk="caution", reason=f"values are kept {after}, not {before}"),
    impacts=lambda before, after: (Impact(code=CODE, message="values are kept for another time"),),
    reach="entry",
)
DECLARED = RetentionAttribute("contact", "tier", DataType.STRING, retention="30 days")
LIVE = LiveRetention(7, "contact", "tier", DataType.STRING)
SPECS = "attributes:\n  contact:\n    tier: {type: string, retention: %s}\n"


@pytest.fixture(autouse=True)
def retention(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key, for a test: in every module of the specs that uses the entry or the model."""
    names = [
        module.name for module in pkgutil.walk_packages(intercom_iac.specs.__path__, "intercom_iac.specs.")
    ]
    for module in [importlib.import_module(name) for name in names]:
        for name, ours in (("SpecFile", RetentionFile), ("Attribute", RetentionAttribute)):
            if name in vars(module):
                monkeypatch.setattr(module, name, ours)
    monkeypatch.setattr(attributes, "FIELDS", (*attributes.FIELDS, ROW))
    for operation in (CreateAttribute, UpdateAttribute):
        monkeypatch.setattr(operation, "takes", operation.takes | {"retention"})


def schema(attribute: Attribute | None) -> Schema:
    return Schema(attributes={} if attribute is None else {(attribute.model, attribute.name): attribute})


def report(old: Attribute | None, new: Attribute | None) -> Any:
    changes = compare_schemas(schema(old), schema(new))
    return build_report(
        changes, against="HEAD", acceptances=[], today=date(2026, 1, 31), releases=(None, None)
    )


def planned(declared: Attribute, live: tuple[LiveAttribute, ...]) -> Any:
    snapshot = Snapshot(Identity("app", "Acme", "UTC"), live)
    made = plan(schema(declared), snapshot, workspace="sandbox", specs_digest=f"sha256:{'0' * 64}")
    encoded = encode(made)
    jsonschema.validate(encoded, plan_schema())
    return made, encoded


def test_breaking_compares_and_shows_it() -> None:
    changed = report(DECLARED, replace(DECLARED, retention="1 year"))
    encoded = encode_report(changed)
    jsonschema.validate(encoded, breaking_schema())
    (change,) = encoded["changes"]
    assert (change["code"], change["level"]) == ("BACK749", "risky")
    assert (change["before"], change["after"]) == ("30 days", "1 year")
    for text in (breaking_text(changed), breaking_markdown(changed), changelog_markdown(changed)):
        assert "values are kept for another time" in text
        assert "30 days" in text
        assert "1 year" in text


@pytest.mark.parametrize("same", [DECLARED, replace(DECLARED, retention=None)])
def test_breaking_says_nothing_of_one_that_is_the_same(same: Attribute) -> None:
    assert report(same, same).changes == ()


def test_what_is_added_and_removed_is_shown_with_it() -> None:
    (added,) = encode_report(report(None, DECLARED))["changes"]
    (removed,) = encode_report(report(DECLARED, None))["changes"]
    assert added["after"] == removed["before"] == {"type": "string", "retention": "30 days"}


def test_an_archived_attribute_names_it() -> None:
    archived = replace(DECLARED, status="archived")
    (change,) = encode_report(report(archived, replace(archived, retention=None)))["changes"]
    assert change["message"] == "archived, and its `retention` changed"


def test_a_plan_creates_it() -> None:
    made, encoded = planned(DECLARED, ())
    (change,) = encoded["changes"]
    assert change["fields"][-1] == {"path": "retention", "before": None, "after": "30 days"}
    for text in (plan_text(made, full=True), plan_markdown(made), plan_html(made)):
        assert "retention" in text


def test_a_plan_updates_it_and_its_file_is_read() -> None:
    made, encoded = planned(DECLARED, (LIVE,))
    (change,) = encoded["changes"]
    assert change["fields"] == [{"path": "retention", "before": "forever", "after": "30 days"}]
    assert (change["action"], change["risk"]) == ("update", "caution")
    assert change["reason"] == "values are kept 30 days, not forever"
    for text in (plan_text(made, full=True), plan_markdown(made), plan_html(made)):
        assert "retention" in text
        assert "30 days" in text
    saved = encode(replace(made, created_at=made.created_at or _noon()))

    assert decode(json.dumps(saved), "plan.json").changes == made.changes


def test_a_plan_leaves_one_alone_that_is_right_or_not_said() -> None:
    right = replace(DECLARED, retention="forever")
    for attribute in (right, replace(DECLARED, retention=None)):
        assert planned(attribute, (LIVE,))[1]["changes"] == []


def test_every_command_knows_it(scratch: Any) -> None:
    scratch.write({"before/intercom-iac.yaml": "version: 1\n", "before/specs/all.yaml": _spec("30 days")})
    scratch.write({"specs/all.yaml": _spec("1 year")})
    assert scratch.run("check").code == 0
    (change,) = scratch.run("breaking --against-folder before --format json").json["changes"]
    assert (change["code"], change["before"], change["after"]) == ("BACK749", "30 days", "1 year")
    (change,) = scratch.plan()["changes"]
    assert {"path": "retention", "before": None, "after": "1 year"} in change["fields"]
    assert scratch.run("explain attribute.contact.tier --format json").json["retention"] == "1 year"
    properties = scratch.run("schema").json["$defs"]["RetentionEntry"]["properties"]
    assert properties["retention"]["description"] == "How long values are kept."
    misspelt = scratch.write({"specs/all.yaml": _spec("1 year").replace("retention", "retentoin")}).run(
        "check"
    )
    assert "did you mean `retention`" in misspelt.err + misspelt.out


def test_the_digest_of_the_specs_is_another_one(scratch: Any) -> None:
    digests = {
        scratch.write({"specs/all.yaml": _spec(value)}).plan()["specs_digest"]
        for value in ("30 days", "1 year", "null")
    }
    assert len(digests) == 3


def test_the_digest_of_specs_that_do_not_say_it_is_what_it_was() -> None:
    plain = Attribute("contact", "tier", DataType.STRING)
    silent = RetentionAttribute("contact", "tier", DataType.STRING)
    assert _digest_as_attribute(silent) == digest(schema(plain))
    assert _digest_as_attribute(replace(silent, retention="1 year")) != digest(schema(plain))


def _digest_as_attribute(attribute: Attribute) -> str:
    """The digest where the class of the key has the name of the class that it stands for."""
    named = type("Attribute", (type(attribute),), {"__slots__": ()})
    values = {field.name: getattr(attribute, field.name) for field in fields(attribute)}
    return digest(schema(named(**values)))


def test_explain_of_an_event_has_the_keys_of_its_metadata(
    scratch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row: FieldRow[Any, Any] = FieldRow(key="unit", declared=lambda key: f"unit of {key.name}", impacts=None)
    spec = "version: 1\nevents: {paid: {metadata: {total: {type: integer, required: true}}}}\n"
    scratch.write({"specs/all.yaml": spec})
    explain = "explain event.paid --format json"
    assert scratch.run(explain).json["metadata"] == ["total (integer)"]
    monkeypatch.setattr(metadata, "FIELDS", (*metadata.FIELDS, row))
    assert scratch.run(explain).json["metadata"] == ["total (integer, unit: unit of total)"]


def _spec(value: str) -> str:
    return f"version: 1\n{SPECS % value}"


def _noon() -> Any:

    return datetime(2026, 1, 31, 12, tzinfo=UTC)
