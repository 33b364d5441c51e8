"""Any bytes in a plan file are a plan or a `PlanError`, and every plan that is read can be shown in every format."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fuzz.mutated import JSON, bent, counted, mutated
from intercom_iac.diagnostics import PlanError, UnsafePlan
from intercom_iac.planning import (
    Change,
    FieldChange,
    Place,
    Plan,
    PlannedWorkspace,
    Remark,
    Usage,
    decode,
    encode,
    refuse_if_unsafe,
)
from intercom_iac.reporting import plan_markdown, plan_text
from support.changes import make_change
from support.generators import examples
from support.plan_digests import with_digest

DIGEST = f"sha256:{'ab' * 32}"


def change(address: str, kind: Any, name: str, action: Any, *fields: FieldChange, **more: Any) -> Change:
    return make_change(address, kind, name, action, "safe", "why", fields=fields, **more)


PLAN = encode(
    Plan(
        PlannedWorkspace("production", "abc12345", "Europe/Dublin"),
        DIGEST,
        DIGEST,
        (
            change(
                "attribute.contact.tier",
                "data_attribute",
                "tier",
                "create",
                FieldChange("type", None, "options"),
                FieldChange("options", None, ["a", "b"]),
                FieldChange("messenger_writable", None, True),
                source=Place("specs/a.yaml", 4, 5),
                needed_by=("segment.big",),
            ),
            change(
                "attribute.company.seats",
                "data_attribute",
                "seats",
                "update",
                FieldChange("description", "a", "b"),
                live_id="7",
            ),
            change(
                "event.opened", "event", "opened", "register", FieldChange("metadata", None, {"k": "string"})
            ),
            change(
                "segment.big",
                "audience",
                "Big",
                "create",
                FieldChange("name", None, "Big"),
                FieldChange("role_predicates", None, []),
                FieldChange(
                    "predicates",
                    None,
                    [{"attribute": "a", "type": "string", "comparison": "eq", "value": "x"}],
                ),
            ),
            change("segment.hand", "segment", "Hand", "manual", steps=("open", "save")),
        ),
        Usage(3, 4, 250),
        Usage(0, 1, 120),
        ("attribute.contact.legacy",),
        (Remark("LINT501", "warning", "deprecated", "do", Place("specs/a.yaml", 1, 2)),),
        {"workspace": "0123456789abcdef"},
        datetime(2026, 11, 24, 9, 5, tzinfo=UTC),
    )
)
TEXT = json.dumps(PLAN).encode()


def read(text: str) -> None:
    try:
        plan = decode(text, "plan.json")
    except PlanError as error:
        assert [each.code for each in error.diagnostics] == ["PLAN609"]
        counted(refused=True)
        return
    counted(refused=False)
    plan_text(plan).encode()
    plan_markdown(plan).encode()
    again = decode(json.dumps(encode(plan)), "plan.json")
    assert again == plan
    with suppress(UnsafePlan):
        refuse_if_unsafe(plan, allow_destructive=False, max_archive_percent=30)


def test_the_plan_they_start_from_is_one() -> None:
    assert encode(decode(TEXT.decode(), "plan.json")) == json.loads(TEXT)


@examples(300)
@given(mutated(TEXT) | st.binary())
def test_any_bytes(content: bytes) -> None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        counted(refused=True)  # by whoever reads the file
        return
    read(text)


@examples(400)
@given(bent(PLAN) | JSON)
def test_any_json(value: Any) -> None:
    read(json.dumps(value))
    if isinstance(value, dict):
        read(json.dumps(with_digest(value)))
