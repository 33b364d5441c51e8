"""A query of contact search as the rule that it is, by a reading of the API's description of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.days import calendar_day
from intercom_iac.model.predicate import Calendar, Compares, Equals, IsKnown, IsTrue, Matches, OnDay, OneOf

from ..generators.rules import conjunction, disjunction, negation

_TEXT = {"~": "contains", "^": "starts with", "$": "ends with"}


def rule_of_query(query: Mapping[str, Any], fields: Mapping[str, Field], zone: ZoneInfo) -> Predicate:
    """What the query finds. `fields` are those that it may ask for, by their names in search."""
    if "field" not in query:
        parts = [rule_of_query(part, fields, zone) for part in query["value"]]
        if len(parts) == 1:
            return parts[0]
        return conjunction(parts) if query["operator"] == "AND" else disjunction(parts)
    field, operator, value = fields[query["field"]], query["operator"], query["value"]
    match operator:
        case "!=" | "NIN" | "!~":
            opposite = {"!=": "=", "NIN": "IN", "!~": "~"}[operator]
            return negation(rule_of_query({**query, "operator": opposite}, fields, zone))
        case "IN":
            return OneOf(field, tuple(value))
        case "~" | "^" | "$":
            return Matches(field, _TEXT[operator], value)
        case "=" if value is None:
            return negation(IsKnown(field))
        case _ if field.type is DataType.DATE:
            return OnDay(field, Calendar(operator, calendar_day(value, zone)))
        case "=":
            return IsTrue(field) if value is True else Equals(field, value)
        case _:
            return Compares(field, operator, value)
