"""A search query as SQL: which contacts can match, by the indexes there are, and the order they come in.

`query` says what a query means, as a test on one contact; this says the same to the database, as far as SQL can. A
condition that is not exact holds for every contact that matches, and may hold for others.
"""

import json
from dataclasses import dataclass
from typing import Any

from ..storage.columns import CUSTOM_PREFIX, FLAGS
from ..wire.json_values import JsonObject, as_integer, as_list, as_object
from .query import EMAIL_FIELDS, SearchFields, day_bounds

SQL_COLUMNS = ("id", "role", "external_id", "created_at", "updated_at")
"""The fields that are columns of their own."""

LARGEST_INTEGER = 2**63 - 1
"""The largest integer of SQLite."""

COMPARISONS = ("<", ">", "<=", ">=")


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with the values of its `?`; `exact` where a contact matches if and only if it holds."""

    text: str
    values: tuple[Any, ...] = ()
    exact: bool = True


ANY_CONTACT = Sql("1", exact=False)
"""The condition for what SQL cannot decide."""


def sql_condition(query: object, fields: SearchFields) -> Sql:
    """The condition on the table of contacts for a query that `compile_query` accepted."""
    node = as_object(query) or {}
    if "field" in node:
        return _filter_condition(node, fields) or ANY_CONTACT
    members = [sql_condition(item, fields) for item in as_list(node.get("value")) or ()]
    operator = "and" if node.get("operator") == "AND" else "or"
    if operator == "or" and any(member is ANY_CONTACT for member in members):
        return ANY_CONTACT
    conditions = [member for member in members if member is not ANY_CONTACT]
    if not conditions:
        return ANY_CONTACT
    return _combine(operator, conditions, exact=all(member.exact for member in members))


INDEXED_FIELDS = ("id", "external_id", "email", "created_at", "updated_at", "last_seen_at", "tag_id")
"""The fields of which the file has an index that tells most contacts apart."""


def indexed_condition(query: object, fields: SearchFields) -> Sql | None:
    """What of a query the file answers by its indexes: a condition that every contact that matches holds.

    None where the query cannot be narrowed so. A query that `compile_query` accepted.
    """
    node = as_object(query) or {}
    if "field" in node:
        answers = node["field"] in INDEXED_FIELDS and node.get("operator") in ("=", "IN", *COMPARISONS)
        return _filter_condition(node, fields) if answers and node.get("value") is not None else None
    members = [indexed_condition(item, fields) for item in as_list(node.get("value")) or ()]
    conditions = [member for member in members if member is not None]
    operator = "and" if node.get("operator") == "AND" else "or"
    if not conditions or (operator == "or" and len(conditions) < len(members)):
        return None
    return _combine(operator, conditions, exact=False)


def _combine(operator: str, conditions: list[Sql], *, exact: bool) -> Sql:
    return Sql(
        f"({f' {operator} '.join(condition.text for condition in conditions)})",
        tuple(value for condition in conditions for value in condition.values),
        exact=exact,
    )


def sql_field(field: str) -> Sql | None:
    """The expression of a contact's field, null where it is not set; None for a field that SQL cannot read."""
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
    expression = None if kind == "segment" else sql_field(name)
    if expression is None or "value" not in node:
        return None
    if value is None:
        return Sql(f"{expression.text} is {'' if operator == '=' else 'not '}null", expression.values)
    if name == "email":
        # Without `nullif`, as the index is on the column.
        expression = Sql("lower(email)" if fields.switches.email_search_folds_case else "email")
    if operator in ("IN", "NIN"):
        return _list_condition(name, expression, operator, value, fields)
    operand = _sql_value(name, value, fields)
    if operand is None:
        return None
    if kind == "date":
        return _day_condition(expression, operator, operand, fields)
    if operator == "=":
        return Sql(f"{expression.text} = ?", (*expression.values, operand))
    if operator == "!=":
        return Sql(f"{expression.text} is not ?", (*expression.values, operand))
    if operator in COMPARISONS:
        return Sql(f"{expression.text} {operator} ?", (*expression.values, operand))
    return None


def _sql_value(name: str, value: object, fields: SearchFields) -> Any:
    """The value as SQLite compares it; None for one that it cannot compare as a search does.

    An empty address counts as not set.
    """
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


def _list_condition(
    name: str, expression: Sql, operator: str, value: object, fields: SearchFields
) -> Sql | None:
    items = [_sql_value(name, item, fields) for item in as_list(value) or ()]
    # A search takes the text of a date as a number.
    if any(item is None for item in items) or (fields.type_of(name) == "date"):
        return None
    among = "(select value from json_each(?))"
    values = (*expression.values, json.dumps(items))
    if operator == "IN":
        return Sql(f"{expression.text} in {among}", values)
    return Sql(
        f"({expression.text} is null or {expression.text} not in {among})", (*expression.values, *values)
    )


def _day_condition(expression: Sql, operator: str, moment: object, fields: SearchFields) -> Sql | None:
    number = as_integer(moment)
    if number is None:
        return None
    start, end = day_bounds(number, fields.timezone)
    if operator == "<":
        return Sql(f"{expression.text} < ?", (*expression.values, start))
    if operator == ">":
        return Sql(f"{expression.text} >= ?", (*expression.values, end))
    if operator == "=":
        text = f"({expression.text} >= ? and {expression.text} < ?)"
        return Sql(text, (*expression.values, start, *expression.values, end))
    return None


def _tag_condition(operator: str, value: object) -> Sql | None:
    number = tag_number(str(value))
    if operator not in ("=", "!="):
        return None
    negation = "" if operator == "=" else "not "
    return Sql(f"seq {negation}in (select contact from contact_tags where tag = ?)", (number,))  # noqa: S608


def tag_number(tag_id: str) -> int:
    """The row number of a tag's id; 0, which no tag has, where the text is no id of a tag."""
    number = int(tag_id) if tag_id.isascii() and tag_id.isdecimal() and len(tag_id) < 19 else 0
    return number if str(number) == tag_id else 0
