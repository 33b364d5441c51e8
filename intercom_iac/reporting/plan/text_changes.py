"""The changes of a plan as lines of a terminal, in several forms: from all there is to say of each to counts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from intercom_iac.planning import Change
from intercom_iac.text import columns, printable
from intercom_iac.text.likeness import distinguish

from ..kit.columns import cut_text, pad, wrap_text
from ..kit.styles import style
from ..kit.values import name_list, value_line
from .change_words import COLOURS, action_title, change_line, sign_of
from .groups import counts_by_action, names_by_kind
from .numbered_steps import numbered_steps

_LEAST_ROOM = 32
_LABEL = 6
# Of a value where not everything is told.
_LONGEST = 4000


def full_lines(changes: Sequence[Change], width: int) -> Iterator[str]:
    """Everything a plan says of each change."""
    for change in changes:
        yield _heading(change, 0, action_title(change), width)
        yield from _fields(change, width, shortened=False)
        yield from _context(change, width, shortened=False)
        yield from _steps(change, width)


def block_lines(changes: Sequence[Change], width: int) -> Iterator[str]:
    """What is new on one line each; of the rest what differs, why, who reads it and where the specs say so."""
    widest = _widest(changes, width)
    for change in changes:
        if change.waits_for and change.action != "manual":
            yield _line(change, widest, width)
            yield from _context(change, width)
        elif change.action in ("create", "register"):
            yield _line(change, widest, width)
            # That it was renamed is no matter of course.
            if change.reason.startswith(("renamed", "replaces")):
                yield from _label_lines("why", change.reason, width)
        elif change.action == "manual":
            yield _line(change, widest, width)
            yield from _context(change, width)
            yield from _steps(change, width)
        else:
            yield _heading(change, widest, action_title(change), width)
            yield from _fields(change, width, shortened=True)
            yield from _context(change, width)


def single_lines(changes: Sequence[Change], width: int) -> Iterator[str]:
    """One line each."""
    widest = _widest(changes, width)
    return (_line(change, widest, width) for change in changes)


def waiting_lines(changes: Sequence[Change], width: int) -> Iterator[str]:
    """One line each: what waits, and for what."""
    widest = _widest(changes, width)
    for change in changes:
        room = width - max(widest, columns(printable(change.address))) - 6
        yield _heading(
            change,
            widest,
            f"{action_title(change)}, waits for {name_list(list(change.waits_for), room - 20)}",
            width,
        )


def name_lines(changes: Sequence[Change], width: int) -> Iterator[str]:
    """The names alone, those of a kind together."""
    return _pack_lines(
        ((sign, what, ", ".join(found)) for sign, what, found in names_by_kind(changes)), width
    )


def count_lines(changes: Sequence[Change], width: int) -> Iterator[str]:
    """How many there are of each kind, in one sentence."""
    counted = "; ".join(f"{action} {text}" for _, action, text in counts_by_action(changes))
    return (f"  {line}" for line in wrap_text(counted, width - 2))


def _widest(changes: Sequence[Change], width: int) -> int:
    return min(max(columns(printable(change.address)) for change in changes), max(24, width // 2 - 2))


def _heading(change: Change, widest: int, what: str, width: int) -> str:
    """The line that a change begins with. The address is never cut: it is what the reader has to know."""
    sign = sign_of(change)
    address = pad(printable(change.address), widest)
    room = max(_LEAST_ROOM, width - columns(address) - 6)
    return f"{style(f'  {sign} {address}', fg=COLOURS[sign])}  {cut_text(what, room)}"


def _line(change: Change, widest: int, width: int) -> str:
    room = max(_LEAST_ROOM, width - max(widest, columns(printable(change.address))) - 6)
    return _heading(change, widest, change_line(change, room), width)


def _fields(change: Change, width: int, *, shortened: bool) -> Iterator[str]:
    """A field a line; where the two values do not fit beside each other, one below the other."""
    widest = max((columns(printable(field.path)) for field in change.fields), default=0)
    room = max(_LEAST_ROOM, width - widest - _LABEL - 2)
    for field in change.fields:
        if shortened and field.path == "archived":
            continue  # the action says it
        label = f"{'':{_LABEL}}{style(pad(printable(field.path), widest), dim=True)}  "
        longest = _LONGEST if shortened else sys.maxsize
        before, after = (value_line(value, longest) for value in distinguish(field.before, field.after))
        if columns(before) + columns(after) + 4 <= room:
            yield f"{label}{before} -> {after}"
            continue
        below = " " * (widest + _LABEL + 2)
        for sign, value in (("-", before), ("+", after)):
            folded = wrap_text(value, room - 2)
            if shortened and len(folded) > 2:
                folded = [folded[0], cut_text(f"{folded[1]} {folded[2]}", room - 2)]
            for at, line in enumerate(folded):
                lead = style(sign, fg=COLOURS[sign]) if at == 0 else " "
                yield f"{label}{lead} {line}"
                label = below


def _context(change: Change, width: int, *, shortened: bool = True) -> Iterator[str]:
    """What a reviewer asks of a change to what is there: why, who reads it, and where the specs say so."""
    yield from _label_lines("why", change.reason, width)
    if change.waits_for:
        yield from _label_lines("waits for", name_list(list(change.waits_for), width), width)
    if change.needed_by:
        longest = width if shortened else sys.maxsize
        yield from _label_lines("needed by", name_list(list(change.needed_by), longest), width)
    if change.source:
        yield from _label_lines("at", str(change.source), width)


def _steps(change: Change, width: int) -> Iterator[str]:
    for step in numbered_steps(change.steps):
        label = f"{step.label} " if step.depth else f"{step.label:>2}. "
        lead = f"{'':{_LABEL + 4 * step.depth}}{label}"
        first, *rest = wrap_text(printable(step.text), max(_LEAST_ROOM, width - len(lead)))
        yield f"{lead}{first}"
        yield from (f"{'':{len(lead)}}{line}" for line in rest)


def _label_lines(label: str, text: str, width: int) -> Iterator[str]:
    """A label and its text, folded so that it stays beside the label."""
    begin = len(label) + _LABEL + 2
    first, *rest = wrap_text(printable(text), width - begin)
    yield f"{'':{_LABEL}}{style(label, dim=True)}  {first}"
    yield from (f"{'':{begin}}{line}" for line in rest)


def _pack_lines(rows: Iterable[tuple[str, str, str]], width: int) -> Iterator[str]:
    for sign, what, text in rows:
        first, *rest = wrap_text(printable(text), width - columns(what) - 6)
        yield f"{style(f'  {sign} {what}', fg=COLOURS[sign])}  {first}"
        yield from (f"{'':{columns(what) + 6}}{line}" for line in rest)
