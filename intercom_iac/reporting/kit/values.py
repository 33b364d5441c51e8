"""Values in a few words, safe to print: long ones cut, control characters spelled out."""

from __future__ import annotations

from typing import Any

from intercom_iac.text import printable, value_text

LONGEST = 76


def value_line(value: Any, longest: int = LONGEST) -> str:
    """One line for a value: lists by commas, filters as `attribute comparison value`."""
    text = value_text(value)
    told = printable(text[: longest + 1])
    if len(told) <= longest:
        return told
    # Cut before it is spelled out, so that no half of `\u202e` is left, which would be read as something else.
    kept = text[: longest - 1]
    while len(printable(kept)) > longest - 1:
        kept = kept[:-1]
    return f"{printable(kept)}…"


def name_list(names: list[str], longest: int = LONGEST) -> str:
    """Names by commas, as many as there is room for, then how many more there are; always the first."""
    shown_names = [printable(name) for name in names]
    kept = len(shown_names)
    while kept > 1 and len(_shorten_list(shown_names, kept)) > longest:
        kept -= 1
    return _shorten_list(shown_names, kept)


def _shorten_list(names: list[str], kept: int) -> str:
    more = len(names) - kept
    return ", ".join(names[:kept]) + (f" and {more} more" if more else "")
