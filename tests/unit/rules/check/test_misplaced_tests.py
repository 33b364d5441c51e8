"""What stands beside an event or a company in a chain, and may have been meant for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.rules import compile_rule, format_rule, format_syntax, parse
from intercom_iac.text import Excerpt

Compile = Callable[[str], tuple[Any, list[Any]]]


@pytest.fixture
def of_both(schema: Schema) -> Compile:
    """The schema where `pages` is an attribute of a contact, too."""
    pages = {("contact", "pages"): Attribute("contact", "pages", DataType.INTEGER)}
    both = replace(schema, attributes={**schema.attributes, **pages})
    return lambda text: compile_rule(Excerpt.from_text(text, "<rule>"), both)


E = "event report_exported"


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        (f"{E} where format = pdf and pages > 3", f"{E} where (format = pdf and pages > 3)"),
        (f"{E} where format = pdf or pages > 3", f"{E} where (format = pdf or pages > 3)"),
        (f"not {E} where format = pdf and pages > 3", f"not {E} where (format = pdf and pages > 3)"),
        (f"{E} where format = pdf and vip and pages > 3", f"{E} where (format = pdf and pages > 3)"),
        (f"{E} where format = pdf or tag x or pages > 3", f"{E} where (format = pdf or pages > 3)"),
        (
            f"vip and {E} where format = pdf and not pages > 3 and vip",
            f"{E} where (format = pdf and not pages > 3)",
        ),
        (f"{E} where not format = pdf and pages > 3", f"{E} where (not format = pdf and pages > 3)"),
        (f"vip and {E} where format = pdf or pages > 3", f"{E} where (format = pdf or pages > 3)"),
        (
            f"{E} where shared and (pages > 3 or pages < 1)",
            f"{E} where (shared and (pages > 3 or pages < 1))",
        ),
        (
            f"{E} where format = pdf count > 2 and pages > 3",
            f"{E} where (format = pdf and pages > 3) count > 2",
        ),
        (
            f"{E} where format = pdf within last 3 days and pages > 3 and shared",
            f"{E} where (format = pdf and pages > 3 and shared) within last 3 days",
        ),
        (
            f"{E} where format = pdf last before 2026-01-01 or pages > 3",
            f"{E} where (format = pdf or pages > 3) last before 2026-01-01",
        ),
    ],
)
def test_metadata_behind_an_open_where_is_a_mistake_with_its_readings(
    compiled: Compile, of_both: Compile, written: str, inside: str
) -> None:
    rule, told = compiled(written)
    errors = [each for each in told if each.is_error]
    assert (rule, [each.code for each in errors]) == (None, ["TYPE308"])
    assert errors[0].hint == f"write `{inside}`"
    assert [each.is_error for each in compiled(inside)[1]] == []
    rule, told = of_both(written)
    (mistake,) = (each for each in told if each.code == "TYPE308")
    assert rule is None
    for_event, for_contact = re.findall(r"`((?:not )?event[^`]+)`", mistake.hint)
    assert for_event == inside
    assert of_both(for_event)[1] == of_both(for_contact)[1] == []
    assert of_both(for_event)[0] != of_both(for_contact)[0]


@pytest.mark.parametrize(
    "text",
    [
        f"{E} where (format = pdf) and pages > 3",
        f"{E} where (format = pdf) count > 2 or pages > 3",
        f"pages > 3 and {E} where format = pdf",
        f"{E} and pages > 3",
        f"company(tier = gold or seats > 3) and {E} where (format = pdf) and not pages > 3",
    ],
)
def test_what_is_closed_is_the_contact_s_and_stays_closed(of_both: Compile, text: str) -> None:
    rule, told = of_both(text)
    assert told == []
    syntax, _ = parse(Excerpt.from_text(text, "<rule>"))
    assert syntax is not None
    assert format_syntax(syntax) == text
    # What is written anew from the typed tree is as closed, so that it is read as the same rule.
    assert of_both(format_rule(rule)) == (rule, [])


def test_metadata_that_only_the_event_has_is_told_wherever_it_stands(compiled: Compile) -> None:
    for written, meant in (
        (f"{E} where (format = pdf) and pages > 3", f"{E} where (format = pdf and pages > 3)"),
        (f"{E} and pages > 3", f"{E} where pages > 3"),
        (f"{E} count > 2 and shared and pages > 3", f"{E} where (shared and pages > 3) count > 2"),
    ):
        rule, (mistake,) = compiled(written)
        assert (rule, mistake.code, mistake.hint) == (None, "TYPE308", f"write `{meant}`")
        assert compiled(meant)[1] == []


def test_a_group_of_metadata_and_others_is_told_too(compiled: Compile, of_both: Compile) -> None:
    written = f"{E} where format = pdf and (pages > 3 or vip)"
    rule, (mistake,) = of_both(written)
    assert (rule, mistake.code) == (None, "TYPE308")
    closed = f"{E} where (format = pdf) and (pages > 3 or vip)"
    assert mistake.hint == f"write `{closed}` for the contact's"
    assert of_both(closed)[1] == []
    rule, (mistake,) = compiled(written)
    assert (rule, mistake.code) == (None, "TYPE308")
    assert "parentheses behind `where`" in mistake.hint


@pytest.mark.parametrize(
    ("written", "single"),
    [
        ("vip and company.tier = gold and company.seats > 3", "company(tier = gold and seats > 3)"),
        (
            "company.tier = gold and vip and (company.seats > 3 or company.seats < 1)",
            "company(tier = gold and (seats > 3 or seats < 1))",
        ),
        ("company tag big and company.seats > 3", "company(tag big and seats > 3)"),
        ("company tag big and company tag old", "company(tag big and tag old)"),
        ("company(tier = gold) and company.seats > 3", "company(tier = gold and seats > 3)"),
    ],
)
def test_tests_that_two_companies_can_pass_are_remarked(compiled: Compile, written: str, single: str) -> None:
    rule, (remark,) = compiled(written)
    assert rule is not None
    assert (remark.code, remark.severity) == ("LINT543", "info")
    assert f"write `{single}`" in remark.hint
    assert compiled(single)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "company(tier = gold and seats > 3)",
        "company(tier = gold) and company(seats > 3)",
        "company.tier = gold or company.seats > 3",
        "company.tier = gold and company.seats != 3",
        "company.tier = gold and (company.seats > 3 or vip)",
    ],
)
def test_those_that_they_cannot_or_are_meant_to_are_not(compiled: Compile, text: str) -> None:
    assert compiled(text)[1] == []


def test_an_attribute_of_companies_beside_a_company_has_both_readings(compiled: Compile) -> None:
    rule, (mistake,) = compiled("company(seats > 50) and tier = gold")
    assert (rule, mistake.code) == (None, "REF402")
    assert "`company.tier`" in mistake.hint
    assert "`company(seats > 50 and tier = gold)`" in mistake.hint


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("event is report_exported", "event report_exported"),
        ("event is not `sign up`", "not event `sign up`"),
        ("event <> `sign up`", "not event `sign up`"),
        ("event is report_exported count > 3", "event report_exported count > 3"),
        ("event = e where (a = b) last before 2026-01-01", "event e where (a = b) last before 2026-01-01"),
    ],
)
def test_a_verb_before_a_name_is_told_with_the_text_as_it_should_be(written: str, right: str) -> None:
    for text in (written, f"vip and ({written} or note = x)"):
        syntax, told = parse(Excerpt.from_text(text, "<rule>"))
        assert syntax is None
        (mistake,) = told
        assert mistake.code == "PARSE210"
        assert f"write `{right}`" in str(mistake.hint)


@pytest.mark.parametrize("kind", ["tag", "segment", "event", "company tag"])
def test_a_name_that_is_spelled_is_stands_apart(kind: str) -> None:
    for text in (f"{kind} is", f"{kind} is and vip", f"not {kind} IS"):
        syntax, told = parse(Excerpt.from_text(text, "<rule>"))
        assert syntax is None
        assert "`is` stands in backticks" in str(told[0].hint)
    syntax, told = parse(Excerpt.from_text(f"{kind} `is`", "<rule>"))
    assert syntax is not None
    again, _ = parse(Excerpt.from_text(format_syntax(syntax), "<rule>"))
    assert again is not None
    assert again.root == syntax.root
