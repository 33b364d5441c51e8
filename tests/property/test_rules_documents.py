"""Every rule is written as a JSON document that its schema takes, and read from it again as the same rule."""

from __future__ import annotations

import json

from hypothesis import given
from jsonschema import Draft202012Validator

from intercom_iac.rules import encode_rule, read_rule_document, rule_schema
from intercom_iac.text import SourceFile
from support.generators import World, examples, worlds

SCHEMA = Draft202012Validator(rule_schema())


@examples(30)
@given(worlds(0, 3))
def test_a_rule_comes_back_from_its_document(world: World) -> None:
    for rule in world.rules:
        document = encode_rule(rule)
        assert SCHEMA.is_valid(document)
        # With and without what no eye sees, which a text may hold.
        for text in (json.dumps(document), json.dumps(document, ensure_ascii=False, indent=2)):
            assert read_rule_document(SourceFile("rule.json", text), world.schema)[0] == rule
