"""Bad rules, each with what is said of it: one mistake, what of it is underlined, the hint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden" / "rules"


def blocks(name: str) -> list[str]:
    return (GOLDEN / name).read_text("utf-8").rstrip("\n").split("\n\n")


BLOCKS = blocks("mistakes.txt")
# What should be said better. Whoever does so moves the rule to the mistakes.
_, *TODO = blocks("todo.txt")


def rendered(text: str, mistake: Any) -> str:
    column = mistake.span.start
    lines = [
        text,
        f"{' ' * column}{'^' * max(1, mistake.span.end - column)} {mistake.code}: {mistake.message}",
    ]
    if mistake.hint is not None:
        lines.append(f"{' ' * column}help: {mistake.hint}")
    return "\n".join(lines)


@pytest.mark.parametrize("block", BLOCKS, ids=[each.partition("\n")[0] for each in BLOCKS])
def test_a_mistake_is_underlined_and_explained(compiled: Callable[[str], Any], block: str) -> None:
    text = block.partition("\n")[0]
    rule, diagnostics = compiled(text)
    assert rule is None
    (mistake,) = (each for each in diagnostics if each.is_error)
    assert rendered(text, mistake) == block


@pytest.mark.parametrize("block", TODO, ids=[each.partition("\n")[0] for each in TODO])
def test_what_should_be_better_is_still_said(compiled: Callable[[str], Any], block: str) -> None:
    said, better = block.rsplit("\n", 1)
    assert better.startswith("better: ")
    text = said.partition("\n")[0]
    first = next(each for each in compiled(text)[1] if each.is_error)
    assert rendered(text, first) == said


def test_there_are_many() -> None:
    assert len(BLOCKS) > 60


@pytest.mark.parametrize("text", ["", "  \n", "# nobody\n"])
def test_an_empty_rule(compiled: Callable[[str], Any], text: str) -> None:
    rule, (mistake,) = compiled(text)
    assert rule is None
    assert (mistake.code, mistake.message) == ("PARSE205", "the rule is empty")
