"""Who entered and who left a segment between two moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from intercom_iac.text import printable

from .kit.styles import style

if TYPE_CHECKING:
    from intercom_iac.publishing.moments import MembershipDiff, MomentMembers


def membership_diff_text(diff: MembershipDiff) -> str:
    return "\n".join(_lines(diff))


def _lines(diff: MembershipDiff) -> Iterator[str]:
    yield f"{printable(diff.key)} ({printable(diff.name)})"
    yield f"  {_moment(diff.before)}"
    yield f"  {_moment(diff.after)}"
    if not diff.entered and not diff.left:
        yield style("Nobody entered, and nobody left.", fg="green")
        return
    new = "" if not diff.new else f", {len(diff.new):,} of them new"
    yield style(f"entered: {len(diff.entered):,}{new}", fg="green")
    yield from _ids("+", diff.entered, diff.new, "new")
    gone = "" if not diff.gone else f", {len(diff.gone):,} of them gone"
    yield style(f"left: {len(diff.left):,}{gone}", fg="red")
    yield from _ids("-", diff.left, diff.gone, "gone")


def _moment(moment: MomentMembers) -> str:
    of = "" if moment.contacts is None else f" of {moment.contacts:,} contacts"
    return f"{printable(moment.source)}: {len(moment.ids):,} members{of}, {moment.today.isoformat()}"


def _ids(sign: str, ids: Sequence[str], marked: frozenset[str] | None, word: str) -> Iterator[str]:
    for contact_id in ids:
        mark = f"  ({word})" if marked is not None and contact_id in marked else ""
        yield f"  {sign} {printable(contact_id)}{mark}"


def membership_diff_json(diff: MembershipDiff) -> dict[str, Any]:
    """The same as plain data: `new` and `gone` are null where it is not known."""
    return {
        "format_version": "1.0",
        "segment": {"key": diff.key, "name": diff.name},
        "timezone": diff.timezone,
        "before": _moment_json(diff.before),
        "after": _moment_json(diff.after),
        "entered": [
            {"id": contact_id, "new": None if diff.new is None else contact_id in diff.new}
            for contact_id in diff.entered
        ],
        "left": [
            {"id": contact_id, "gone": None if diff.gone is None else contact_id in diff.gone}
            for contact_id in diff.left
        ],
    }


def _moment_json(moment: MomentMembers) -> dict[str, Any]:
    return {
        "source": moment.source,
        "today": moment.today.isoformat(),
        "contacts": moment.contacts,
        "members": len(moment.ids),
    }
