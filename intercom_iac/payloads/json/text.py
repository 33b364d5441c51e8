"""The text of one record read exactly: what a hostile or broken one holds is told with its column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import printable

from ..read_record import ReadRecord
from ..violation import Violation
from .batch import MAX_RECORD_BYTES
from .places import TextPlaces, column_of_level, find_places

MAX_DEPTH: Final = 100
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

_MOST_DIGITS = 4_000
"""Longer whole numbers are not read, which would take more than linear time."""
_UNPAIRED = lazy_pattern(r"\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])|[c-fC-F]..)")
_MAY_BE_UNPAIRED = lazy_pattern(r"\\u[dD][89a-fA-F]")

# What Python's reader says -> what is said here, and what to do.
_WORDS: Sequence[tuple[str, str, str | None]] = (
    ("Expecting property name", "a key in double quotes is missing", "JSON has its keys in double quotes"),
    ("Illegal trailing comma", "a comma stands before the end", None),
    ("Expecting ',' delimiter", "a comma or the end is missing", None),
    ("Expecting ':' delimiter", "a colon is missing behind a key", None),
    ("Extra data", "more follows behind its end", "a line holds one record"),
    ("Unterminated string", "a text has no end", None),
    ("Invalid control character", "a text holds a control character", r"write it as an escape, such as `\n`"),
    ("Invalid \\", "a text holds an escape that JSON does not have", None),
    ("Expecting value", "a value is missing", None),
)
_LOOKS_LIKE_PYTHON = lazy_pattern(r"'|\b(?:True|False|None)\b")


def read_record(number: int, raw: bytes, reader: JsonReader | None = None) -> ReadRecord:
    """The record that a text in UTF-8 is. A byte order mark before it is told and read over.

    `reader` may serve for many records, one after the other.
    """
    if len(raw) > MAX_RECORD_BYTES:
        return oversized_record(number)
    told: list[Violation] = []
    body = raw
    if raw.startswith(BYTE_ORDER_MARK):
        body = raw[len(BYTE_ORDER_MARK) :]
        told.append(_fault(number, codes.BYTE_ORDER_MARK, "a byte order mark stands before the record", 1))
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        column = len(body[: error.start].decode(errors="replace")) + 1
        message = f"the record is not UTF-8: byte `0x{body[error.start]:02x}` begins no character"
        hint = "write the file in UTF-8"
        return _unreadable(raw, told, _fault(number, codes.ENCODING, message, column, hint))
    reader = reader or JsonReader()
    try:
        value = reader.read(text)
    except json.JSONDecodeError as error:
        return _unreadable(raw, told, _syntax_fault(number, text, error))
    except RecursionError:
        return _unreadable(raw, told, _too_deep(number, text))
    if text.count("{") + text.count("[") > MAX_DEPTH and depth_exceeds(value, MAX_DEPTH):
        return _unreadable(raw, told, _too_deep(number, text))
    if (fault := _unpaired_fault(number, text, value)) is not None:
        return _unreadable(raw, told, fault)
    places = find_places(text) if reader.looked_odd else TextPlaces()
    told += [
        Violation(
            record=number,
            path=path,
            code=codes.DUPLICATE_KEY,
            message=f"`{path}` stands twice in its object",
            hint="which of the two counts depends on the reader; the last one is checked here",
            column=column,
        )
        for path, column in places.duplicates
    ]
    return ReadRecord(number=number, value=value, raw=raw, violations=tuple(told), places=places)


def oversized_record(number: int) -> ReadRecord:
    """What takes the place of a record that is too large to be read."""
    megabytes = MAX_RECORD_BYTES // 1024**2
    fault = _fault(number, codes.TOO_LARGE, f"the record has more than {megabytes} MB and is not read", None)
    return ReadRecord(number=number, violations=(fault,), readable=False)


def depth_exceeds(value: Any, limit: int) -> bool:
    """Whether objects and lists stand in each other deeper than so many levels."""
    level = _containers([value])
    for _ in range(limit):
        if not level:
            return False
        level = _containers(inner for container in level for inner in _values(container))
    return bool(level)


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if isinstance(value, dict | list)]


def _values(container: Any) -> Iterable[Any]:
    if isinstance(container, dict):
        return cast("dict[str, Any]", container).values()
    return cast("list[Any]", container)


class JsonReader:
    """JSON as Python reads it; `looked_odd` after it met a key twice, or a number that JSON does not have."""

    def __init__(self) -> None:
        self.looked_odd = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_int=self._integer,
            parse_float=self._number,
        )

    def read(self, text: str) -> Any:
        self.looked_odd = False
        return self._decoder.decode(text)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            self.looked_odd = True
        return values

    def _constant(self, text: str) -> float:
        self.looked_odd = True
        return float(text)

    def _integer(self, text: str) -> float:
        return int(text) if len(text) <= _MOST_DIGITS else self._number(text)

    def _number(self, text: str) -> float:
        number = float(text)
        if number in (float("inf"), float("-inf")):
            self.looked_odd = True
        return number


def _syntax_fault(number: int, text: str, error: json.JSONDecodeError) -> Violation:
    words, hint = next(
        ((words, hint) for begin, words, hint in _WORDS if error.msg.startswith(begin)),
        (printable(error.msg[:1].lower() + error.msg[1:]), None),
    )
    if not text.strip():
        words, hint = "it is empty", None
    elif error.msg.startswith("Expecting") and _LOOKS_LIKE_PYTHON.match(text, error.pos):
        hint = "JSON has its texts in double quotes, and writes `true`, `false` and `null`"
    place = f" in its line {error.lineno}" if error.lineno > 1 else ""
    return _fault(number, codes.NOT_JSON, f"the record is not JSON: {words}{place}", error.colno, hint)


def _unpaired_fault(number: int, text: str, value: Any) -> Violation | None:
    if _MAY_BE_UNPAIRED.search(text) is None:
        return None
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        found = _UNPAIRED.search(text)
        message = "a text holds half of a character, which UTF-8 does not have"
        return _fault(number, codes.ENCODING, message, None if found is None else found.start() + 1)
    return None


def _too_deep(number: int, text: str) -> Violation:
    message = f"objects and lists stand in each other more than {MAX_DEPTH} levels deep"
    return _fault(number, codes.TOO_LARGE, message, column_of_level(text, MAX_DEPTH + 1))


def _fault(number: int, code: Code, message: str, column: int | None, hint: str | None = None) -> Violation:
    return Violation(record=number, path="", code=code, message=message, hint=hint, column=column)


def _unreadable(raw: bytes, told: Sequence[Violation], fault: Violation) -> ReadRecord:
    return ReadRecord(number=fault.record, raw=raw, violations=(*told, fault), readable=False)
