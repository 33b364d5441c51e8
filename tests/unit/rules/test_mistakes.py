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


def test_there_are_many() -> None:
    assert len(BLOCKS) > 60


@pytest.mark.parametrize("text", ["", "  \n", "# nobody\n"])
def test_an_empty_rule(compiled: Callable[[str], Any], text: str) -> None:
    rule, (mistake,) = compiled(text)
    assert rule is None
    assert (mistake.code, mistake.message) == ("PARSE205", "the rule is empty")
