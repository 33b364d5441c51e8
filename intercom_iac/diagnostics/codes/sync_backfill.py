"""SYNC160-169: values that are copied to the attribute which takes the place of theirs."""

from __future__ import annotations

from ..registry import Code, Example

_SPEC = """\
version: 1
attributes:
  contact:
    seats_text: {type: string, status: deprecated}
    seats: {type: integer, replaces: {attribute: seats_text}}
"""


def _copy_of(value: str) -> Example:
    """A workspace with a person who has this value of the old attribute, and the copy of it."""
    return Example(
        {"specs/example.yaml": _SPEC, "table.csv": f"external_id,seats_text\nu1,{value}\n"},
        "sync --replace seats --dry-run",
        before=("apply --auto-approve", "sync contacts table.csv --mode upsert --auto-approve"),
    )


NOT_CONVERTIBLE = Code(
    "SYNC160",
    "a value that does not convert to the attribute that takes its place",
    "`sync --replace NEW` copies the values of an old attribute by its `convert` and by their types. One that has no "
    "counterpart stays on the old attribute, and its contact or company has none of the new one.",
    wrong=_copy_of("a dozen"),
    right=_copy_of("12"),
)
