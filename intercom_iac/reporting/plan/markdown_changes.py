"""The changes of a plan as Markdown, in several forms: from all there is to say of each to counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from intercom_iac.planning import Change, FieldChange
from intercom_iac.text.likeness import distinguish

from ..kit.markdown import code, in_html, plain, prose, prose_in_html
from ..kit.values import value_line
from .change_words import action_title, change_line, change_summary
from .groups import counts_by_action, names_by_kind
from .numbered_steps import numbered_steps


def block_lines(changes: Iterable[Change]) -> Iterator[str]:
    """What is new on one line each; of the rest why, who reads it, and what differs."""
    for change in changes:
        if change.waits_for:
            line = prose(change_line(change, 160))
            yield f"- **{plain(action_title(change))}** {code(change.address)} {line}{_place(change)}"
            yield f"  <br>{prose(change.reason)}{_waits(change)}{_readers(change)}"
        elif change.action in ("create", "register"):
            yield _new(change)
        else:
            yield _heading(change)
            yield f"  <br>{prose(change.reason)}{_readers(change)}"
            yield from _difference(change.fields, 400)


def brief_block_lines(changes: Iterable[Change]) -> Iterator[str]:
    """What differs, in few words."""
    for change in changes:
        yield _heading(change)
        yield from _difference(change.fields, 80)


def single_lines(changes: Iterable[Change]) -> Iterator[str]:
    """One line each."""
    for change in changes:
        yield f"- {code(change.address)} {prose(change_line(change, 80), 160)}"


def waiting_lines(changes: Iterable[Change]) -> Iterator[str]:
    """One line each: what waits, and for what."""
    for change in changes:
        yield f"- {plain(action_title(change))} {code(change.address)}{_waits(change)}"


def field_lines(changes: Iterable[Change]) -> Iterator[str]:
    """One line each, with the name of every field and the beginning of its values."""
    for change in changes:
        fields = "; ".join(
            f"{code(field.path, 60)} {plain(value_line(before), 24)} → {plain(value_line(after), 24)}"
            for field in change.fields
            for before, after in [distinguish(field.before, field.after)]
        )
        yield f"- **{plain(action_title(change))}** {code(change.address)}{': ' if fields else ''}{fields}"


def name_lines(changes: Iterable[Change]) -> Iterator[str]:
    """The names alone, those of a kind together."""
    for _, what, found in names_by_kind(changes):
        yield f"- {plain(what)}: {', '.join(map(code, found))}"


def count_lines(changes: Iterable[Change]) -> Iterator[str]:
    """How many there are of each kind."""
    for _, action, text in counts_by_action(changes):
        yield f"- {plain(action)}: {plain(text)}"


def step_lines(changes: Iterable[Change]) -> Iterator[str]:
    """What a person does, the steps folded away below each."""
    for change in changes:
        summary = f"<code>{in_html(change.address)}</code> {prose_in_html(change_summary(change))}"
        yield f"<details><summary>{summary}</summary>"
        yield ""
        yield f"{prose(change.reason)}{_waits(change)}{_readers(change)}{_place(change)}"
        yield ""
        yield from _list_lines(change.steps)
        yield ""
        yield "</details>"


def _list_lines(steps: Sequence[str]) -> Iterator[str]:
    """Numbered lists, one within the other: each begins where the text of the item that it belongs to does."""
    columns: list[int] = [0]
    for step in numbered_steps(steps):
        marker = f"{step.numbers[-1]}. "
        column = columns[step.depth]
        columns[step.depth + 1 :] = [column + len(marker)]
        yield f"{'':{column}}{marker}{prose(step.text)}"


def _new(change: Change) -> str:
    why = f"<br>{prose(change.reason)}" if change.reason.startswith("renamed") else ""
    return f"- {code(change.address)} {prose(change_line(change, 400))}{_place(change)}{why}"


def _heading(change: Change) -> str:
    return f"- **{plain(action_title(change))}** {code(change.address)}{_place(change)}"


def _waits(change: Change) -> str:
    more = len(change.waits_for) - 8
    others = f" and {more} more" if more > 0 else ""
    return f". Waits for {', '.join(map(code, change.waits_for[:8]))}{others}" if change.waits_for else ""


def _readers(change: Change) -> str:
    return (
        f". Needed by {', '.join(map(code, change.needed_by[:8]))}{_remaining_needs(change)}"
        if change.needed_by
        else ""
    )


def _remaining_needs(change: Change) -> str:
    more = len(change.needed_by) - 8
    return f" and {more} more" if more > 0 else ""


def _place(change: Change) -> str:
    return f" · {code(str(change.source))}" if change.source else ""


def _difference(fields: Sequence[FieldChange], longest: int) -> Iterator[str]:
    """A block that shows lines with `-` in red and with `+` in green. No line of it can be read as its end."""
    if not fields:
        return
    yield "  ```diff"
    for field in fields:
        for sign, value in zip("-+", distinguish(field.before, field.after), strict=True):
            if value is not None or field.before == field.after:
                yield f"  {sign} {value_line(field.path, 60)}: {value_line(value, longest)}"
    yield "  ```"
