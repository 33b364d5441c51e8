"""The sizes of segments, as bars for people and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import printable

if TYPE_CHECKING:
    from intercom_iac.preview import Preview

_BAR = 30
_EIGHTHS = " ▏▎▍▌▋▊▉"


def preview_json(found: Preview, names: Mapping[str, str], *, today: date, timezone: str) -> dict[str, Any]:
    """Plain data; `percent` is of all contacts, and `ids` stand where they were asked for."""
    return {
        "today": today.isoformat(),
        "timezone": timezone,
        "contacts": found.contacts,
        "segments": [
            {
                "key": each.key,
                "name": names[each.key],
                "count": each.count,
                "percent": round(_percent(each.count, found.contacts), 2),
            }
            | ({} if each.ids is None else {"ids": list(each.ids)})
            for each in found.sizes
        ],
        "overlap": [{"segments": [each.first, each.second], "count": each.count} for each in found.overlaps],
    }


def preview_text(found: Preview, *, today: date, timezone: str, blocks: bool) -> str:
    """A bar a segment, as long as its share of all contacts, and the segments that share contacts.

    `blocks`: the output has the block characters of Unicode.
    """
    noun = "contact" if found.contacts == 1 else "contacts"
    lines = [f"{found.contacts:,} {noun}, {today.isoformat()} in {timezone}", ""]
    width = max((len(printable(each.key)) for each in found.sizes), default=0)
    digits = max((len(f"{each.count:,}") for each in found.sizes), default=0)
    for each in found.sizes:
        share = _percent(each.count, found.contacts)
        bar = _bar(share, blocks=blocks)
        lines.append(
            f"  {printable(each.key):<{width}}  {each.count:>{digits},}  {share:5.1f}%  {bar}".rstrip()
        )
        lines += (f"    {printable(member)}" for member in each.ids or ())
    shared = sorted((each for each in found.overlaps if each.count), key=lambda each: -each.count)
    if shared:
        lines += ["", "In two segments at once"]
        digits = max(len(f"{each.count:,}") for each in shared)
        lines += (
            f"  {each.count:>{digits},}  {printable(each.first)} and {printable(each.second)}"
            for each in shared
        )
    return "\n".join(lines)


def _percent(count: int, of: int) -> float:
    return 100 * count / of if of else 0.0


def _bar(percent: float, *, blocks: bool) -> str:
    eighths = round(percent / 100 * _BAR * 8)
    if not blocks:
        return "#" * round(eighths / 8)
    whole, rest = divmod(max(eighths, 1 if percent else 0), 8)
    return "█" * whole + _EIGHTHS[rest].strip()
