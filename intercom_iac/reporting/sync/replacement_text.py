"""The plan of a copy of values for people: who has them already, who gets them, what does not convert."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.syncing import SyncedSource
from intercom_iac.tables import RECORD_PLURALS
from intercom_iac.text import printable

from ..kit.styles import hint_label, style


def replacement_lines(source: SyncedSource) -> Iterator[str]:
    """The counts, and the first of the values that do not convert."""
    plan = source.plan
    old, workspace = printable(plan.replaces or ""), printable(plan.workspace)
    yield style(f"{RECORD_PLURALS[plan.record]}, {printable(plan.source)} -> {workspace}", bold=True)
    yield f"  {plan.rows:,} have `{old}`"
    for count, words, colour in (
        (plan.update, "~ {:,} to copy", "yellow"),
        (plan.unchanged, "  {:,} copied before", None),
        (plan.rejected, "! {:,} not converted, and left as they are", "red"),
    ):
        if count:
            line = words.format(count)
            yield "  " + (line if colour is None else style(line, fg=colour))
    for moves in plan.moves.values():
        for move in moves:
            yield style(f"      {_text(move.before)} becomes {_text(move.after)}: {move.count:,}", dim=True)
    for rejected in source.rejects:
        value = "" if rejected.value is None else f" ({printable(rejected.value)})"
        yield f"    {printable(rejected.message)}{value}" + style(f" [{rejected.code.id}]", dim=True)
    hidden = source.rejected_values - len(source.rejects)
    if hidden > 0:
        yield f"    and {hidden:,} more; --rejects FILE has all"
    if source.rejects and source.rejects[0].hint is not None:
        yield f"    {hint_label()}: {printable(source.rejects[0].hint)}"
    if plan.record == "company":
        yield "  companies without people are in no list of Intercom's, and are left out"


def _text(value: object) -> str:
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{printable(shown)}`"
