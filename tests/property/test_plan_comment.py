"""A plan of any size and any text makes a comment that fits, does nothing, and loses nothing destructive."""

from __future__ import annotations

import re

from hypothesis import assume, given

from intercom_iac.reporting import plan_markdown
from intercom_iac.text import is_visible, printable
from support.generators import examples
from support.generators.plans import Recipe, recipes
from support.github_markdown import inert, rendered


def flat(text: str) -> str:
    """As the comment shows a name in code: on one line, what nobody sees spelled out, long ones cut."""
    shown = printable(" ".join(text.split("\n")))
    return shown if len(shown) <= 400 else f"{shown[:399]}…"


def sent(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@examples(50)
@given(recipes)
def test_it_fits_and_does_nothing(recipe: Recipe) -> None:
    plan = recipe.plan()
    text = plan_markdown(plan)
    assert sent(text) <= 65_000
    assert all(is_visible(each) for each in text if each != "\n")
    inert(rendered(text))
    first, second = text.splitlines()[:2]
    assert re.fullmatch(r"<!-- intercom-iac plan [\w.~%-]* -->", first)
    assert second.startswith("### Plan for ")


@examples(50)
@given(recipes)
def test_nothing_destructive_is_lost(recipe: Recipe) -> None:
    plan = recipe.plan()
    assume(plan.destructive)
    text = plan_markdown(plan)
    page = rendered(text)
    lost = re.search(r"and \*\*(\d+) of (\d+) not even so: they do not fit\*\*", text)
    missing = [each for each in plan.destructive if flat(each.address) not in page.code]
    if lost is None:
        assert missing == []
        if "destructive by name only" not in text:
            told = page.text
            assert all(f"{field.path}" in told for each in plan.destructive for field in each.fields)
    else:
        # Never of a workspace that Intercom's caps allow, with names that can be read.
        assert len(missing) <= int(lost[1]) < int(lost[2]) == len(plan.destructive)
        assert sum(sent(flat(each.address)) for each in plan.destructive) > 50_000


@examples(35)
@given(recipes)
def test_what_is_told_in_short_is_said(recipe: Recipe) -> None:
    plan = recipe.plan()
    text = plan_markdown(plan)
    code = rendered(text).code
    told = re.search(r"> \*\*Told in short\*\*, so that it fits into a comment: (.*)", text)
    if any(flat(each.address) not in code for each in plan.changes):
        assert told is not None
    elif sent(text) < 20_000:
        assert told is None
