"""Rules whose tests contradict or repeat each other, and rules that look like it and do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt
from support.rule_schema import rule_schema

NOBODY, EVERYBODY, REPEATED = "LINT507", "LINT508", "LINT509"


def remarks(text: str) -> list[tuple[str, str]]:
    """The codes of the lints of chains, each with the place it stands at."""
    rule, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), rule_schema())
    assert rule is not None, diagnostics
    kinds = (NOBODY, EVERYBODY, REPEATED)
    return [
        (diagnostic.code, diagnostic.span.text)
        for diagnostic in diagnostics
        if diagnostic.code in kinds and diagnostic.span is not None
    ]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("plan is not free or plan is not trial", EVERYBODY, "plan is not trial"),
        ("plan != free or plan not in (trial)", EVERYBODY, "plan not in (trial)"),
        ("note != a or (vip and tag x) or note != b", EVERYBODY, "note != b"),
        ("feature_usage > 10 and feature_usage < 5", NOBODY, "feature_usage < 5"),
        ("feature_usage > 5 and feature_usage < 6", NOBODY, "feature_usage < 6"),
        ("feature_usage > 5 and vip and not feature_usage >= 3", NOBODY, "not feature_usage >= 3"),
        ("score > 5 and score < 5", NOBODY, "score < 5"),
        (
            "feature_usage <= 5 or feature_usage > 5 or feature_usage is unknown",
            EVERYBODY,
            "feature_usage is unknown",
        ),
        ("plan = free and plan = trial", NOBODY, "plan = trial"),
        ("plan = free and (plan = trial or plan is unknown)", NOBODY, "plan = trial or plan is unknown"),
        ("note = a and note contains b", NOBODY, "note contains b"),
        ("note in (a, b) and note starts with c", NOBODY, "note starts with c"),
        ("vip or not vip", EVERYBODY, "not vip"),
        ("vip and not vip", NOBODY, "not vip"),
        ("vip is true and vip is false", NOBODY, "vip is false"),
        ("note contains a and note not contains a", NOBODY, "note not contains a"),
        ("tag vip and not tag vip", NOBODY, "not tag vip"),
        (
            "trial_end_date before 2026-01-01 and trial_end_date after 2026-02-01",
            NOBODY,
            "trial_end_date after 2026-02-01",
        ),
        (
            "trial_end_date within next 3 days and trial_end_date more than 3 days ago",
            NOBODY,
            "trial_end_date more than 3 days ago",
        ),
        ("company(tier = gold and tier = silver)", NOBODY, "tier = silver"),
        ("event report_exported where (pages > 5 and pages < 3)", NOBODY, "pages < 3"),
        ("event report_exported count >= 0", EVERYBODY, "event report_exported count >= 0"),
        ("event report_exported count < 0", NOBODY, "event report_exported count < 0"),
        (
            "event report_exported count > 3 and event report_exported count < 2",
            NOBODY,
            "event report_exported count < 2",
        ),
        (
            "event report_exported count > 3 and event report_exported first on 2026-01-01"
            " and event report_exported count < 2",
            NOBODY,
            "event report_exported count < 2",
        ),
        ("plan = free and plan = free", REPEATED, "plan = free"),
        ("tag vip or vip or tag vip", REPEATED, "tag vip"),
        ("company(seats > 3) or company.seats > 3", REPEATED, "company.seats > 3"),
    ],
)
def test_tests_that_contradict_or_repeat_each_other(text: str, code: str, place: str) -> None:
    assert remarks(text) == [(code, place)]


@pytest.mark.parametrize(
    "text",
    [
        "plan = free or plan = trial",
        "plan != free and plan != trial",
        "score > 5 and score < 6",
        f"score < 1{'0' * 300} and score > 5",
        f"score > 1{'0' * 300} and score > 5",
        f"score > 1{'0' * 300} and score < 2{'0' * 300}",
        "feature_usage > 5 or feature_usage <= 5",  # not for those without a value
        "note contains a and note contains b",
        "note = a or note contains b",
        "note = ab and note contains b",
        "company.tier = gold and company.tier = silver",  # two companies
        "trial_end_date within next 3 days or trial_end_date more than 3 days ago",
        "trial_end_date after 2026-01-01 and trial_end_date more than 3 days ago",  # depends on today
        "trial_end_date before 2026-01-01 and trial_end_date within next 3 days",
        "event report_exported where pages > 5 count > 3 and event report_exported where pages > 6 count < 2",
        "event report_exported count >= 1",
        "plan = free and not (plan = free and vip)",
        "vip or not tag vip",
        "note is unknown or vip is unknown",
    ],
)
def test_tests_that_can_hold_and_can_fail_are_left_alone(text: str) -> None:
    assert remarks(text) == []


def test_what_each_value_passes_is_offered_as_a_list_without_them() -> None:
    _, diagnostics = compile_rule(Excerpt.from_text("plan != free or plan != trial", "<rule>"), rule_schema())
    (remark,) = diagnostics
    assert remark.hint == "for all of them write `plan not in (free, trial)`"
    assert remark.fix is not None
    assert [edit.text for edit in remark.fix.edits] == ["plan not in (free, trial)"]
    assert not remark.fix.is_safe


def test_or_is_not_offered_where_it_would_hold_for_everybody_with_a_value() -> None:
    text = "feature_usage > 5 and feature_usage < 6"
    _, (remark,) = compile_rule(Excerpt.from_text(text, "<rule>"), rule_schema())
    assert (remark.hint, remark.fix) == (None, None)
    _, (remark,) = compile_rule(Excerpt.from_text("plan = free and plan = trial", "<rule>"), rule_schema())
    assert remark.hint == "for any of them write `plan = free or plan = trial`"


WORDS = """
plan != free or vip or plan != trial
feature_usage > 10 and feature_usage < 5
feature_usage > 10 and vip and feature_usage < 5
plan = free and plan = trial and plan = free
event report_exported count >= 0
event report_exported count >= 0 within last 3 days
event report_exported count < 0
event report_exported on at least 0 days
event report_exported count > 3 and event report_exported count < 2
event report_exported on at least 3 days and event report_exported on at most 2 days
event report_exported count > 3 and not (event report_exported count >= 2 or event report_exported count = 0)
event report_exported count <= 3 or event report_exported count >= 4
event report_exported count != 3 or event report_exported count != 4
company(seats > 5 and seats < 3)
company(seats = 5 and seats not in (4, 5))
event report_exported where (pages > 5 and pages < 3)
event report_exported where (pages = 5 and not pages between 4 and 6)
event report_exported where (format = a and not format in (a, b))
trial_end_date between 3 and 7 days ago and trial_end_date within next 3 days
trial_end_date on today and trial_end_date before 2026-01-01
feature_usage between 5 and 3
vip or not vip
vip and not vip
not vip and tag x and vip
tag vip or vip or tag vip
feature_usage <= 5 or feature_usage > 5 or feature_usage is unknown
"""


def told(text: str) -> list[str]:
    """Everything that is said of a rule, a line each."""
    _, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), rule_schema())
    lines: list[str] = []
    for diagnostic in diagnostics:
        assert diagnostic.span is not None
        lines.append(f"  {diagnostic.code} {diagnostic.span.text}: {diagnostic.message}")
        lines += [f"    help: {diagnostic.hint}"] if diagnostic.hint else []
        lines += [f"    note: {related.span.text}: {related.label}" for related in diagnostic.related]
        lines += [f"    fix: {edit.text}" for edit in (diagnostic.fix.edits if diagnostic.fix else ())]
    return lines


def test_they_are_told_in_just_these_words() -> None:
    found = "\n".join("\n".join([text, *told(text)]) for text in WORDS.split("\n") if text)
    assert f"{found}\n" == (Path(__file__).parent / "words.txt").read_text("utf-8")
