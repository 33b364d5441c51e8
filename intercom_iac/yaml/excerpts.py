"""From the value of a YAML scalar back to the file: the place of every character.

A rule is often a folded or quoted text over several lines, and its mistakes must be underlined where they
stand. A value that was taken over unchanged maps by a range. Otherwise: in double quotes the escapes are read
again; in every other style the value's characters other than white space stand in the file in the same order,
so the two are walked side by side.
"""

from __future__ import annotations

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Excerpt, SourceFile

# Anchors and tags, each with the white space and comments behind it.
_PROPERTIES = lazy_pattern(r"(?:[&!]\S*(?:\s+|#[^\n]*)*)+")
_BREAK = lazy_pattern(r"[ \t]*\r?\n[ \t]*")
_HEADER = lazy_pattern(r"[^\n]*\n")
_SPACE = frozenset(" \t\r\n")
_ESCAPE_DIGITS = {"x": 2, "u": 4, "U": 8}


def excerpt_of(file: SourceFile, value: str, style: str | None, start: int, end: int) -> Excerpt:
    """The excerpt for the scalar that stands at `start` to `end` and has this value."""
    start = without_properties(file.text, start, end)
    if style in ("'", '"'):
        start, end = start + 1, end - 1
    if style in ("|", ">"):
        header = _HEADER.match(file.text, start, end)
        start = header.end() if header else end
    if file.text[start:end] == value:
        return Excerpt(file, value, range(start, end + 1))
    offsets = (
        _double_quoted(file.text, start, end)
        if style == '"'
        else _side_by_side(file.text, value, start, end, quoted=style == "'")
    )
    if len(offsets) != len(value):
        # Not reached by any text we know; a place that is too wide is better than one that is wrong.
        offsets = [start] * len(value)
    ends = [_end(file.text, at, style) for at in offsets]
    return Excerpt(file, value, [*offsets, ends[-1] if ends else start], ends)


def _end(text: str, at: int, style: str | None) -> int:
    """The place behind the character of a value that stands at a place: an escape is several in the file."""
    if style == '"' and text[at] == "\\":
        return at + 2 + _ESCAPE_DIGITS.get(text[at + 1], 0)
    return at + 2 if style == "'" and text[at] == "'" else at + 1


def without_properties(text: str, start: int, end: int) -> int:
    """Where a scalar at `start` to `end` begins once its anchor and its tag are left out."""
    properties = _PROPERTIES.match(text, start, end)
    return properties.end() if properties else start


def _side_by_side(text: str, value: str, start: int, end: int, *, quoted: bool) -> list[int]:
    offsets: list[int] = []
    at = start
    index = 0
    while index < len(value):
        # A run of white space in the value stands for a run in the file that is as long or longer, since
        # folding and indentation only take away: the first maps to the first, the others from the right.
        run = index
        while run < len(value) and value[run] in _SPACE:
            run += 1
        gap = at
        while gap < end and text[gap] in _SPACE:
            gap += 1
        if run > index:
            offsets.append(at if index else max(at, gap - run))
            offsets.extend(max(at, gap - (run - place)) for place in range(index + 1, run))
        at, index = gap, run
        if index < len(value):
            if at >= end or text[at] != value[index]:
                return []
            offsets.append(at)
            at += 2 if quoted and value[index] == "'" else 1
            index += 1
    return offsets


def _double_quoted(text: str, start: int, end: int) -> list[int]:
    offsets: list[int] = []
    at = start
    while at < end:
        folded = _BREAK.match(text, at, end)
        if folded:
            # One break is a space; each further one is a break of the value.
            begin, breaks = at, 0
            while folded:
                breaks += 1
                at = folded.end()
                folded = _BREAK.match(text, at, end)
            offsets += [begin] * max(1, breaks - 1)
        elif text[at] != "\\":
            offsets.append(at)
            at += 1
        elif text.startswith(("\n", "\r\n"), at + 1):
            # An escaped break joins the lines. What follows are empty lines, each a break, and indentation.
            first = _BREAK.match(text, at + 1, end)
            assert first is not None
            at = first.end()
            while more := _BREAK.match(text, at, end):
                offsets.append(at)
                at = more.end()
        else:
            offsets.append(at)
            at = _end(text, at, '"')
    return offsets
