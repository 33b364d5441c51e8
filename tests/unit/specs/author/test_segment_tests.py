"""Tests put into the entries of segments: what is added, and that everything else stays."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.specs.author.segment_tests import add_segment_tests
from intercom_iac.specs.format.files import format_file
from intercom_iac.text import SourceFile

SHORT: dict[str, Any] = {"contact": {"plan": "trial", "ends": "today + 2 days"}, "member": True}
LONG: dict[str, Any] = {
    "name": "just outside of ends within next 3 days",
    "contact": {"plan": "trial", "ends": "today + 4 days"},
    "companies": [{"seats": 1}, {}],
    "member": False,
}
SHORT_LINE = "      - {contact: {plan: trial, ends: today + 2 days}, member: true}\n"
LONG_LINES = """\
      - name: just outside of ends within next 3 days
        contact: {plan: trial, ends: today + 4 days}
        companies: [{seats: 1}, {}]
        member: false
"""
ADDED = f"{SHORT_LINE}{LONG_LINES}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  a:  # whom\n    rule: x = 1   # why\n    # by whom\n    owner: me\n  b: {rule: x = 2}\n",
            "  a:  # whom\n    rule: x = 1   # why\n    # by whom\n    owner: me\n"
            f"    tests:\n{ADDED}  b: {{rule: x = 2}}\n",
        ),
        (
            "  a:\n    rule: x = 1\n    tests:\n      - member: false  # nobody\n  # b\n  b: {rule: x = 2}\n",
            "  a:\n    rule: x = 1\n    tests:\n      - member: false  # nobody\n"
            f"{ADDED}  # b\n  b: {{rule: x = 2}}\n",
        ),
        (
            "  a: {rule: 'x = 1', publish: [tag]}\n",
            f"  a:\n    rule: 'x = 1'\n    publish: [tag]\n    tests:\n{ADDED}",
        ),
    ],
    ids=["new key", "more items", "between brackets"],
)
def test_tests_are_added(before: str, after: str) -> None:
    head = "version: 1\nsegments:\n"
    text = add_segment_tests(SourceFile("a.yaml", head + before), {"a": [SHORT, LONG]})
    assert text == head + after
    if format_file(head + before, "") == head + before:
        assert format_file(text, "") == text


def test_an_entry_before_a_comment_stays_on_its_line() -> None:
    text = "version: 1\nsegments:\n  a: {rule: x = 1}  # why\n"
    added = add_segment_tests(SourceFile("a.yaml", text), {"a": [SHORT]})
    line = "tests: [{contact: {plan: trial, ends: today + 2 days}, member: true}]"
    assert added == text.replace("x = 1}", f"x = 1, {line}}}")


def test_a_segment_that_is_not_there() -> None:
    with pytest.raises(LookupError):
        add_segment_tests(SourceFile("a.yaml", "version: 1\nsegments: {}\n"), {"a": [SHORT]})
