"""The numbers that explanations repeat are those of the limits."""

from __future__ import annotations

import pytest

from intercom_iac.diagnostics import all_codes
from intercom_iac.model import limits

SAID = [
    ("SPEC137", limits.MAX_ATTRIBUTES),
    ("SPEC138", limits.MAX_EVENTS),
    ("PLAN601", limits.MAX_ATTRIBUTES),
    ("PLAN602", limits.MAX_EVENTS),
]


@pytest.mark.parametrize(("code", "limit"), SAID)
def test_an_explanation_says_the_limit(code: str, limit: int) -> None:
    assert str(limit) in all_codes()[code].about
