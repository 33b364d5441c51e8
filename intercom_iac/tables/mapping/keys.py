"""Which column of a table names the record."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.model.payload import shown_name
from intercom_iac.text import did_you_mean
from intercom_iac.text.lists import brief_list

from ..source import TableSource
from ..sources.columns import SourceColumn
from .fields import KEY_ALIASES, KEYS

_KEY_KINDS = ("text", "integer", "decimal", "double", "json")


def find_key(
    columns: Sequence[SourceColumn], source: TableSource
) -> tuple[str, SourceColumn | None, list[Diagnostic]]:
    """The key of a table, the column that has it, None where there is none, and what is wrong with it."""
    keys = KEYS[source.record] if source.key is None else (source.key,)
    for key in keys:
        for column in columns:
            target = source.target(column.name)
            if key in (target, KEY_ALIASES.get(target) if source.record == "event" else None):
                return key, column, _unfit_key(column, key)
    wanted = brief_list(keys, "or")
    names = [column.name for column in columns]
    near = did_you_mean(keys[0], names)
    example = shown_name(next(iter(names), "COLUMN"))
    hint = f"name the column that is: `--map {example}={keys[0]}`, or `map:` of the source"
    diagnostic = codes.NO_KEY_COLUMN.at(
        None,
        f"`{shown_name(source.name)}` has no column {wanted}",
        hint=hint if near is None else f"{near} {hint}",
    )
    return keys[0], None, [diagnostic]


def _unfit_key(column: SourceColumn, key: str) -> list[Diagnostic]:
    if column.kind in _KEY_KINDS:
        return []
    message = f"the column `{shown_name(column.name)}` holds neither texts nor whole numbers, as `{key}` does"
    return [codes.NO_KEY_COLUMN.at(None, message, hint="write it as text in the table's query")]
