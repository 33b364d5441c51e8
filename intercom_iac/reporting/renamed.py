"""What a rename changes, as text and as JSON."""

from __future__ import annotations

from typing import Any

from intercom_iac.specs.renaming.rename import Renamed, RenamedPart, What
from intercom_iac.text import columns, printable

_WORDS: dict[What, str] = {
    "entry": "{} is new",
    "deprecated": "{} is deprecated",
    "restored": "{} is in use again",
    "removed": "{} is removed",
    "key": "{} is the key now",
    "name": "{} keeps its name in Intercom",
    "rule": "the rule of {}",
    "reference": "{} comes after it",
    "assertion": "{} names it",
    "priorities": "the priorities",
    "test": "a test of {}",
    "address": "the address",
    "silence": "a silence",
}


def renamed_text(renamed: Renamed) -> str:
    """A line for each part of a file that is another, with its place in the new text."""
    rename = renamed.rename
    lines = [f"{rename.old} -> {rename.new}"]
    places = [str(part.span) for part in renamed.parts]
    width = max(map(columns, places), default=0)
    for part, place in zip(renamed.parts, places, strict=True):
        lines.append(f"  {place}{' ' * (width - columns(place))}  {_what(part)}")
    return "".join(f"{printable(line)}\n" for line in lines)


def _what(part: RenamedPart) -> str:
    names = f", {part.count} names" if part.count > 1 else ""
    return f"{_WORDS[part.what].format(part.address)}{names}"


def renamed_json(renamed: Renamed, *, written: bool) -> dict[str, Any]:
    """As `mv.schema.json` describes it."""
    return {
        "format_version": "1.0",
        "from": str(renamed.rename.old),
        "to": str(renamed.rename.new),
        "written": written,
        "files": [file.path for file in renamed.files],
        "changes": [
            {
                "what": part.what,
                "address": part.address,
                "count": part.count,
                "file": part.span.file.path,
                "line": part.span.line,
                "column": part.span.column,
            }
            for part in renamed.parts
        ],
    }
