"""Lines of a laid-out file: comments, empty lines and what is moved to another indentation."""

from __future__ import annotations

Line = str | None
"""A line of the result; None is an empty line between entries, which may be taken away."""


def split_gap(gap: list[str], column: int) -> tuple[list[str], list[str]]:
    """The comments that stand in the block of the entry before, and those that belong to what follows."""
    until = 0
    for index, line in enumerate(gap):
        if not line.strip():
            continue
        if len(line) - len(line.lstrip(" \t")) <= column:
            break
        until = index + 1
    return gap[:until], gap[until:]


def comment_lines(lines: list[str], indent: int) -> list[Line]:
    """Comments at an indentation, and the empty lines between them."""
    return [" " * indent + line.strip() if line.strip() else None for line in lines]


def shift_line(line: str, by: int) -> str:
    """A line indented further, or less as far as it is indented at all."""
    if by >= 0:
        return " " * by + line if line else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def text_line(line: str) -> Line:
    """A line without the spaces at its end."""
    return line.rstrip() or None


def join_lines(lines: list[Line]) -> str:
    """The text of a file: at most one empty line in a row, and none at its start or end."""
    kept = [
        line
        for index, line in enumerate(lines)
        if line is not None or (index and lines[index - 1] is not None)
    ]
    while kept and kept[0] is None:
        del kept[0]
    while kept and kept[-1] is None:
        del kept[-1]
    return "".join(f"{line or ''}\n" for line in kept)
