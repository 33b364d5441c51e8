"""Segments that refer to each other through many: asked in layers, with the answers that rules have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.preview import Files, preview
from intercom_iac.rules import compile_rules, satisfies
from intercom_iac.text import Excerpt
from support.preview_cases import ROME, TODAY, people

SCHEMA = Schema({("contact", "usage"): Attribute("contact", "usage", DataType("integer"))})
LINKS = ("not segment s{} and usage != {}", "segment s{} or usage = {}", "not (segment s{} or usage > {})")


@pytest.mark.parametrize("ids", [False, True])
def test_each_segment_of_a_long_chain_has_those_whom_its_rule_means(tmp_path: Path, ids: bool) -> None:
    texts = {"s0": "usage > 3"} | {f"s{n}": LINKS[n % 3].format(n - 1, n) for n in range(1, 40)}
    # One that refers to two of the chain, one that refers to none.
    texts |= {"both": "segment s39 and not segment s7", "alone": "usage is unknown"}
    rules, mistakes = compile_rules(
        {key: Excerpt.from_text(text, key) for key, text in texts.items()}, SCHEMA
    )
    assert not [mistake for mistake in mistakes if mistake.is_error]
    contacts = [{"id": str(n), "custom_attributes": {"usage": n % 45}} for n in range(50)] + [{"id": "x"}]
    path = tmp_path / "contacts.ndjson"
    path.write_text("".join(f"{json.dumps(contact)}\n" for contact in contacts))
    everybody = list(people(Files(path)))
    found = preview(rules, Files(path), today=TODAY, zone=ROME, ids=ids)
    for size in found.sizes:
        meant = [p.contact["id"] for p in everybody if satisfies(p, rules[size.key], today=TODAY, zone=ROME)]
        assert size.count == len(meant), size.key
        assert size.ids == (tuple(meant) if ids else None)
