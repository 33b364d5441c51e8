"""A plan in a terminal: on one screen whatever its size, what destroys always by name, and everything when asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.planning import FieldChange, Plan, Remark
from intercom_iac.reporting import Screen, plan_html, plan_markdown, plan_text
from intercom_iac.text import columns, is_visible, printable
from support.changes import change_with
from support.generators import examples
from support.generators.plans import ACTIONS, Recipe, recipes

SIZES = [Screen(80, 21), Screen(80, 47), Screen(100, 50), Screen(120, 40)]
NAMES = ["plan_type", "trial_end_date", "名前", "seats used", "signup_date"]


def recipe(count: int, *kinds: tuple[str, str]) -> Plan:
    return Recipe(NAMES, list(kinds) or list(ACTIONS), count, [], 0).plan()


def lines(plan: Plan, screen: Screen) -> list[str]:
    return unstyle(plan_text(plan, screen)).split("\n")


@pytest.mark.parametrize("screen", SIZES)
@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(recipe(19, ("data_attribute", "create"), ("event", "register")), id="a first plan"),
        pytest.param(recipe(60, ("data_attribute", "update")), id="updates"),
        pytest.param(recipe(40, ("segment", "manual")), id="by hand"),
        pytest.param(
            recipe(400, *(each for each in ACTIONS if each[1] not in ("archive", "delete"))), id="400"
        ),
        pytest.param(recipe(30, ("data_attribute", "archive"), ("event", "register")), id="15 archives"),
        pytest.param(
            Recipe(NAMES, [("event", "register")], 30, ["LINT501"] * 9 + ["BACK703"] * 2, 20).plan(),
            id="warned",
        ),
    ],
)
def test_one_screen_answers(plan: Plan, screen: Screen) -> None:
    shown = lines(plan, screen)
    assert len(shown) <= screen.height
    assert max(map(columns, shown)) <= screen.width
    text = "\n".join(shown)
    for risk in ("destructive", "caution", "safe"):
        count = sum(
            (each.action in ("archive", "delete") and "destructive") == risk
            or (each.action not in ("archive", "delete") and each.risk == risk)
            for each in plan.calls
        )
        assert (f"{count} {'with ' if risk == 'caution' else ''}{risk}" in text) == bool(count)
    assert "Caps: attributes 3 -> 250 of 250, events 0 of 120." in text


@examples(80)
@given(recipes, st.sampled_from(SIZES))
def test_what_destroys_is_always_there_by_name(made: Recipe, screen: Screen) -> None:
    plan = made.plan()
    text = plan_text(plan, screen)
    assert all(is_visible(each) for each in unstyle(text) if each != "\n")
    # Names are folded between words and, where they are longer than the screen, within them.
    flat = "".join(unstyle(text).split())
    for each in plan.destructive:
        name = printable(each.address).split(".", 2 if each.object == "data_attribute" else 1)[-1]
        assert "".join(name.split()) in flat


def test_what_is_told_in_short_is_said_and_full_tells_it() -> None:
    plan = recipe(300)
    short = plan_text(plan, Screen(100, 50))
    assert (
        "Told in short: destructive, with caution, safe, by hand in Intercom, waiting. All of it: --full"
        in unstyle(short)
    )
    full = "".join(unstyle(plan_text(plan, Screen(100, 50), full=True)).split())
    assert "Told in short" not in full
    for each in plan.changes:
        assert "".join(printable(each.address).split()) in full
        for step in each.steps:
            assert "".join(printable(step).split()) in full


def test_a_plan_that_fits_is_told_whole() -> None:
    text = unstyle(plan_text(recipe(3, ("data_attribute", "update"))))
    assert "Told in short" not in text
    assert text.count("  why  ") == 3


MADE = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (timedelta(hours=3, minutes=2), "made 2026-11-24 09:05 UTC, 3 hours 2 minutes ago, workspace "),
        (timedelta(days=-1), "made 2026-11-24 09:05 UTC, 1 day from now, workspace "),
    ],
)
def test_a_saved_plan_says_its_age(later: timedelta, told: str) -> None:
    plan = replace(recipe(1), created_at=MADE)
    assert told in unstyle(plan_text(plan, now=MADE + later))
    assert "made 2026" not in plan_text(plan)


def test_near_a_cap_it_is_coloured() -> None:
    text = plan_text(recipe(1))
    assert "\x1b[31m3 -> 250 of 250\x1b[0m" in text
    assert "events 0 of 120" in text


@pytest.mark.parametrize(
    ("remarks", "told"),
    [
        ([("BACK797", "info"), ("BACK709", "info")], "nothing"),
        ([("BACK797", "info"), ("BACK701", "warning"), ("BACK703", "error"), ("BACK793", "warning")], "2"),
    ],
)
def test_what_breaks_is_counted_and_the_comparison_is_not(remarks: list[tuple[str, Any]], told: str) -> None:
    found = tuple(Remark(code, severity, "it says so") for code, severity in remarks)
    plan = replace(recipe(1), remarks=found)
    assert f"\nWhat breaks: {told}\n{found[0].severity}[{found[0].code}]" in unstyle(plan_text(plan))
    assert f"\n#### What breaks: {told}\n" in plan_markdown(plan)
    assert f'<h2 id="what-breaks">What breaks<span class="count">{told}</span></h2>' in plan_html(plan)


def test_a_full_plan_leaves_nothing_out() -> None:
    """What is not managed, who needs a change, values of any length: all of it, however long the lines."""
    plan = recipe(1, ("data_attribute", "update"))
    unmanaged = tuple(f"attribute.contact.left_alone_{number}" for number in range(300))
    readers = tuple(f"segment.reader_{number}" for number in range(90))
    options = [f"option {number}" for number in range(900)]
    (change,) = plan.changes
    change = change_with(change, needed_by=readers, fields=(FieldChange("options", options[:1], options),))
    plan = replace(plan, changes=(change,), unmanaged=unmanaged)
    full = unstyle(plan_text(plan, Screen(80, 24), full=True))
    words = " ".join(full.split())
    for expected in (*unmanaged, *readers, *options):
        assert expected in words
    assert "more" not in words
    assert "…" not in words
    assert all(name not in "\n".join(lines(plan, Screen(80, 24))) for name in unmanaged[5:])


def test_what_speaks_of_the_comparison_breaks_nothing() -> None:
    """Whatever its number: a warning that `moved_from` is not needed any more is no breaking change."""

    def told(code: str) -> str:
        remark = Remark(code, "warning", "something", None, None)
        return unstyle(plan_text(replace(recipe(1, ("data_attribute", "update")), remarks=(remark,))))

    assert ": 1\n" in told("BACK703")
    for code in ("BACK780", "BACK781", "BACK790", "BACK799"):
        assert ": nothing\n" in told(code), code
