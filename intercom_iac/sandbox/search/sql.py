"""A search query as SQL: which contacts can match, by the indexes there are, and the order they come in.

`query` says what a query means, on one contact; this says the same to the database, as far as it can. A condition
that is not exact holds for every contact that matches, and for others too.
"""

import json
from dataclasses import dataclass
from typing import Any

from ..storage.columns import CUSTOM_PREFIX, FLAGS
from ..wire.json_values import JsonObject, as_integer, as_list, as_object
from .query import EMAIL_FIELDS, SearchFields, day_bounds

SQL_COLUMNS = ("id", "role", "external_id", "created_at", "updated_at")
# SQLite knows no larger integers.
LARGEST_INTEGER = 2**63 - 1

COMPARISONS = {"<": "<", ">": ">", "<=": "<=", ">=": ">="}


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with the values of its `?`; `exact` where a contact matches if, not only if, it holds."""

    text: str
    values: tuple[Any, ...] = ()
    exact: bool = True


ANY_CONTACT = Sql("1", exact=False)


def sql_condition(query: object, fields: SearchFields) -> Sql:
    """What of a query, one that `compile_query` took, can be asked of the table of contacts."""
    node = as_object(query) or {}
    if "field" in node:
        return _filter_condition(node, fields) or ANY_CONTACT
    members = [sql_condition(item, fields) for item in as_list(node.get("value")) or ()]
    every = node.get("operator") == "AND"
    if not every and any(member is ANY_CONTACT for member in members):
        return ANY_CONTACT
    told = [member for member in members if member is not ANY_CONTACT]
    if not told:
        return ANY_CONTACT
    return Sql(
        f"({(' and ' if every else ' or ').join(member.text for member in told)})",
        tuple(value for member in told for value in member.values),
        exact=all(member.exact for member in members),
    )


def sql_field(field: str) -> Sql | None:
    """A field of a contact, null where it is not set; None where SQL cannot tell."""
    if field in SQL_COLUMNS:
        return Sql(field)
    if field == "email":
        return Sql("nullif(email, '')")
    if field == "email_domain" or '"' in field or "\\" in field or "\0" in field:
        return None
    if field.startswith(CUSTOM_PREFIX):
        return Sql("json_extract(fields, ?)", (f'$."{field}"',))
    name = "phone" if field == "formatted_phone" else field
    path = f'$."{name}"' if "." in name else f"$.{name}"
    text = f"json_extract(fields, '{path}')"
    return Sql(f"coalesce({text}, 0)" if field in FLAGS else text)


def _filter_condition(node: JsonObject, fields: SearchFields) -> Sql | None:
    name, operator, value = str(node["field"]), str(node.get("operator")), node.get("value")
    kind = fields.type_of(name)
    if kind == "tag":
        return _tag_condition(operator, value)
    read = None if kind == "segment" else sql_field(name)
    if read is None or "value" not in node:
        return None
    if value is None:
        return Sql(f"{read.text} is {'' if operator == '=' else 'not '}null", read.values)
    if name == "email":
        # The index is on the column.
        read = Sql("lower(email)" if fields.switches.email_search_folds_case else "email")
    if operator in ("IN", "NIN"):
        return _list_condition(name, read, operator, value, fields)
    known = _sql_value(name, value, fields)
    if known is None:
        return None
    if kind == "date":
        return _day_condition(read, operator, known, fields)
    if operator == "=":
        return Sql(f"{read.text} = ?", (*read.values, known))
    if operator == "!=":
        return Sql(f"{read.text} is not ?", (*read.values, known))
    if operator in COMPARISONS:
        return Sql(f"{read.text} {COMPARISONS[operator]} ?", (*read.values, known))
    return None


def _sql_value(name: str, value: object, fields: SearchFields) -> Any:
    """The value as SQLite compares it; None for one it cannot take. An empty address is none to a search."""
    if isinstance(value, str):
        if "\0" in value or (name == "email" and not value):
            return None
        return value.encode().lower().decode() if _folds_case(name, fields) else value
    if isinstance(value, bool):
        return value
    number = as_integer(value)
    return number if number is not None and abs(number) <= LARGEST_INTEGER else None


def _folds_case(name: str, fields: SearchFields) -> bool:
    return name in EMAIL_FIELDS and fields.switches.email_search_folds_case


def _list_condition(name: str, read: Sql, operator: str, value: object, fields: SearchFields) -> Sql | None:
    items = [_sql_value(name, item, fields) for item in as_list(value) or ()]
    # Texts of dates are numbers to a search.
    if any(item is None for item in items) or (fields.type_of(name) == "date"):
        return None
    among = "(select value from json_each(?))"
    values = (*read.values, json.dumps(items))
    if operator == "IN":
        return Sql(f"{read.text} in {among}", values)
    return Sql(f"({read.text} is null or {read.text} not in {among})", (*read.values, *values))


def _day_condition(read: Sql, operator: str, moment: object, fields: SearchFields) -> Sql | None:
    number = as_integer(moment)
    if number is None:
        return None
    start, end = day_bounds(number, fields.timezone)
    if operator == "<":
        return Sql(f"{read.text} < ?", (*read.values, start))
    if operator == ">":
        return Sql(f"{read.text} >= ?", (*read.values, end))
    if operator == "=":
        text = f"({read.text} >= ? and {read.text} < ?)"
        return Sql(text, (*read.values, start, *read.values, end))
    return None


def _tag_condition(operator: str, value: object) -> Sql | None:
    number = tag_number(str(value))
    if operator not in ("=", "!="):
        return None
    kept = "" if operator == "=" else "not "
    return Sql(f"seq {kept}in (select contact from contact_tags where tag = ?)", (number,))  # noqa: S608


def tag_number(tag_id: str) -> int:
    """The row number of a tag's id; 0, which is none's, where it is no id of a tag."""
    number = int(tag_id) if tag_id.isascii() and tag_id.isdecimal() and len(tag_id) < 19 else 0
    return number if str(number) == tag_id else 0
