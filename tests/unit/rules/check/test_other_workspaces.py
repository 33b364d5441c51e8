"""What a rule names and the specs declare for other workspaces only: where it is, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Attribute, DataType, Event, OtherWorkspaces, Schema
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt, SourceFile, Span

FILE = SourceFile("specs/a.yaml", "here")
HERE = Span(FILE, 0, 4)


def only_mistake(rule: str, schema: Schema) -> Diagnostic:
    predicate, (mistake,) = compile_rule(Excerpt.from_text(rule, "<rule>"), schema)
    assert predicate is None
    return mistake


def hint(only: str) -> str:
    keys = f"`only: [{only}]` and no `except`"
    return f"leave it out, declare it for this one too, or give what reads it {keys}"


@pytest.mark.parametrize(
    ("rule", "address", "name"),
    [
        ("tier = gold", "attribute.contact.tier", "tier"),
        ("`the tier` = gold", "attribute.contact.the tier", "the tier"),
        ("company.tier = gold", "attribute.company.tier", "tier"),
        ("company(tier = gold)", "attribute.company.tier", "tier"),
        ("event opened", "event.opened", "opened"),
        ("not event opened last within last 3 days", "event.opened", "opened"),
        ("segment vip", "segment.vip", "vip"),
    ],
)
def test_it_is_told_at_its_name_with_the_place_of_its_declaration(rule: str, address: str, name: str) -> None:
    found = only_mistake(rule, Schema(other_workspaces={address: OtherWorkspaces(("staging",), HERE)}))
    assert (found.code, found.severity) == ("REF408", "error")
    assert found.message == f"`{name}` is only for `staging`"
    assert found.hint == hint("staging")
    assert found.span is not None
    assert found.span.text.removeprefix("company.").strip("`") == name
    assert [(each.span, each.label) for each in found.related] == [(HERE, f"`{name}` is declared here")]


@pytest.mark.parametrize(
    ("workspaces", "said"),
    [
        (("staging",), "`staging`"),
        (("staging", "eu"), "`staging` and `eu`"),
        (("staging", "eu", "us"), "`staging`, `eu` and `us`"),
        (("staging", "eu", "us", "test"), "`staging`, `eu`, `us` and `test`"),
    ],
)
def test_workspaces_are_listed_as_a_sentence_has_them(workspaces: tuple[str, ...], said: str) -> None:
    found = only_mistake(
        "event opened", Schema(other_workspaces={"event.opened": OtherWorkspaces(workspaces)})
    )
    assert found.message == f"`opened` is only for {said}"
    assert found.hint == hint(", ".join(workspaces))


def test_where_it_says_so_itself_those_it_is_not_for_are_named() -> None:
    there = OtherWorkspaces(("staging", "eu"), without=("us", "test"))
    found = only_mistake("event opened", Schema(other_workspaces={"event.opened": there}))
    assert found.message == "`opened` is not for `us` and `test`"
    assert found.hint == hint("staging, eu")


def test_without_a_place_none_is_shown() -> None:
    found = only_mistake("event opened", Schema(other_workspaces={"event.opened": OtherWorkspaces(("eu",))}))
    assert found.related == ()


def test_a_long_name_is_shortened() -> None:
    name = "a" * 41
    found = only_mistake(
        f"{name} = x", Schema(other_workspaces={f"attribute.contact.{name}": OtherWorkspaces(("eu",))})
    )
    assert found.message == f"`{'a' * 40}…` is only for `eu`"


TIERED = Schema(
    attributes={("company", "tier"): Attribute("company", "tier", DataType.STRING)},
    events={"opened": Event("opened"), "tie": Event("tie")},
)


@pytest.mark.parametrize(
    ("rule", "address", "without"),
    [
        ("tier = gold", "attribute.contact.tier", "REF402"),
        ("company.email = x", "attribute.company.email", "REF402"),
        ("event open", "event.open", "REF403"),
        ("segment vip", "segment.vip", "REF405"),
    ],
)
def test_it_comes_before_a_guess_at_what_was_meant(rule: str, address: str, without: str) -> None:
    assert only_mistake(rule, TIERED).code == without
    there = replace(TIERED, other_workspaces={address: OtherWorkspaces(("eu",))})
    assert only_mistake(rule, there).code == "REF408"


@pytest.mark.parametrize(
    "address",
    ["attribute.contact.tier", "event.tier", "segment.tier", "tier", "attribute.company.seats"],
)
def test_another_thing_of_the_name_says_nothing_of_it(address: str) -> None:
    there = Schema(other_workspaces={address: OtherWorkspaces(("eu",))})
    assert only_mistake("company.tier = gold", there).code == "REF401"


def test_what_is_declared_here_is_read_though_its_like_is_elsewhere() -> None:
    there = replace(TIERED, other_workspaces={"event.opened": OtherWorkspaces(("eu",))})
    predicate, found = compile_rule(Excerpt.from_text("event opened", "<rule>"), there)
    assert predicate is not None
    assert found == []
