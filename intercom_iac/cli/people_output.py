"""What is said of the evaluation of rules for people in files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from intercom_iac.text import printable

from .console import echo, plural, print_json

if TYPE_CHECKING:
    from intercom_iac.application import (
        EvaluatedWitness,
        Evaluation,
        EvaluationDay,
        MembershipDiff,
        PreviewedSegments,
    )


def warn_of_truncated_lists(counts: Mapping[str, int]) -> None:
    """Says how many contacts list only the first of what the rules read: whoever has more may be missed."""
    for name, count in counts.items():
        subject = "contact lists" if count == 1 else "contacts list"
        echo(
            f"warning: {count} {subject} only the first {name}, and the rules see no others: "
            f"GET /contacts/ID/{name} has all",
            err=True,
        )


def day_json(day: EvaluationDay) -> dict[str, str]:
    """The day and the zone as plain data, where they decide whom the rules select; else nothing."""
    return {"today": day.today.isoformat(), "timezone": day.zone.key} if day.matters else {}


def print_evaluation(evaluation: Evaluation, output: str) -> None:
    """The ids of the contacts that satisfy a rule."""
    warn_of_truncated_lists(evaluation.in_part)
    members = evaluation.members
    if output == "json":
        print_json({**day_json(evaluation.day), "count": len(members), "members": list(members)})
    else:
        if members:
            echo("\n".join(map(printable, members)))
        echo(plural(len(members), "member"), err=True)


def print_evaluated_witnesses(witnesses: Sequence[EvaluatedWitness], output: str) -> None:
    """Which of the witnesses of a file satisfy a rule."""
    if output == "json":
        from intercom_iac.reporting import evaluated_witnesses_json

        print_json(evaluated_witnesses_json(witnesses))
    else:
        from intercom_iac.reporting import evaluated_witnesses_text

        echo(evaluated_witnesses_text(witnesses))


def print_preview(previewed: PreviewedSegments, output: str) -> None:
    """The sizes and overlaps of segments: bars as wide as the terminal allows, or JSON."""
    from intercom_iac.reporting import preview_json, preview_text

    preview, day = previewed.preview, previewed.day
    if output == "json":
        data = preview_json(
            preview,
            previewed.names,
            today=day.today,
            timezone=day.zone.key,
            left_out=previewed.left_out,
        )
        print_json(data)
    else:
        width = shutil.get_terminal_size().columns
        echo(preview_text(preview, today=day.today, timezone=day.zone.key, width=width, blocks=_has_blocks()))


def print_membership_diff(diff: MembershipDiff, output: str) -> None:
    """Who entered and who left a segment."""
    from intercom_iac.reporting import membership_diff_json, membership_diff_text

    if output == "json":
        print_json(membership_diff_json(diff))
    else:
        echo(membership_diff_text(diff))


def _has_blocks() -> bool:
    """Whether standard output can show the block characters of Unicode."""
    try:
        "█▏".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError, AttributeError):  # there is no stream where it is closed
        return False
    return True
