"""What each target makes of a segment whose rule only Intercom knows."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest

from intercom_iac.compilers import (
    evaluator,
    sql,
    to_audience,
    to_english,
    to_screen_steps,
    to_search,
)
from intercom_iac.diagnostics import UndecidedRule
from intercom_iac.model import InIntercomSegment, Person, Predicate, Schema, Segment
from intercom_iac.rules import compile_rule, encode_rule, format_rule, read_rule_document, satisfies
from intercom_iac.text import Excerpt, SourceFile, json_text

VIP = InIntercomSegment("vip", "VIP people")
SCHEMA = Schema(segments={"vip": Segment("vip", "VIP people", "unknown", VIP, built_in_intercom=True)})
AT: dict[str, Any] = {"today": date(2026, 3, 28), "zone": UTC}
PLACEHOLDER = "<id of segment VIP people>"


def rule(text: str) -> Predicate:
    found, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert found is not None, diagnostics
    return found


def is_in(value: str, operator: str = "=") -> dict[str, str]:
    return {"field": "segment_id", "operator": operator, "value": value}


USERS = {"field": "role", "operator": "=", "value": "user"}


@pytest.mark.parametrize(
    ("text", "ids", "query", "residual", "requires", "codes"),
    [
        ("segment vip", None, is_in(PLACEHOLDER), None, ("segment_ids",), ["LINT576"]),
        ("segment vip", {}, is_in(PLACEHOLDER), None, ("segment_ids",), ["LINT576"]),
        ("segment vip", {"VIP people": "9"}, is_in("9"), None, (), []),
        ("not segment vip", {"VIP people": "9"}, is_in("9", "!="), None, (), []),
        (
            "role = user and segment vip",
            {"VIP people": "9"},
            {"operator": "AND", "value": [USERS, is_in("9")]},
            None,
            (),
            [],
        ),
        (
            "segment vip and company.size > 5",
            {"VIP people": "9"},
            is_in("9"),
            "company.size > 5",
            ("companies",),
            ["LINT510"],
        ),
        (
            "role = user or (segment vip and company.size > 5)",
            None,
            {"operator": "OR", "value": [USERS, is_in(PLACEHOLDER)]},
            "role = user or segment vip and company.size > 5",
            ("companies", "segments", "segment_ids"),
            ["LINT510", "LINT577", "LINT576"],
        ),
        # Nothing of it stands in the query, so that no id is missing.
        (
            "segment vip or company.size > 5",
            None,
            {"field": "role", "operator": "IN", "value": ["user", "lead"]},
            "segment vip or company.size > 5",
            ("companies", "segments"),
            ["LINT510", "LINT577"],
        ),
    ],
)
def test_search_takes_it_by_its_id(
    text: str,
    ids: dict[str, str] | None,
    query: Any,
    residual: str | None,
    requires: tuple[str, ...],
    codes: list[str],
) -> None:
    found = to_search(rule(text), **AT, segment_ids=ids)
    assert found.query == query
    assert (found.residual and format_rule(found.residual)) == residual
    assert found.exact == (residual is None)
    assert found.requires == requires
    assert [diagnostic.code for diagnostic in found.diagnostics] == codes
    assert all(diagnostic.severity == "info" and diagnostic.span for diagnostic in found.diagnostics)


def test_nothing_else_decides_it_and_nothing_says_false() -> None:
    person = Person({"role": "lead"})
    for text in ("segment vip", "role = user or not segment vip"):
        with pytest.raises(UndecidedRule, match="`VIP people`"):
            satisfies(person, rule(text), **AT)
        with pytest.raises(UndecidedRule, match="`VIP people`") as raised:
            evaluator(rule(text), **AT)
        assert raised.value.segments == ("VIP people",)
        for dialect in sql.DIALECTS.values():
            with pytest.raises(UndecidedRule):
                sql.members(rule(text), dialect, **AT)


def test_an_audience_refuses_it_at_the_clause() -> None:
    [found] = to_audience(rule("role = user and segment vip")).diagnostics
    assert found.span is not None
    assert found.span.text == "segment vip"
    assert "only Intercom knows the rule of `VIP people`" in found.message


def test_people_read_its_name() -> None:
    assert to_english(rule("not segment vip")) == "contacts who are not in the segment vip"
    assert to_english(VIP) == 'contacts who are in the segment "VIP people", which was built in Intercom'
    for built in ({}, {"vip": "VIP people"}):
        assert to_screen_steps(rule("segment vip"), built) == ("add filter: Segment · is · VIP people",)
        assert to_screen_steps(rule("not segment vip"), built) == (
            "add filter: Segment · is not · VIP people",
        )


@pytest.mark.parametrize("tree", [VIP, rule("segment vip"), rule("role = user and not segment vip")])
def test_its_document_is_read_again(tree: Predicate) -> None:
    found, diagnostics = read_rule_document(SourceFile("a.json", json_text(encode_rule(tree))), SCHEMA)
    assert found == (rule("segment vip") if tree is VIP else tree), diagnostics


def test_a_document_with_another_name_is_refused() -> None:
    other = InIntercomSegment("vip", "Others")
    found, [diagnostic] = read_rule_document(SourceFile("a.json", json_text(encode_rule(other))), SCHEMA)
    assert found is None
    assert '"VIP people"' in diagnostic.message
