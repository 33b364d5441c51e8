"""What Intercom's screen can say, as data: which operators a filter has, in its words, and how far that is known.

Sources are articles of Intercom's help centre, by their number:

- 2410715, how filters work: the operators of text, numbers, true-or-false and dates; that numbers have no "or equal";
  that `is` and `is not` compare letter by letter, and `contains` in any case and inside of words. People are filtered
  by tags, segments, events and attributes.
- 2848161, And and Or: the negative filters `is not` and `does not contain`; a group joins its filters with And or
  with Or, never both, and so are the groups joined. "Is not one, or is not the other" matches everyone, so that a
  negative filter takes the unknown too. A `|` in a text may stand between alternatives.
- 14654636, audience rules: the filter on a person's tag is `Person tag`.
- 175, tracking events, and 5245581, events as filters: people are filtered by how often an event occurred, and by the
  first and the last time; that these have the operators of numbers and of dates is read from that. Metadata filters
  the event that triggers a message, and no article shows it among the filters of people.
- 186, companies, and 324, segments: people are filtered by data of their companies, and lists are saved as segments.

Assumed are the rows that no article shows, which `doubt` names, and that a day on the screen is a calendar day of the
workspace as in contact search: copies of older help pages count days of 24 hours back from now. The same copies show
dates to come as negative numbers of days ago, and that `less than` includes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass

# What a filter is about, as far as it decides which operators the filter has.
Kind = Literal[
    "text", "list", "number", "boolean", "date", "role", "tag", "company tag", "segment", "event date"
]
Operator = Literal[
    "is",
    "is not",
    "contains",
    "does not contain",
    "contains exact word",
    "starts with",
    "ends with",
    "greater than",
    "less than",
    "more than",
    "exactly",
    "before",
    "on",
    "after",
    "is unknown",
    "has any value",
]

# What stands before the name of what a filter is about, where it is no attribute of a person.
COMPANY_DATA = "Company data"
EVENT = "Event"
PERSON_TAG = "Person tag"
COMPANY_TAG = "Company tag"
SEGMENT = "Segment"
SUBJECTS = (COMPANY_DATA, EVENT, PERSON_TAG, COMPANY_TAG, SEGMENT)
COUNT, FIRST, LAST = "Count", "First occurred", "Last occurred"

# Doubts that hang on more than the operator; a step says them after `not certain: `.
DAYS_TO_COME = "whether a negative number is days to come"
FROM_TODAY_ON = "whether it includes days to come"
SEVERAL_COMPANIES = "of a person with several companies"
EMPTY_TEXT = "whether it takes an empty text"
WITH_A_PIPE = "whether | means or"
EVERY_COMPANY_HAS_IT = "whether every company has one"

# True of whom the value is not known.
_OF_UNKNOWN = frozenset({"is not", "does not contain", "is unknown"})


@dataclass(frozen=True, slots=True)
class Words:
    """An operator of a kind of filter. `source` is the help article that shows it; None where it is assumed, and
    `doubt` says what then is not certain."""

    source: int | None
    doubt: str | None = None


def _rows(source: int, *operators: Operator) -> dict[Operator, Words]:
    return {operator: Words(source) for operator in operators}


def _assumed(doubt: str, *operators: Operator) -> dict[Operator, Words]:
    return {operator: Words(None, doubt) for operator in operators}


_KNOWN = _rows(2410715, "is unknown", "has any value")
_PARTS: tuple[Operator, ...] = (
    "contains",
    "does not contain",
    "contains exact word",
    "starts with",
    "ends with",
)
_DATE = _rows(2410715, "more than", "less than", "exactly", "before", "on", "after")

OPERATORS: Mapping[Kind, Mapping[Operator, Words]] = MappingProxyType(
    {
        "text": {
            **_rows(2410715, "is", "is not", "contains", "contains exact word", "starts with", "ends with"),
            **_rows(2848161, "does not contain"),
            **_KNOWN,
        },
        "list": {
            **_rows(2410715, "is", "is not"),
            **_assumed("whether an attribute with options has it", *_PARTS),
            **_KNOWN,
        },
        "number": {**_rows(2410715, "is", "is not", "greater than", "less than"), **_KNOWN},
        "boolean": {**_rows(2410715, "is"), **_KNOWN},
        "date": {**_DATE, **_KNOWN},
        "event date": {
            **_DATE,
            **_rows(2410715, "has any value"),
            **_assumed("whether the dates of an event have it", "is unknown"),
        },
        "role": _assumed(
            "what the filter and its values are called",
            "is",
            "is not",
            *_PARTS,
            "is unknown",
            "has any value",
        ),
        "tag": {**_rows(14654636, "is"), **_rows(2848161, "is not")},
        "company tag": _assumed("what the filter is called", "is", "is not"),
        "segment": {**_rows(2410715, "is"), **_rows(2848161, "is not")},
    }
)


def is_true_of_unknown(operator: Operator) -> bool:
    """Whether a filter with the operator takes whom the value is not known of."""
    return operator in _OF_UNKNOWN
