"""Two texts line by line: what `diff -u` says, in time that grows with the texts."""

from __future__ import annotations

import difflib
from random import Random

import pytest

from intercom_iac.text import line_diff
from intercom_iac.text.line_diff import unified_diff_lines


def changed_lines(draw: Random) -> tuple[list[str], list[str]]:
    before = [f"{draw.choice('abcdefghijklmnopqrstuvwxyz') * draw.choice((1, 1, 2))}\n" for _ in range(24)]
    before = before[: draw.randrange(25)]
    after = list(before)
    for _ in range(draw.randrange(6)):
        at = draw.randrange(len(after) + 1)
        after[at : at + draw.randrange(3)] = [f"{draw.choice('abcxyz')}\n"] * draw.randrange(3)
    return before, after


def patched(before: list[str], hunks: list[str]) -> list[str]:
    """The lines with the hunks made, each of which has to find what it takes out or keeps."""
    result: list[str] = []
    at = 0
    for line in hunks:
        if line.startswith("@@"):
            start, _, length = line.split()[1].removeprefix("-").partition(",")
            begin = int(start) - (length != "0")
            result += before[at:begin]
            at = begin
            continue
        if line[0] != "+":
            assert before[at] == line[1:]
            at += 1
        if line[0] != "-":
            result.append(line[1:])
    return [*result, *before[at:]]


@pytest.mark.parametrize("few", [0, 2, 6])
def test_the_hunks_make_one_text_of_the_other(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(line_diff, "_FEW", few)
    draw = Random(few)
    for _ in range(200):
        before, after = changed_lines(draw)
        assert patched(before, list(unified_diff_lines(before, after))) == after


def test_short_texts_are_compared_as_difflib_compares_them() -> None:
    draw = Random(1)
    for _ in range(100):
        before, after = changed_lines(draw)
        assert list(unified_diff_lines(before, after)) == list(difflib.unified_diff(before, after))[2:]


def test_the_work_grows_with_the_texts() -> None:
    compared = 0

    class Line(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return str(self) == str(other)

        __hash__ = str.__hash__

    work: list[int] = []
    for count in (2_000, 4_000):
        before = [Line(f"line {at}\n" if at % 3 else "same\n") for at in range(count)]
        after = [Line(f"other {at}\n") if at % 5 == 1 else line for at, line in enumerate(before)]
        compared = 0
        hunks = list(unified_diff_lines(before, after))
        assert sum(line.startswith("-") for line in hunks) == count // 5
        work.append(compared)
    assert work[1] <= 2.2 * work[0]
