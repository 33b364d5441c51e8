"""The text of a cell as the value that it stands for: CSV has no types, so the specs say which one is meant.

A text that is no value of its field's type stays a text, for the judge to say what is wrong with it.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import DataType
from intercom_iac.model.payload import shown_name

from ..json.text import read_record
from ..violation import Violation
from .columns import CONTAINERS, Place

_WHOLE = lazy_pattern(r"[+-]?\d{1,300}")
_NUMBER = lazy_pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:inf|infinity|nan)", re.IGNORECASE)
_BOOLEANS = {"true": True, "false": False}


def cell_value(place: Place, text: str) -> Any:
    """The value of a cell that is not empty."""
    field = place.field
    if field is None:
        return _other_value(place.path, text)
    if text[0] == "{" and field.owner == "event" and field.custom:
        return _object(text)  # a rich link, or an amount of money
    if field.type is DataType.BOOLEAN:
        return _BOOLEANS.get(text.lower(), text)
    if field.type.is_number or field.type is DataType.DATE:
        return _number(text)
    return text


def _other_value(path: tuple[str, ...], text: str) -> Any:
    """What no field has the type of: an object in one cell, or a part of one such as `metadata.price.amount`."""
    if len(path) == 1:
        return parse_object(path[0], text)
    return _number(text) if path[-1] == "amount" else text


def inner_violations(number: int, place: Place, value: Any, text: str) -> list[Violation]:
    """What reading tells of a cell whose value is the object that its text is: a key that stands twice, half of a
    character."""
    if not isinstance(value, dict):
        return []
    read = read_record(number, text.encode(errors="surrogatepass"))
    outer = ".".join(map(shown_name, place.path))
    return [
        replace(
            told,
            path=f"{outer}.{told.path}" if told.path else outer,
            column=None,
            attribute=place.address,
            declared=place.declared_at,
        )
        for told in read.violations
    ]


def parse_object(key: str, text: str) -> Any:
    """The object that a text is, under a key that holds one."""
    return _object(text) if key in CONTAINERS and text.lstrip()[:1] == "{" else text


def _number(text: str) -> Any:
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if len(text) < 1000 and _NUMBER.fullmatch(text) else text


def _object(text: str) -> Any:
    """The JSON object that a cell holds; the text where it holds none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
