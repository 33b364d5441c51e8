"""A use is an address at a place."""

from __future__ import annotations

from intercom_iac.text import SourceFile, Span
from intercom_iac.usages import Use


def test_a_use_is_a_value() -> None:
    span = Span(SourceFile("a.ts", "plan_type"), 0, 9)
    assert Use(address="attribute.contact.plan_type", span=span, kind="send").span.line == 1
