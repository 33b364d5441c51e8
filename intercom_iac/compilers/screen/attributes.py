"""Tests of an attribute as filters: text, numbers, true or false, and dates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.days import DayRange, day_range
from intercom_iac.model.predicate import (
    FIELD_DAY_TESTS,
    Between,
    Compares,
    ComparesFields,
    DayTest,
    Equals,
    FieldTest,
    IsKnown,
    IsTrue,
    Matches,
    OnDay,
    OneOf,
    complementary,
)
from intercom_iac.model.standard import STANDARD, is_never_future
from intercom_iac.rules.print.text import number_text
from intercom_iac.rules.print.unparse import format_rule

from .days import DateSubject, day_filters, outside
from .filters import Filter, Form, Match, join
from .vocabulary import EMPTY_TEXT, WITH_A_PIPE, Kind, Operator

_KINDS: Mapping[DataType, Kind] = MappingProxyType(
    {
        DataType.STRING: "text",
        DataType.OPTIONS: "list",
        DataType.INTEGER: "number",
        DataType.FLOAT: "number",
        DataType.BOOLEAN: "boolean",
        DataType.DATE: "date",
    }
)


def label_of(field: Field) -> str:
    """What the screen calls an attribute: Intercom's own by their labels, others by their names.

    An attribute that was made through the API has its name for a label: no parameter takes another (API 2.16
    description, POST /data_attributes).
    """
    own = None if field.custom or field.owner == "event" else STANDARD.get((field.owner, field.name))
    return field.name if own is None else own.label


def attribute_form(test: FieldTest) -> Form:
    """Filters that take whom the test takes. Values of an integer attribute are taken for whole numbers."""
    match test:
        case Equals(field=field, value=value):
            return _filter(field, "is", _value(value))
        case OneOf(field=field, values=values):
            return _join("any", (_filter(field, "is", _value(value)) for value in values), test)
        case Matches(field=field, operator=operator, text=text):
            return _filter(field, "contains exact word" if operator == "contains word" else operator, text)
        case IsTrue(field=field):
            return _filter(field, "is", "true")
        case IsKnown(field=field):
            return _filter(field, "has any value")
        case Compares():
            return _comparison(test)
        case Between(field=field, first=first, last=last):
            ends = (Compares(field, ">=", first), Compares(field, "<=", last))
            return _join("all", map(_comparison, ends), test)
        case OnDay(field=field, test=day_test):
            return _join("all", day_filters(_date(field), days_of(day_test)), test)
        case ComparesFields():
            raise AssertionError("what compares two attributes is lacking")


def complement_form(test: FieldTest) -> Form:
    """Filters that take whom the test does not take: those of whom the value is not known, too."""
    match test:
        case Equals(field=field, value=bool(value)):
            return _or_unknown(test, [_filter(field, "is", _value(not value))])
        case Equals(field=field, value=value):
            return _filter(field, "is not", _value(value))
        case OneOf(field=field, values=values):
            return _join("all", (_filter(field, "is not", _value(value)) for value in values), test)
        case Matches(field=field, text=text):
            return _filter(field, "does not contain", text)
        case IsTrue(field=field):
            return _or_unknown(test, [_filter(field, "is", "false")])
        case IsKnown(field=field):
            return _filter(field, "is unknown")
        case Compares(field=field, comparison=comparison, value=value):
            return _or_unknown(test, [_comparison(Compares(field, complementary(comparison), value))])
        case Between(field=field, first=first, last=last):
            outer = (Compares(field, "<", first), Compares(field, ">", last))
            return _or_unknown(test, map(_comparison, outer))
        case OnDay(field=field, test=day_test):
            days = outside(_date(field), days_of(day_test))
            return _or_unknown(test, (_join("all", filters, test) for filters in days))
        case ComparesFields():
            raise AssertionError("what compares two attributes is lacking")


def days_of(test: DayTest) -> DayRange:
    """The days that pass a test that reads no other date."""
    assert not isinstance(test, FIELD_DAY_TESTS), "what reads another date is lacking"
    return day_range(test)


def _comparison(test: Compares) -> Form:
    """The screen has no `>=`: on an integer `>= 3` is `greater than 2`, as the help article says."""
    field, value = test.field, test.value
    beyond: Operator = "greater than" if test.comparison[0] == ">" else "less than"
    if test.comparison in ("<", ">"):
        return _filter(field, beyond, number_text(value))
    if field.type is DataType.INTEGER:
        bound = math.ceil(value) - 1 if test.comparison == ">=" else math.floor(value) + 1
        return _filter(field, beyond, number_text(bound))
    return _join("any", (_filter(field, operator, number_text(value)) for operator in (beyond, "is")), test)


def _or_unknown(test: FieldTest, forms: Iterable[Form]) -> Form:
    return _join("any", (*forms, _filter(test.field, "is unknown")), test)


def _date(field: Field) -> DateSubject:
    return DateSubject((label_of(field),), "date", is_never_future(field))


def _filter(field: Field, operator: Operator, value: str | None = None) -> Filter:
    doubts = () if field.type is not DataType.STRING or value is None else tuple(_doubts_of(value))
    return Filter((label_of(field),), _kind(field), operator, value, doubts)


def _doubts_of(text: str) -> Iterator[str]:
    if text == "":
        yield EMPTY_TEXT
    if "|" in text:
        yield WITH_A_PIPE


def _kind(field: Field) -> Kind:
    is_role = not field.custom and (field.owner, field.name) == ("contact", "role")
    return "role" if is_role else _KINDS[field.type]


def _value(value: str | float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else number_text(value)


def _join(match: Match, parts: Iterable[Form], test: Predicate) -> Form:
    return join(match, parts, partial(format_rule, test))
