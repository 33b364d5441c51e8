"""What the tests of this room share: rules over a field of every type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Predicate, Schema
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt
from support.rule_schema import rule_schema

Compile = Callable[[str], tuple[Predicate | None, list[Diagnostic]]]


@pytest.fixture(scope="session")
def schema() -> Schema:
    return rule_schema()


@pytest.fixture(scope="session")
def compiled(schema: Schema) -> Compile:
    return lambda text: compile_rule(Excerpt.from_text(text, "<rule>"), schema)
