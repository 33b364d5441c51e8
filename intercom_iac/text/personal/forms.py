"""What a sampled value is by its form: a date, a number or a yes-or-no as text, a time in milliseconds."""

from __future__ import annotations

import re
from typing import Any, Literal

from intercom_iac.lazy_pattern import lazy_pattern

Form = Literal["text", "number", "boolean", "date", "list", "object"]

_ISO_DATE = lazy_pattern(
    r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[^A-Za-z]{0,12}(?:Z|UTC)?)?"
)
_WRITTEN_DATE = lazy_pattern(
    r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?: [0-9]{1,2}:[0-9]{2}.{0,9})?"
)
_NUMBER = lazy_pattern(r"[+-]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,12})?")
_YES_AND_NO = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0"})
_LONGEST_FORM = 40
_NAMED_TIME = lazy_pattern(
    r"(?:(?:^|[_ -])(?:at|on|day|time|since|until)|[a-z](?:At|On|Day|Time|Since|Until)|[Dd]ate|[Tt]imestamp)$"
)
_NAMED_CODE = lazy_pattern(
    r"(?:^|[ _-])(?:ids?|zip|zipcode|postcode|postal|phone|mobile|tel|fax|code|pin|vat|iban|sku|uuid|ref)(?:$|[ _-])"
    r"|[a-z](?:Ids?|ID|Zip|Postcode|Phone|Mobile|Fax|Code|Pin|Vat|Iban|Sku|Uuid|Ref)(?:$|[A-Z _-])",
    re.ASCII,
)

# A time of the years 1995 to 2100, in seconds and in milliseconds.
_SECONDS = range(788_918_400, 4_102_444_800)
_MILLISECONDS = range(788_918_400_000, 4_102_444_800_000)


def form_of(value: Any) -> Form:
    """What kind of JSON value it is; text stays text, whatever it says."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "text"
    return "list" if isinstance(value, list) else "object"


def reads_as_date(text: str) -> bool:
    """`2026-01-31`, `2026-01-31T10:00:00Z`, `31/01/2026`, `1/31/26`: a calendar day in figures."""
    text = text.strip()
    if len(text) > _LONGEST_FORM:
        return False
    if found := _ISO_DATE.fullmatch(text):
        return 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31
    found = _WRITTEN_DATE.fullmatch(text)
    if not found:
        return False
    low, high = sorted((int(found[1]), int(found[2])))
    return 1 <= low <= 12 and high <= 31


def reads_as_number(text: str) -> bool:
    """`12`, `-3.5`; not `007`, which is a code."""
    return _NUMBER.fullmatch(text.strip()) is not None


def reads_as_boolean(text: str) -> bool:
    return text.strip().casefold() in _YES_AND_NO


def in_seconds(value: Any) -> bool:
    """Whether a number, or its digits as text, is a plausible time in seconds."""
    return (value if type(value) is int else _whole_number(value)) in _SECONDS


def in_milliseconds(value: Any) -> bool:
    """The same in milliseconds."""
    return (value if type(value) is int else _whole_number(value)) in _MILLISECONDS


def names_time(name: str) -> bool:
    """Whether an attribute is called like a time: `signed_up_at`, `trialEndDate`."""
    return _NAMED_TIME.search(name) is not None


def names_code(name: str) -> bool:
    """Whether an attribute is called like something whose digits are no number: `customer_id`, `zip`."""
    return _NAMED_CODE.search(name) is not None


def _whole_number(value: Any) -> int:
    """The whole number that a value is; -1 for what is none."""
    if isinstance(value, bool):
        return -1
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, str) and len(value) <= 15 and value.isascii() and value.isdigit():
        return int(value)
    return -1
