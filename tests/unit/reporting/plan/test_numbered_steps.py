"""Steps by hand: numbered, and what belongs to a step numbered below it, in a terminal, in Markdown and in HTML."""

from __future__ import annotations

from dataclasses import replace

import html5lib
import pytest
from click import unstyle

from intercom_iac.planning import Plan
from intercom_iac.reporting import plan_html, plan_markdown, plan_text
from intercom_iac.reporting.plan.numbered_steps import numbered_steps
from support.generators.plans import Recipe
from support.github_markdown import inert, rendered

STEPS = (
    "open `Contacts`",
    "match all of these filters:",
    "  add filter: Signed up · less than · 8 days ago",
    "  add a group that matches any:",
    "    add filter: plan · is · trial",
    "    add filter: plan · is · free",
    "save",
)
NUMBERED = [
    ("1", STEPS[0]),
    ("2", STEPS[1]),
    ("2.1", STEPS[2].strip()),
    ("2.2", STEPS[3].strip()),
    ("2.2.1", STEPS[4].strip()),
    ("2.2.2", STEPS[5].strip()),
    ("3", STEPS[6]),
]


def plan_with(*steps: str) -> Plan:
    plan = Recipe(["x"], [("segment", "manual")], 1, [], 0).plan()
    return replace(plan, changes=tuple(replace(change, steps=steps) for change in plan.changes))


@pytest.mark.parametrize(
    ("steps", "numbers"),
    [
        (STEPS, [number for number, _ in NUMBERED]),
        (("a", "    too deep", "  less", "b"), ["1", "1.1", "1.2", "2"]),
        (("  nothing above", "  still", "b"), ["1", "1.1", "2"]),
        ((), []),
    ],
)
def test_numbers_follow_the_indentation(steps: tuple[str, ...], numbers: list[str]) -> None:
    assert [step.label for step in numbered_steps(steps)] == numbers
    assert [step.text for step in numbered_steps(steps)] == [step.lstrip() for step in steps]


def test_a_terminal_shows_them_indented() -> None:
    lines = unstyle(plan_text(plan_with(*STEPS), full=True)).split("\n")
    start = next(at for at, line in enumerate(lines) if "1. open" in line)
    assert lines[start : start + len(STEPS)] == [
        "       1. open `Contacts`",
        "       2. match all of these filters:",
        "          2.1 add filter: Signed up · less than · 8 days ago",
        "          2.2 add a group that matches any:",
        "              2.2.1 add filter: plan · is · trial",
        "              2.2.2 add filter: plan · is · free",
        "       3. save",
    ]


def test_markdown_has_lists_in_lists() -> None:
    steps = (*(f"step {number}" for number in range(8)), *STEPS)
    page = rendered(plan_markdown(plan_with(*steps)))
    inert(page)
    assert [tag for tag, _ in page.elements if tag in ("ol", "li")] == (
        ["ol", *["li"] * 10, "ol", "li", "li", "ol", "li", "li", "li"]
    )
    for step in steps:
        assert step.strip().replace("`", "") in page.text


def test_html_says_the_numbers() -> None:
    tree = html5lib.parse(plan_html(plan_with(*STEPS)), namespaceHTMLElements=False)
    items = tree.findall(".//ol[@class='steps']/li")
    assert [" ".join("".join(item.itertext()).split()) for item in items] == [
        f"{number}{'' if '.' in number else '.'} {text.replace('`', '')}" for number, text in NUMBERED
    ]
    assert [item.get("class") for item in items] == [
        None,
        None,
        "below-1",
        "below-1",
        "below-2",
        "below-2",
        None,
    ]
