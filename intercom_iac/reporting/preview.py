"""The sizes of segments, as bars for people and as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from intercom_iac.text import printable

if TYPE_CHECKING:
    from intercom_iac.preview import Preview

_LONGEST, _SHORTEST = 30, 10
_EIGHTHS = " ▏▎▍▌▋▊▉"


def preview_json(
    found: Preview, names: Mapping[str, str], *, today: date, timezone: str, left_out: Sequence[str] = ()
) -> dict[str, Any]:
    """Plain data; `percent` is of all contacts, and `ids` stand where they were asked for.

    `left_out` are the keys of segments that only Intercom can decide, which stand there where there are any.
    """
    return {
        "today": today.isoformat(),
        "timezone": timezone,
        "contacts": found.contacts,
        "segments": [
            {
                "key": size.key,
                "name": names[size.key],
                "count": size.count,
                "percent": round(_percent(size.count, found.contacts), 2),
            }
            | ({} if size.ids is None else {"ids": list(size.ids)})
            for size in found.sizes
        ],
        "overlap": [
            {"segments": [overlap.first, overlap.second], "count": overlap.count}
            for overlap in found.overlaps
        ],
        **({"left_out": list(left_out)} if left_out else {}),
    }


def preview_text(found: Preview, *, today: date, timezone: str, width: int, blocks: bool) -> str:
    """A bar a segment, as long as its share of all contacts, and the segments that share contacts.

    No bar goes past `width`: a key that leaves no room for one stands on a line of its own. `blocks`: the output has
    the block characters of Unicode.
    """
    noun = "contact" if found.contacts == 1 else "contacts"
    lines = [f"{found.contacts:,} {noun}, {today.isoformat()} in {timezone}", ""]
    digits = max((len(f"{size.count:,}") for size in found.sizes), default=0)
    # Beside the key and the bar: two spaces before each of the four columns, and the share.
    room = width - digits - len("      100.0%  ")
    fitting = [len(size.key) for size in found.sizes if len(size.key) <= room - _SHORTEST]
    column = max(fitting, default=0)
    longest = max(0, min(_LONGEST, room - column))
    for size in found.sizes:
        share = _percent(size.count, found.contacts)
        key = printable(size.key)
        if len(key) > column:
            lines.append(f"  {key}")
            key = ""
        bar = _bar(share, longest, blocks=blocks)
        lines.append(f"  {key:<{column}}  {size.count:>{digits},}  {share:5.1f}%  {bar}".rstrip())
        lines += (f"    {printable(member)}" for member in size.ids or ())
    shared = sorted(
        (overlap for overlap in found.overlaps if overlap.count), key=lambda overlap: -overlap.count
    )
    if shared:
        lines += ["", "In two segments at once"]
        digits = max(len(f"{overlap.count:,}") for overlap in shared)
        for overlap in shared:
            first, second = (
                f"  {overlap.count:>{digits},}  {printable(overlap.first)}",
                printable(overlap.second),
            )
            line = f"{first} and {second}"
            lines += [line] if len(line) <= width else [first, f"{'':>{digits}}    and {second}"]
    return "\n".join(lines)


def _percent(count: int, of: int) -> float:
    return 100 * count / of if of else 0.0


def _bar(percent: float, longest: int, *, blocks: bool) -> str:
    eighths = round(percent / 100 * longest * 8)
    if not blocks:
        return "#" * round(eighths / 8)
    whole, rest = divmod(max(eighths, 1 if percent and longest else 0), 8)
    return "█" * whole + _EIGHTHS[rest].strip()
