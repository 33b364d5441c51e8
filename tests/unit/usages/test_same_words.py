"""Records and the code that sends them are held to one judge: the same code, message, hint and address."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from intercom_iac.payloads import RecordJudge
from intercom_iac.usages import CodeFile, CodeJudge, judge_file, language_of
from support.payload_schemas import schema_of

SCHEMA = schema_of("""\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true}
    seats: {type: integer}
    plan_name: {type: string, status: deprecated}
    tier_name: {type: string, renamed_from: plan_name}
    old_plan: {type: string, status: archived}
  company:
    floors: {type: integer, messenger_writable: true}
events:
  plan_changed: {metadata: {to_plan: {type: string}}}
  paused: {status: deprecated}
  left: {status: archived}
  登録: {}
  登録-完了: {}
""")
JUDGE = RecordJudge(SCHEMA, today=date(2026, 3, 14))
UPDATES: list[dict[str, Any]] = [
    {"plan_typ": "pro"},
    {"plan_type": "gold"},
    {"seats": 3},
    {"plan_name": "x"},
    {"old_plan": "x"},
    {"floors": 3},
    {"external_id": "u1"},
    {"last_request_at": 1},
    {"metadata": {}},
    {"company": {"company_id": "c", "floor": 2}},
]
EVENTS: dict[str, list[str]] = {
    "plan_changed": [],
    "PlanChanged": ["PAYL920"],
    "plan changed": ["PAYL920"],
    "plan_change": ["PAYL902"],
    "paused": ["PAYL921"],
    "left": ["PAYL922"],
    "登録": [],
    "登録完了": ["PAYL920"],
    "完了": ["PAYL902"],
    "---": ["PAYL902"],
}


def said_of_code(code: str) -> list[tuple[str, str, str | None, str | None]]:
    language = language_of("app.js")
    assert language is not None
    judgement = judge_file(CodeJudge(SCHEMA), language, CodeFile("app.js", code.encode(), frozenset()))
    return [(found.code, found.message, found.hint, found.subject) for found in judgement.mistakes]


def said_of_record(record: dict[str, Any]) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (found.code.id, found.message, found.hint, found.attribute) for found in JUDGE.violations(1, record)
    ]


@pytest.mark.parametrize("update", UPDATES, ids=json.dumps)
def test_of_settings(update: dict[str, Any]) -> None:
    said = said_of_record({"type": "boot", **update})
    assert said and said_of_code(f"Intercom('update', {json.dumps(update)})") == said


@pytest.mark.parametrize("name", EVENTS)
def test_of_events(name: str) -> None:
    said = said_of_record({"event_name": name, "created_at": 1, "user_id": "u1"})
    assert [code for code, *_ in said] == EVENTS[name]
    assert said_of_code(f"Intercom('trackEvent', {json.dumps(name)})") == said


def test_of_metadata() -> None:
    metadata = {"to_plans": "pro"}
    record = {"event_name": "plan_changed", "created_at": 1, "user_id": "u1", "metadata": metadata}
    said = said_of_record(record)
    assert said and said_of_code(f"Intercom('trackEvent', 'plan_changed', {json.dumps(metadata)})") == said
