"""The clicks on Intercom's screen, and what the screen lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from intercom_iac.compilers import to_screen_steps

WAY_OUT = "publish the segment as a tag (`publish: [tag]`), tag its people and filter on the tag"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plan = trial", "plan · is · trial"),
        ("plan != trial", "plan · is not · trial"),
        ("note contains x", "note · contains · x"),
        ("note is unknown", "note · is unknown"),
        ("note has any value", "note · has any value"),
        ("feature_usage > 3", "feature_usage · greater than · 3"),
        ("feature_usage >= 3", "feature_usage · greater than · 2"),
        ("feature_usage <= 3", "feature_usage · less than · 4"),
        ("vip", "vip · is · true"),
        ("vip is false", "vip · is · false"),
        ("trial_end_date more than 14 days ago", "trial_end_date · more than · 14 days ago"),
        ("trial_end_date at least 14 days ago", "trial_end_date · more than · 13 days ago"),
        ("trial_end_date within last 1 day", "trial_end_date · less than · 2 days ago"),
        ("trial_end_date before 2026-01-31", "trial_end_date · before · 2026-01-31"),
        ("trial_end_date >= 2026-01-31", "trial_end_date · after · 2026-01-30"),
        ("company.plan = pro", "Company plan · is · pro"),
        ("company.plan in (pro)", "Company plan · is · pro"),
        ("company tag vip", "Company tag · is · vip"),
        ("not tag vip", "Tag · is not · vip"),
        ("event report_exported", "Event report_exported · count greater than · 0"),
        ("event report_exported count = 2", "Event report_exported · count is · 2"),
        (
            "event report_exported first more than 7 days ago",
            "Event report_exported · first occurred · more than · 7 days ago",
        ),
    ],
)
def test_a_filter(compiled: Callable[[str], Any], text: str, said: str) -> None:
    rule, _ = compiled(text)
    assert to_screen_steps(rule) == (f"add filter: {said}",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("trial_end_date within next 3 days", "its dates only count back from today"),
        ("not trial_end_date within last 3 days", "it has no negated filter of this kind"),
        ("not trial_end_date more than 3 days ago", "it has no negated filter of this kind"),
        ("not trial_end_date at least 2 days from now", "it has no negated filter of this kind"),
        ("not trial_end_date more than 1 day from now", "it has no negated filter of this kind"),
        ("not trial_end_date exactly 0 days from now", "it has no negated filter of this kind"),
        ("not company.monthly_spend >= 1.5", "it has no negated filter of this kind"),
        ("note not contains x", "it has no negated filter of this kind"),
        ("company(tier = gold and seats > 3)", "a company filter is about one attribute and one value"),
        ("company.tier != gold", "it has no negated filter of this kind"),
        ("event report_exported count < 2", "it does not count those who never did it"),
        (
            "event report_exported within last 7 days",
            "it counts all occurrences, whenever and whatever their metadata",
        ),
    ],
)
def test_what_the_screen_lacks(compiled: Callable[[str], Any], text: str, why: str) -> None:
    rule, _ = compiled(text)
    (step,) = to_screen_steps(rule)
    assert step.startswith("the screen cannot express `")
    assert step.endswith(f"({why}): {WAY_OUT}")


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("score >= 2.5", ("score · greater than · 2.5", "score · is · 2.5")),
        ("score <= 2.5", ("score · less than · 2.5", "score · is · 2.5")),
        ("not score > 3.5", ("score · less than · 3.5", "score · is · 3.5", "score · is unknown")),
        ("not score >= 3.5", ("score · less than · 3.5", "score · is unknown")),
        (
            "company.monthly_spend >= 2.5",
            ("Company monthly_spend · greater than · 2.5", "Company monthly_spend · is · 2.5"),
        ),
        ("company.plan in (free, pro)", ("Company plan · is · free", "Company plan · is · pro")),
        (
            "trial_end_date != 2026-01-31",
            (
                "trial_end_date · before · 2026-01-31",
                "trial_end_date · after · 2026-01-31",
                "trial_end_date · is unknown",
            ),
        ),
        (
            "not trial_end_date before 2026-01-31",
            ("trial_end_date · after · 2026-01-30", "trial_end_date · is unknown"),
        ),
        (
            "not trial_end_date > 2026-01-31",
            ("trial_end_date · before · 2026-02-01", "trial_end_date · is unknown"),
        ),
        (
            "not trial_end_date <= 2026-01-31",
            ("trial_end_date · after · 2026-01-31", "trial_end_date · is unknown"),
        ),
        (
            "not trial_end_date >= 2026-01-31",
            ("trial_end_date · before · 2026-01-31", "trial_end_date · is unknown"),
        ),
        (
            "not trial_end_date at least 1 day from now",
            (
                "trial_end_date · more than · 0 days ago",
                "trial_end_date · exactly · 0 days ago",
                "trial_end_date · is unknown",
            ),
        ),
        (
            "not trial_end_date at least 0 days from now",
            ("trial_end_date · more than · 0 days ago", "trial_end_date · is unknown"),
        ),
        (
            "not trial_end_date more than 0 days from now",
            (
                "trial_end_date · more than · 0 days ago",
                "trial_end_date · exactly · 0 days ago",
                "trial_end_date · is unknown",
            ),
        ),
    ],
)
def test_what_takes_several_filters(
    compiled: Callable[[str], Any], text: str, filters: tuple[str, ...]
) -> None:
    rule, _ = compiled(text)
    assert to_screen_steps(rule) == ("match any filter", *(f"add filter: {each}" for each in filters))


def test_groups(compiled: Callable[[str], Any]) -> None:
    rule, _ = compiled("vip and not feature_usage > 3 and plan in (trial, free)")
    assert to_screen_steps(rule) == (
        "match all filters",
        "add filter: vip · is · true",
        "add a group of filters that match any, with:",
        "  add filter: feature_usage · less than · 4",
        "  add filter: feature_usage · is unknown",
        "add a group of filters that match any, with:",
        "  add filter: plan · is · trial",
        "  add filter: plan · is · free",
    )
    rule, _ = compiled("vip or note = x")
    assert to_screen_steps(rule)[0] == "match any filter"
    rule, _ = compiled("vip or (note = x and (plan = trial or vip))")
    assert to_screen_steps(rule)[-1] == (
        "the screen cannot express `note = x and (plan = trial or vip)` (its groups do not nest so deep): "
        f"{WAY_OUT}"
    )
