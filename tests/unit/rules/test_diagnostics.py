"""All mistakes of a rule in one run, at their places in the file, with where a field is declared; and lints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.compilers import to_english, to_screen_steps, to_search
from intercom_iac.model import Person, Schema
from intercom_iac.rules import compile_rule, format_rule, parse, satisfies
from intercom_iac.rules.syntax.parse import MAX_MISTAKES, MAX_NESTING
from intercom_iac.text import Excerpt, SourceFile


def codes(diagnostics: list[Any]) -> list[str]:
    return [each.code for each in diagnostics]


def test_reading_goes_on_behind_a_clause_that_does_not_read(compiled: Callable[[str], Any]) -> None:
    text = "plan = and (vip ≠ or note ~ x) or company(seats > and tier = god) and feature_usage = a"
    rule, diagnostics = compiled(text)
    assert rule is None
    assert sorted((each.span.start, each.code) for each in diagnostics) == [
        (text.index("and"), "PARSE201"),
        (text.index("≠"), "PARSE206"),
        (text.index("~"), "PARSE201"),
        (text.index("and tier"), "PARSE201"),
        (text.index("god"), "TYPE303"),
        (len(text) - 1, "TYPE302"),
    ]


def test_every_wrong_option_of_a_list_is_told(compiled: Callable[[str], Any]) -> None:
    _, diagnostics = compiled("plan in (x, trial, y)")
    assert [each.span.text for each in diagnostics] == ["x", "y"]


def test_a_type_mistake_shows_where_the_field_is_declared(compiled: Callable[[str], Any]) -> None:
    _, (mistake,) = compiled("feature_usage = often")
    (related,) = mistake.related
    assert (related.span.text, related.label) == (
        "feature_usage",
        "`feature_usage` is declared here as integer",
    )
    _, (mistake,) = compiled("event report_exported where x = 1")
    assert mistake.related[0].label == "`report_exported` is declared here"


def test_places_point_into_the_file_a_block_scalar_came_from(schema: Schema) -> None:
    file = SourceFile("specs/a.yaml", "    rule: |\n      vip\n      and plan = trail\n")
    begin = file.text.index("vip")
    text = "vip\nand plan = trail\n"
    offsets = [begin, begin + 1, begin + 2, begin + 3, *range(begin + 10, begin + 10 + 18)]
    _, (mistake,) = compile_rule(Excerpt(file, text, offsets), schema)
    assert (str(mistake.span), mistake.span.text) == ("specs/a.yaml:3:18", "trail")


def test_a_comment_that_yaml_folds_over_the_lines_below_is_no_rule(schema: Schema) -> None:
    file = SourceFile("specs/a.yaml", "rule: >-\n  vip\n  # heavy ones\n  and plan = trail and\n")
    begin = file.text.index("vip")
    text = "vip # heavy ones and plan = trail and"
    offsets = [*range(begin, begin + 3), begin + 3]
    comment = file.text.index("#")
    offsets += [*range(comment, comment + 12), comment + 12]
    below = file.text.index("and plan")
    offsets += [*range(below, below + 20), below + 20]
    rule, (mistake,) = compile_rule(Excerpt(file, text, offsets), schema)
    assert rule is None
    assert (mistake.code, str(mistake.span)) == ("PARSE207", "specs/a.yaml:3:3")


def test_a_rule_is_as_long_as_a_person_can_review(compiled: Callable[[str], Any]) -> None:
    rule, (mistake,) = compiled("vip or " * 15_000 + "vip")
    assert rule is None
    assert (mistake.code, mistake.message) == (
        "PARSE208",
        "the rule has 105,003 characters, and a rule may have 100,000",
    )


def test_mistakes_are_told_up_to_what_anyone_mends_in_one_go(compiled: Callable[[str], Any]) -> None:
    _, diagnostics = compiled(" or ".join(["plam = trial"] * 2_000))
    assert len(diagnostics) == 20


def test_an_open_direction_is_remarked_and_a_deprecated_attribute_warned_of(
    compiled: Callable[[str], Any],
) -> None:
    rule, diagnostics = compiled("trial_end_date within 3 days and old = x")
    assert rule is not None
    assert [(each.code, each.severity, each.span.text) for each in diagnostics] == [
        ("LINT502", "info", "within 3 days"),
        ("LINT501", "warning", "old"),
    ]


@pytest.mark.parametrize("opening", ["(", "not ", "company(", "not ("])
def test_nesting_is_bounded(compiled: Callable[[str], Any], opening: str) -> None:
    rule, diagnostics = compiled(opening * 10_000 + "vip")
    assert rule is None
    assert codes(diagnostics) == ["PARSE204"]


@pytest.mark.parametrize(("opening", "each"), [("(", 1), ("not ", 1), ("company(", 1), ("not (", 2)])
def test_nesting_is_refused_at_the_first_that_is_too_deep(
    compiled: Callable[[str], Any], opening: str, each: int
) -> None:
    deepest = MAX_NESTING // each
    text = opening * (deepest + 1) + "vip" + ")" * opening.count("(") * (deepest + 1)
    rule, (mistake,) = compiled(text)
    assert rule is None
    assert mistake.code == "PARSE204"
    assert mistake.message == "the rule is nested more than 50 deep"
    assert mistake.hint == "name a part as a segment of its own and write `segment key`"
    assert mistake.span.start == len(opening) * deepest + (len("company") if "company" in opening else 0)
    assert mistake.span.text == ("not" if opening.startswith("not") else "(")
    rule, diagnostics = compiled(opening * deepest + "vip" + ")" * opening.count("(") * deepest)
    assert codes([each for each in diagnostics if each.is_error]) == (
        [] if "company" not in opening else ["TYPE306"]
    )


@pytest.mark.parametrize(
    ("opening", "depth"),
    [("not (vip or note = x and ", MAX_NESTING // 2), ("(vip or note = x and ", MAX_NESTING)],
)
def test_as_deep_as_allowed_works_in_every_direction(
    compiled: Callable[[str], Any], opening: str, depth: int
) -> None:
    rule, diagnostics = compiled(opening * depth + "vip" + ")" * depth)
    assert diagnostics == []
    assert compiled(format_rule(rule)) == (rule, [])
    assert to_english(rule)
    assert to_screen_steps(rule)
    today, zone = date(2026, 1, 31), ZoneInfo("UTC")
    assert satisfies(Person({"custom_attributes": {"vip": True}}), rule, today=today, zone=zone) in (
        True,
        False,
    )
    assert to_search(rule, today=today, zone=zone).query


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        ")",
        "'",
        '"',
        "`",
        "a ",
        "and ",
        "&& ",
        "a.",
        "x",
        "# ",
        "9",
        "-",
        "' (",
        "in (",
        "(a = 'x) ",
        "\x00",
        "é",
    ],
)
def test_a_hundred_kilobytes_of_junk_give_diagnostics(compiled: Callable[[str], Any], piece: str) -> None:
    rule, diagnostics = compiled(piece * (100_000 // len(piece)))
    assert rule is None
    assert 1 <= len(diagnostics) <= MAX_MISTAKES
    assert all(len(each.message) < 200 for each in diagnostics)


def test_parse_needs_no_schema_and_gives_a_tree_only_without_mistakes() -> None:
    syntax, diagnostics = parse(Excerpt.from_text("anything = goes and within = x", "<rule>"))
    assert syntax is not None
    assert diagnostics == []
    syntax, diagnostics = parse(Excerpt.from_text("anything = and goes", "<rule>"))
    assert syntax is None
    assert codes(diagnostics) == ["PARSE201"]


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        ("not plan != trial", "LINT503", "this is a negation of a negation", "write `plan = trial`"),
        ("not not vip", "LINT503", "this is a negation of a negation", "write `vip`"),
        (
            "plan contains enterprise",
            "LINT504",
            "no option of `plan` contains `enterprise`",
            "its options are `free`, `trial`, `pro plus`",
        ),
        (
            "trial_end_date less than 0 days ago",
            "LINT504",
            "no day is less than 0 days away",
            "write `exactly 0 days ago` for today",
        ),
    ],
)
def test_a_rule_that_is_right_and_strange_is_remarked(
    compiled: Callable[[str], Any], text: str, code: str, message: str, hint: str
) -> None:
    rule, (remark,) = compiled(text)
    assert rule is not None
    assert (remark.code, remark.severity, remark.message, remark.hint) == (code, "warning", message, hint)


def test_a_decimal_that_is_too_large_is_told_of_decimals(compiled: Callable[[str], Any]) -> None:
    rule, (mistake,) = compiled(f"score > {'9' * 400}")
    assert rule is None
    assert (
        mistake.hint
        == "floats have at most 308 digits before the point; an id of digits is better kept as text"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("event report_exported count > {}", "is too large for a count"),
        ("trial_end_date within last {} weeks", "weeks` is too far away"),
        ("feature_usage = {}", "is larger than `feature_usage` can be"),
        ("feature_usage > -{}", "is larger than `feature_usage` can be"),
        ("score = {}", "is larger than `score` can be"),
        ("plan = {}", "`plan` has no option"),
    ],
)
def test_a_number_longer_than_python_reads_is_told_as_any_that_is_too_large(
    compiled: Callable[[str], Any], text: str, message: str
) -> None:
    rule, (mistake,) = compiled(text.format("9" * 50_000))
    assert rule is None
    assert message in mistake.message
    assert len(mistake.message) < 200


def test_a_hint_does_not_repeat_a_number_of_any_length(compiled: Callable[[str], Any]) -> None:
    _, (mistake,) = compiled(f"note = {'9' * 41}")
    assert mistake.hint == f"as a text it stands in quotes: `'{'9' * 40}…'`"
    _, (mistake,) = compiled(f"note = {'9' * 40}")
    assert mistake.hint == f"as a text it stands in quotes: `'{'9' * 40}'`"


def test_zeros_in_front_do_not_make_a_count_large(compiled: Callable[[str], Any]) -> None:
    assert compiled(f"event report_exported count > {'0' * 30}3") == compiled(
        "event report_exported count > 3"
    )
