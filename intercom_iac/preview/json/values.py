"""What a value of JSON is, in DuckDB's SQL."""

from __future__ import annotations

import json
from collections.abc import Collection

from intercom_iac.compilers.sql import DIALECTS, key_of_event
from intercom_iac.model import DataType, Field, event_key
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID

_DUCKDB = DIALECTS["duckdb"]


def text_value(json: str) -> str:
    """The text that a value of JSON is; null where it is none."""
    return f"case when starts_with({json}::varchar, '\"') then {json} ->> '$' end"


def number_value(json: str) -> str:
    # A text has its quotes, and is no number with them.
    return f"try_cast({json}::varchar as double)"


def boolean_value(json: str) -> str:
    return f"case {json}::varchar when 'true' then true when 'false' then false end"


def id_value(json: str) -> str:
    """An id as text; Intercom's are, and what went through a spreadsheet may be whole numbers."""
    return (
        f"case when starts_with({json}::varchar, '\"') or json_type({json}) in ('BIGINT', 'UBIGINT') "
        f"then {json} ->> '$' end"
    )


def field_value(field: Field, json: str) -> str:
    """The value of a field, null where that in the object is of another type."""
    if field.type is DataType.BOOLEAN:
        return boolean_value(json)
    if not field.type.is_text:
        return number_value(json)
    # An address that was taken away reads as an empty text, and a search finds none (recorded, API 2.3).
    text = text_value(json)
    return f"nullif({text}, '')" if field.wire == "email" and not field.custom else text


def registrar_condition(external_id: str) -> str:
    return f"{external_id}::varchar is not distinct from {_DUCKDB.text(_json_text(REGISTRAR_EXTERNAL_ID))}"


def tags_of(tags: str) -> str:
    return f"json_extract(coalesce({tags} -> '/data', {tags} -> '/tags'), '$[*]')"


def event_condition(json: str, events: Collection[str]) -> str:
    """That the name of an event is that of one of these, whatever its case."""
    if not events:
        # No text of JSON is empty. Of a condition that is plainly false, DuckDB would not read the file, and refuse
        # no line of it.
        return f"{json}::varchar = ''"
    keys = dict.fromkeys(map(event_key, events))
    # As the rules spell it, it mostly is. Of another length, a name has another key, if both are of ASCII.
    lengths = ", ".join(dict.fromkeys(str(len(_json_text(key).encode())) for key in keys))
    spelled = ", ".join(_DUCKDB.text(_json_text(name)) for name in dict.fromkeys((*events, *keys)))
    of_a_key = f"{key_of_event(text_value(json))} in ({', '.join(map(_DUCKDB.text, keys))})"
    text = f"{json}::varchar"
    return (
        f"({text} in ({spelled}) or "
        f"(strlen({text}) in ({lengths}) or strlen({text}) <> length({text})) and {of_a_key})"
    )


def _json_text(text: str) -> str:
    """A text as DuckDB writes it in JSON."""
    return json.dumps(text, ensure_ascii=False)
