"""Witnesses of rules that search decides, in the embedded workspace: its search finds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.compilers import to_search
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, decide
from intercom_iac.rules import format_rule
from intercom_iac.sandbox import Request, Sandbox
from support.generators.effort import TIMES
from support.proofs.language import SCHEMA, TODAY, RuleDraw, Subjects
from support.proofs.pairs import FIRST_SEED

NAMES = tuple(name for model, name in SCHEMA.attributes if model == "contact")
HEADERS = {"authorization": "Bearer any", "intercom-version": "2.16", "content-type": "application/json"}


def call(sandbox: Sandbox, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    answer = sandbox.handle(Request("POST", path, {}, HEADERS, json.dumps(body).encode()))
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def declare(sandbox: Sandbox) -> None:
    for (model, name), attribute in SCHEMA.attributes.items():
        body: dict[str, Any] = {"name": name, "model": model, "data_type": str(attribute.type)}
        if attribute.options:
            body["options"] = [{"value": option} for option in attribute.options]
        call(sandbox, "/data_attributes", body)


def test_search_finds_each_witness_of_a_rule_that_it_decides() -> None:
    with closing(Sandbox(None)) as sandbox:
        declare(sandbox)
        zone, asked = ZoneInfo(sandbox.timezone), 0
        world = World(first=TODAY, zone=sandbox.timezone)
        for seed in range(60 * TIMES):
            subjects = Subjects(companies=False, events=False, linked=False, names=NAMES)
            rule = RuleDraw(FIRST_SEED + seed, subjects).rule(2)
            verdict = decide(rule, world)
            if not isinstance(verdict, Satisfiable):
                continue
            witness = verdict.witness
            search = to_search(rule, today=witness.today, zone=zone)
            if not search.exact:
                continue
            asked += 1
            contact = call(
                sandbox,
                "/contacts",
                {
                    "role": "user",
                    "external_id": str(seed),
                    "custom_attributes": witness.person.contact.get("custom_attributes", {}),
                },
            )
            found = call(
                sandbox, "/contacts/search", {"query": search.query, "pagination": {"per_page": 150}}
            )
            assert contact["id"] in {person["id"] for person in found["data"]}, format_rule(rule)
        assert asked > 10 * TIMES
