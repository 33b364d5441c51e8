"""Any bytes in the place of a rule's document are a rule or diagnostics; its schema takes what the decoder takes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from jsonschema import Draft202012Validator

from fuzz.mutated import bent, counted, mutated
from intercom_iac.rules import compile_rule, encode_rule, read_rule_document, rule_schema
from intercom_iac.rules.document.decode import decode_rule
from intercom_iac.rules.document.json_source import NotJsonError, parse_json
from intercom_iac.text import Excerpt, SourceFile
from support.generators import examples
from support.rule_schema import rule_schema as specs

SPECS = specs()
VALIDATOR = Draft202012Validator(rule_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
RULES = (
    "not (plan = trial or note contains 'x') and trial_end_date on 2026-01-31 and company(tier in (gold, silver))",
    "event report_exported where (shared or not pages > 3) last more than 3 days ago and score <= 0.5 and not tag a",
    "event report_exported count < 2 within last 7 days or vip is false or trial_end_date is unknown",
)


def document(text: str) -> dict[str, Any]:
    rule, _ = compile_rule(Excerpt.from_text(text, "<rule>"), SPECS)
    assert rule is not None
    return encode_rule(rule)


DOCUMENTS = [document(text) for text in RULES]


def reads(text: str) -> bool:
    rule, diagnostics = read_rule_document(SourceFile("rule.json", text), SPECS)
    assert (rule is None) == any(diagnostic.is_error for diagnostic in diagnostics)
    for diagnostic in diagnostics:
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(diagnostic.span.file.text)
    counted(refused=rule is None)
    return rule is not None


@examples(120)
@given(mutated(*(json.dumps(each, indent=1).encode() for each in DOCUMENTS)))
def test_any_bytes(content: bytes) -> None:
    reads(content.decode("utf-8", errors="replace"))


@examples(120)
@given(bent(DOCUMENTS[0]) | bent(DOCUMENTS[1]) | bent(DOCUMENTS[2]))
def test_a_bent_document(data: Any) -> None:
    text = json.dumps(data)
    is_read = reads(text)
    try:
        again = parse_json(text)
    except NotJsonError:
        return
    is_valid = VALIDATOR.is_valid(again)
    if isinstance(again, dict) and again.get("format_version") == "1.0":
        assert is_valid == (not decode_rule(again, {}).mistakes)
    assert is_valid or not is_read
